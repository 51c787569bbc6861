/// The knowledge that an outsider has of a person in a sparse table.
package struct LinkageOptions: Sendable {
  /// Known entries of the target, and how many of them are wrong in item, value and time.
  package var known = 8
  package var wrong = 2
  /// Days by which a known time may be off, to either side.
  package var dayError = 14.0
  /// ρ₀ and d₀ of the score: the differences of value and of days at which an entry counts a third.
  package var valueScale = 1.5
  package var dayScale = 30.0
  /// Standard deviations by which the best must exceed the second best.
  package var eccentricity = 1.5
  package var mostTargets = 10_000
  package var seed: UInt64 = 1

  package init() {}
}
