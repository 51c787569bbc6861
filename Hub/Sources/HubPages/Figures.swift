import Foundation

/// The numbers of an analysis, as the core writes them in `answer.json` and in a plan.
package struct Figures: Decodable, Sendable, Equatable {
  package let measure: String
  package let numbers: [Number]
  package let tests: [Test]

  package struct Number: Decodable, Sendable, Equatable {
    package let name: String
    package let estimate: Double?
    package let low: Double?
    package let high: Double?
    package let noiseShare: Double?
    package let remark: String?

    /// Half the width of the interval.
    package var reach: Double? {
      guard let low, let high else { return nil }
      return (high - low) / 2
    }
  }

  package struct Test: Decodable, Sendable, Equatable {
    package let name: String
    package let statistic: Double
    package let pValue: Double
  }
}

/// The answer of the real table.
package struct AnswerFile: Decodable, Sendable {
  package let created: String
  package let findings: Figures
  package let standIn: Figures?
  package let methods: String
  package let guarantee: Guarantee

  package struct Guarantee: Decodable, Sendable {
    package let isPrivate: Bool
    package let epsilon: Double
    package let delta: Double
  }

  package init(_ data: Data) throws { self = try JSONDecoder().decode(Self.self, from: data) }
}

/// The prediction of an answer, from the stand-in alone.
package struct PlanFile: Decodable, Sendable {
  package let standIn: Figures
  package let predictions: [Prediction]
  package let advice: String

  package struct Prediction: Decodable, Sendable {
    package let epsilon: Double
    package let findings: Figures
    package let noiseShare: Double
    package let unknown: Int
  }

  package init(_ data: Data) throws { self = try JSONDecoder().decode(Self.self, from: data) }

  /// The prediction at a price.
  package func prediction(at epsilon: Double) -> Prediction? {
    predictions.min { abs($0.epsilon - epsilon) < abs($1.epsilon - epsilon) }
  }
}
