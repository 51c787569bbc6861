import Basics
import Foundation
import LatticeEncryption

/// The public half of a scorecard, which goes to those who ask: columns, bins, categories and the
/// link, and no points.
package struct PublicCard: Sendable, Equatable {
  package let name: String
  package let link: Link
  /// The points that one step of a whole score stands for.
  package let unit: Double
  /// A power of two above the magnitude of every whole score.
  package let bound: Int64
  package let columns: [ColumnLayout]

  /// - Throws: ``ScorecardFault`` if the card's scores do not fit.
  package init(_ card: Scorecard) throws(ScorecardFault) {
    let points = try IntegerPoints(card)
    name = card.name
    link = card.link
    unit = points.unit
    bound = points.bound
    columns = card.columns.map(\.layout)
  }

  init(name: String, link: Link, unit: Double, bound: Int64, columns: [ColumnLayout])
    throws(ScorecardFault)
  {
    self.name = name
    self.link = link
    self.unit = unit
    self.bound = bound
    self.columns = columns
    try ColumnLayout.check(columns)
    guard unit.isFinite, unit > 0, unit.significand == 1 else {
      throw .wrongValue(key: "unit", allowed: "a power of two")
    }
    guard bound > 0, bound <= LatticeParameters.scoreLimit, bound & (bound - 1) == 0 else {
      throw .wrongValue(
        key: "bound", allowed: "a power of two up to \(LatticeParameters.scoreLimit)")
    }
  }

  /// The number of entries of a record.
  package var entryCount: Int { columns.reduce(0) { $0 + $1.entryCount } }

  /// The value of an entry that a record has in full.
  var fullEntry: UInt64 { columns.contains(where: \.isNumber) ? IntegerPoints.numberSteps : 1 }

  /// The number of records in a block.
  package var recordsPerBlock: Int { LatticeParameters.degree / entryCount }

  /// The number of records whose scores determine all points, at most.
  package var recordsThatTellAll: Int { entryCount + 1 }

  /// Returns the score of a whole sum.
  package func score(of sum: Int64) -> Double { link.score(of: Double(sum) * unit) }

  /// The digest that requests and answers carry.
  package func digest() throws -> String { ContentDigest.sha256(of: try json()) }
}
