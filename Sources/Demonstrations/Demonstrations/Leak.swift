import Attacks

/// One attack on one group of people, added up over tables: how often it succeeded against the
/// table's people and against strangers.
package struct Leak: Sendable {
  package let attack: String
  package let group: TargetGroup
  package private(set) var attempts: Int
  package private(set) var successes: Int
  /// Every attack has as many targets among the strangers.
  package var strangers: Int { attempts }
  package private(set) var successesOnStrangers: Int

  init(_ outcome: AttackOutcome, group: TargetGroup) {
    (attack, self.group, attempts, successes, successesOnStrangers) = (outcome.name, group, 0, 0, 0)
    add(outcome)
  }

  mutating func add(_ outcome: AttackOutcome) {
    attempts += outcome.attempts
    successes += outcome.successes
    successesOnStrangers += outcome.rawControlSuccesses ?? 0
  }

  /// How much more often the attack succeeded against the table's people than against strangers, as
  /// a share of the possible, with a 95 % interval.
  package var risk: RiskEstimate { risk(z: SuccessRate.z) }

  /// Whether the leak is beyond chance: four standard errors, so that all attacks on a harmless
  /// release together raise a false alarm less than once in a thousand times.
  package var isShown: Bool { risk(z: 4).low > 0 }

  /// The smallest risk whose 95 % interval would lie above zero: the smallest that this many
  /// attempts would have shown.
  package var smallestDetectable: Double {
    RiskEstimate.smallestDetectable(
      attempts: attempts, control: SuccessRate(successes: successesOnStrangers, attempts: strangers)
    )
  }

  private func risk(z: Double) -> RiskEstimate {
    RiskEstimate(
      attack: SuccessRate(successes: Double(successes), attempts: Double(attempts), z: z),
      control: SuccessRate(
        successes: Double(successesOnStrangers), attempts: Double(strangers), z: z))
  }
}

extension Leak: Encodable {
  private enum Key: String, CodingKey {
    case attack, group, attempts, successes, strangers, successesOnStrangers, risk,
      smallestDetectable, isShown
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(attack, forKey: .attack)
    try container.encode(group, forKey: .group)
    try container.encode(attempts, forKey: .attempts)
    try container.encode(successes, forKey: .successes)
    try container.encode(strangers, forKey: .strangers)
    try container.encode(successesOnStrangers, forKey: .successesOnStrangers)
    try container.encode(risk, forKey: .risk)
    try container.encode(smallestDetectable, forKey: .smallestDetectable)
    try container.encode(isShown, forKey: .isShown)
  }
}
