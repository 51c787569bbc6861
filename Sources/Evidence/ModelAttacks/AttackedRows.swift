import Attacks
import DelimitedText
import EncryptedScoring
import Foundation
import Tables

/// Rows of a table as an attacker of a model sees them: the true outcome of each, the model's
/// score, and the cell of one column.
struct AttackedRows {
  /// The outcome of each row; nil if its cell says nothing. 1 and 0 for an event.
  let outcomes: [Double?]
  /// The sums of points, before the link.
  let sums: [Double]
  /// The text of each row's cell in the column that is inverted.
  let cells: [String]

  /// - Parameters:
  ///   - table: `original` or `control`, for messages.
  ///   - column: read beside the outcome; nil for none.
  init(
    _ file: URL, called table: String, card: Scorecard, outcome: ModelOutcome, column: String?
  ) throws {
    let reader = try CellReader(file)
    let wanted = [outcome.column] + [column].compactMap(\.self)
    let missing = wanted.filter { !reader.names.contains($0) }
    guard missing.isEmpty else { throw AttackError.missingColumns(missing, table: table) }
    let places = wanted.compactMap(reader.names.firstIndex)
    var (outcomes, cells) = ([Double?](), [String]())
    try reader.forEachRow { _, row in
      outcomes.append(outcome.value(of: row[places[0]], mark: reader.decimalMark.byte))
      if places.count > 1 { cells.append(Self.text(row[places[1]])) }
    }
    guard outcomes.contains(where: { $0 != nil }) else { throw AttackError.emptyTable(table) }
    let unit = try PublicCard(card).unit
    sums = try PlainScores.sums(card, table: file).map { Double($0) * unit }
    (self.outcomes, self.cells) = (outcomes, cells)
  }

  /// Reads the column `score` of a file; nil for cells that are no numbers.
  static func scores(_ file: URL) throws -> [Double?] {
    let reader = try CellReader(file)
    guard let place = reader.names.firstIndex(of: "score") else {
      throw AttackError.missingColumns(["score"], table: file.lastPathComponent)
    }
    var scores: [Double?] = []
    try reader.forEachRow { _, row in
      let score = Double(text(row[place]))
      scores.append(score?.isFinite == true ? score : nil)
    }
    return scores
  }

  private static func text(_ cell: UnsafeRawBufferPointer) -> String {
    String(decoding: trimmed(cell.assumingMemoryBound(to: UInt8.self)), as: UTF8.self)
  }
}

/// The column that a model predicts, and how its cells are read.
package struct ModelOutcome: Sendable, Equatable {
  package let column: String
  /// The text that counts as yes; nil for a number.
  package let event: String?

  package init(column: String, event: String?) { (self.column, self.event) = (column, event) }

  func value(of cell: UnsafeRawBufferPointer, mark: UInt8) -> Double? {
    let bytes = cell.assumingMemoryBound(to: UInt8.self)
    if let event {
      return Array(trimmed(bytes)) == Array(event.utf8) ? 1 : 0
    }
    guard let parsed = ParsedNumber(bytes, isLenient: true, mark: mark) else { return nil }
    return Double(parsed.mantissa) / Double(ParsedNumber.powersOfTen[parsed.scale])
  }
}
