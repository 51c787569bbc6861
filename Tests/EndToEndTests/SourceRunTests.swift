import Foundation
import TestPrograms
import Testing

/// One table wherever it lives: as CSV, Parquet, in parts, as an Arrow stream and in PostgreSQL it
/// has the same schema and, under a seed, the same release, byte for byte.
@Suite(.enabled(if: Command.built != nil, Command.absence), .serialized)
struct SourceRunTests {
  private static let files = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Vectors/Sources")
    .standardized
  static let noDuckDB: Comment = "there is no driver for DuckDB: run scripts/install-drivers.sh"
  static let noPostgres: Comment = "there is no server: run make test-postgres"

  static func path(_ name: String) -> String { files.appendingPathComponent(name).path }

  /// The schema, counts and release of a source.
  struct Result: Equatable {
    let schema: String
    let byRow: Data
    let byPerson: Data
  }

  func result(
    _ words: [String], in shop: Workshop, environment: [String: String] = [:], input: String = ""
  ) throws -> Result {
    let program = try #require(Command.built)
    func run(_ arguments: [String]) throws {
      let line =
        "\"$U\" "
        + arguments.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " ")
        + input
      let outcome = try program.run(shell: line, in: shop, environment: environment)
      #expect(outcome.status == 0, "\(outcome.flat)")
    }
    for name in ["s.yaml", "p.yaml", "row", "person", "row.sqlite", "person.sqlite"] {
      try? FileManager.default.removeItem(at: shop.file(name))
    }
    try run(["inspect"] + words + ["-o", "s.yaml"])
    let schema = try shop.text("s.yaml")
    try shop.write(
      schema.replacing("\nunit: row\n", with: "\nunit: {person: patient, at most: 2}\n"),
      as: "p.yaml")
    for (file, output) in [("s.yaml", "row"), ("p.yaml", "person")] {
      try run(
        ["synthesize"] + words + [
          "--schema", file, "--epsilon", "2", "--seed", "5", "-o", output, "--ledger",
          "\(output).sqlite", "--no-owner-report",
        ])
    }
    #expect(schema.contains("unit: row"))
    let lines = schema.split(separator: "\n").filter {
      !$0.hasPrefix("table:") && !$0.hasPrefix("#")
    }.joined(separator: "\n")
    return Result(
      schema: lines, byRow: try shop.data("row/synthetic.csv"),
      byPerson: try shop.data("person/synthetic.csv"))
  }

  @Test(.enabled(if: Drivers.hasDuckDB, noDuckDB)) func aTableIsTheSameInEveryFormat() throws {
    let shop = try Workshop()
    let csv = try result([Self.path("visits.csv")], in: shop)
    #expect(csv.byRow != csv.byPerson)
    #expect(try result([Self.path("visits.parquet")], in: shop) == csv)
    #expect(try result([Self.path("visits")], in: shop) == csv)
    #expect(try result(["-"], in: shop, input: " < '\(Self.path("visits.parquet"))'") == csv)
  }

  @Test func anArrowStreamIsTheSame() throws {
    let shop = try Workshop()
    let csv = try result([Self.path("visits.csv")], in: shop)
    #expect(try result(["-"], in: shop, input: " < '\(Self.path("visits.arrows"))'") == csv)
  }

  /// The order of the file decides nothing: a table in a database has none.
  @Test func theOrderOfRowsDecidesNothing() throws {
    let shop = try Workshop()
    let csv = try result([Self.path("visits.csv")], in: shop)
    let lines = try String(contentsOfFile: Self.path("visits.csv"), encoding: .utf8).split(
      separator: "\n")
    let reversed = [lines[0]] + lines.dropFirst().reversed()
    try shop.write(reversed.joined(separator: "\n") + "\n", as: "visits.csv")
    #expect(try result(["visits.csv"], in: shop) == csv)
  }

  @Test(.enabled(if: Drivers.hasDuckDB, noDuckDB)) func partsOfOtherTablesAreRefused() throws {
    let shop = try Workshop()
    let outcome = try #require(Command.built).run(
      ["inspect", Self.path("mixed"), "-o", "s.yaml"], in: shop)
    #expect(
      outcome.status == 1
        && outcome.flat.contains("part-1.parquet has other columns than the first"),
      "\(outcome.flat)")
    #expect(!shop.exists("s.yaml"))
  }

  @Test(.enabled(if: Postgres.server != nil, noPostgres)) func aTableInPostgreSQLIsTheSame() throws
  {
    let server = try #require(Postgres.server)
    let shop = try Workshop()
    let csv = try result([Self.path("visits.csv")], in: shop)
    try server.load(Self.path("visits.csv"))
    #expect(try result([server.address, "--table", "clinic.visits"], in: shop) == csv)
    #expect(
      try result([server.address, "--query", "SELECT * FROM clinic.visits"], in: shop) == csv)
  }
}

/// The drivers that scripts/install-drivers.sh installs.
enum Drivers {
  static let hasDuckDB = has("duckdb")
  static let hasPostgreSQL = has("postgresql")

  private static func has(_ name: String) -> Bool { manifest(name) != nil }

  /// The text of a driver's manifest; nil if there is none.
  static func manifest(_ name: String) -> String? {
    let environment = ProcessInfo.processInfo.environment
    let settings = environment["XDG_CONFIG_HOME"] ?? (environment["HOME"] ?? "") + "/.config"
    let folders =
      (environment["ADBC_DRIVER_PATH"] ?? "").split(separator: ":").map(String.init) + [
        "\(settings)/adbc/drivers", "/etc/adbc/drivers",
      ]
    return folders.lazy.compactMap {
      try? String(contentsOfFile: "\($0)/\(name).toml", encoding: .utf8)
    }.first
  }
}

/// The server that scripts/with-postgres.sh started.
struct Postgres {
  let address: String
  private let psql: String

  static var server: Postgres? {
    let environment = ProcessInfo.processInfo.environment
    guard Drivers.hasPostgreSQL, let address = environment["UNDERSTUDY_TEST_POSTGRES"],
      let psql = environment["UNDERSTUDY_TEST_PSQL"]
    else {
      return nil
    }
    return Postgres(address: address, psql: psql)
  }

  /// The address for a user who may only read.
  var readersAddress: String { address.replacing("tester@", with: "reader@") }

  func run(_ statements: String...) throws {
    let outcome = try TestProgram.run(
      psql, [address, "-v", "ON_ERROR_STOP=1", "-q"] + statements.flatMap { ["-c", $0] })
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  /// Makes the user who may only read, unless there is one: several suites run at once.
  func makeReader() throws {
    try run(
      """
      DO $$ BEGIN CREATE ROLE reader LOGIN PASSWORD 'reader-canary-PW'; \
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
      """)
  }

  /// Makes the table `visits` in a schema of its own, in another order than the file's.
  func load(_ file: String, into schema: String = "clinic") throws {
    try run(
      "DROP SCHEMA IF EXISTS \(schema) CASCADE", "CREATE SCHEMA \(schema)",
      "CREATE TABLE \(schema).loaded (visit integer, patient bigint, sex varchar(1), age smallint, weight numeric(5,1), seen date, "
        + "ward text, smokes boolean)",
      "\\copy \(schema).loaded FROM '\(file)' WITH (FORMAT csv, HEADER)",
      "CREATE TABLE \(schema).visits AS SELECT * FROM \(schema).loaded ORDER BY md5(visit::text)")
  }
}
