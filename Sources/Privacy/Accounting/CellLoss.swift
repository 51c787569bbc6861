/// How an answer changes if one person's entries in one column change and all else stays the same.
package enum CellEffect: Sendable, Hashable {
  /// No change: the column is not part of the question.
  case none
  /// The person's rows move between cells of one table of counts.
  case moved
  /// As if the person had left and another had joined.
  case replaced
}

/// The privacy loss of one person's entries in one column, computed from the questions that were
/// asked (``AskedLevels``). Only questions that involve the column count.
package struct CellLoss: Sendable {
  private let reserved: Rho
  private let parts:
    [(moved: [EventPart], replaced: [EventPart], leaks: (moved: Double, replaced: Double))]

  /// - Parameter reserved: The rho that the release could spend.
  package init(events: [PrivacyEvent], reserved: Rho) {
    self.reserved = reserved
    parts = events.map { event in
      (event.parts(.moved), event.parts(.replaced), (event.leak(.moved), event.leak(.replaced)))
    }
  }

  /// Returns the figure of a column at `delta`, or at the smallest delta ten, a hundred … times as
  /// large that its rare events allow.
  ///
  /// - Parameter effects: The effect of a column change on each event.
  package func point(effects: [CellEffect], delta: Double) -> PrivacyCurve.Point? {
    precondition(effects.count == parts.count, "an effect for each event")
    var (asked, leak) = ([EventPart](), 0.0)
    for (part, effect) in zip(parts, effects) {
      switch effect {
      case .none: continue
      case .moved:
        asked += part.moved
        leak = leak.addingUpwards(part.leaks.moved)
      case .replaced:
        asked += part.replaced
        leak = leak.addingUpwards(part.leaks.replaced)
      }
    }
    if asked.isEmpty { return PrivacyCurve.Point(epsilon: 0, delta: 0) }
    // A change is never worse than the person leaving and another joining, which costs four times
    // as much as leaving.
    let ceiling = Rho(checked: 4 * reserved.value)
    let levels = AskedLevels(ceiling: ceiling)
    let split = GroupLoss.point(
      rho: levels.lowest(for: asked), leak: leak, delta: delta, parts: AskedLevels.count)
    let whole = GroupLoss.point(rho: ceiling, leak: leak, delta: delta)
    guard let split, let whole else { return split ?? whole }
    return split.epsilon < whole.epsilon ? split : whole
  }
}

extension PrivacyEvent {
  /// Returns the event's costs for a column change.
  fileprivate func parts(_ effect: CellEffect) -> [EventPart] {
    if case .composed(_, let events) = self { return events.flatMap { $0.parts(effect) } }
    // Moving k rows between cells has an L2 norm of at most k times the root of 2; leaving and
    // joining together, twice k. A choice among candidates of which only some hold the column has
    // twice the range either way.
    var factor = effect == .moved ? 2.0 : 4.0
    if case .noisyGradients = self { factor = 4 }
    return parts.map { part in
      switch part {
      case .fixed(let cost):
        .fixed(
          PrivacyCost(rho: Rho(checked: min(factor * cost.rho.value, .greatestFiniteMagnitude))))
      case .range(let range): .range(2 * range)
      }
    }
  }

  /// Returns the event's delta for a column change.
  fileprivate func leak(_ effect: CellEffect) -> Double {
    switch self {
    case .composed(_, let events): min(1, events.reduce(0) { $0.addingUpwards($1.leak(effect)) })
    // Categories that were only the person's before, and those that are only theirs after.
    case .partitionSelection where effect == .moved: min(1, 2 * cost.delta.value)
    default: leak(people: 2)
    }
  }
}
