/// What was granted to one account and what is used of it: a pure value, where the rule of the budget is written.
///
/// Grants that were given without an answer between them are one *part* of the budget: their ε and δ add, and of their δ a fixed share is for
/// events with a δ of their own. A part allows the ρ of a Gaussian mechanism that is (ε, the rest of δ)-private. What the parts allow adds,
/// and what is used must be within the sum: so a grant that is given after answers were seen adds what it allows by itself.
/// `docs/proofs/gaussian-filter.md`, `docs/proofs/ledger.md`.
package struct LedgerBalance: Sendable, Equatable {
  package private(set) var grantedEpsilon = 0.0
  package private(set) var grantedDelta = 0.0

  private var parts: [Part] = []
  private var isAnsweredSince = false
  private var usedRhoSum = ExactSum()
  private var usedDeltaSum = ExactSum()

  /// Of a budget's δ, the share that events with a δ of their own may spend. It is fixed beforehand: were it decided while answers are seen,
  /// both uses of δ together could pass the whole.
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

  /// Several grants add.
  package mutating func grant(epsilon: Double, delta: Double) {
    grantedEpsilon = OutwardSum.down(grantedEpsilon, epsilon)
    grantedDelta = OutwardSum.down(grantedDelta, delta)
    var part = Part()
    if !isAnsweredSince, let last = parts.last, !last.isOld { part = parts.removeLast() }
    isAnsweredSince = false
    part.epsilon = OutwardSum.down(part.epsilon, epsilon)
    part.delta = OutwardSum.down(part.delta, delta)
    part.allow()
    parts.append(part)
  }

  /// Something was told of the rows: whoever grants from here on may have seen it.
  package mutating func answer() { isAnsweredSince = true }

  package mutating func use(rho: Double, delta: Double) {
    usedRhoSum.add(rho)
    usedDeltaSum.add(delta)
  }

  /// All grants and uses so far were made by a version that added up under zero-concentrated differential privacy, converted the sum of all
  /// grants as one, and took from δ what events used. They become one part by that conversion; what was used stays used.
  package mutating func closeOldRule() {
    guard !parts.isEmpty else { return }
    var part = Part(epsilon: grantedEpsilon, delta: grantedDelta, isOld: true)
    part.allowed = PrivacyCost(rho: .zero, delta: Delta(checked: min(1, max(usedDelta, grantedDelta * Self.eventShare))))
    let rho = Accountant.rho(epsilon: Epsilon(checked: grantedEpsilon), delta: part.conversionDelta).value
    part.allowed = PrivacyCost(rho: Rho(checked: max(rho, usedRho)), delta: part.allowed.delta)
    parts = [part]
    isAnsweredSince = true
  }

  package var usedRho: Double { usedRhoSum.roundedUp }
  package var usedDelta: Double { usedDeltaSum.roundedUp }

  /// Whether answers were given since the last grant, so that a further one begins a part of its own.
  package var isAnswered: Bool { isAnsweredSince && !parts.isEmpty }
  /// How many parts there are.
  package var partCount: Int { parts.count }

  /// What all parts allow that is not used, without rounding.
  private var left: (rho: ExactSum, delta: ExactSum) {
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

  /// What is used, as ε; nil where more is used than was allowed. Parts are used up in their order, and one that is used up counts in full.
  package var usedEpsilon: Double? {
    guard !left.delta.isNegative else { return nil }
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
    return used.sign == .plus ? nil : epsilon
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

  /// The largest ρ that a first release may reserve under a grant of (`epsilon`, `delta`), along with `eventDelta` for its events.
  package static func reservation(epsilon: Double, delta: Double, eventDelta: Double) -> Double {
    var fresh = LedgerBalance()
    fresh.grant(epsilon: epsilon, delta: delta)
    return fresh.largestRho(delta: eventDelta)
  }
}
