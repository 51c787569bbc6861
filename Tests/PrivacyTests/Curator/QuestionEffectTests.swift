import Accounting
import Curation
import Encoding
import Tables
import Testing

/// How far the exact answers of every kind of question move if one person's entries in one column
/// change: the premise of the figures for columns (docs/proofs/accounting.md).
@Suite struct QuestionEffectTests {
  private typealias Row = (who: Int64, age: Int64, from: Int64, to: Int64, town: Int?, region: Int)

  /// A column by itself, two that are ordered, a label that determines another, and one that names
  /// the person.
  private static let schema = Schema(
    name: "stays", unit: .person(column: "who", maximumRows: 2),
    columns: [
      ColumnSchema(name: "who", type: .integer),
      ColumnSchema(name: "age", type: .integer, isNullable: true),
      ColumnSchema(name: "from", type: .integer), ColumnSchema(name: "to", type: .integer),
      ColumnSchema(name: "town", type: .category, isNullable: true),
      ColumnSchema(name: "region", type: .category),
    ],
    rules: [
      .ordered(earlier: "from", later: "to"), .determines(determinant: "town", dependent: "region"),
    ])

  private static let columns = ["age", "from", "to", "town", "region"]
  private static let towns = ["Ashby", "Ashford", "Derby", "Selby"]
  private static let regions = ["east", "west"]

  private static func table(_ rows: [Row]) -> Table {
    Table(columns: [
      Column(name: "who", type: .integer, cells: .ticks(rows.map(\.who))),
      Column(name: "age", type: .integer, cells: .ticks(rows.map(\.age))),
      Column(name: "from", type: .integer, cells: .ticks(rows.map(\.from))),
      Column(name: "to", type: .integer, cells: .ticks(rows.map(\.to))),
      Column(
        name: "town", type: .category,
        cells: .labels(
          codes: rows.map { $0.town.map(Int32.init) ?? Cells.missingCode },
          dictionary: LabelDictionary(towns))),
      Column(
        name: "region", type: .category,
        cells: .labels(codes: rows.map { Int32($0.region) }, dictionary: LabelDictionary(regions))),
    ])
  }

  private static let people: [Row] = (0..<24).map { row in
    let value = Int64(row)
    return (
      value / 2, 20 + value * 7 % 40, value % 9, value % 9 + value % 5,
      row % 5 == 4 ? nil : row % 4, row % 4 / 2
    )
  }

  /// Another entry for the column, of the `variant`-th kind: usual, missing, or extreme.
  private static func changed(_ row: Row, _ column: String, _ variant: Int) -> Row {
    var row = row
    let tick = [(row.age + 17) % 60, Cells.missingTick, 90][variant]
    switch column {
    case "age": row.age = tick
    case "from": row.from = [(row.from + 3) % 9, Cells.missingTick, 90][variant]
    case "to": row.to = [(row.to + 3) % 14, Cells.missingTick, 90][variant]
    case "town": row.town = [((row.town ?? 0) + 1) % 4, nil, ((row.town ?? 0) + 2) % 4][variant]
    default: row.region = 1 - row.region
    }
    return row
  }

  private struct Answered {
    let question: Question
    let event: PrivacyEvent
    let exact: Answer
  }

  /// Every kind of question except gradients, which are `.replaced`.
  private static func answers(_ rows: [Row]) throws -> [Answered] {
    let (probe, budget) = (RecordingProbe(), TestBudget())
    let blueprint = try Blueprint(schema: schema)
    let curator = Curator(
      audited: SensitiveTable(table: table(rows)), blueprint: blueprint, budget: budget, seed: 3,
      probe: probe)
    let (rho, delta) = (try Rho(0.5), try Delta(1e-3))
    _ = try curator.rowCount(rho: rho)
    for (variable, runs) in [
      (0, [0...29 as ClosedRange<Int64>, 30...59]), (1, [0...4, 5...8]), (2, [0...2, 3...90]),
    ] {
      _ = try curator.histogram(of: variable, runs: runs, rho: rho)
      _ = try curator.crowding(of: variable, ticks: 2, in: runs, rho: rho)
      _ = try curator.frequentTicks(of: variable, in: runs, rho: rho, delta: delta)
      _ = try curator.grain(
        of: variable, lattices: [.every(step: 10, offset: 0), .every(step: 2, offset: 0)], in: runs,
        rho: rho)
    }
    _ = try curator.labels(of: 3, rho: rho, delta: delta)
    _ = try curator.labelPrefixes(of: 3, length: 2, named: [], longer: [], rho: rho, delta: delta)
    let codec = LabelCodec(
      labels: ["a"], groups: [LabelGroup(beginning: "b")], otherLabel: "", hasMissing: true)
    _ = try curator.histogram(of: 3, by: codec, rho: rho)
    curator.adopt(domain(blueprint))
    let cliques = [[0], [1], [2], [3], [0, 2], [1, 3], [0, 1, 2]]
    for clique in cliques { _ = try curator.marginal(of: clique, rho: rho) }
    let sizes = domain(blueprint).sizes
    _ = try curator.worst(
      of: cliques.enumerated().map { number, clique in
        let cells = clique.reduce(1) { $0 * sizes[$1] }
        return MarginalCandidate(
          attributes: clique, weight: 1 + Double(number) / 4, penalty: 0,
          expected: [Double](repeating: 24 / Double(cells), count: cells))
      }, rho: rho)
    let drawn = PublicTable(
      columns: zip(domain(blueprint).codecs, blueprint.prepare(table(Array(people.prefix(9))))).map
      { $0.encode($1) }, total: 24,
      unnamed: [[], [], [], [2]])
    for clique in cliques { _ = try curator.meanDistance(from: drawn, over: [clique], rho: rho) }
    return zip(probe.entries, budget.charges).map {
      Answered(question: $0.question, event: $1, exact: $0.exact)
    }
  }

  private static func domain(_ blueprint: Blueprint) -> Domain {
    func ordered(_ bounds: [ClosedRange<Int64>]) -> Codec {
      let bins = bounds.map {
        OrderedCodec.Bin(shape: [.init(low: $0.lowerBound, high: $0.upperBound, weight: 1)])
      }
      return .ordered(OrderedCodec(bins: bins, hasMissing: true))
    }
    guard case .labels(_, let dictionary) = blueprint.prepare(table(people))[3] else {
      preconditionFailure("a bundle of labels")
    }
    return Domain(
      variables: blueprint.variables,
      codecs: [
        ordered([0...29, 30...44, 45...90]), ordered([0...3, 4...8, 9...90]),
        ordered([0...1, 2...4, 5...90]),
        .labels(
          LabelCodec(
            labels: Array(dictionary.labels.prefix(3)), otherLabel: "other", hasMissing: true)),
      ])
  }

  /// The L2 norm of the difference of two answers; for scores, the largest difference.
  private static func distance(_ first: Answer, _ second: Answer) -> Double {
    func norm(_ first: [String: Int], _ second: [String: Int]) -> Double {
      Set(first.keys).union(second.keys).reduce(0) { sum, key in
        let difference = Double((first[key] ?? 0) - (second[key] ?? 0))
        return sum + difference * difference
      }.squareRoot()
    }
    func numbered(_ counts: [Int]) -> [String: Int] {
      Dictionary(uniqueKeysWithValues: counts.enumerated().map { ("\($0)", $1) })
    }
    func counted(_ labels: DiscoveredLabels) -> [String: Int] {
      Dictionary(
        labels.labels.map { ("label \($0.label)", $0.count) } + [("missing", labels.missing)]
      ) { $0 + $1 }
    }
    func counted(_ ticks: DiscoveredTicks) -> [String: Int] {
      Dictionary(uniqueKeysWithValues: ticks.ticks.map { ("\($0.tick)", $0.count) })
    }
    switch (first, second) {
    case (.counts(let first), .counts(let second)): return norm(numbered(first), numbered(second))
    case (.labels(let first), .labels(let second)): return norm(counted(first), counted(second))
    case (.ticks(let first), .ticks(let second)): return norm(counted(first), counted(second))
    case (.scores(let first), .scores(let second)):
      return zip(first, second).map { abs($0 - $1) }.max() ?? 0
    default: return .infinity
    }
  }

  /// How far the figures allow an answer to move.
  private static func most(_ answered: Answered, _ effect: CellEffect) -> Double {
    let factor = effect == .none ? 0 : effect == .moved ? 2.0.squareRoot() : 2
    switch answered.event {
    case .discreteGaussian(_, let sensitivity, _): return factor * sensitivity.value
    case .partitionSelection(_, let rows, _, _): return factor * Double(rows)
    case .exponentialMechanism(_, _, let sensitivity, _): return 2 * sensitivity.value
    default: return 0
    }
  }

  @Test("No answer moves further than its effect says, for whatever column", arguments: columns)
  func moves(_ column: String) throws {
    let blueprint = try Blueprint(schema: Self.schema)
    let variables = Set(blueprint.variables.filter { $0.source.depends(on: column) }.map(\.name))
    let before = try Self.answers(Self.people)
    var largest = [Double](repeating: 0, count: before.count)
    for person in 0..<Int64(12) {
      for variant in 0..<3 {
        let after = try Self.answers(
          Self.people.map { $0.who == person ? Self.changed($0, column, variant) : $0 })
        try #require(after.map(\.question) == before.map(\.question))
        for index in before.indices {
          largest[index] = max(
            largest[index], Self.distance(before[index].exact, after[index].exact))
        }
      }
    }
    for (answered, moved) in zip(before, largest) {
      let effect = answered.question.effect(of: variables)
      let most = Self.most(answered, effect)
      #expect(moved <= most * (1 + 1e-9), "\(answered.question): \(moved) with \(effect)")
    }
    // The test can fail: a person with two rows moves two cells to two others, and a distance moves
    // by more than counts may.
    let seen = zip(before, largest).map { ($0.question, $1 / max(Self.most($0, .moved), 1)) }
    #expect(seen.contains { if case .marginal = $0.0 { $0.1 > 0.7 } else { false } })
    #expect(
      seen.contains { if case .distance = $0.0 { $0.1 > 1.01 } else { false } },
      "a distance is `.replaced`")
  }
}
