import Tables

/// The facts that rules state about the values of variables. All are public.
extension Blueprint {
  /// Returns the columns that stand before another by rules, in the order of the schema's rules.
  package func earliers(of later: String) -> [String] {
    rules.compactMap { rule in
      if case .ordered(let earlier, later) = rule { earlier } else { nil }
    }
  }

  /// Whether no other column stands before the later one.
  func isAlone(_ earlier: String, before later: String) -> Bool { earliers(of: later) == [earlier] }

  /// Returns the ticks at which rules divide the values of a variable, ascending: no code may stand
  /// for values on both sides of one.
  package func edges(of variable: Variable) -> [Int64] {
    guard case .column(let name) = variable.source, variable.isOrdered else { return [] }
    return Set(conditions(on: name).flatMap(\.edges)).sorted()
  }

  /// Returns the labels that rules name of a variable's column, in the order of the rules.
  package func ruledLabels(of variable: Variable) -> [String] {
    guard case .column(let name) = variable.source, !variable.isOrdered else { return [] }
    var seen: Set<String> = []
    return rules.flatMap(\.conditions).filter { $0.column == name }.flatMap(\.values).filter {
      seen.insert($0).inserted
    }
  }

  private func conditions(on name: String) -> [ConditionValues] {
    guard let column = schema.column(named: name) else { return [] }
    return rules.flatMap(\.conditions).filter { $0.column == name }.compactMap {
      ConditionValues($0.values, of: column)
    }
  }

  /// The computations by which columns follow from others.
  var computations: [Computation] { rules.compactMap { Computation($0, in: schema) } }

  /// The columns that are computed from others and are no variables.
  package var computed: [String] { computations.map(\.result) }

  /// Returns columns with every row that breaks a rule mended and what follows computed: the last
  /// look at a release's rows. Values of models keep the rules anyway.
  package func keepingRules(_ columns: [Column]) -> [Column] {
    guard !rules.isEmpty else { return columns }
    var cells = Dictionary(columns.map { ($0.name, $0.cells) }) { first, _ in first }
    cells = RowRules(schema).mended(cells, orders: true)
    compute(&cells)
    return columns.map { column in cells[column.name].map { column.replacing(cells: $0) } ?? column
    }
  }

  /// Computes the columns that follow from others, those first that later ones need.
  func compute(_ cells: inout [String: Cells]) {
    var left = computations
    while let next = left.firstIndex(where: { computation in
      computation.terms.allSatisfy { name in
        cells[name] != nil && !left.contains { $0.result == name }
      }
    }) {
      let computation = left.remove(at: next)
      let terms = computation.terms.compactMap { name -> [Int64]? in
        if case .ticks(let ticks)? = cells[name] { ticks } else { nil }
      }
      guard terms.count == computation.terms.count else { continue }
      cells[computation.result] = .ticks(computation.ticks(terms))
    }
  }
}
