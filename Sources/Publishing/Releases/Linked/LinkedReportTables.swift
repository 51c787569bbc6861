import Curation
import Encoding
import LinkedSynthesis
import LinkedTables
import Reports
import Tables

/// The figures of a release's report, counted in its synthetic tables.
struct LinkedReportTables {
  let plan: LinkedPlan
  let model: LinkedModel
  let written: [(table: Table, described: LinkedTable)]

  private static let mostTransitions = 6
  private static let mostTop = 10

  var tables: [LinkedReport.TableFigures] {
    zip(plan.tables, written).map { table, written in figures(table, written.table) }
  }

  private func figures(_ plan: TablePlan, _ table: Table) -> LinkedReport.TableFigures {
    let owner = plan.owner.map { self.plan.schema.tables[$0] }
    var figures = LinkedReport.TableFigures(
      name: plan.name, owner: owner?.name, rows: table.rowCount)
    guard let owner, let model = model.tables.first(where: { $0.table == plan.table }) else {
      return figures
    }
    figures.clip = model.clip
    figures.dependences = dependences(model)
    let link = self.plan.schema.owner(of: self.plan.schema.tables[plan.table])
    let keys = (link?.columns ?? []).compactMap { table.column(named: $0)?.cells }
    let isNext = (0..<table.rowCount).map { row in
      row > 0 && keys.allSatisfy { $0.isSame(row, row - 1) }
    }
    let owners = self.written.first { $0.described.name == owner.name }?.table.rowCount ?? 0
    figures.rowsOfAnOwner = counts(isNext, owners: owners)
    let described = self.plan.schema.tables[plan.table]
    if let time = described.time.flatMap({ table.column(named: $0) }) {
      figures.gapDays = quartiles(gaps(time, isNext))
    }
    for column in table.columns
    where plan.columns.contains(where: { $0.schema.name == column.name }) {
      guard case .labels(let codes, let dictionary) = column.cells else { continue }
      if dictionary.count > Self.mostTransitions {
        figures.top[column.name] = top(codes, dictionary)
      } else if plan.isTimed, dictionary.count > 1 {
        figures.transitions.append(transitions(column.name, codes, dictionary, isNext))
      }
    }
    return figures
  }

  private func dependences(_ table: TableModel) -> [LinkedReport.Dependence] {
    let names = table.domain.variables.map(\.name)
    return table.chain.map { link in
      LinkedReport.Dependence(
        column: names[link.variable],
        on: link.parents.map { name(of: $0.context, in: table, names) })
    }
  }

  private func name(of context: Context, in table: TableModel, _ names: [String]) -> String {
    switch context {
    case .own(let variable): return names[variable]
    case .previous(let variable): return "\(names[variable]) of the row before"
    case .position: return "place in the order"
    case .novelty: return "whether it was there before"
    case .above(let levels, let variable):
      var index = table.table
      for _ in 0..<levels { index = plan.plan(of: index).owner ?? index }
      let domain =
        model.tables.first { $0.table == index }?.domain ?? model.person.domain
      return "\(plan.plan(of: index).name): \(domain.variables[variable].name)"
    }
  }

  private func counts(_ isNext: [Bool], owners: Int) -> [LinkedReport.Share] {
    var sizes: [Int] = []
    for next in isNext { if next { sizes[sizes.count - 1] += 1 } else { sizes.append(1) } }
    let classes: [(String, ClosedRange<Int>)] = [
      ("1", 1...1), ("2", 2...2), ("3", 3...3), ("4 to 6", 4...6), ("7 to 12", 7...12),
      ("more", 13...Int.max),
    ]
    let total = Double(max(owners, 1))
    return [LinkedReport.Share(value: "none", share: Double(max(owners - sizes.count, 0)) / total)]
      + classes.map { name, range in
        LinkedReport.Share(value: name, share: Double(sizes.count { range.contains($0) }) / total)
      }
  }

  private func gaps(_ time: Column, _ isNext: [Bool]) -> [Double] {
    guard case .ticks(let ticks) = time.cells, let unit = time.type.microsecondsPerTick else {
      return []
    }
    return ticks.indices.compactMap { row in
      guard isNext[row], Cells.isValue(ticks[row]), Cells.isValue(ticks[row - 1]) else {
        return nil
      }
      return Double(ticks[row] - ticks[row - 1]) * Double(unit) / 86_400e6
    }
  }

  private func quartiles(_ values: [Double]) -> [Double] {
    guard !values.isEmpty else { return [] }
    let sorted = values.sorted()
    return [1, 2, 3].map { sorted[min(sorted.count * $0 / 4, sorted.count - 1)] }
  }

  private func top(_ codes: [Int32], _ dictionary: LabelDictionary) -> [LinkedReport.Share] {
    var counts = [Int](repeating: 0, count: dictionary.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    let order = counts.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
    return order.prefix(Self.mostTop).map {
      LinkedReport.Share(
        value: dictionary[$0], share: Double(counts[$0]) / Double(max(codes.count, 1)))
    }
  }

  private func transitions(
    _ name: String, _ codes: [Int32], _ dictionary: LabelDictionary, _ isNext: [Bool]
  ) -> LinkedReport.Transitions {
    var counts = [[Double]](
      repeating: [Double](repeating: 0, count: dictionary.count), count: dictionary.count)
    for row in codes.indices where isNext[row] && codes[row] >= 0 && codes[row - 1] >= 0 {
      counts[Int(codes[row - 1])][Int(codes[row])] += 1
    }
    return LinkedReport.Transitions(
      column: name, values: dictionary.labels,
      shares: counts.map { row in
        let total = row.reduce(0, +)
        return row.map { total > 0 ? $0 / total : 0 }
      })
  }
}

extension Cells {
  fileprivate func isSame(_ row: Int, _ other: Int) -> Bool {
    switch self {
    case .ticks(let ticks): ticks[row] == ticks[other]
    case .labels(let codes, _): codes[row] == codes[other]
    }
  }
}
