import CountedTables
import Curation
import DelimitedText
import Encoding
import Foundation
import ParquetFiles
import SchemaFiles
import SourceWorkers
import TableSources
import Tables
import TestPrograms
import Testing

/// A table that is counted where it is has the same counts, cell by cell, as if its rows were read.
@Suite(.enabled(if: Command.built != nil, Command.absence), .serialized)
struct SourceCountTests {
  private static let vectors = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Vectors/Sources")
    .standardized

  @Test(.enabled(if: Drivers.hasDuckDB, SourceRunTests.noDuckDB)) func countsInDuckDBAreTheSame()
    throws
  {
    let file = Self.vectors.appendingPathComponent("counted.parquet").path
    for words in HostileTable.missingWords {
      try compare(
        file, details: SourceDetails(), schema: HostileTable.schema(without: ["padded"], words))
    }
  }

  @Test(.enabled(if: Postgres.server != nil, SourceRunTests.noPostgres))
  func countsInPostgreSQLAreTheSame() throws {
    let server = try #require(Postgres.server)
    try HostileTable.load(Self.vectors.appendingPathComponent("counted.csv").path, into: server)
    var details = SourceDetails()
    details.table = "hard.counted"
    for words in HostileTable.missingWords {
      try compare(
        server.address, details: details, schema: HostileTable.schema(without: [], words))
    }
  }

  func release(
    _ words: [String], _ options: [String], as name: String, in shop: Workshop
  ) throws -> (table: Data, model: Data) {
    let outcome = try #require(Command.built).run(
      ["synthesize"] + words + options + ["-o", name, "--ledger", "\(name).sqlite"], in: shop)
    #expect(outcome.status == 0, "\(outcome.flat)")
    let isCounted = outcome.output.contains("counted where it is")
    #expect(isCounted == !words.contains { ["--no-owner-report", "--stream"].contains($0) })
    return (try shop.data("\(name)/synthetic.csv"), try shop.data("\(name)/model.json"))
  }

  @Test(.enabled(if: Drivers.hasDuckDB, SourceRunTests.noDuckDB))
  func aReleaseFromCountsInParquetIsTheSame() throws {
    let shop = try Workshop()
    let options = try shop.declareVisits()
    let read = try release(
      [Self.vectors.appendingPathComponent("visits.csv").path, "--no-owner-report"], options,
      as: "read", in: shop)
    for source in ["visits.parquet", "visits"] {
      let file = Self.vectors.appendingPathComponent(source).path
      #expect(
        try release([file, "--counts-only"], options, as: "counted-\(source)", in: shop) == read)
    }
  }

  /// A table written as Parquet reads as the delimited file beside it, and gives the same release.
  @Test(.enabled(if: Drivers.hasDuckDB, SourceRunTests.noDuckDB))
  func aTableWrittenAsParquetIsTheSame()
    throws
  {
    let shop = try Workshop()
    let program = try #require(Command.built)
    let options = try shop.declareVisits()
    let made = try program.run(
      ["synthesize", Self.vectors.appendingPathComponent("visits.csv").path]
        + options + ["--format", "parquet", "--no-owner-report", "-o", "release"], in: shop)
    #expect(made.status == 0, "\(made.flat)")
    let verified = try program.run(["verify", "release"], in: shop)
    #expect(verified.status == 0 || verified.flat.contains("seed"), "\(verified.flat)")
    let drawn = try program.run(
      [
        "sample", "release", "--rows", "700", "--seed", "3", "--format", "parquet", "-o",
        "more.parquet",
      ],
      in: shop)
    #expect(drawn.status == 0, "\(drawn.flat)")
    let schema = try SchemaFile.parse(shop.text("declared.yaml"))
    func rows(_ name: String) throws -> Table {
      let source = try SourceArgument.source(name, program: program.url) { shop.file($0) }
      let folder = shop.file("read-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let file = try source.file(under: { schema }, in: { folder }, check: {})
      return try TableReader.read(file.url, under: schema).table
    }
    let (parquet, delimited) = (
      try rows("release/synthetic.parquet"), try rows("release/synthetic.csv")
    )
    #expect(parquet.rowCount == delimited.rowCount && parquet.rowCount > 300)
    for (first, second) in zip(parquet.columns, delimited.columns) {
      #expect(first.cells.isEqual(to: second.cells), "\(first.name)")
    }
    #expect(try rows("more.parquet").rowCount == 700)
  }

  /// A server that fails at a later question has been paid for the earlier ones and for that one.
  /// Nothing else is left: no release, no cell, no text of the driver.
  @Test(
    .enabled(if: Postgres.server != nil, SourceRunTests.noPostgres),
    arguments: [
      ("1 / (visit - visit) = 1", "database.cell"),
      ("CAST('canary' || visit AS integer) = 1", "database.cell"),
      ("failing.ends()", "database.ended"), ("failing.sleeps()", "source.time-limit"),
    ]) func aFaultWhileCountingLeavesOnlyItsCharges(_ fault: String, _ id: String) throws
  {
    let server = try #require(Postgres.server)
    let shop = try Workshop()
    let options = try shop.declareVisits()
    try server.load(Self.vectors.appendingPathComponent("visits.csv").path, into: "failing")
    // Said to be stable, so that they run only where their column is counted.
    for (name, body) in [
      ("ends", "pg_terminate_backend(pg_backend_pid())"), ("sleeps", "pg_sleep(60)"),
    ] {
      try server.run(
        "CREATE FUNCTION failing.\(name)() RETURNS boolean STABLE LANGUAGE plpgsql AS "
          + "$$ BEGIN PERFORM \(body); RETURN true; END $$")
    }
    let query =
      "SELECT visit, patient, sex, age, weight, seen, ward, CASE WHEN visit = 300 THEN "
      + "\(fault) ELSE smokes END AS smokes FROM failing.visits"
    let before = try shop.names()
    let program = try #require(Command.built)
    let outcome = try program.run(
      ["synthesize", server.address, "--query", query, "--counts-only", "--time-limit", "2"]
        + options + ["-o", "release"], in: shop)
    #expect(outcome.status == 1 && outcome.output.contains(id), "\(outcome.flat)")
    #expect(!outcome.all.contains("canary"))
    let left = Set(try shop.names()).subtracting(before)
    #expect(left.allSatisfy { $0.hasPrefix("ledger") || $0.hasPrefix("keys") }, "\(left)")
    let budget = try program.run(["budget", "show", "--json"], in: shop)
    #expect(budget.status == 0 && !budget.all.contains("canary"), "\(budget.flat)")
    let further = budget.output.firstMatch(of: /"furtherEpsilon" : ([0-9.]+)/)?.output.1
    let furtherLeft = try #require(further.flatMap { Double($0) }, "\(budget.flat)")
    #expect(furtherLeft > 0 && furtherLeft < 2)
    for name in left {
      let text = (try? shop.data(name)).map { String(decoding: $0, as: UTF8.self) } ?? ""
      #expect(!text.contains("canary"))
    }
  }

  /// A release becomes a table of the database once, with types, a comment and the same cells. It
  /// is replaced only when asked.
  @Test(.enabled(if: Postgres.server != nil, SourceRunTests.noPostgres))
  func aReleaseIsPublishedWholeOrNotAtAll() throws {
    let server = try #require(Postgres.server)
    let shop = try Workshop()
    let program = try #require(Command.built)
    let options = try shop.declareVisits()
    let made = try program.run(
      ["synthesize", Self.vectors.appendingPathComponent("visits.csv").path]
        + options + ["--no-owner-report", "-o", "release"], in: shop)
    #expect(made.status == 0, "\(made.flat)")
    try server.run("DROP SCHEMA IF EXISTS standin CASCADE", "CREATE SCHEMA standin")
    let words = ["publish", "release", "--to", server.address, "--table", "standin.\"Visits\""]
    let first = try program.run(words, in: shop)
    #expect(first.status == 0 && first.flat.contains("NOT PRIVATE"), "\(first.flat)")
    let again = try program.run(words + ["--json"], in: shop)
    #expect(again.status == 1 && again.output.contains("database.exists"), "\(again.flat)")
    let forced = try program.run(words + ["--force"], in: shop)
    #expect(forced.status == 0, "\(forced.flat)")
    try server.run(
      """
      DO $$ BEGIN
        IF obj_description('standin."Visits"'::regclass) NOT LIKE '%NOT PRIVATE%'
          OR (SELECT string_agg(format_type(atttypid, atttypmod), ',' ORDER BY attnum)
            FROM pg_attribute WHERE attrelid = 'standin."Visits"'::regclass AND attnum > 0)
          <> 'bigint,bigint,text,bigint,numeric(19,1),date,text,boolean'
        THEN RAISE EXCEPTION 'another table'; END IF; END $$
      """)
    let schema = try SchemaFile.parse(shop.text("declared.yaml"))
    var details = SourceDetails()
    details.table = "standin.\"Visits\""
    let back = try SourceArgument.source(server.address, details: details, program: program.url) {
      shop.file($0)
    }.file(under: { schema }, in: { shop.url }, check: {})
    func lines(_ url: URL) throws -> [String] {
      try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init).sorted()
    }
    #expect(try lines(back.url) == lines(shop.file("release/synthetic.csv")))
    // Changes made after the signature stay out.
    try shop.write(shop.text("release/synthetic.csv") + "\n", as: "release/synthetic.csv")
    let changed = try program.run(words + ["--force"], in: shop)
    #expect(changed.status == 1 && changed.flat.contains("not what its owner signed"))
    let secret = try program.run(
      ["publish", "release", "--to", "postgresql://u:canary@h/d", "--table", "t"], in: shop)
    #expect(secret.status == 1 && !secret.all.contains("canary"), "\(secret.flat)")
  }

  /// A database under a complete schema is counted unless its rows are asked for.
  @Test(.enabled(if: Postgres.server != nil, SourceRunTests.noPostgres))
  func aReleaseFromCountsInPostgreSQLIsTheSame() throws {
    let server = try #require(Postgres.server)
    let shop = try Workshop()
    let options = try shop.declareVisits()
    try server.load(Self.vectors.appendingPathComponent("visits.csv").path, into: "counting")
    let table = [server.address, "--table", "counting.visits"]
    let read = try release(table + ["--stream"], options, as: "read", in: shop)
    #expect(try release(table, options, as: "counted", in: shop) == read)
    let query = [server.address, "--query", "SELECT * FROM counting.visits", "--counts-only"]
    #expect(try release(query, options, as: "asked", in: shop) == read)
  }

  /// A plan tells the statements beforehand and runs none but a look at the columns.
  @Test(.enabled(if: Drivers.hasDuckDB, SourceRunTests.noDuckDB)) func aPlanShowsItsStatements()
    throws
  {
    let shop = try Workshop()
    let options = try shop.declareVisits()
    let file = Self.vectors.appendingPathComponent("visits.parquet").path
    let outcome = try #require(Command.built).run(
      ["synthesize", file, "--counts-only", "--plan", "--sql", "plan.sql"] + options, in: shop)
    #expect(outcome.status == 0, "\(outcome.flat)")
    let most = outcome.output.firstMatch(of: /"mostStatements" : ([0-9]+)/)?.output.1
    let statements = try #require(most.flatMap { Int($0) }, "\(outcome.flat)")
    let text = try shop.text("plan.sql")
    #expect(text.contains("GROUP BY GROUPING SETS") && text.contains("DATE '1970-01-01'"))
    let verbs = text.matches(of: /(?m)^[A-Z]+/).map { String($0.output) }
    #expect(Set(verbs) == ["CREATE", "SELECT", "WITH"], "codes are kept in this program's memory")
    #expect(text.contains("-- A template: its bins follow from paid answers."))
    #expect(!shop.exists("ledger.sqlite"))
    let made = try #require(Command.built).run(
      ["synthesize", file, "--counts-only"] + options + ["-o", "release"], in: shop)
    let said = made.all.firstMatch(of: /([0-9]+) statements were run/)?.output.1
    #expect((5...statements).contains(Int(said ?? "") ?? 0), "\(statements): \(made.flat)")
    #expect(try shop.text("release/manifest.json").contains("counted in duckdb"))
  }

  /// Columns whose names are SQL, shells' or none of any are counted like others.
  @Test(.enabled(if: Drivers.hasDuckDB, SourceRunTests.noDuckDB))
  func hostileNamesAreCounted() throws {
    let shop = try Workshop()
    // A server keeps 63 bytes of a name.
    let names = HostileTexts.all.enumerated().map { "\($0.offset)" + $0.element }.filter {
      $0.utf8.count <= 63
    }
    func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
    let lines = (0..<700).map { row in
      names.indices.map { "\((row * ($0 + 3) / 7 + row * row % 11) % 6)" }.joined(separator: ",")
    }
    try shop.write(
      ([names.map(quoted).joined(separator: ",")] + lines).joined(separator: "\n") + "\n",
      as: "t.csv")
    let inspected = try #require(Command.built).run(["inspect", "t.csv", "-o", "s.yaml"], in: shop)
    #expect(inspected.status == 0, "\(inspected.flat)")
    let text = try shop.text("s.yaml").replacing(
      "\nfacts: observed\n", with: "\npeople: nobody\nfacts: declared\n")
    let table = try TableReader.read(
      shop.file("t.csv"), under: SchemaFile.parse(text)
    ).table
    #expect(table.columns.count == names.count && names.count >= 38)
    let writer = try ParquetWriter(to: shop.file("t.parquet"), like: table.columns.map(\.shape))
    try writer.append(table)
    try writer.finish()
    try compare(shop.file("t.parquet").path, details: SourceDetails(), schema: text)
    if let spark = Spark.server {
      var details = SourceDetails()
      details.query = "SELECT * FROM parquet.`\(shop.file("t.parquet").path)`"
      try compare(spark.address, details: details, schema: text)
    }
    guard let server = Postgres.server else { return }
    try server.run(
      "DROP SCHEMA IF EXISTS named CASCADE", "CREATE SCHEMA named",
      "CREATE TABLE named.t (" + names.map { quoted($0) + " integer" }.joined(separator: ", ")
        + ")",
      "\\copy named.t FROM '\(shop.file("t.csv").path)' WITH (FORMAT csv, HEADER)")
    var details = SourceDetails()
    details.table = "named.t"
    try compare(server.address, details: details, schema: text)
  }

  /// Whatever needs rows is refused before a ledger or a database is opened.
  @Test(arguments: [
    (["--attack"], "counting.request"), (["--strict"], "counting.request"),
    (["--owner-report", "own"], "counting.request"),
    (["--engine", "gan", "--delta", "1e-6"], "counting.request"), ([], "counting.people"),
  ]) func whatNeedsRowsIsRefused(_ words: [String], _ id: String) throws {
    let shop = try Workshop()
    let options = try shop.declareVisits()
    if words.isEmpty {
      try shop.write(
        shop.text("declared.yaml").replacing("people: a clinic\n", with: ""), as: "declared.yaml")
    }
    let outcome = try #require(Command.built).run(
      ["synthesize", "postgresql://nobody@127.0.0.1:1/none", "--table", "t", "--counts-only"]
        + options + words + ["-o", "release"], in: shop)
    #expect(outcome.status == 1 && outcome.output.contains(id), "\(outcome.flat)")
    #expect(outcome.output.contains("--stream"), "\(outcome.flat)")
    #expect(!shop.exists("release") && !shop.exists("ledger.sqlite"))
  }

  func compare(_ argument: String, details: SourceDetails, schema text: String) throws {
    let shop = try Workshop()
    let program = try #require(Command.built).url
    let schema = try SchemaFile.parse(text)
    let read = try SourceArgument.source(argument, details: details, program: program) {
      URL(fileURLWithPath: $0)
    }.file(under: { schema }, in: { shop.url }, check: {})
    let rows = HeldRows(
      try TableReader.read(read.url, under: schema).table, try Blueprint(schema: schema))
    let connection = try SourceArgument.counted(argument, details: details, program: program) {
      URL(fileURLWithPath: $0)
    }.connect(schema: schema) {}
    let counted = try connection.rows()
    #expect(counted.rowCount == rows.count && rows.count > 600)
    for place in rows.blueprint.variables.indices where rows.blueprint.variables[place].isOrdered {
      try compareQuestions(about: place, rows, counted)
    }
    try compareMarginals(rows, counted)
  }

  /// Compares every question about ticks.
  private func compareQuestions(
    about place: Int, _ rows: HeldRows, _ counted: any CountedRows
  ) throws {
    let name = rows.blueprint.variables[place].name
    let ticks = rows.ticks(place)
    let codes = rows.blueprint.codes(of: rows.blueprint.variables[place])
    for runs in rows.runs(place) {
      func isIn(_ tick: Int64) -> Bool {
        Cells.isValue(tick) && runs.contains { $0.contains(tick) }
      }
      let inside = ticks.filter(isIn)
      let histogram =
        runs.map { run in inside.count(where: run.contains) }
        + [ticks.count { $0 == Cells.missingTick }]
        + (0..<codes).map { code in ticks.count { $0 == Cells.codeTick(code) } }
      #expect(
        try counted.histogram(of: name, runs: runs, codes: codes) == histogram, "\(name) \(runs)")
      let tally = Dictionary(grouping: inside) { $0 }.mapValues(\.count)
      let fullest = tally.values.sorted(by: >).prefix(3).reduce(0, +)
      #expect(try counted.crowding(of: name, ticks: 3, in: runs) == fullest, "\(name)")
      #expect(try counted.tickCount(of: name, in: runs) == tally.count, "\(name)")
      let ranked = tally.sorted { $0.key < $1.key }.enumerated().map {
        RankedTick(rank: $0, tick: $1.key, count: $1.value)
      }
      let some = ranked.filter { $0.count >= 5 || $0.rank == 1 }
      let found = try counted.ticks(of: name, in: runs, least: 5, ranks: [1])
      #expect(found.sorted { $0.rank < $1.rank } == some, "\(name)")
      let perDay = TimePattern(rows.type(place))?.ticksPerDay
      let lattices =
        (perDay.map { [Lattice.years(ticksPerDay: $0), .months(ticksPerDay: $0)] } ?? [])
        + [.every(step: 10, offset: 9), .every(step: 5, offset: 0)]
      let grain = Lattices(lattices)
      var expected = [Int](repeating: 0, count: lattices.count + 1)
      for tick in inside { expected[grain.first(holding: tick)] += 1 }
      #expect(try counted.grain(of: name, lattices: lattices, in: runs) == expected, "\(name)")
    }
  }

  /// Compares all pairs, and triples of neighbours, in blocks.
  private func compareMarginals(_ rows: HeldRows, _ counted: any CountedRows) throws {
    for hasMissing in [true, false] {
      let domain = rows.domain(hasMissing: hasMissing)
      let columns = zip(domain.codecs, rows.cells).map { $0.encode($1) }
      let places = Array(domain.variables.indices)
      let pairs = places.flatMap { first in places.dropFirst(first + 1).map { [first, $0] } }
      let triples = places.dropLast(2).map { [$0, $0 + 1, $0 + 2] }
      let singles = places.map { [$0] }
      var elsewhere = ExactCounts(rows: counted, domain: domain)
      for sets in [singles, pairs, triples] {
        _ = try elsewhere.map(sets) { _, _ in 0 }
        for set in sets {
          let here = MarginalCounter.count(
            columns, attributes: set, sizes: domain.sizes, rows: rows.count)
          let there = try elsewhere.counts(of: set)
          #expect(there == here, "\(set.map { domain.variables[$0].name })")
        }
      }
    }
  }
}

/// A table that was read, for slow and obvious counts.
struct HeldRows {
  let blueprint: Blueprint
  let cells: [Cells]
  let count: Int

  init(_ table: Table, _ blueprint: Blueprint) {
    self.blueprint = blueprint
    cells = blueprint.prepare(table)
    count = table.rowCount
  }

  func type(_ place: Int) -> ColumnType {
    blueprint.schema.column(named: blueprint.variables[place].name)?.type ?? .category
  }

  func ticks(_ place: Int) -> [Int64] {
    guard case .ticks(let ticks) = cells[place] else { return [] }
    return ticks
  }

  /// Returns runs that cover everything, and runs with gaps that begin and end at values.
  func runs(_ place: Int) -> [[ClosedRange<Int64>]] {
    let values = Set(ticks(place).filter(Cells.isValue)).sorted()
    guard values.count > 3 else { return [[Cells.lowestValue...Int64.max]] }
    let (first, middle, last) = (values[1], values[values.count / 2], values[values.count - 2])
    return [
      [Cells.lowestValue...Int64.max], [first...first, first + 1...middle, last...last],
    ]
  }

  /// Returns a domain with few bins each: some of one tick, and all code words.
  func domain(hasMissing: Bool) -> Domain {
    let codecs = blueprint.variables.indices.map { place -> Codec in
      let variable = blueprint.variables[place]
      if case .declared(let labels) = blueprint.categories(of: variable), !variable.isOrdered {
        let other = labels.firstIndex(of: blueprint.otherLabel(of: variable)) ?? 0
        return .labels(
          LabelCodec(labels: labels, otherLabel: nil, hasMissing: hasMissing, fallback: other))
      }
      let bins = (runs(place).last ?? []).map {
        OrderedCodec.Bin(
          shape: [OrderedCodec.Piece(low: $0.lowerBound, high: $0.upperBound, weight: 1)])
      }
      return .ordered(
        OrderedCodec(bins: bins, words: blueprint.codes(of: variable), hasMissing: hasMissing))
    }
    return Domain(variables: blueprint.variables, codecs: codecs)
  }
}

/// A table of texts, numbers and times that engines and this program might understand differently.
enum HostileTable {
  /// Words for missing cells: short binary numbers are not counted beside words that look like
  /// numbers.
  static let missingWords = [["", "NA", "?", "-9"], ["", "?"]]

  /// Returns its schema.
  static func schema(without left: Set<String>, _ missing: [String]) -> String {
    let declared =
      HostileTexts.all.filter { !$0.contains("\t") && $0 != "?" } + ["e\u{301}", "K", "padded"]
    var labels: [String] = []
    for text in declared where !labels.contains(text) { labels.append(text) }
    // Words for missing cells are no labels.
    let list = labels.map(quoted).joined(separator: ", ")
    let columns: [(name: String, text: String)] = [
      ("label", "type: category\n    categories: [\(list), other]"),
      ("open", "type: category\n    categories: [\(list)]\n    other: rest"),
      ("coded", "type: category\n    categories: [\"1\", \"2\", \"3\"]"),
      ("word", "type: boolean\n    words: [J, N]"),
      ("flag", "type: boolean\n    words: [\"0\", \"1\"]"),
      ("truth", "type: category\n    categories: [\"true\", \"maybe\"]"),
      ("small", "type: integer\n    codes: [\"-7\", \"999\"]"),
      ("wide", "type: decimal\n    digits: 2"),
      ("big", "type: integer\n    codes: [\"999\"]"),
      ("real", "type: decimal\n    digits: 1\n    codes: [\"999\", \"2.5\"]"),
      ("whole", "type: integer"),
      ("short", "type: decimal\n    digits: 2"),
      ("money", "type: decimal\n    digits: 2\n    codes: [\"999.0000\"]"),
      ("day", "type: date\n    format: dd.MM.yyyy"),
      ("daytime", "type: timestamp\n    format: yyyy-MM-dd HH:mm:ss"),
      ("moment", "type: timestamp\n    format: yyyy-MM-dd HH:mm"),
      ("instant", "type: date\n    format: yyyy-MM-dd"),
      ("zoned", "type: timestamp\n    format: yyyy-MM-dd HH:mm:ss.SSS"),
      ("padded", "type: category\n    categories: [a, b]"),
    ]
    let described = columns.filter { !left.contains($0.name) }.map {
      let role = $0.name == "short" && missing.contains("-9") ? "drop" : "ordinary"
      return "  - name: \($0.name)\n    \($0.text)\n    role: \(role)\n    missing: yes"
    }.joined(separator: "\n")
    return """
      version: 5
      facts: declared
      table: counted
      people: nobody
      format:
        delimiter: comma
        header: yes
        missing: [\(missing.map(quoted).joined(separator: ", "))]
      unit: {row: person}
      columns:
      \(described)

      """
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  static func load(_ file: String, into server: Postgres) throws {
    try server.run(
      "DROP SCHEMA IF EXISTS hard CASCADE", "CREATE SCHEMA hard",
      """
      CREATE TABLE hard.loaded (label text, open varchar, coded integer, word varchar(3), \
      flag boolean, truth boolean, small smallint, wide bigint, big bigint, \
      real double precision, whole double precision, short real, money numeric, day date, \
      daytime date, moment timestamp, instant timestamp, zoned timestamptz)
      """,
      "\\copy hard.loaded FROM '\(file)' WITH (FORMAT csv, HEADER, NULL '\\N')",
      """
      CREATE TABLE hard.counted AS SELECT *, \
      CAST(CASE WHEN small > 1 THEN 'a' WHEN small = 1 THEN 'c' ELSE 'b' END AS char(5)) AS padded \
      FROM hard.loaded
      """,
      """
      UPDATE hard.counted SET money = CASE small WHEN 10 THEN 'NaN' \
      WHEN 20 THEN 123456789012345678901.5 WHEN 25 THEN 12345678901234.12349999995 \
      WHEN 100 THEN 0.00499999999999999999999 WHEN 3 THEN 1234567890123456789.5 \
      WHEN 2 THEN 0.1249999999951 ELSE money END
      """)
  }
}

extension Cells {
  /// Whether every cell is the same, whatever codes labels have.
  fileprivate func isEqual(to other: Cells) -> Bool {
    switch (self, other) {
    case (.ticks(let first), .ticks(let second)): first == second
    case (.labels(let first, let own), .labels(let second, let others)):
      first.map { $0 < 0 ? nil : own[Int($0)] } == second.map { $0 < 0 ? nil : others[Int($0)] }
    default: false
    }
  }
}
