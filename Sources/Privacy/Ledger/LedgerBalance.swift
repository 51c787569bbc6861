import Accounting

/// The grants and the use of one account: a pure value that holds the rule of the budget.
///
/// Grants without an answer between them are one *part* of the budget: their ε and δ add, and a
/// fixed share of their δ is for events with a δ of their own. A part allows the ρ of a Gaussian
/// mechanism that is (ε, the rest of δ)-private. The allowances of the parts add, and total use
/// must stay within the sum. A grant given after answers were seen therefore adds only its own
/// allowance. See `docs/proofs/gaussian-filter.md`, `docs/proofs/ledger.md`.
package struct LedgerBalance: Sendable, Equatable {
  /// The ε and the δ of all grants: the promise.
  package private(set) var promisedEpsilon = 0.0
  package private(set) var promisedDelta = 0.0

  private var parts: [Part] = []
  private var isAnsweredSince = false
  private var usedRhoSum = ExactSum()
  private var usedDeltaSum = ExactSum()
  /// The budget of each joined account by itself, charged with all use of the joint one. None may
  /// be exceeded.
  private var limits: [LedgerBalance] = []

  /// The share of a budget's δ that events with a δ of their own may spend. It is fixed beforehand:
  /// if it were decided while answers are seen, both uses of δ together could exceed the whole.
  package static let eventShare = 0.5

  /// Grants without an answer between them.
  private struct Part: Equatable {
    var epsilon = 0.0
    var delta = 0.0
    /// Its allowance: ρ, and the δ of events.
    var allowed = PrivacyCost.zero
    /// Whether it was left by an earlier version: ρ under zero-concentration.
    var isOld = false

    /// The δ at which ``allowed`` is converted.
    var conversionDelta: Delta {
      Delta(checked: min(1, max(0, OutwardSum.down(delta, -allowed.delta.value))))
    }

    /// Sets the allowance of a part that is shared in the fixed way.
    mutating func allow() {
      allowed = PrivacyCost(
        rho: .zero, delta: Delta(checked: min(1, delta * LedgerBalance.eventShare)))
      allowed = PrivacyCost(
        rho: GaussianCurve.rho(epsilon: Epsilon(checked: epsilon), delta: conversionDelta),
        delta: allowed.delta)
    }
  }

  package init() {}

  /// Returns the budget of joined accounts: these grants are all of them, and the earlier grants of
  /// each account are a limit.
  package func limited(by limits: [LedgerBalance]) -> LedgerBalance {
    var joined = self
    joined.limits = limits
    return joined
  }

  /// Whether accounts with grants of their own were joined.
  package var isJoined: Bool { !limits.isEmpty }

  /// The ε of the grants that count: the smallest sum if accounts were joined.
  package var grantedEpsilon: Double { limits.map(\.grantedEpsilon).min() ?? promisedEpsilon }
  /// The δ of the grants that count.
  package var grantedDelta: Double { limits.map(\.grantedDelta).min() ?? promisedDelta }

  /// Adds a grant to the earlier ones.
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

  /// Records an answer about the rows: whoever grants from here on may have seen it.
  package mutating func answer() {
    isAnsweredSince = true
    for index in limits.indices { limits[index].answer() }
  }

  package mutating func use(rho: Double, delta: Double) {
    usedRhoSum.add(rho)
    usedDeltaSum.add(delta)
    for index in limits.indices { limits[index].use(rho: rho, delta: delta) }
  }

  /// Turns all grants and uses so far into one part. They were made by a version that added up
  /// under zero-concentrated differential privacy, converted the sum of all grants as one, and took
  /// the δ used by events from δ. The part uses that conversion, and everything used stays used. If
  /// more ρ, or more δ for events, was used than a part with a fixed share of δ for them allows,
  /// nothing is left of either.
  package mutating func closeOldRule() {
    guard !parts.isEmpty else { return }
    var part = Part(epsilon: promisedEpsilon, delta: promisedDelta, isOld: true)
    part.allowed = PrivacyCost(
      rho: .zero, delta: Delta(checked: min(1, promisedDelta * Self.eventShare)))
    let rho = Accountant.rho(
      epsilon: Epsilon(checked: promisedEpsilon), delta: part.conversionDelta)
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

  /// Whether answers were given since the last grant, so that a further grant begins a new part.
  package var isAnswered: Bool { isAnsweredSince && !parts.isEmpty }
  /// The number of parts.
  package var partCount: Int { parts.count }

  /// The unused allowance of all parts, without rounding; the smallest if there are limits.
  private var left: (rho: ExactSum, delta: ExactSum) {
    func least(_ first: ExactSum, _ second: ExactSum) -> ExactSum {
      first.subtracting(second).isNegative ? first : second
    }
    return limits.map(\.left).reduce(leftOfParts) {
      (rho: least($0.rho, $1.rho), delta: least($0.delta, $1.delta))
    }
  }

  private var leftOfParts: (rho: ExactSum, delta: ExactSum) {
    var (rho, delta) = (ExactSum(), ExactSum())
    for part in parts {
      rho.add(part.allowed.rho.value)
      delta.add(part.allowed.delta.value)
    }
    return (rho.subtracting(usedRhoSum), delta.subtracting(usedDeltaSum))
  }

  /// Returns whether all use so far, with this on top, stays within the grants.
  package func allows(rho: Double, delta: Double) -> Bool {
    let left = left
    return !left.rho.subtracting(rho).isNegative && !left.delta.subtracting(delta).isNegative
  }

  /// The used amount of all grants, as ε; nil if more is used than was allowed. Parts are used up
  /// in order, and a part that is used up counts in full.
  package var usedEpsilon: Double? {
    // Answers of one account split the parts of another that was joined, which allows less than was
    // used before.
    let most = isJoined ? promisedEpsilon : nil
    guard !leftOfParts.delta.isNegative else { return most }
    var (used, epsilon) = (usedRhoSum, 0.0)
    for part in parts where used.sign == .plus {
      let beyond = used.subtracting(part.allowed.rho.value)
      if beyond.isNegative {
        let rho = Rho(checked: used.roundedUp)
        let converted = part.isOld ? Accountant.epsilon : GaussianCurve.epsilon
        return min(
          OutwardSum.up(epsilon, converted(rho, part.conversionDelta).value),
          OutwardSum.up(epsilon, part.epsilon))
      }
      (used, epsilon) = (beyond, OutwardSum.up(epsilon, part.epsilon))
    }
    return used.sign == .plus ? most : epsilon
  }

  /// The guarantee of the answers so far, at several δ, as if their end had been fixed beforehand
  /// at its present point.
  package var usedCurve: PrivacyCurve {
    let used = PrivacyCost(rho: Rho(checked: usedRho), delta: Delta(checked: min(usedDelta, 1)))
    return PrivacyCurve(
      of: used,
      converted: parts.contains(where: \.isOld) ? Accountant.epsilon : GaussianCurve.epsilon)
  }

  /// The δ that a further release may have, including the share for its events.
  package var leftDelta: Double { min(grantedDelta, leftEventDelta / Self.eventShare) }

  /// The δ that events can still use.
  package var leftEventDelta: Double { max(0, left.delta.roundedDown) }

  /// Returns the largest ρ that can be used along with an event δ of `delta`: the next larger
  /// `Double` is refused. Returns 0 if nothing fits.
  package func largestRho(delta: Double) -> Double {
    delta > leftEventDelta ? 0 : max(0, left.rho.roundedDown)
  }

  /// Returns the largest ε, at `delta`, of a further release that still fits if the release spends
  /// `eventDelta` of its δ on events: the ``reservation(epsilon:delta:eventDelta:)`` of exactly
  /// this ε is accepted.
  package func largestEpsilon(delta: Double, eventDelta: Double) -> Double {
    let rho = largestRho(delta: eventDelta)
    var part = Part(epsilon: 0, delta: delta)
    part.allow()
    guard rho > 0, part.conversionDelta.value > 0, eventDelta <= part.allowed.delta.value else {
      return 0
    }
    var epsilon = GaussianCurve.epsilon(rho: Rho(checked: rho), delta: part.conversionDelta).value
    var step = epsilon.ulp
    while epsilon > 0,
      Self.reservation(epsilon: epsilon, delta: delta, eventDelta: eventDelta) > rho
    {
      epsilon = max(0, epsilon - step)
      step *= 2
    }
    return epsilon
  }

  /// Returns about the ε, at `delta`, that a person asked for in a release that reserves `rho`; nil
  /// if `delta` allows none.
  package static func epsilon(reserving rho: Double, delta: Double) -> Double? {
    var part = Part(epsilon: 0, delta: delta)
    part.allow()
    return part.conversionDelta.value > 0
      ? GaussianCurve.epsilon(rho: Rho(checked: rho), delta: part.conversionDelta).value : nil
  }

  /// Returns the largest ρ that a first release may reserve under a grant of (`epsilon`, `delta`),
  /// along with `eventDelta` for its events.
  package static func reservation(epsilon: Double, delta: Double, eventDelta: Double) -> Double {
    var fresh = LedgerBalance()
    fresh.grant(epsilon: epsilon, delta: delta)
    return fresh.largestRho(delta: eventDelta)
  }
}
