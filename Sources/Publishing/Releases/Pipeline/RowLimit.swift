import Basics
import Tables

/// The most rows that a release has where nobody said how many: a public number, since the learned one is noise where the budget is next
/// to nothing. An epsilon of 1e-12 once learned 10^11 rows of a table of 200, and would have filled the disk with them.
package struct RowLimit: Equatable {
  /// At least 1.
  package let rows: Int
  /// From where the number is, for the owner.
  private let source: String

  /// Ten times what the owner's schema says of `rows: about`, or ten million. What was seen of the rows does not count.
  package init(_ schema: Schema) {
    guard schema.origin == .declared, let about = schema.approximateRows else {
      self = RowLimit(rows: RowLimit.usual, source: "the most that is written where the schema does not say how many there are")
      return
    }
    let (rows, isTooLarge) = about.multipliedReportingOverflow(by: 10)
    self = RowLimit(rows: isTooLarge ? .max : max(1, rows), source: "ten times what the schema says")
  }

  private init(rows: Int, source: String) { (self.rows, self.source) = (rows, source) }

  static let usual = 10_000_000

  /// How many rows are written, and a sentence for the owner where that is fewer than were learned.
  /// - Parameters:
  ///   - asked: what the owner asked for, which counts whatever it is.
  ///   - learned: about how many there are, as far as was learned.
  package func settle(asked: Int?, learned: Int) -> (rows: Int, message: String?) {
    if let asked { return (asked, nil) }
    guard learned > rows else { return (learned, nil) }
    let message =
      "\(NumberText.count(rows)) rows were written, \(source): about \(NumberText.count(learned)) were learned, which at so small a budget "
      + "is noise. --rows writes another number."
    return (rows, message)
  }
}
