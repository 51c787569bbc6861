import Accounting
import Curation
import Encoding
import Examples
import HeatMaps
import Ledger
import Tables

/// Maps of an invented town: the exact ones that a firm would publish, and private ones.
struct TownMaps {
  let town: TownExample
  /// The passages of each person, by cell.
  private let passages: [[Int: Int]]
  /// All passages, and the people, by cell.
  private let totals: [Int]
  private let people: [Int]

  static let side = TownExample.side

  init(_ town: TownExample) {
    self.town = town
    guard case .labels(let people, _) = town.table.columns[0].cells,
      case .ticks(let xs) = town.table.columns[3].cells,
      case .ticks(let ys) = town.table.columns[4].cells
    else { preconditionFailure("a town of another form") }
    var passages = [[Int: Int]](repeating: [:], count: town.residents.count)
    for row in people.indices {
      let (column, line) = (
        Int(xs[row]) / TownExample.cellMetres, Int(ys[row]) / TownExample.cellMetres
      )
      passages[Int(people[row])][line * Self.side + column, default: 0] += 1
    }
    var totals = [Int](repeating: 0, count: Self.side * Self.side)
    var visitors = totals
    for own in passages {
      for (cell, count) in own {
        totals[cell] += count
        visitors[cell] += 1
      }
    }
    (self.passages, self.totals, self.people) = (passages, totals, visitors)
  }

  /// The cells of a person.
  func cells(of person: Int) -> Dictionary<Int, Int>.Keys { passages[person].keys }

  /// All passages, of everybody but one person.
  /// - Parameter fewest: cells of fewer people are blanked.
  func raw(without left: Int? = nil, fewest: Int = 1) -> [Double] {
    let own = left.map { passages[$0] } ?? [:]
    return totals.indices.map { cell in
      let hasLeft = own[cell] != nil
      guard people[cell] - (hasLeft ? 1 : 0) >= fewest else { return 0 }
      return Double(totals[cell] - own[cell, default: 0])
    }
  }

  /// The exact map of heat that a private one estimates: everybody's is 1.
  func heat() -> [Double] {
    var map = [Double](repeating: 0, count: Self.side * Self.side)
    for own in passages {
      let total = Double(own.values.reduce(0, +))
      for (cell, count) in own { map[cell] += Double(count) / total }
    }
    return map
  }

  /// Draws private maps of some people of the town.
  func privately(
    _ settings: TownStorySettings, draws: Int, keeping keeps: (Int) -> Bool = { _ in true }
  ) throws -> [HeatMap] {
    let blueprint = try Blueprint(schema: TownExample.schema)
    let rho = LedgerBalance.reservation(
      epsilon: settings.epsilon, delta: settings.delta, eventDelta: 0)
    let plan = try HeatPlan(blueprint, settings: HeatSettings(), rho: Rho(checked: rho))
    // The people are invented, so that every map may have a budget of its own.
    let curator = Curator(
      SensitiveTable(table: town.table(keeping: keeps)), blueprint: blueprint,
      budget: InventedBudget())
    return try (0..<draws).map { _ in try HeatTree(plan).grow(curator) }
  }
}

/// The budget of invented people, who need none.
struct InventedBudget: BudgetSession {
  func charge(_ event: PrivacyEvent) {}
}
