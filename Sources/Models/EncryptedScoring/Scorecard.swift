import Foundation

/// A model as a page of points: its private half, which its owner keeps.
///
/// The score of a record is the link of the intercept plus one number of points for each column:
/// those of its bin or category, or points for each unit of a number. Anybody can write one, as
/// JSON.
package struct Scorecard: Sendable, Equatable {
  package let name: String
  package let link: Link
  package let intercept: Double
  package let columns: [ScoredColumn]

  /// Creates a scorecard.
  /// - Throws: ``ScorecardFault`` for columns or points that have no meaning.
  package init(name: String, link: Link, intercept: Double, columns: [ScoredColumn])
    throws(ScorecardFault)
  {
    self.name = name
    self.link = link
    self.intercept = intercept
    self.columns = columns
    guard intercept.isFinite else { throw .notFinite(column: nil) }
    try ColumnLayout.check(columns.map(\.layout))
    for column in columns { try column.check() }
  }

  /// The number of points that the card holds, the intercept's aside.
  package var entryCount: Int { columns.reduce(0) { $0 + $1.layout.entryCount } }
}

/// The points of one column.
package struct ScoredColumn: Sendable, Equatable {
  package let layout: ColumnLayout
  /// Points of each bin or category, or of one unit of a number.
  package let points: [Double]
  /// Points of a cell that fits no other entry; nil if the layout has no entry for them.
  package let otherwise: Double?

  package init(name: String, shape: ColumnLayout.Shape, points: [Double], otherwise: Double? = nil)
  {
    layout = ColumnLayout(name: name, shape: shape, hasOtherwise: otherwise != nil)
    self.points = points
    self.otherwise = otherwise
  }

  func check() throws(ScorecardFault) {
    guard points.count == layout.pointCount else {
      throw .pointCount(column: layout.name, expected: layout.pointCount, found: points.count)
    }
    guard points.allSatisfy(\.isFinite), otherwise?.isFinite ?? true else {
      throw .notFinite(column: layout.name)
    }
  }

  /// The points of each entry at its largest value, and the points that a record has from the
  /// column whatever its cell is.
  var entries: (points: [Double], constant: Double) {
    switch layout.shape {
    case .bins, .categories: (points + (otherwise.map { [$0] } ?? []), 0)
    case .number(let minimum, let maximum):
      // A cell without a number counts as the minimum unless the card says otherwise.
      (
        [points[0] * (maximum - minimum)] + (otherwise.map { [$0 - points[0] * minimum] } ?? []),
        points[0] * minimum
      )
    }
  }
}

/// The public function that turns the sum of points into a score.
package enum Link: String, Sendable, Codable, CaseIterable {
  /// The sum itself.
  case identity
  /// 1 / (1 + e^-sum), a probability.
  case logistic
  /// e^sum, a rate.
  case exponential
  /// The sum squared, for models of a square root.
  case square

  package func score(of sum: Double) -> Double {
    switch self {
    case .identity: sum
    case .logistic: 1 / (1 + exp(-sum))
    case .exponential: exp(sum)
    case .square: sum * sum
    }
  }
}
