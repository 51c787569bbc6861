import Tables

extension Blueprint {
  /// Restores the columns from the variables' values: the inverse of ``prepare(_:rows:)``.
  package func restore(_ values: [Cells]) -> [Column] {
    var restored: [String: Cells] = [:]
    var gaps: [(later: String, ticks: Cells)] = []
    for (variable, cells) in zip(variables, values) {
      switch variable.source {
      case .column(let name): restored[name] = cells
      case .gap(_, let later): gaps.append((later, cells))
      case .bundle(let names): restore(bundle: cells, into: &restored, names: names)
      }
    }
    // A gap may start at a column that is itself restored from a gap, or computed.
    compute(&restored)
    while !gaps.isEmpty {
      guard
        let next = gaps.firstIndex(where: { gap in
          earliers(of: gap.later).allSatisfy { restored[$0] != nil }
        })
      else {
        preconditionFailure("the rules go round in a circle")
      }
      let gap = gaps.remove(at: next)
      restored[gap.later] = self.later(gap.later, by: gap.ticks, in: restored)
      compute(&restored)
    }
    return schema.columns.compactMap { column in
      restored[column.name].map { column.filled(with: $0) }
    }
  }

  private func declaredBounds(of name: String) -> ClosedRange<Int64>? {
    guard case .declared(let bounds)? = schema.column(named: name)?.bounds else { return nil }
    return bounds
  }

  private func later(_ name: String, by gaps: Cells, in columns: [String: Cells]) -> Cells {
    guard case .ticks(let gaps) = gaps, let starts = Starts(of: name, in: columns, blueprint: self)
    else {
      preconditionFailure("an order on labels")
    }
    let highest = declaredBounds(of: name)?.upperBound
    return .ticks(
      gaps.indices.map { row in
        guard let start = starts.latest(row), Cells.isValue(gaps[row]) else {
          return Cells.missingTick
        }
        return start.scale.tick(above: start.tick, by: gaps[row], highest: highest)
      })
  }

  private func restore(bundle cells: Cells, into restored: inout [String: Cells], names: [String]) {
    guard case .labels(let codes, let dictionary) = cells else {
      preconditionFailure("a bundle is made of labels")
    }
    let parts = dictionary.labels.map(Bundle.split)
    for (index, name) in names.enumerated() {
      guard let column = schema.column(named: name) else { continue }
      let texts = parts.map { index < $0.count ? $0[index] : nil }
      restored[name] = Cells(codes: codes, texts: texts, column: column)
    }
  }
}

/// The columns that stand before another by rules.
struct Starts {
  private let columns: [(ticks: [Int64], scale: OrderScale)]

  /// Returns nil if a column is missing from `cells` or holds neither numbers nor times.
  init?(of later: String, in cells: [String: Cells], blueprint: Blueprint) {
    let names = blueprint.earliers(of: later)
    guard let second = blueprint.schema.column(named: later) else { return nil }
    columns = names.compactMap { name in
      guard case .ticks(let ticks)? = cells[name], let first = blueprint.schema.column(named: name)
      else { return nil }
      return (ticks, OrderScale(first.type, second.type))
    }
    guard columns.count == names.count else { return nil }
  }

  /// Returns the latest value before the column in a row; nil if all are missing.
  func latest(_ row: Int) -> (tick: Int64, scale: OrderScale)? {
    var latest: (tick: Int64, scale: OrderScale)?
    for (ticks, scale) in columns where Cells.isValue(ticks[row]) {
      if latest.map({ $0.scale.isBelow($0.tick, ticks[row], scale) }) ?? true {
        latest = (ticks[row], scale)
      }
    }
    return latest
  }
}

extension Cells {
  /// Creates the cells of a column from codes into a list of texts; a nil text is missing.
  fileprivate init(codes: [Int32], texts: [String?], column: ColumnSchema) {
    if column.type.isOrdered {
      let ticks = texts.map { $0.flatMap(column.tick) ?? Cells.missingTick }
      self = .ticks(codes.map { $0 == Cells.missingCode ? Cells.missingTick : ticks[Int($0)] })
      return
    }
    guard case .labels(let mapped, let dictionary) = Cells(labels: texts) else {
      preconditionFailure("ticks among labels")
    }
    self = .labels(
      codes: codes.map { $0 == Cells.missingCode ? $0 : mapped[Int($0)] }, dictionary: dictionary)
  }
}
