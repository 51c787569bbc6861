import Accounting
import Basics
import Curation
import LinkedSynthesis
import LinkedTables
import Tables
import Testing

/// One set of values for each person, as the items of a basket are.
@Suite struct PersonSetTests {
  private static let items = (0..<30).map { "item \($0)" }

  private static let schema: LinkedSchema = {
    let baskets = Schema(
      name: "baskets",
      columns: [ColumnSchema(name: "bid", type: .integer, role: .identifier(.code))])
    let lines = Schema(
      name: "lines",
      columns: [
        ColumnSchema(name: "bid", type: .integer, role: .identifier(.code)),
        ColumnSchema(name: "item", type: .category, categories: .declared(items)),
      ])
    return LinkedSchema(
      name: "shop",
      tables: [
        LinkedTable(schema: baskets, file: "baskets.csv", key: ["bid"]),
        LinkedTable(
          schema: lines, file: "lines.csv", parents: [ParentLink(["bid"], to: "baskets")]),
      ],
      person: "baskets", rules: [])
  }()

  /// Frequent items in most baskets, and two pairs that are mostly bought together.
  private static func baskets(_ count: Int) -> [Set<Int>] {
    var generator = SamplingGenerator(seed: 21)
    return (0..<count).map { _ in
      var basket = Set(
        (0..<1 + generator.below(5)).map { _ in min(generator.below(30), generator.below(30)) })
      for first in [10, 20] where generator.unit() < 0.15 {
        basket.insert(first)
        if generator.unit() < 0.8 { basket.insert(first + 1) }
      }
      return basket
    }
  }

  private static func data(_ baskets: [Set<Int>]) -> LinkedData {
    let rows = baskets.enumerated().flatMap { number, basket in
      basket.sorted().map { (Int64(number), items[$0]) }
    }
    let (people, lines) = (schema.tables[0].schema.columns, schema.tables[1].schema.columns)
    return LinkedData(
      schema: schema,
      tables: [
        Table(columns: [people[0].filled(with: .ticks(baskets.indices.map { Int64($0) }))]),
        Table(columns: [
          lines[0].filled(with: .ticks(rows.map(\.0))),
          lines[1].filled(with: Cells(labels: rows.map { $0.1 as String? })),
        ]),
      ])
  }

  private func drawn(_ baskets: [Set<Int>], rho: Double) throws -> [[String]] {
    let plan = LinkedPlan(Self.schema)
    let curator = try PeopleCurator(
      seeded: SensitivePeople(Self.data(baskets)), anchor: plan.anchor,
      budget: LinkedPurse(rho: rho), seed: 3)
    let model = try LinkedLearner(
      curator: curator, plan: plan, rho: Rho(checked: rho * (1 - 1e-6)),
      labelDelta: Delta(checked: 1e-3), seed: 3
    ).learn()
    let drawn = try LinkedSampler(plan: plan, model: model, seed: 4).draw(people: baskets.count)
    var composer = try LinkedComposer(plan: plan, model: model, drawn: drawn, seed: 4)
    let columns = composer.compose()
    let maker = LinkedTablesMaker(plan: plan, drawn: drawn, columns: columns, seed: 4) {
      column, rows in column.filled(with: .ticks([Int64](repeating: 0, count: rows)))
    }
    guard case .ticks(let keys)? = maker.table(1).column(named: "bid")?.cells,
      case .labels(let codes, let dictionary)? = maker.table(1).column(named: "item")?.cells
    else { return [] }
    var sets: [Int64: [String]] = [:]
    for (key, code) in zip(keys, codes) { sets[key, default: []].append(dictionary[Int(code)]) }
    return Array(sets.values)
  }

  private static func share(_ sets: [[String]], _ items: [Int], of count: Int) -> Double {
    let wanted = Set(items.map { Self.items[$0] })
    return Double(sets.count { wanted.isSubset(of: $0) }) / Double(count)
  }

  /// No basket has an item twice, items are as frequent as they were, and pairs that were bought
  /// together stay together.
  @Test func pairsOfASetStayTogether() throws {
    let baskets = Self.baskets(3_000)
    let sets = try drawn(baskets, rho: 20)
    let original = baskets.map { $0.map { Self.items[$0] } }
    #expect(sets.allSatisfy { Set($0).count == $0.count })
    for item in [0, 1, 5, 10, 11, 20, 25] {
      let (one, other) = (
        Self.share(original, [item], of: 3_000), Self.share(sets, [item], of: 3_000)
      )
      #expect(abs(one - other) < 0.1 * one + 0.01, "\(item): \(one) and \(other)")
    }
    for pair in [[10, 11], [20, 21]] {
      let (one, other) = (Self.share(original, pair, of: 3_000), Self.share(sets, pair, of: 3_000))
      #expect(one > 0.1 && other > 0.7 * one && other < 1.2 * one, "\(pair): \(one) and \(other)")
    }
  }
}
