/// Makes pairs of neighbouring files: a grammar of schemas, of tables that fit them, and of the one ugly unit that makes the difference.
package struct PairGrammar {
  private let theme: PairTheme
  private let engines: [String]?
  private let isAttacked: Bool
  private var choices: Choices
  private var marks: [String] = []

  /// The pair with this number; each number has choices of its own, so that a pair can be made again by itself.
  ///
  /// - Parameters:
  ///   - engines: the only ones that may be chosen; nil for all.
  ///   - isAttacked: whether gates may ask for attacks, which take long.
  package static func pair(_ number: Int, seed: UInt64, engines: [String]? = nil, isAttacked: Bool = true) -> NeighbourPair {
    var grammar = PairGrammar(
      theme: .of(number), engines: engines, isAttacked: isAttacked, choices: Choices(seed: seed &* 1_000_003 &+ UInt64(number)))
    return grammar.theme == .worst ? grammar.worstPair(number) : grammar.pair(number)
  }

  private init(theme: PairTheme, engines: [String]?, isAttacked: Bool, choices: Choices) {
    (self.theme, self.engines, self.isAttacked, self.choices) = (theme, engines, isAttacked, choices)
  }

  private mutating func pair(_ number: Int) -> NeighbourPair {
    let schema = schema()
    var run = run(number)
    // Attacks take long on many rows, and say nothing of few.
    let withAttacks = run.policy?.attacks == true
    let without = table(schema, rows: withAttacks ? 60 : choices.one(of: theme.sizes))
    let (with, change) = neighbour(of: without, schema)
    if run.policy != nil { run.rows = withAttacks ? 60 : 2_000 } else if choices.chance(0.6) { run.rows = 50 }
    return NeighbourPair(number: number, without: without, with: with, schema: schema, run: run, change: change, marks: marks)
  }

  /// What the audits of mechanisms know as tables in memory, as files: they see every answer, this sees what a release shows of them.
  private mutating func worstPair(_ number: Int) -> NeighbourPair {
    var schema = FuzzedSchema(columns: [
      FuzzedColumn(name: "who", kind: .person), FuzzedColumn(name: "age", kind: .integer, isDeclared: true),
      FuzzedColumn(name: "income", kind: .integer), FuzzedColumn(name: "town", kind: .label),
      FuzzedColumn(name: "ill", kind: .flag(no: "no", yes: "yes")),
    ])
    schema.mostRowsOfAPerson = SimulatedPeople.unitRows
    func table(_ withThePerson: Bool) -> FuzzedTable {
      let lines = SimulatedPeople.csv(people: 100, withThePerson: withThePerson).split(separator: "\n").dropFirst()
      return FuzzedTable(
        names: schema.columns.map(\.name),
        rows: lines.map { line in FuzzedRow(cells: line.split(separator: ",").map { FuzzedCell(text: String($0)) }) })
    }
    return NeighbourPair(
      number: number, without: table(false), with: table(true), schema: schema, run: run(number),
      change: "the person who moves counts most",
      marks: [])
  }

  // MARK: The run

  private mutating func run(_ number: Int) -> FuzzedRun {
    var run = FuzzedRun()
    run.epsilon = choices.one(of: theme.epsilons)
    run.engine = engine(number)
    if run.engine == "gan" || run.engine == "gem" {
      run.steps = 4
      run.epsilon = max(run.epsilon, 0.5)
    }
    switch theme {
    case .provenance: run.origin = choices.one(of: [.observed, .learned, .observed, .inferred])
    case .gate: run.policy = policy()
    case .free: run.origin = choices.one(weighted: [(.declared, 0.8), (.observed, 0.1), (.inferred, 0.1)])
    case .marks, .misfit, .person, .edge, .engine, .worst: break
    }
    return run
  }

  /// The engines take turns where the theme is theirs; elsewhere the quickest one makes most of the runs.
  private mutating func engine(_ number: Int) -> String {
    let turn = ["gan", "aim", "mst", "gem"][(number - 1) / PairTheme.allCases.count % 4]
    let chosen = theme == .engine ? turn : choices.one(of: ["independent", "independent", "independent", "mst"])
    guard let engines, !engines.contains(chosen) else { return chosen }
    return choices.one(of: engines)
  }

  private mutating func policy() -> FuzzedPolicy {
    choices.one(weighted: [
      (FuzzedPolicy(columnDistance: 0.002), 3), (FuzzedPolicy(columnDistance: 0.02), 2), (FuzzedPolicy(columnDistance: 0.3), 1),
      (FuzzedPolicy(pairDistance: 0.5), 1), (FuzzedPolicy(attacks: true), isAttacked ? 2 : 0),
    ])
  }

  // MARK: The schema

  private mutating func schema() -> FuzzedSchema {
    var columns: [FuzzedColumn] = []
    let isByPerson = choices.chance(theme.isByPerson)
    if isByPerson { columns.append(FuzzedColumn(name: "who", kind: .person)) }
    for part in 0..<(1 + choices.below(4)) { columns += part == 0 ? [modelled("first")] : further(part) }
    for place in columns.indices where columns[place].kind != .person {
      columns[place].isNullable = choices.chance(0.5)
      columns[place].isDeclared = choices.chance(theme == .provenance ? 0.9 : 0.6)
      columns[place].isFlat = choices.chance(theme.isFlat)
      columns[place].role = choices.one(of: ["ordinary", "ordinary", "sensitive", "quasi-identifier"])
    }
    var schema = FuzzedSchema(columns: columns)
    if isByPerson { schema.mostRowsOfAPerson = choices.one(of: [1, 2, 5]) }
    schema.missingTokens = choices.one(of: [[""], ["", "NA"], ["NA"], ["", "NA", "-9", "unknown"]])
    schema.delimiter = choices.chance(0.2) ? ";" : ","
    if theme == .marks { tailorToMarks(&schema) }
    if theme == .gate, choices.chance(0.6) { tailorToGates(&schema) }
    return schema
  }

  /// A column of which every release tells the whole truth without the unit, and cannot with it: whether a floor is met is then certain,
  /// unless the answer has noise.
  private func tailorToGates(_ schema: inout FuzzedSchema) {
    var column = FuzzedColumn(name: "first", kind: .label, isDeclared: true)
    (column.isFlat, column.isSole) = (true, true)
    schema.columns = schema.columns.filter { $0.kind == .person } + [column]
  }

  /// A column of labels with missing cells, whose word would be a label if quotation marks were taken to say so.
  private mutating func tailorToMarks(_ schema: inout FuzzedSchema) {
    schema.columns.append(FuzzedColumn(name: "smoker", kind: .label, isNullable: true, isDeclared: choices.chance(0.3)))
    schema.missingTokens = ["", "NA"]
  }

  private mutating func modelled(_ name: String) -> FuzzedColumn {
    let kind: FuzzedColumn.Kind = choices.one(of: [
      .integer, .label, .label, .decimal(digits: 1 + choices.below(2)), flag(), .date(pattern: "yyyy-MM-dd"), .date(pattern: "d.M.yyyy"),
      .time,
    ])
    return FuzzedColumn(name: name, kind: kind)
  }

  private mutating func flag() -> FuzzedColumn.Kind {
    let words = choices.one(of: [["no", "yes"], ["N", "J"], ["0", "1"], ["false", "true"]])
    return .flag(no: words[0], yes: words[1])
  }

  /// A further column, or two that belong together.
  private mutating func further(_ part: Int) -> [FuzzedColumn] {
    switch choices.below(8) {
    case 0 where part == 1: [FuzzedColumn(name: "code", kind: .code), FuzzedColumn(name: "meaning", kind: .meaning)]
    case 1 where part == 2: [FuzzedColumn(name: "admitted", kind: .admitted), FuzzedColumn(name: "discharged", kind: .discharged)]
    case 2: [FuzzedColumn(name: "name\(part)", kind: .name)]
    case 3: [FuzzedColumn(name: "note\(part)", kind: .prose)]
    default: [modelled("more\(part)")]
    }
  }

  // MARK: The table

  private mutating func table(_ schema: FuzzedSchema, rows: Int) -> FuzzedTable {
    var table = FuzzedTable(names: schema.columns.map(\.name), rows: [], delimiter: schema.delimiter)
    let quotes = choices.one(of: theme.quotes.table)
    table.quotesHeader = quotes > 0 && (theme == .marks || choices.chance(0.7))
    table.hasByteOrderMark = choices.chance(0.05)
    table.endsWithLineFeed = !choices.chance(0.1)
    let isDirty = choices.chance(theme.isDirty)
    let isWindows = choices.chance(0.1)
    for row in 0..<rows {
      var made = self.row(schema, person: schema.isByPerson ? row / 2 : row, quotes: quotes)
      made.endsAsWindows = isWindows
      if isDirty, choices.chance(0.1) { _ = blemish(&made, schema, mark: "d\(row)irt") }
      table.rows.append(made)
    }
    return table
  }

  private mutating func row(_ schema: FuzzedSchema, person: Int, quotes: Double) -> FuzzedRow {
    let draw = FuzzedColumn.Draw(person: person, &choices)
    return FuzzedRow(
      cells: schema.columns.map { column in
        let isMissing = column.isNullable && column.kind != .person && choices.chance(theme.missing)
        let text = isMissing ? choices.one(of: schema.missingTokens) : column.ordinary(draw, &choices)
        return FuzzedCell(text: text, isQuoted: quotes > 0 && choices.chance(quotes))
      })
  }

  /// Makes one cell ugly, and says how; nil where the chosen blemish fits no column.
  private mutating func blemish(_ row: inout FuzzedRow, _ schema: FuzzedSchema, mark: String) -> Blemish? {
    for _ in 0..<4 {
      let place = choices.below(schema.columns.count)
      let blemish = choices.one(of: schema.columns[place].isSole ? [.newLabel, .newLabel, .otherCase] : Blemish.allCases)
      if let cell = blemish.applied(to: row.cells[place], of: schema.columns[place], mark: mark, &choices) {
        row.cells[place] = cell
        return blemish
      }
    }
    return nil
  }

  // MARK: The neighbour

  /// The same table with one unit more: a row, or all rows of a person whom it does not have.
  private mutating func neighbour(of table: FuzzedTable, _ schema: FuzzedSchema) -> (FuzzedTable, String) {
    var with = table
    if theme.mayRepeat, !schema.isByPerson, !table.rows.isEmpty, choices.chance(0.1) {
      with.rows.insert(choices.one(of: table.rows), at: place(in: table))
      return (with, "the same row once more")
    }
    let count = schema.isByPerson ? choices.one(of: [1, 1, 2, 4, 20]) : 1
    let quotes = choices.one(of: theme.quotes.unit)
    let who = choices.one(of: ["Q9001", "Q 9001", "Q;9001,", "q9001é", "900173591042"])
    var words: Set<Blemish> = []
    for index in 0..<count {
      var row = row(schema, person: 9_001, quotes: quotes)
      for _ in 0..<choices.one(of: theme.blemishes) {
        let mark = "Zq\(choices.below(90) + 10)x\(index)w\(marks.count)"
        if let blemish = blemish(&row, schema, mark: mark) { words.insert(blemish) }
        if row.cells.contains(where: { $0.text.contains(mark) }) { marks.append(mark) }
      }
      for place in schema.columns.indices where schema.columns[place].kind == .person { row.cells[place].text = who }
      row.endsAsWindows = choices.chance(0.1)
      with.rows.insert(row, at: place(in: with))
    }
    let unit = schema.isByPerson ? "a person with \(count == 1 ? "1 row" : "\(count) rows") more" : "a row more"
    return (with, words.isEmpty ? unit : unit + " with " + words.map(\.rawValue).sorted().joined(separator: ", "))
  }

  private mutating func place(in table: FuzzedTable) -> Int {
    choices.one(of: [0, table.rows.count, theme == .marks ? 7 : table.rows.count / 2])
  }
}
