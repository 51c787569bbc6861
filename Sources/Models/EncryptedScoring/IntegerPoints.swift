import LatticeEncryption

/// A scorecard in whole numbers: each weight has at most 11 bits and a sign, in a common unit that
/// is a power of two. The encrypted score is exactly this model's.
package struct IntegerPoints: Sendable, Equatable {
  static let largestWeight = 2047.0
  /// The value of an entry that a record has in full, if the card holds numbers.
  static let numberSteps: UInt64 = 256

  /// The weight of each entry.
  package let weights: [Int64]
  package let intercept: Int64
  /// The points that one step of a whole score stands for.
  package let unit: Double
  /// A power of two above the magnitude of every whole score.
  package let bound: Int64

  /// Rounds the points of a card.
  /// - Throws: ``ScorecardFault/scoreTooLarge`` if a record might have a score that does not fit.
  ///   It depends on the card alone, never on a record.
  package init(_ card: Scorecard) throws(ScorecardFault) {
    let columns = card.columns.map(\.entries)
    let largest = columns.flatMap(\.points).reduce(0) { max($0, abs($1)) }
    guard largest.isFinite, largest < 0x1p900 else { throw .scoreTooLarge }
    var step = largest > 0x1p-900 ? (largest / Self.largestWeight).binade : 1
    while (largest / step).rounded() > Self.largestWeight { step *= 2 }
    let full = card.columns.contains { $0.layout.isNumber } ? Self.numberSteps : 1
    unit = step / Double(full)
    weights = columns.flatMap(\.points).map { Int64(($0 / step).rounded()) }
    let constant = columns.reduce(card.intercept) { $0 + $1.constant } / unit
    guard abs(constant) < Double(LatticeParameters.scoreLimit) else { throw .scoreTooLarge }
    intercept = Int64(constant.rounded())
    var reach = abs(intercept)
    var start = 0
    for (column, entries) in zip(card.columns, columns) {
      let own = weights[start..<start + entries.points.count].map(abs)
      reach += Int64(full) * (column.layout.isNumber ? own.reduce(0, +) : own.max() ?? 0)
      start += entries.points.count
    }
    guard reach < LatticeParameters.scoreLimit else { throw .scoreTooLarge }
    var bound: Int64 = 1
    while bound <= reach { bound *= 2 }
    self.bound = bound
  }
}
