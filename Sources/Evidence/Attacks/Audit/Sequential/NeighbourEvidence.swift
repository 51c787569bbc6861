import Foundation

/// Evidence from pairs of runs, one with a unit and one without, against a claim of (ε, δ), valid
/// at any moment at which one cares to look.
///
/// A stake of 1 is spread over all features before any pair of runs that is bet on; a
/// ``FeatureTrack`` plays each share. If the claim is true, no gambler gains on average, so the
/// chance that the whole ever reaches 1/α is at most α (Ville 1939): runs may stop as soon as it
/// does, or go on. This holds for all features together, so looking at thousands costs part of the
/// stake and needs no correction. The first pair of runs says which features there are; some stake
/// is kept for those that appear later.
///
/// The lower bound on ε is the largest of several epsilons such that it and all smaller ones are
/// refuted. Since the claim of a larger epsilon follows from that of a smaller one, the chance that
/// the bound ever exceeds the truth is at most α too.
package struct NeighbourEvidence: Sendable {
  package let claim: PrivacyClaim.Pair
  /// The probability of ever reporting a breach for a program that keeps the claim.
  package let falseAlarm: Double
  /// Pairs of runs added.
  package private(set) var rounds = 0
  /// Pairs of runs after which the claim was refuted; nil while it is not.
  package private(set) var refutedAfter: Int?
  private let claims: [PrivacyClaim.Pair]
  private let mainClaim: Int
  private var tracks: [Feature: FeatureTrack] = [:]
  private var weights: [Feature: Double] = [:]
  private var unplayed = 1.0
  private var latecomers = 0
  /// The largest value that the stake ever reached, by claim.
  private var peaks: [Double]
  private var joint = JointScore()

  private static let multiples = [
    0, 0.125, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 5, 8, 12, 20, 30, 50,
  ]
  private static let jointFeature = Feature(.number, "all numbers together")
  private static let jointShare = 0.05
  private static let lateShare = 0.15
  private static func share(_ kind: Feature.Kind) -> Double {
    switch kind {
    case .outcome: 0.25
    case .word: 0.3
    case .number: 0.25
    }
  }

  /// - Parameters:
  ///   - claim: a claim with a positive epsilon.
  ///   - falseAlarm: above 0 and below 1.
  package init(claim: PrivacyClaim.Pair, falseAlarm: Double) {
    precondition(
      claim.epsilon > 0 && claim.delta >= 0 && claim.delta < 1, "a claim has a positive epsilon")
    precondition(
      falseAlarm > 0 && falseAlarm < 1, "a probability of a false alarm is above 0 and below 1")
    self.claim = claim
    self.falseAlarm = falseAlarm
    claims = Self.multiples.map {
      PrivacyClaim.Pair(epsilon: $0 * claim.epsilon, delta: claim.delta)
    }
    mainClaim = Self.multiples.firstIndex(of: 1) ?? 0
    peaks = [Double](repeating: 1, count: claims.count)
  }

  /// Whether the claim is false, except with probability ``falseAlarm``.
  package var isRefuted: Bool { refutedAfter != nil }

  /// The lower bound on epsilon that the runs prove at the claim's delta.
  package var epsilon: Double {
    var proved = 0.0
    for (claim, peak) in zip(claims, peaks) {
      guard peak * falseAlarm >= 1 else { break }
      proved = claim.epsilon
    }
    return proved
  }

  /// The logarithm of the most that any one feature's gambler has made: how much something seems to
  /// differ.
  package var suspicion: Double { tracks.values.reduce(0) { max($0, log($1.wealth(mainClaim))) } }

  /// The feature that gained the most, with its event and how often it was seen.
  package struct Leader: Sendable {
    package let feature: Feature
    package let test: RunTest
    package let likely: Int
    package let unlikely: Int
  }

  package var leader: Leader? {
    let best = tracks.max {
      ($0.value.wealth(mainClaim), $1.key) < ($1.value.wealth(mainClaim), $0.key)
    }
    guard let best, let test = best.value.test else { return nil }
    let counts = best.value.counts(of: test)
    return Leader(feature: best.key, test: test, likely: counts.likely, unlikely: counts.unlikely)
  }

  /// Adds a pair of runs: settles the bets made before it, and makes the next ones.
  package mutating func add(with: Sighting, without: Sighting) {
    var (with, without) = (with, without)
    if rounds > 1 {
      with[Self.jointFeature] = .number(joint.score(with))
      without[Self.jointFeature] = .number(joint.score(without))
    }
    enrol(Set(with.keys).union(without.keys).filter { tracks[$0] == nil })
    for feature in Array(tracks.keys) {
      tracks[feature]?.add(with: with[feature], without: without[feature])
    }
    joint.learn(with: with, without: without)
    rounds += 1
    let playing = tracks.filter { $0.value.logWealth.contains { $0.contains { $0 != 0 } } }
    let resting =
      unplayed + tracks.reduce(0) { playing[$1.key] == nil ? $0 + weights[$1.key, default: 0] : $0 }
    for place in claims.indices {
      let total = playing.reduce(resting) {
        $0 + weights[$1.key, default: 0] * $1.value.wealth(place)
      }
      peaks[place] = max(peaks[place], total)
    }
    if refutedAfter == nil, peaks[mainClaim] * falseAlarm >= 1 { refutedAfter = rounds }
  }

  /// Gives new features their share of the stake.
  private mutating func enrol(_ new: Set<Feature>) {
    for kind in Feature.Kind.allCases {
      let ofKind = new.filter { $0.kind == kind && $0 != Self.jointFeature }.sorted()
      for feature in ofKind {
        if rounds == 0 {
          stake(Self.share(kind) / Double(ofKind.count), on: feature)
        } else {
          latecomers += 1
          stake(Self.lateShare / Double(latecomers * (latecomers + 1)), on: feature)
        }
      }
    }
    if new.contains(Self.jointFeature) { stake(Self.jointShare, on: Self.jointFeature) }
  }

  private mutating func stake(_ share: Double, on feature: Feature) {
    weights[feature] = share
    unplayed -= share
    tracks[feature] = FeatureTrack(claims: claims, mainClaim: mainClaim, absentRuns: rounds)
  }
}
