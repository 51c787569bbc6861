import Encoding
import Tables
import Testing

@Suite struct BlueprintTests {
  private func column(
    _ name: String, _ type: ColumnType, role: ColumnRole = .ordinary, nullable: Bool = false
  ) -> ColumnSchema {
    ColumnSchema(name: name, type: type, role: role, isNullable: nullable)
  }

  private var schema: Schema {
    Schema(
      name: "visits", unit: .person(column: "who", maximumRows: 2),
      columns: [
        column("who", .integer), column("name", .identifier, role: .identifier(.personName)),
        column("in", .date(.iso)),
        column("out", .date(.iso), nullable: true),
        column("code", .category), column("meaning", .category),
        column("notes", .text, role: .prose),
        column("won", .boolean(.init(whenFalse: "no", whenTrue: "yes"))),
      ],
      rules: [
        .ordered(earlier: "in", later: "out"),
        .determines(determinant: "code", dependent: "meaning"),
      ])
  }

  private var table: Table {
    func labels(_ codes: [Int32], _ words: [String]) -> Cells {
      .labels(codes: codes, dictionary: LabelDictionary(words))
    }
    return Table(columns: [
      Column(name: "who", type: .integer, cells: .ticks([1, 1, 2, 3])),
      Column(name: "name", type: .identifier, cells: labels([0, 1, 2, 3], ["a", "b", "c", "d"])),
      Column(name: "in", type: .date(.iso), cells: .ticks([10, 11, 12, 13])),
      Column(name: "out", type: .date(.iso), cells: .ticks([10, 15, Cells.missingTick, 400])),
      Column(name: "code", type: .category, cells: labels([0, 1, 0, -1], ["X", "Y"])),
      Column(name: "meaning", type: .category, cells: labels([1, 0, 1, -1], ["why", "ex"])),
      Column(name: "notes", type: .text, cells: labels([0, 0, 0, 0], ["secret"])),
      Column(
        name: "won", type: .boolean(.init(whenFalse: "no", whenTrue: "yes")),
        cells: .ticks([0, 1, 1, 0])),
    ])
  }

  @Test func onlyWhatIsNobodysNameBecomesAVariable() throws {
    let blueprint = try Blueprint(schema: schema)
    #expect(blueprint.variables.map(\.name) == ["in", "out − in", "code", "won"])
    #expect(blueprint.bounds(of: blueprint.variables[3]) == .declared(0...1))
  }

  @Test func aDeclaredGapBoundsWhatLiesBetween() throws {
    var schema = schema
    schema.columns[3].longestGap = 60
    schema.columns[3].isLogarithmic = true
    let blueprint = try Blueprint(schema: schema)
    #expect(blueprint.bounds(of: blueprint.variables[1]) == .declared(0...60))
    #expect(blueprint.variables.map(blueprint.isLogarithmic) == [false, true, false, false])
    // Between numbers, a gap is counted in the unit of the finer column.
    let paid = Schema(
      name: "bills",
      columns: [column("net", .decimal(fractionDigits: 2)), column("gross", .integer)],
      rules: [.ordered(earlier: "net", later: "gross")])
    var limited = paid
    limited.columns[1].longestGap = 30
    let bills = try Blueprint(schema: limited)
    #expect(bills.bounds(of: bills.variables[1]) == .declared(0...3_000))
    let free = try Blueprint(schema: paid)
    #expect(free.bounds(of: free.variables[1]) == .learned)
  }

  @Test func restoringUndoesPreparing() throws {
    let blueprint = try Blueprint(schema: schema)
    let restored = blueprint.restore(blueprint.prepare(table, rows: [0, 1, 2, 3]))
    #expect(restored.map(\.name) == ["in", "out", "code", "meaning", "won"])
    for column in restored {
      #expect(
        texts(column) == texts(try #require(table.column(named: column.name))), "\(column.name)")
    }
  }

  private func texts(_ column: Column) -> [String?] {
    switch column.cells {
    case .ticks(let ticks): ticks.map { $0 == Cells.missingTick ? nil : "\($0)" }
    case .labels(let codes, let dictionary):
      codes.map { $0 == Cells.missingCode ? nil : dictionary[Int($0)] }
    }
  }

  @Test func aRestoredOrderIsKept() throws {
    let blueprint = try Blueprint(schema: schema)
    var values = blueprint.prepare(table, rows: [0, 1, 2, 3])
    values[1] = .ticks([0, .max, 7, Cells.missingTick])
    guard
      case .ticks(let later)? = blueprint.restore(values).first(where: { $0.name == "out" })?.cells
    else { return #expect(Bool(false)) }
    #expect(later == [10, .max, 19, Cells.missingTick])
  }

  @Test(arguments: [
    ([Rule.ordered(earlier: "in", later: "nowhere")], "column 'nowhere', which is not described"),
    (
      [.ordered(earlier: "in", later: "out"), .ordered(earlier: "out", later: "in")],
      "round in a circle"
    ),
    (
      [
        .determines(determinant: "code", dependent: "meaning"),
        .determines(determinant: "in", dependent: "meaning"),
      ],
      "follow from more than one rule"
    ),
    ([.ordered(earlier: "code", later: "meaning")], "compares 'code' (category)"),
    ([.ordered(earlier: "in", later: "won")], "compares 'in' (date) with 'won' (boolean)"),
    ([.determines(determinant: "name", dependent: "code")], "identifier, prose or dropped"),
  ])
  func contradictionsAreRefused(_ rules: [Rule], _ words: String) {
    var schema = schema
    schema.rules = rules
    #expect { try Blueprint(schema: schema) } throws: { "\($0)".contains(words) }
  }
}
