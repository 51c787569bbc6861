import Basics
import Tables

/// The largest number of rows in a release if nobody gives a number. It is public, because the
/// learned number is noise when the budget is next to nothing. An epsilon of 1e-12 once learned
/// 10^11 rows of a table of 200 and would have filled the disk with them.
package struct RowLimit: Equatable {
  /// At least 1.
  package let rows: Int
  /// The source of the number, for the owner.
  private let source: String

  /// Uses ten times the `rows: about` of the owner's schema, or ten million. A number observed in
  /// the rows does not count.
  package init(_ schema: Schema) {
    guard schema.origin == .declared, let about = schema.approximateRows else {
      self = RowLimit(
        rows: RowLimit.usual,
        source: "the most that is written where the schema does not say how many there are")
      return
    }
    let (rows, isTooLarge) = about.multipliedReportingOverflow(by: 10)
    self = RowLimit(
      rows: isTooLarge ? .max : max(1, rows), source: "ten times what the schema says")
  }

  private init(rows: Int, source: String) { (self.rows, self.source) = (rows, source) }

  static let usual = 10_000_000

  /// Returns the number of rows to write, and a sentence for the owner if it is below the learned
  /// number.
  /// - Parameters:
  ///   - asked: the number that the owner asked for, which applies whatever it is.
  ///   - learned: the approximate number of rows, as learned.
  package func settle(asked: Int?, learned: Int) -> (rows: Int, message: String?) {
    if let asked { return (asked, nil) }
    guard learned > rows else { return (learned, nil) }
    let message =
      "\(NumberText.count(rows)) rows were written, \(source): about \(NumberText.count(learned)) were learned, which at so small a budget "
      + "is noise. --rows writes another number."
    return (rows, message)
  }
}
