/// The progress of the attacks.
package struct AttackProgress: Sendable, Equatable {
  /// The current step, in words.
  package let step: String
  /// The share of the attacks done, 0 to 1.
  package let fraction: Double
}
