import Basics
import Encoding
import Tables
import Testing

@Suite struct CodeRulesTests {
  private static let schema: Schema = {
    let columns = [
      ColumnSchema(name: "ward", type: .category, isNullable: true),
      ColumnSchema(name: "age", type: .integer, isNullable: true),
      ColumnSchema(name: "from", type: .date(.iso), isNullable: true),
      ColumnSchema(name: "to", type: .date(.iso), isNullable: true),
      ColumnSchema(name: "code", type: .category),
      ColumnSchema(name: "group", type: .category, isNullable: true),
    ]
    return Schema(
      name: "t", columns: columns,
      rules: [
        .ordered(earlier: "from", later: "to"),
        .determines(determinant: "code", dependent: "group"),
        .never([.init("ward", ["A", "B"]), .init("age", ["18..64", "7"])]),
        .onlyIf(present: "to", conditions: [.init("ward", ["C"]), .init("group", ["x"])]),
        .together(["age", "to"]),
      ])
  }()

  private static func bin(_ low: Int64, _ high: Int64) -> OrderedCodec.Bin {
    .init(shape: [.init(low: low, high: high, weight: 1)])
  }

  /// Combinations of codes are forbidden exactly if the rows written for them break a rule.
  @Test(arguments: [[], ["ward"], ["age"], ["from", "to"], ["code", "group"]])
  func forbiddenCodesAreExactlyRowsThatBreakRules(
    _ unlearned: [String]
  ) throws {
    let blueprint = try Blueprint(schema: Self.schema)
    #expect(blueprint.variables.map(\.name) == ["ward", "age", "from", "to − from", "code"])
    #expect(blueprint.edges(of: blueprint.variables[1]) == [7, 8, 18, 65])
    #expect(blueprint.ruledLabels(of: blueprint.variables[0]) == ["A", "B", "C"])
    let group = "\u{1F}"
    let domain = Domain(
      variables: blueprint.variables,
      codecs: [
        .labels(LabelCodec(labels: ["A", "B", "C", "D"], otherLabel: "other", hasMissing: true)),
        .ordered(
          OrderedCodec(
            bins: [
              Self.bin(0, 6), Self.bin(7, 7), Self.bin(8, 17), Self.bin(18, 30), Self.bin(65, 90),
            ], hasMissing: true)),
        .ordered(OrderedCodec(bins: [Self.bin(0, 9), Self.bin(10, 20)], hasMissing: true)),
        .ordered(OrderedCodec(bins: [Self.bin(0, 0), Self.bin(1, 5)], hasMissing: true)),
        .labels(
          LabelCodec(
            labels: ["1\(group)x", "2\(group)y", "3\(group)\u{1E}"], otherLabel: nil,
            hasMissing: false)),
      ])
    let rules = CodeRules(blueprint, domain: domain, unlearned: Set(unlearned))
    var rows: [[UInt16]] = [[]]
    for size in domain.sizes {
      rows = rows.flatMap { row in (0..<UInt16(size)).map { row + [$0] } }
    }
    var generator = SamplingGenerator(seed: 2)
    let columns = domain.sizes.indices.map { place in rows.map { $0[place] } }
    let values = zip(domain.codecs, columns).map { $0.decode($1, using: &generator) }
    var cells = Dictionary(
      uniqueKeysWithValues: blueprint.restore(values).map { ($0.name, $0.cells) })
    for name in unlearned {
      cells[name] =
        switch cells[name] {
        case .ticks(let ticks): .ticks(ticks.map { _ in Cells.missingTick })
        case .labels(let codes, let dictionary):
          .labels(codes: codes.map { _ in Cells.missingCode }, dictionary: dictionary)
        case nil: nil
        }
    }
    let broken = Set(
      Self.schema.rules.flatMap { RowRules(Self.schema).rows(breaking: $0, in: cells) })
    let forbidden = Set(rows.indices.filter { row in !rules.allow { Int(rows[row][$0]) } })
    // A later day without an earlier one is not written, so its codes are forbidden together with
    // the rows that break a rule.
    #expect(broken.isSubset(of: forbidden))
    let isOrphan = { (row: [UInt16]) in row[2] == 2 && row[3] != 2 || unlearned.contains("from") }
    #expect(forbidden.subtracting(broken).allSatisfy { isOrphan(rows[$0]) })
    #expect(!broken.isEmpty && forbidden.count < rows.count)
  }

  @Test func computedColumnsAreNoVariablesAndAreRestored() throws {
    let schema = Schema(
      name: "t",
      columns: [
        ColumnSchema(name: "net", type: .decimal(fractionDigits: 2), isNullable: true),
        ColumnSchema(name: "tax", type: .integer),
        ColumnSchema(name: "total", type: .decimal(fractionDigits: 1), role: .target),
        ColumnSchema(name: "paid", type: .integer),
      ],
      rules: [
        .sum(terms: ["net", "tax"], total: "total"), .ordered(earlier: "total", later: "paid"),
      ])
    let blueprint = try Blueprint(schema: schema)
    #expect(
      blueprint.variables.map(\.name) == ["net", "tax", "paid − total"]
        && blueprint.variables.map(\.isTarget) == [true, true, false])
    let table = Table(columns: [
      Column(
        name: "net", type: .decimal(fractionDigits: 2),
        cells: .ticks([125, 999, Cells.missingTick])),
      Column(name: "tax", type: .integer, cells: .ticks([1, 2, 3])),
      Column(name: "total", type: .decimal(fractionDigits: 1), cells: .ticks([23, 5, 7])),
      Column(name: "paid", type: .integer, cells: .ticks([3, 12, 9])),
    ])
    let restored = blueprint.restore(blueprint.prepare(table))
    #expect(restored.map(\.name) == ["net", "tax", "total", "paid"])
    #expect(
      restored[2].cells == .ticks([23, 120, Cells.missingTick]), "the sum, whatever the file has")
    #expect(restored[3].cells == .ticks([3, 12, Cells.missingTick]))
  }

  @Test func aColumnBehindSeveralFollowsTheLatest() throws {
    let schema = Schema(
      name: "t",
      columns: ["a", "b", "c"].map { ColumnSchema(name: $0, type: .integer, isNullable: true) },
      rules: [.ordered(earlier: "a", later: "c"), .ordered(earlier: "b", later: "c")])
    let blueprint = try Blueprint(schema: schema)
    #expect(blueprint.variables.map(\.name) == ["a", "b", "c − a"])
    let missing = Cells.missingTick
    let table = Table(columns: [
      Column(name: "a", type: .integer, cells: .ticks([1, 5, missing, missing])),
      Column(name: "b", type: .integer, cells: .ticks([4, 2, 3, missing])),
      Column(name: "c", type: .integer, cells: .ticks([9, 9, 9, 9])),
    ])
    let values = blueprint.prepare(table)
    #expect(values[2] == .ticks([5, 4, 6, missing]))
    #expect(blueprint.restore(values)[2].cells == .ticks([9, 9, 9, missing]))
  }

  @Test func circlesAreBoundsAndGoRound() throws {
    let schema = Schema(
      name: "t",
      columns: [
        ColumnSchema(name: "hour", type: .integer),
        ColumnSchema(name: "month", type: .integer, bounds: .declared(1...12)),
      ],
      rules: [.circular("hour", period: 24), .circular("month", period: nil)])
    let blueprint = try Blueprint(schema: schema)
    #expect(blueprint.bounds(of: blueprint.variables[0]) == .declared(0...23))
    let table = Table(columns: [
      Column(name: "hour", type: .integer, cells: .ticks([24, -1, 5])),
      Column(name: "month", type: .integer, cells: .ticks([0, 13, 12])),
    ])
    #expect(blueprint.prepare(table) == [.ticks([0, 23, 5]), .ticks([12, 1, 12])])
  }
}
