/// What a researcher who trains on the synthetic table would reach on real rows, beside what the original itself gives.
package struct Usefulness: Codable, Sendable, Equatable {
  package enum Measure: String, Codable, Sendable {
    /// The area under the ROC curve: 0.5 is guessing, 1 is perfect. Of more than two classes, the mean of each against the rest.
    case areaUnderCurve = "roc-auc"
    /// The share of the target's variance that is explained.
    case explainedVariance = "r-squared"
  }

  package struct ClassScore: Codable, Sendable, Equatable {
    package var label: String
    package var trainedOnSynthetic: Double
    package var trainedOnOriginal: Double

    package init(label: String, trainedOnSynthetic: Double, trainedOnOriginal: Double) {
      self.label = label
      self.trainedOnSynthetic = trainedOnSynthetic
      self.trainedOnOriginal = trainedOnOriginal
    }
  }

  package var target: String
  package var measure: Measure
  package var trainedOnSynthetic: Double
  package var trainedOnOriginal: Double
  /// One for the positive class of a yes-or-no target, else one a class; empty for numbers.
  package var classes: [ClassScore]
  package var testRows: Int
  /// Whether the test rows were set aside before the release was made, or are a fifth of the original.
  package var testedOnHoldout: Bool

  package init(
    target: String, measure: Measure, trainedOnSynthetic: Double, trainedOnOriginal: Double, classes: [ClassScore], testRows: Int,
    testedOnHoldout: Bool
  ) {
    self.target = target
    self.measure = measure
    self.trainedOnSynthetic = trainedOnSynthetic
    self.trainedOnOriginal = trainedOnOriginal
    self.classes = classes
    self.testRows = testRows
    self.testedOnHoldout = testedOnHoldout
  }
}
