import Foundation

/// One feature over many pairs of runs, and the wealth that two gamblers who watch nothing else
/// have made from a stake of 1.
///
/// Before each pair of runs, the feature's past decides which event to bet on, and at which rates.
/// So no run is looked at twice, and choosing costs nothing. One gambler trusts the past rates
/// nearly as they are, which finds features that always differ; the other draws them towards a
/// half.
struct FeatureTrack {
  /// The claims that are bet against, the same for all features, in order of rising epsilon.
  private let claims: [PrivacyClaim.Pair]
  /// The place in ``claims`` of the one that decides the event to bet on.
  private let mainClaim: Int
  private var with: [FeatureValue?]
  private var without: [FeatureValue?]
  /// Log wealth by gambler, then by claim.
  private(set) var logWealth: [[Double]]
  /// The test that the past suggests; nil while there is none.
  private(set) var test: RunTest?
  /// Pairs of runs after which the event is chosen anew: each of the first ones, then ever fewer,
  /// since a long past changes slowly.
  private var nextChoice = 1

  /// Runs that the past is taken to have had besides the real ones, half with the event and half
  /// without, by gambler.
  private static let inventedRuns = [0.2, 2.0]
  private static let mostThresholds = 24
  private static let mostWords = 12

  /// - Parameter absentRuns: pairs of runs before the feature was first seen.
  init(claims: [PrivacyClaim.Pair], mainClaim: Int, absentRuns: Int) {
    self.claims = claims
    self.mainClaim = mainClaim
    with = [FeatureValue?](repeating: nil, count: absentRuns)
    without = with
    logWealth = Self.inventedRuns.map { _ in [Double](repeating: 0, count: claims.count) }
  }

  /// Returns the wealth at one claim; both gamblers began with a half.
  func wealth(_ claim: Int) -> Double {
    logWealth.reduce(0) { $0 + exp($1[claim]) } / Double(logWealth.count)
  }

  /// Settles the bets on another pair of runs, and learns from it.
  mutating func add(with valueWith: FeatureValue?, without valueWithout: FeatureValue?) {
    if let test { settle(test, test.holds(for: valueWith), test.holds(for: valueWithout)) }
    with.append(valueWith)
    without.append(valueWithout)
    if with.count >= nextChoice {
      test = bestTest()
      nextChoice = with.count + max(1, with.count / 16)
    }
  }

  private mutating func settle(_ test: RunTest, _ with: Bool, _ without: Bool) {
    let (likely, unlikely) = counts(of: test)
    for (gambler, invented) in Self.inventedRuns.enumerated() {
      let rates = (
        Self.rate(likely, self.with.count, invented), Self.rate(unlikely, self.with.count, invented)
      )
      for (place, claim) in claims.enumerated() {
        let bet = RateBet(
          likely: rates.0, unlikely: rates.1, epsilon: claim.epsilon, delta: claim.delta)
        if bet.growth > 0 {
          logWealth[gambler][place] += log(
            bet.pay(
              first: test.isLikelyWith ? with : without, second: test.isLikelyWith ? without : with)
          )
        }
      }
    }
  }

  private static func rate(_ count: Int, _ runs: Int, _ invented: Double) -> Double {
    (Double(count) + invented / 2) / (Double(runs) + invented)
  }

  /// Returns how often a test held among the past runs in which it should be likely, and among the
  /// others.
  func counts(of test: RunTest) -> (likely: Int, unlikely: Int) {
    let (first, second) = test.isLikelyWith ? (with, without) : (without, with)
    return (first.count { test.holds(for: $0) }, second.count { test.holds(for: $0) })
  }

  // MARK: Which event

  /// Returns the test that would gain most against the main claim or, if none gains there, the one
  /// with the largest difference of rates.
  private func bestTest() -> RunTest? {
    var best: (test: RunTest, growth: Double, difference: Int)?
    for event in events() {
      let (inWith, inWithout) = (
        with.count { event.holds(for: $0) }, without.count { event.holds(for: $0) }
      )
      guard inWith != inWithout else { continue }
      for isOpposite in [false, true] {
        let isLikelyWith = (inWith > inWithout) != isOpposite
        var (likely, unlikely) = inWith > inWithout ? (inWith, inWithout) : (inWithout, inWith)
        if isOpposite { (likely, unlikely) = (with.count - unlikely, with.count - likely) }
        let rates = (Self.rate(likely, with.count, 1), Self.rate(unlikely, with.count, 1))
        let claim = claims[mainClaim]
        let growth = RateBet(
          likely: rates.0, unlikely: rates.1, epsilon: claim.epsilon, delta: claim.delta
        ).growth
        let candidate = (
          RunTest(event: event, isOpposite: isOpposite, isLikelyWith: isLikelyWith), growth,
          likely - unlikely
        )
        if best.map({ (growth, candidate.2) > ($0.growth, $0.difference) }) ?? true {
          best = candidate
        }
      }
    }
    return best?.test
  }

  /// Returns the events that the past suggests: its most frequent words, or numbers at equal rank
  /// distances.
  private func events() -> [RunEvent] {
    var words: [String: Int] = [:]
    var numbers: [Double] = []
    var absent = 0
    for value in with + without {
      switch value {
      case .word(let word): words[word, default: 0] += 1
      case .number(let number): numbers.append(number)
      case nil: absent += 1
      }
    }
    var events = words.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.mostWords).map
    { RunEvent.equals($0.key) }
    if !numbers.isEmpty {
      numbers.sort()
      let step = max(1, numbers.count / Self.mostThresholds)
      let limits = Set(
        stride(from: 0, to: numbers.count, by: step).map { numbers[$0] } + numbers.suffix(1))
      events += limits.sorted().map { RunEvent.atLeast($0) }
    }
    if absent > 0, absent < 2 * with.count { events.append(.absent) }
    return events
  }
}
