/// The score on real rows that a researcher would reach by training on the synthetic table, beside
/// that of the original itself.
package struct Usefulness: Codable, Sendable, Equatable {
  package enum Measure: String, Codable, Sendable {
    /// The area under the ROC curve: 0.5 is guessing, 1 is perfect. For more than two classes, the
    /// mean of each against the rest.
    case areaUnderCurve = "roc-auc"
    /// The explained share of the target's variance.
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
  /// One score for the positive class of a yes-or-no target, or one per class; empty for numbers.
  package var classes: [ClassScore]
  package var testRows: Int
  /// Whether the test rows were set aside before the release was made; otherwise, a fifth of the
  /// original.
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
