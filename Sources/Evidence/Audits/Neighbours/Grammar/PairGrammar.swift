import Engines
import Foundation
import Synthesis

/// Makes pairs of neighbouring files from a grammar of schemas, of tables that fit them, and of the
/// one ugly unit that makes the difference.
package struct PairGrammar {
  private let theme: PairTheme
  private let engines: [String]?
  private let isAttacked: Bool
  private var choices: Choices
  private var marks: [String] = []

  /// Returns the pair with this number. Each number has its own choices, so that a pair can be made
  /// again by itself.
  ///
  /// - Parameters:
  ///   - engines: the only engines to choose from; nil for all.
  ///   - isAttacked: whether gates may ask for attacks, which take long.
  package static func pair(
    _ number: Int, seed: UInt64, engines: [String]? = nil, isAttacked: Bool = true
  ) -> NeighbourPair {
    var grammar = PairGrammar(
      theme: .of(number), engines: engines, isAttacked: isAttacked,
      choices: Choices(seed: seed &* 1_000_003 &+ UInt64(number)))
    return grammar.theme == .worst ? grammar.worstPair(number) : grammar.pair(number)
  }

  private init(theme: PairTheme, engines: [String]?, isAttacked: Bool, choices: Choices) {
    (self.theme, self.engines, self.isAttacked, self.choices) = (
      theme, engines, isAttacked, choices
    )
  }

  private mutating func pair(_ number: Int) -> NeighbourPair {
    var schema = schema()
    var run = run(number)
    if theme == .training { run.training = training(&schema, number) }
    if run.origin == .paid { schema.delimiter = "," }
    // Attacks take long on many rows and say nothing about few.
    let isCertain = theme == .gate && turn(number) % 4 == 0
    let certainRows = isCertain ? setCertainFloor(&run, &schema) : nil
    let withAttacks = run.policy.map { $0.attacks || $0.judgesLater } ?? false
    var rows = certainRows ?? (withAttacks ? 60 : choices.one(of: theme.sizes))
    if run.policy != nil, !withAttacks, turn(number) % 2 == 1 { rows = setFloor(&run, &schema) }
    let without = table(schema, rows: rows)
    let (with, change) = neighbour(of: without, schema)
    if run.policy != nil {
      run.rows = withAttacks ? 60 : 2_000
    } else if choices.chance(0.6) {
      run.rows = 50
    }
    return NeighbourPair(
      number: number, without: without, with: with, schema: schema, run: run, change: change,
      marks: marks)
  }

  /// Returns, as files, the tables that the audits of mechanisms hold in memory. Those audits see
  /// every answer; this one sees only the parts that a release shows.
  private mutating func worstPair(_ number: Int) -> NeighbourPair {
    var schema = FuzzedSchema(columns: [
      FuzzedColumn(name: "who", kind: .person),
      FuzzedColumn(name: "age", kind: .integer, isDeclared: true),
      FuzzedColumn(name: "income", kind: .integer), FuzzedColumn(name: "town", kind: .label),
      FuzzedColumn(name: "ill", kind: .flag(no: "no", yes: "yes")),
    ])
    schema.mostRowsOfAPerson = SimulatedPeople.unitRows
    func table(_ withThePerson: Bool) -> FuzzedTable {
      let lines = SimulatedPeople.csv(people: 100, withThePerson: withThePerson).split(
        separator: "\n"
      ).dropFirst()
      return FuzzedTable(
        names: schema.columns.map(\.name),
        rows: lines.map { line in
          FuzzedRow(cells: line.split(separator: ",").map { FuzzedCell(text: String($0)) })
        })
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
    if Engine(named: run.engine)?.synthesizer.takesSteps == true {
      run.steps = 4
      run.epsilon = max(run.epsilon, 0.5)
    }
    switch theme {
    case .provenance:
      let further: FuzzedRun.Origin = choices.one(of: [.inferred, .declared, .observed])
      run.origin = [FuzzedRun.Origin.observed, .paid, .observed, further][turn(number) % 4]
    case .gate: run.policy = policy()
    case .free:
      run.origin = choices.one(weighted: [(.declared, 0.8), (.observed, 0.1), (.inferred, 0.1)])
    case .misfit: run.isStrict = turn(number) % 4 == 3
    case .marks, .person, .edge, .engine, .worst, .training: break
    }
    if theme == .free, run.origin == .declared { run.isStrict = choices.chance(0.1) }
    return run
  }

  /// Returns the model of a pair, and gives the schema a column to predict and one to predict from.
  /// Kinds of target and forms take turns.
  private mutating func training(_ schema: inout FuzzedSchema, _ number: Int) -> FuzzedTraining {
    let place = schema.columns.firstIndex { $0.kind != .person } ?? 0
    let kinds: [FuzzedColumn.Kind] = [flag(), .integer, .label, .decimal(digits: 1)]
    let kind = kinds[turn(number) % kinds.count]
    schema.columns[place] = FuzzedColumn(
      name: "first", kind: kind, isNullable: choices.chance(0.5),
      isDeclared: kind == .label || choices.chance(0.6))
    schema.columns.append(
      FuzzedColumn(
        name: "last", kind: choices.one(of: [.integer, .label]), isNullable: choices.chance(0.5),
        isDeclared: choices.chance(0.6)))
    let isNumber = turn(number) % 2 == 1
    let forms = isNumber ? ["additive", "linear", "poisson"] : ["additive", "logistic"]
    return FuzzedTraining(
      target: "first", event: kind == .label ? FuzzedColumn.towns[0] : nil,
      form: forms[turn(number) / 2 % forms.count])
  }

  /// Returns how often the theme of this pair came before.
  private func turn(_ number: Int) -> Int { (number - 1) / PairTheme.allCases.count }

  /// Returns the engine to run. Engines take turns if the theme is theirs; otherwise the quickest
  /// one makes most of the runs.
  private mutating func engine(_ number: Int) -> String {
    let own = ["gan", "aim", "mst", "gem"][turn(number) % 4]
    let chosen =
      theme == .engine
      ? own : choices.one(of: ["independent", "independent", "independent", "mst"])
    guard let engines, !engines.contains(chosen) else { return chosen }
    return choices.one(of: engines)
  }

  private mutating func policy() -> FuzzedPolicy {
    choices.one(weighted: [
      (FuzzedPolicy(columnDistance: 0.002), 3), (FuzzedPolicy(columnDistance: 0.02), 2),
      (FuzzedPolicy(columnDistance: 0.3), 1),
      (FuzzedPolicy(pairDistance: 0.5), 1), (FuzzedPolicy(attacks: true), isAttacked ? 2 : 0),
      (FuzzedPolicy(judgesLater: true), isAttacked ? 1 : 0),
    ])
  }

  /// Sets a floor that, if the judged value carries no noise, is certainly met without the unit and
  /// certainly missed with it: the rows are so many that their one value is learned, and the floor
  /// so fine that one row with another is further away than it allows.
  /// Returns the number of rows.
  private mutating func setCertainFloor(_ run: inout FuzzedRun, _ schema: inout FuzzedSchema) -> Int
  {
    tailorToGates(&schema)
    if schema.mostRowsOfAPerson != nil { schema.mostRowsOfAPerson = 1 }
    run.epsilon = 0.5
    run.policy = FuzzedPolicy(columnDistance: 0.0002)
    return 2_000
  }

  /// Sets a floor as fine as its noise allows, or a little coarser, so that it fails now and then.
  /// Returns the number of rows that this takes, which the schema states.
  private mutating func setFloor(_ run: inout FuzzedRun, _ schema: inout FuzzedSchema) -> Int {
    let rows = 2_000
    schema.rowsAbout = rows
    run.epsilon = choices.one(of: [0.5, 1])
    // The classical conversion gives a little less rho than the program's. A twenty-fifth of it is
    // for judging.
    let tail = -log(FuzzedRun.delta)
    let rho = pow((tail + run.epsilon).squareRoot() - tail.squareRoot(), 2)
    let noise =
      Double(schema.mostRowsOfAPerson ?? 1) / (2 * Double(rows) * (2 * rho / 25).squareRoot())
    run.policy = FuzzedPolicy(columnDistance: min(1, choices.one(of: [3.2, 4, 6]) * noise))
    return rows
  }

  // MARK: The schema

  private mutating func schema() -> FuzzedSchema {
    var columns: [FuzzedColumn] = []
    let isByPerson = choices.chance(theme.isByPerson)
    if isByPerson { columns.append(FuzzedColumn(name: "who", kind: .person)) }
    for part in 0..<(1 + choices.below(4)) {
      columns += part == 0 ? [modelled("first")] : further(part)
    }
    for place in columns.indices where columns[place].kind != .person {
      // Columns that allow missing cells or are to be learned accept more.
      columns[place].isNullable = choices.chance(theme == .misfit ? 0.15 : 0.5)
      columns[place].isDeclared = choices.chance(
        [.provenance, .misfit].contains(theme) ? 0.9 : 0.6)
      columns[place].isFlat = choices.chance(theme.isFlat)
      columns[place].role = choices.one(of: [
        "ordinary", "ordinary", "sensitive", "quasi-identifier",
      ])
    }
    var schema = FuzzedSchema(columns: columns)
    if isByPerson { schema.mostRowsOfAPerson = choices.one(of: [1, 2, 5]) }
    schema.missingTokens = choices.one(of: [
      [""], ["", "NA"], ["NA"], ["", "NA", "-9", "unknown"],
    ])
    schema.delimiter = choices.chance(0.2) ? ";" : ","
    if choices.chance(theme == .provenance ? 0.8 : 0.5) { renew(&schema) }
    if theme == .marks { tailorToMarks(&schema) }
    if theme == .gate, choices.chance(0.8) { tailorToGates(&schema) }
    // Gates are judged by what is certain without rules.
    if schema.version > 2, theme != .gate { schema.version = 5 }
    return schema
  }

  /// Adds the facts that only files of version 3 state.
  private mutating func renew(_ schema: inout FuzzedSchema) {
    schema.version = 3
    // Facts that a file calls observed excuse the release's statements about them; in other themes
    // that would hide faults.
    if theme == .provenance {
      schema.facts = choices.one(of: ["observed", "observed", "learned", "declared"])
    }
    schema.isReviewed = choices.chance(0.3)
    schema.rowIsPerson = choices.chance(0.5)
    schema.population = choices.one(of: [nil, nil, "ward-7"])
    schema.quotedTokens = choices.one(of: [nil, "text", "missing"])
  }

  /// Replaces all columns but the person's with one that every release reproduces exactly without
  /// the unit and cannot with it. Whether a floor is met is then certain, unless the answer has
  /// noise.
  private func tailorToGates(_ schema: inout FuzzedSchema) {
    var column = FuzzedColumn(name: "first", kind: .integer, isDeclared: true)
    (column.isFlat, column.isSole) = (true, true)
    schema.columns = schema.columns.filter { $0.kind == .person } + [column]
  }

  /// Adds a column of labels with missing cells, whose word for missing values would be a label if
  /// quotation marks were taken to say so.
  private mutating func tailorToMarks(_ schema: inout FuzzedSchema) {
    schema.columns.append(
      FuzzedColumn(name: "smoker", kind: .label, isNullable: true, isDeclared: choices.chance(0.3)))
    schema.missingTokens = ["", "NA"]
  }

  private mutating func modelled(_ name: String) -> FuzzedColumn {
    let kind: FuzzedColumn.Kind = choices.one(of: [
      .integer, .label, .label, .decimal(digits: 1 + choices.below(2)), flag(),
      .date(pattern: "yyyy-MM-dd"), .date(pattern: "d.M.yyyy"),
      .time,
    ])
    return FuzzedColumn(name: name, kind: kind)
  }

  private mutating func flag() -> FuzzedColumn.Kind {
    let words = choices.one(of: [["no", "yes"], ["N", "J"], ["0", "1"], ["false", "true"]])
    return .flag(no: words[0], yes: words[1])
  }

  /// Returns a further column, or two that belong together.
  private mutating func further(_ part: Int) -> [FuzzedColumn] {
    switch choices.below(8) {
    case 0 where part == 1:
      [FuzzedColumn(name: "code", kind: .code), FuzzedColumn(name: "meaning", kind: .meaning)]
    case 1 where part == 2:
      [
        FuzzedColumn(name: "admitted", kind: .admitted),
        FuzzedColumn(name: "discharged", kind: .discharged),
      ]
    case 2: [FuzzedColumn(name: "name\(part)", kind: .name)]
    case 3: [FuzzedColumn(name: "note\(part)", kind: .prose)]
    default: [modelled("more\(part)")]
    }
  }

  // MARK: The table

  private mutating func table(_ schema: FuzzedSchema, rows: Int) -> FuzzedTable {
    var table = FuzzedTable(
      names: schema.columns.map(\.name), rows: [], delimiter: schema.delimiter)
    let quotes = choices.one(of: theme.quotes.table)
    table.quotesHeader = quotes > 0 && (theme == .marks || choices.chance(0.7))
    table.hasByteOrderMark = choices.chance(0.05)
    table.endsWithLineFeed = !choices.chance(0.1)
    // Nothing of a table of one value may differ from it.
    let isDirty = choices.chance(theme.isDirty) && !schema.columns.contains(where: \.isSole)
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
        let text =
          isMissing ? choices.one(of: schema.missingTokens) : column.ordinary(draw, &choices)
        return FuzzedCell(text: text, isQuoted: quotes > 0 && choices.chance(quotes))
      })
  }

  /// Makes one cell ugly and returns the blemish; nil if the chosen blemish fits no column.
  private mutating func blemish(_ row: inout FuzzedRow, _ schema: FuzzedSchema, mark: String)
    -> Blemish?
  {
    for _ in 0..<4 {
      let place = choices.below(schema.columns.count)
      let blemish = choices.one(of: theme.kinds)
      if theme == .provenance, blemish == .missingWord {
        // The word that `inspect` knows in every column: no cell was missing before.
        row.cells[place] = FuzzedCell(text: "NA")
        return blemish
      }
      if let cell = blemish.applied(
        to: row.cells[place], of: schema.columns[place], mark: mark, &choices)
      {
        row.cells[place] = cell
        return blemish
      }
    }
    return nil
  }

  // MARK: The neighbour

  /// Returns the same table with one more unit: a row, or all rows of a person who is not in it.
  private mutating func neighbour(of table: FuzzedTable, _ schema: FuzzedSchema) -> (
    FuzzedTable, String
  ) {
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
      // The value that no release can have, in whatever row of the unit is kept.
      if let sole = schema.columns.firstIndex(where: \.isSole) {
        row.cells[sole].text = "121"
        words.insert(.extreme)
      }
      for _ in 0..<choices.one(of: theme.blemishes) {
        let mark = "Zq\(choices.below(90) + 10)x\(index)w\(marks.count)"
        if let blemish = blemish(&row, schema, mark: mark) { words.insert(blemish) }
        if row.cells.contains(where: { $0.text.contains(mark) }) { marks.append(mark) }
      }
      for place in schema.columns.indices where schema.columns[place].kind == .person {
        row.cells[place].text = who
      }
      row.endsAsWindows = choices.chance(0.1)
      with.rows.insert(row, at: place(in: with))
    }
    let unit =
      schema.isByPerson
      ? "a person with \(count == 1 ? "1 row" : "\(count) rows") more" : "a row more"
    return (
      with,
      words.isEmpty
        ? unit : unit + " with " + words.map(\.rawValue).sorted().joined(separator: ", ")
    )
  }

  private mutating func place(in table: FuzzedTable) -> Int {
    // The way a file is written is judged by its first rows, if at all.
    choices.one(of: theme == .marks ? [0, 7] : [0, table.rows.count, table.rows.count / 2])
  }
}
