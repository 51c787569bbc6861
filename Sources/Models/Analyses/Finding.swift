import Foundation

/// One number of an answer, with its interval.
package struct Finding: Sendable, Codable, Equatable {
  /// The thing that the number describes, such as `sex=F`; empty if there is only one.
  package let name: String
  /// Nil if it is not known.
  package let estimate: Double?
  package let low: Double?
  package let high: Double?
  package let standardError: Double?
  /// The part of the variance that is due to privacy, from 0 to 1.
  package let noiseShare: Double?
  /// The reason that a number is not known.
  package let remark: String?

  package init(
    _ name: String, _ estimate: Double, low: Double, high: Double, standardError: Double,
    noiseShare: Double, remark: String? = nil
  ) {
    (self.name, self.estimate, self.low, self.high) = (name, estimate, low, high)
    (self.standardError, self.noiseShare, self.remark) = (standardError, noiseShare, remark)
  }

  /// Creates a number that cannot be told.
  package init(unknown name: String, because remark: String) {
    (self.name, self.remark) = (name, remark)
    (estimate, low, high, standardError, noiseShare) = (nil, nil, nil, nil, nil)
  }

  /// Whether there is a number.
  package var isKnown: Bool { estimate != nil }
  /// Half the width of the interval.
  package var reach: Double? {
    guard let low, let high else { return nil }
    return (high - low) / 2
  }

  static let tooFew = "Too few people for this noise."
}

/// A test of an answer.
package struct TestResult: Sendable, Codable, Equatable {
  package let name: String
  package let statistic: Double
  /// The chance of at least such a statistic if nothing is there, noise included.
  package let pValue: Double
}

/// The numbers and the tests of an analysis.
package struct Findings: Sendable, Codable, Equatable {
  package var numbers: [Finding] = []
  package var tests: [TestResult] = []
  /// The unit of the numbers, such as `share` or `log odds ratio`.
  package var measure: String

  package init(measure: String, numbers: [Finding] = [], tests: [TestResult] = []) {
    (self.measure, self.numbers, self.tests) = (measure, numbers, tests)
  }
}
