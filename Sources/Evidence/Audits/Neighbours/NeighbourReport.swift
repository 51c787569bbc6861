import Attacks

/// The findings of the audit of neighbours, for people and for machines.
package struct NeighbourReport: Sendable, Codable {
  /// One pair of files, and the findings that many runs on each prove.
  package struct Pair: Sendable, Codable {
    package let number: Int
    /// The pair in words.
    package let description: String
    /// The arguments of the command line.
    package let command: String
    package let claimedEpsilon: Double
    package let delta: Double
    /// The lower bound on epsilon at `delta` that the runs prove.
    package let provedEpsilon: Double
    /// The number of runs on both files together.
    package let runs: Int
    /// The number of pairs of runs that count.
    package let rounds: Int
    /// The number of pairs of runs after which the claim was refuted; nil if it was not.
    package let refutedAfter: Int?
    /// The event that told the two files apart best, with its place and frequency; nil if none
    /// seemed to.
    package let event: String?

    package var isRefuted: Bool { refutedAfter != nil }
  }

  /// `pass`, or `fail` if a pair contradicts its claim.
  package let verdict: String
  package let failures: [String]
  package let falseAlarm: Double
  package let seed: UInt64
  package let pairs: [Pair]
  /// The effect of one more person in a training step, examined without running the program; empty
  /// if another build is audited.
  package let gradients: [GradientPair]
  package let runs: Int
  /// Processor seconds of this program and of those that it ran.
  package let cpuSeconds: Double
  /// The largest lower bound of any pair, as a share of its claim.
  package let largestShare: Double
  /// The number of pairs left out because time ran out.
  package let pairsLeftOut: Int

  init(
    settings: NeighbourSettings, pairs: [Pair], gradients: [GradientPair], leftOut: Int,
    cpuSeconds: Double
  ) {
    (self.pairs, self.gradients) = (pairs, gradients)
    falseAlarm = settings.falseAlarm
    seed = settings.seed
    runs = pairs.reduce(0) { $0 + $1.runs }
    self.cpuSeconds = cpuSeconds
    largestShare = pairs.map { $0.provedEpsilon / $0.claimedEpsilon }.max() ?? 0
    pairsLeftOut = leftOut
    failures =
      gradients.filter(\.isRefuted).map(Self.sentence)
      + pairs.filter(\.isRefuted).map(Self.sentence)
    verdict = failures.isEmpty ? "pass" : "fail"
  }

  package var hasPassed: Bool { failures.isEmpty }

  private static func sentence(_ pair: Pair) -> String {
    let event = pair.event.map { " \($0)" } ?? ""
    return
      "pair \(pair.number) (\(pair.description)): epsilon is at least \(short(pair.provedEpsilon)), where "
      + "\(short(pair.claimedEpsilon)) is claimed, proved by \(pair.refutedAfter ?? pair.rounds) runs on each file.\(event)"
  }

  private static func sentence(_ pair: GradientPair) -> String {
    "gradients \(pair.number) (\(pair.description)): one person more moves the clipped sum by \(short(pair.moved)) D, where D is claimed, "
      + "and \(pair.disturbed) of its numbers by something else than that person's gradient."
  }

  private static func short(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
}

extension NeighbourReport.Pair {
  init(_ pair: NeighbourPair, _ evidence: NeighbourEvidence, runs: Int) {
    number = pair.number
    description = pair.description
    command = ProgramUnderAudit.arguments(pair.run).joined(separator: " ")
    claimedEpsilon = evidence.claim.epsilon
    delta = evidence.claim.delta
    provedEpsilon = evidence.epsilon
    self.runs = runs
    rounds = evidence.rounds
    refutedAfter = evidence.refutedAfter
    event = evidence.leader.map { leader in
      let (likely, unlikely) = leader.test.isLikelyWith ? ("with", "without") : ("without", "with")
      return
        "The event that \(Self.words(leader)): \(leader.likely) of \(evidence.rounds) runs \(likely) the unit, "
        + "\(leader.unlikely) of \(evidence.rounds) \(unlikely) it."
    }
  }

  private static func words(_ leader: NeighbourEvidence.Leader) -> String {
    let opposite = leader.test.isOpposite
    return switch leader.test.event {
    case .equals(let word): "'\(leader.feature.name)' is \(opposite ? "not " : "")'\(word)'"
    case .atLeast(let limit):
      "'\(leader.feature.name)' is \(opposite ? "below" : "at least") \(limit)"
    case .absent: "'\(leader.feature.name)' is \(opposite ? "there" : "absent")"
    }
  }
}
