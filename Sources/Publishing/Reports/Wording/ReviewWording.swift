import Basics
import Tables

extension SchemaReview {
  /// Who answers for a schema, as a sentence for the reader of a release.
  var sentence: String {
    "\(by) read the schema on \(on) and answers for what it says of the table."
  }
}

extension LearningCost {
  /// Returns the cost of a schema's facts beside the release that rests on them: losses of the same
  /// people add up.
  func sentence(beside guarantee: ReportGuarantee) -> String {
    "Types, digits, missing cells and repetition in the schema were learned from these people's rows beforehand, at ε = "
      + "\(NumberText.parameter(epsilon)) and δ = \(NumberText.small(delta)) of the same budget: together with this release that is at "
      + "most ε = \(NumberText.parameter((epsilon + guarantee.epsilon).nextUp)) at δ = "
      + "\(NumberText.small((delta + guarantee.delta).nextUp))."
  }
}

/// The origin of a schema's facts, in a sentence or two; nil if there is nothing to say.
enum SchemaWording {
  static func origin(
    _ review: SchemaReview?, _ learning: LearningCost?, beside guarantee: ReportGuarantee
  ) -> String? {
    let sentences = [
      review?.sentence, guarantee.isPrivate ? learning?.sentence(beside: guarantee) : nil,
    ].compactMap(\.self)
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }
}
