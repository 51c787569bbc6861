/// How an answer changes where one person's entries in one column are others, and all else is the same.
package enum CellEffect: Sendable, Hashable {
  /// Not at all: the column is not part of the question.
  case none
  /// The person's rows move from some cells of one table of counts to others of it.
  case moved
  /// As if the person had left and another had come.
  case replaced
}

/// What a release tells of one column of one person, reckoned from the questions that were asked (``AskedLevels``): only those count that
/// the column is part of.
package struct CellLoss: Sendable {
  private let reserved: Rho
  private let parts: [(moved: [EventPart], replaced: [EventPart], leaks: (moved: Double, replaced: Double))]

  /// - Parameter reserved: the rho that the release could spend.
  package init(events: [PrivacyEvent], reserved: Rho) {
    self.reserved = reserved
    parts = events.map { event in
      (event.parts(.moved), event.parts(.replaced), (event.leak(.moved), event.leak(.replaced)))
    }
  }

  /// The figure of a column, at `delta` or the least delta ten, a hundred … times as large that its rare events allow.
  ///
  /// - Parameter effects: what a change of the column does to each event.
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
    // A change is never worse than the person leaving and another coming, which costs four times as much as leaving.
    let ceiling = Rho(checked: 4 * reserved.value)
    let levels = AskedLevels(ceiling: ceiling)
    let split = GroupLoss.point(rho: levels.lowest(for: asked), leak: leak, delta: delta, parts: AskedLevels.count)
    let whole = GroupLoss.point(rho: ceiling, leak: leak, delta: delta)
    guard let split, let whole else { return split ?? whole }
    return split.epsilon < whole.epsilon ? split : whole
  }
}

extension PrivacyEvent {
  /// What the event costs for a change of one column.
  fileprivate func parts(_ effect: CellEffect) -> [EventPart] {
    if case .composed(_, let events) = self { return events.flatMap { $0.parts(effect) } }
    // Moving k rows between cells has an L2 norm of at most k times the root of 2; leaving and coming together, twice k. A choice, of whose
    // candidates some hold the column and some do not, has twice the range either way.
    var factor = effect == .moved ? 2.0 : 4.0
    if case .noisyGradients = self { factor = 4 }
    return parts.map { part in
      switch part {
      case .fixed(let cost): .fixed(PrivacyCost(rho: Rho(checked: min(factor * cost.rho.value, .greatestFiniteMagnitude))))
      case .range(let range): .range(2 * range)
      }
    }
  }

  /// The delta of the event for a change of one column.
  fileprivate func leak(_ effect: CellEffect) -> Double {
    switch self {
    case .composed(_, let events): min(1, events.reduce(0) { $0.addingUpwards($1.leak(effect)) })
    // What was only the person's before, and what is only theirs after.
    case .partitionSelection where effect == .moved: min(1, 2 * cost.delta.value)
    default: leak(people: 2)
    }
  }
}
