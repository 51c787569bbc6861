import DelimitedText
import Foundation

/// Scores where card and records are in one place, without encryption: the same whole numbers.
package enum PlainScores {
  /// Returns the whole score of each row of a file.
  package static func sums(_ card: Scorecard, table: URL, check: () throws -> Void = {}) throws
    -> [Int64]
  {
    let points = try IntegerPoints(card)
    let reader = try CellReader(table)
    var encoder = try RecordEncoder(try PublicCard(card), reader)
    var sums: [Int64] = []
    try reader.forEachRow { number, row in
      if number % 4096 == 0 { try check() }
      var sum = points.intercept
      encoder.encode(row) { sum += points.weights[$0] * Int64($1) }
      sums.append(sum)
    }
    return sums
  }
}
