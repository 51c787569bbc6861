/// What was granted for one dataset and what is used of it: a pure value, where the rule of the budget is written.
///
/// The rule: sessions compose in approximate zero-concentrated differential privacy, so that ρ and the δ of events add. The total is
/// within the grant when ε(Σρ, δ granted − Σδ of events) ≤ ε granted. `docs/proofs/ledger.md` argues it.
package struct LedgerBalance: Sendable, Equatable {
  package private(set) var grantedEpsilon = 0.0
  package private(set) var grantedDelta = 0.0
  package private(set) var usedRho = 0.0
  package private(set) var usedDelta = 0.0

  /// Beyond any use, and far enough below the largest `Double` that no conversion overflows.
  private static let maximumRho = 1e300

  package init() {}

  /// Several grants add.
  package mutating func grant(epsilon: Double, delta: Double) {
    grantedEpsilon = OutwardSum.down(grantedEpsilon, epsilon)
    grantedDelta = OutwardSum.down(grantedDelta, delta)
  }

  package mutating func use(rho: Double, delta: Double) {
    usedRho = OutwardSum.up(usedRho, rho)
    usedDelta = OutwardSum.up(usedDelta, delta)
  }

  /// Whether all that is used, and this on top, stays within the grant.
  package func allows(rho: Double, delta: Double) -> Bool {
    var after = self
    after.use(rho: rho, delta: delta)
    guard let epsilon = after.usedEpsilon else { return false }
    return epsilon <= grantedEpsilon
  }

  /// What is used, as ε at the granted δ; nil where the δ of events has used up the granted δ (or ρ is beyond all use).
  package var usedEpsilon: Double? {
    let deltaLeft = OutwardSum.down(grantedDelta, -usedDelta)
    if usedRho == 0 { return deltaLeft >= 0 ? 0 : nil }
    guard deltaLeft > 0, usedRho <= Self.maximumRho else { return nil }
    return LedgerBalance.epsilon(rho: usedRho, delta: deltaLeft)
  }

  /// The δ of the grants that no event has used yet.
  package var leftDelta: Double { max(0, OutwardSum.down(grantedDelta, -usedDelta)) }

  /// The largest ρ that may be used along with an event δ of `delta`: the next larger `Double` is refused. 0 where nothing fits.
  package func largestRho(delta: Double) -> Double {
    Self.largest { allows(rho: $0, delta: delta) }
  }

  /// The largest ε, at `delta`, of a further release that still fits, where the release spends `eventDelta` of its δ on events: the
  /// ``reservation(epsilon:delta:eventDelta:)`` of exactly this ε is accepted.
  package func largestEpsilon(delta: Double, eventDelta: Double) -> Double {
    let rho = largestRho(delta: eventDelta)
    let deltaLeft = OutwardSum.down(delta, -eventDelta)
    guard rho > 0, deltaLeft > 0 else { return 0 }
    var epsilon = Self.epsilon(rho: rho, delta: deltaLeft)
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

  static func epsilon(rho: Double, delta: Double) -> Double {
    Accountant.epsilon(rho: Rho(checked: rho), delta: Delta(checked: delta)).value
  }

  /// The largest finite non-negative number that a monotone test accepts, to the last bit. Complexity: 64 tests.
  private static func largest(where isAllowed: (Double) -> Bool) -> Double {
    guard isAllowed(Double.leastNonzeroMagnitude) else { return 0 }
    var low = Double.leastNonzeroMagnitude.bitPattern
    var high = maximumRho.bitPattern
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if isAllowed(Double(bitPattern: middle)) { low = middle } else { high = middle }
    }
    return Double(bitPattern: low)
  }
}
