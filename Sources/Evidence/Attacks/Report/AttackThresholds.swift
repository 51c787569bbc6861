/// What a release may show under attack and still pass: part of every policy of the gate, and the verdict of `understudy attack`.
package struct AttackThresholds: Codable, Sendable, Equatable {
  /// The highest upper end of the 95 % interval of each attack's risk. 0.09 is what EMA and Health Canada accept.
  package var highestRisk = 0.09
  /// The highest upper end of the 95 % interval of a membership attack's true positive rate at a false positive rate of one in a thousand.
  package var highestMembershipRate = 0.01

  package init() {}
}
