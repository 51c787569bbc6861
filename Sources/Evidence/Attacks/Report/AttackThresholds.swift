/// The limits that a release must keep under attack to pass: part of every policy of the gate, and
/// of the verdict of `understudy attack`.
package struct AttackThresholds: Codable, Sendable, Equatable {
  /// The highest upper end of the 95 % interval of each attack's risk. EMA and Health Canada accept
  /// 0.09.
  package var highestRisk = 0.09
  /// The highest upper end of the 95 % interval of a membership attack's true positive rate at a
  /// false positive rate of one in a thousand.
  package var highestMembershipRate = 0.01

  package init() {}
}
