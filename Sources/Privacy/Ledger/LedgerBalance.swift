import Accounting

/// What was granted to one account and what is used of it: a pure value, where the rule of the budget is written.
///
/// Grants that were given without an answer between them are one *part* of the budget: their ε and δ add, and of their δ a fixed share
/// is for events with a δ of their own. A part allows the ρ of a Gaussian mechanism that is (ε, the rest of δ)-private. What the parts
/// allow adds, and what is used must be within the sum: so a grant that is given after answers were seen adds what it allows by itself.
/// `docs/proofs/gaussian-filter.md`, `docs/proofs/ledger.md`.
package struct LedgerBalance: Sendable, Equatable {
  /// The ε and the δ of all grants: what is promised.
  package private(set) var promisedEpsilon = 0.0
  package private(set) var promisedDelta = 0.0

  private var parts: [Part] = []
  private var isAnsweredSince = false
  private var usedRhoSum = ExactSum()
  private var usedDeltaSum = ExactSum()
  /// Where accounts were joined, the budget of each by itself, with all that is used of the joint one: none of them may be passed.
  private var limits: [LedgerBalance] = []

  /// Of a budget's δ, the share that events with a δ of their own may spend. It is fixed beforehand: were it decided while answers are
  /// seen, both uses of δ together could pass the whole.
  package static let eventShare = 0.5

  /// Grants without an answer between them.
  private struct Part: Equatable {
    var epsilon = 0.0
    var delta = 0.0
    /// What it allows: ρ, and the δ of events.
    var allowed = PrivacyCost.zero
    /// Whether it is what an earlier version left: ρ under zero-concentration.
    var isOld = false

    /// The δ at which ``allowed`` is converted.
    var conversionDelta: Delta { Delta(checked: min(1, max(0, OutwardSum.down(delta, -allowed.delta.value)))) }

    /// Sets what a part allows that is shared in the fixed way.
    mutating func allow() {
      allowed = PrivacyCost(rho: .zero, delta: Delta(checked: min(1, delta * LedgerBalance.eventShare)))
      allowed = PrivacyCost(
        rho: GaussianCurve.rho(epsilon: Epsilon(checked: epsilon), delta: conversionDelta), delta: allowed.delta)
    }
  }

  package init() {}

  /// The budget of joined accounts: these grants are all of them, and what was granted to each account before is a limit.
  package func limited(by limits: [LedgerBalance]) -> LedgerBalance {
    var joined = self
    joined.limits = limits
    return joined
  }

  /// Whether accounts with grants of their own were joined.
  package var isJoined: Bool { !limits.isEmpty }

  /// The ε of the grants that count: the smallest sum where accounts were joined.
  package var grantedEpsilon: Double { limits.map(\.grantedEpsilon).min() ?? promisedEpsilon }
  /// The δ of the grants that count.
  package var grantedDelta: Double { limits.map(\.grantedDelta).min() ?? promisedDelta }

  /// Several grants add.
  package mutating func grant(epsilon: Double, delta: Double) {
    promisedEpsilon = OutwardSum.down(promisedEpsilon, epsilon)
    promisedDelta = OutwardSum.down(promisedDelta, delta)
    for index in limits.indices { limits[index].grant(epsilon: epsilon, delta: delta) }
    var part = Part()
    if !isAnsweredSince, let last = parts.last, !last.isOld { part = parts.removeLast() }
    isAnsweredSince = false
    part.epsilon = OutwardSum.down(part.epsilon, epsilon)
    part.delta = OutwardSum.down(part.delta, delta)
    part.allow()
    parts.append(part)
  }

  /// Something was told of the rows: whoever grants from here on may have seen it.
  package mutating func answer() {
    isAnsweredSince = true
    for index in limits.indices { limits[index].answer() }
  }

  package mutating func use(rho: Double, delta: Double) {
    usedRhoSum.add(rho)
    usedDeltaSum.add(delta)
    for index in limits.indices { limits[index].use(rho: rho, delta: delta) }
  }

  /// All grants and uses so far were made by a version that added up under zero-concentrated differential privacy, converted the sum of all
  /// grants as one, and took from δ what events used. They become one part by that conversion; what was used stays used. Where more of
  /// ρ, or of δ for events, was used than a part with a fixed share of δ for them allows, nothing is left of it, of neither.
  package mutating func closeOldRule() {
    guard !parts.isEmpty else { return }
    var part = Part(epsilon: promisedEpsilon, delta: promisedDelta, isOld: true)
    part.allowed = PrivacyCost(rho: .zero, delta: Delta(checked: min(1, promisedDelta * Self.eventShare)))
    let rho = Accountant.rho(epsilon: Epsilon(checked: promisedEpsilon), delta: part.conversionDelta)
    let isWithin = usedRho <= rho.value && usedDelta <= part.allowed.delta.value
    part.allowed =
      isWithin
      ? PrivacyCost(rho: rho, delta: part.allowed.delta)
      : PrivacyCost(rho: Rho(checked: usedRho), delta: Delta(checked: min(1, usedDelta)))
    parts = [part]
    isAnsweredSince = true
  }

  package var usedRho: Double { usedRhoSum.roundedUp }
  package var usedDelta: Double { usedDeltaSum.roundedUp }

  /// Whether answers were given since the last grant, so that a further one begins a part of its own.
  package var isAnswered: Bool { isAnsweredSince && !parts.isEmpty }
  /// How many parts there are.
  package var partCount: Int { parts.count }

  /// What all parts allow that is not used, without rounding: the least where there are limits.
  private var left: (rho: ExactSum, delta: ExactSum) {
    func least(_ first: ExactSum, _ second: ExactSum) -> ExactSum { first.subtracting(second).isNegative ? first : second }
    return limits.map(\.left).reduce(leftOfParts) { (rho: least($0.rho, $1.rho), delta: least($0.delta, $1.delta)) }
  }

  private var leftOfParts: (rho: ExactSum, delta: ExactSum) {
    var (rho, delta) = (ExactSum(), ExactSum())
    for part in parts {
      rho.add(part.allowed.rho.value)
      delta.add(part.allowed.delta.value)
    }
    return (rho.subtracting(usedRhoSum), delta.subtracting(usedDeltaSum))
  }

  /// Whether all that is used, and this on top, stays within the grants.
  package func allows(rho: Double, delta: Double) -> Bool {
    let left = left
    return !left.rho.subtracting(rho).isNegative && !left.delta.subtracting(delta).isNegative
  }

  /// What is used of all grants, as ε; nil where more is used than was allowed. Parts are used up in their order, and one that is used
  /// up counts in full.
  package var usedEpsilon: Double? {
    // Answers of one account split the parts of another that was joined, which allows less than was used before.
    let most = isJoined ? promisedEpsilon : nil
    guard !leftOfParts.delta.isNegative else { return most }
    var (used, epsilon) = (usedRhoSum, 0.0)
    for part in parts where used.sign == .plus {
      let beyond = used.subtracting(part.allowed.rho.value)
      if beyond.isNegative {
        let rho = Rho(checked: used.roundedUp)
        let converted = part.isOld ? Accountant.epsilon : GaussianCurve.epsilon
        return min(OutwardSum.up(epsilon, converted(rho, part.conversionDelta).value), OutwardSum.up(epsilon, part.epsilon))
      }
      (used, epsilon) = (beyond, OutwardSum.up(epsilon, part.epsilon))
    }
    return used.sign == .plus ? most : epsilon
  }

  /// What was told, at several δ, had its end been fixed beforehand where it is now.
  package var usedCurve: PrivacyCurve {
    let used = PrivacyCost(rho: Rho(checked: usedRho), delta: Delta(checked: min(usedDelta, 1)))
    return PrivacyCurve(of: used, converted: parts.contains(where: \.isOld) ? Accountant.epsilon : GaussianCurve.epsilon)
  }

  /// The δ that a further release may have, of which events use their share.
  package var leftDelta: Double { min(grantedDelta, leftEventDelta / Self.eventShare) }

  /// The δ that events may still use.
  package var leftEventDelta: Double { max(0, left.delta.roundedDown) }

  /// The largest ρ that may be used along with an event δ of `delta`: the next larger `Double` is refused. 0 where nothing fits.
  package func largestRho(delta: Double) -> Double {
    delta > leftEventDelta ? 0 : max(0, left.rho.roundedDown)
  }

  /// The largest ε, at `delta`, of a further release that still fits, where the release spends `eventDelta` of its δ on events: the
  /// ``reservation(epsilon:delta:eventDelta:)`` of exactly this ε is accepted.
  package func largestEpsilon(delta: Double, eventDelta: Double) -> Double {
    let rho = largestRho(delta: eventDelta)
    var part = Part(epsilon: 0, delta: delta)
    part.allow()
    guard rho > 0, part.conversionDelta.value > 0, eventDelta <= part.allowed.delta.value else { return 0 }
    var epsilon = GaussianCurve.epsilon(rho: Rho(checked: rho), delta: part.conversionDelta).value
    var step = epsilon.ulp
    while epsilon > 0, Self.reservation(epsilon: epsilon, delta: delta, eventDelta: eventDelta) > rho {
      epsilon = max(0, epsilon - step)
      step *= 2
    }
    return epsilon
  }

  /// About the ε, at `delta`, of a release that reserves so much: what a person asked for, found again. Nil where `delta` allows none.
  package static func epsilon(reserving rho: Double, delta: Double) -> Double? {
    var part = Part(epsilon: 0, delta: delta)
    part.allow()
    return part.conversionDelta.value > 0 ? GaussianCurve.epsilon(rho: Rho(checked: rho), delta: part.conversionDelta).value : nil
  }

  /// The largest ρ that a first release may reserve under a grant of (`epsilon`, `delta`), along with `eventDelta` for its events.
  package static func reservation(epsilon: Double, delta: Double, eventDelta: Double) -> Double {
    var fresh = LedgerBalance()
    fresh.grant(epsilon: epsilon, delta: delta)
    return fresh.largestRho(delta: eventDelta)
  }
}
