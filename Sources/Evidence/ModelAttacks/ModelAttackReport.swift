/// The figures of attacks on a model: of its members, beside those of strangers.
package struct ModelAttackReport: Sendable, Codable, Equatable {
  /// The share of people whose cell was guessed.
  package struct Share: Sendable, Codable, Equatable {
    package let value: Double
    package let people: Int

    init(_ hits: [Bool]) {
      people = hits.count
      value = Double(hits.count { $0 }) / Double(max(hits.count, 1))
    }

    var variance: Double { value * (1 - value) / Double(max(people, 1)) }
  }

  /// The area under the curve of a membership attack: one half if it knows nothing.
  package struct Area: Sendable, Codable, Equatable {
    package let value: Double
    /// The standard error if the truth is one half.
    package let error: Double
    /// The smallest area that would be told from one half 4 times in 5.
    package let detectable: Double

    init(value: Double, error: Double) {
      (self.value, self.error) = (value, error)
      detectable = 0.5 + ModelAttackReport.power * error
    }

    /// Whether the area is above one half by more than chance explains.
    package var isShown: Bool { value > 0.5 + 2 * error }
  }

  /// The inversion of one column.
  package struct Inversion: Sendable, Codable, Equatable {
    package let column: String
    package let members: Share
    package let strangers: Share
    /// The share of strangers who have the most frequent entry: a guess without a model.
    package let mostFrequent: Double
    /// Members minus strangers.
    package let gap: Double
    package let error: Double
    /// The smallest gap that would be told from 0 4 times in 5.
    package let detectable: Double

    init(column: String, members: Share, strangers: Share, mostFrequent: Double) {
      (self.column, self.members, self.strangers) = (column, members, strangers)
      self.mostFrequent = mostFrequent
      gap = members.value - strangers.value
      error = (members.variance + strangers.variance).squareRoot()
      detectable = ModelAttackReport.power * error
    }

    /// Whether the gap is above 0 by more than chance explains.
    package var isShown: Bool { gap > 2 * error }
  }

  package let members: Int
  package let strangers: Int
  package let membership: Area
  package let inversion: Inversion?

  /// Whether a leak is shown.
  package var isLeaky: Bool { membership.isShown || inversion?.isShown == true }

  /// Standard errors between no effect and one that is told 4 times in 5 at two standard errors.
  static let power = 2.84
}

/// The reason why a model cannot be attacked in the way asked for.
package enum ModelAttackFault: Error, Equatable, CustomStringConvertible {
  case unknownColumn(String)
  case notInvertible(String)
  case outcomeNeeded
  case otherLength(file: String, expected: Int, found: Int)

  package var description: String {
    switch self {
    case .unknownColumn(let name):
      "The model has no column '\(name)'. Name one that its scorecard has."
    case .notInvertible(let name):
      "Column '\(name)' cannot be inverted: it has no categories, or is the model's only column. Name another column."
    case .otherLength(let file, let expected, let found):
      "\(file): holds \(found) scores for \(expected) rows. Name the scores of the same table, a line for each row."
    case .outcomeNeeded:
      "A scorecard alone does not say which column it predicts. Name the column, and the text that counts as yes if it is no number."
    }
  }

  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .unknownColumn: "model.unknown-column"
    case .notInvertible: "model.not-invertible"
    case .outcomeNeeded: "model.outcome-needed"
    case .otherLength: "model.other-length"
    }
  }
}
