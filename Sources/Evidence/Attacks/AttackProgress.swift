/// How far the attacks have come.
package struct AttackProgress: Sendable, Equatable {
  /// What is being tried, in words.
  package let step: String
  /// Of all attacks, 0 to 1.
  package let fraction: Double
}
