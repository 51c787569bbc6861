import Foundation
import SourceWorkers
import TestPrograms
import Testing

/// A table on Spark is the same table, is counted the same, and fails in our words.
@Suite(
  .enabled(if: Command.built != nil && Spark.server != nil, "no server: run make test-spark"),
  .serialized)
struct SourceSparkTests {
  private func loaded(_ name: String) throws -> Spark {
    let server = try #require(Spark.server)
    try server.load(SourceRunTests.path("visits.csv"), into: name)
    return server
  }

  @Test func aTableOnSparkIsTheSame() throws {
    let server = try loaded("clinic")
    let shop = try Workshop()
    let runs = SourceRunTests()
    let csv = try runs.result([SourceRunTests.path("visits.csv")], in: shop)
    #expect(try runs.result([server.address, "--table", "clinic.visits"], in: shop) == csv)
    let query = "SELECT * FROM clinic.visits -- all of it"
    #expect(try runs.result([server.address, "--query", query], in: shop) == csv)
  }

  @Test func countsOnSparkAreTheSame() throws {
    let server = try #require(Spark.server)
    var details = SourceDetails()
    // Binary numbers of 32 bits are not counted there: as longer ones they have many digits.
    details.query =
      "SELECT * EXCEPT (short), CAST(short AS double) AS short FROM "
      + "parquet.`\(SourceRunTests.path("counted.parquet"))`"
    for words in HostileTable.missingWords {
      try SourceCountTests().compare(
        server.address, details: details, schema: HostileTable.schema(without: ["padded"], words))
    }
  }

  @Test func aReleaseFromCountsOnSparkIsTheSame() throws {
    let server = try loaded("counting")
    let shop = try Workshop()
    let options = try shop.declareVisits()
    let table = [server.address, "--table", "counting.visits"]
    let counts = SourceCountTests()
    let read = try counts.release(table + ["--stream"], options, as: "read", in: shop)
    #expect(try counts.release(table, options, as: "counted", in: shop) == read)
    #expect(try shop.text("counted/manifest.json").contains("counted in spark, which has no snap"))
    let plan = try #require(Command.built).run(
      ["synthesize"] + table + options + ["--plan", "--sql", "plan.sql"], in: shop)
    #expect(plan.status == 0, "\(plan.flat)")
    let text = try shop.text("plan.sql")
    #expect(text.contains("explode(array(") && !text.contains("GRANT"))
  }

  @Test func faultsAreSaid() throws {
    let server = try loaded("faulty")
    let address = server.address
    let faults: [(words: [String], id: String)] = [
      ([address, "--table", "faulty.none"], "database.no-such-table"),
      ([address, "--table", "visits`; DROP TABLE faulty.visits; --"], "database."),
      ([address, "--query", "SELECT nothing FROM faulty.visits"], "database.no-such-column"),
      ([address, "--query", "SELEC 1"], "database.query"),
      ([address, "--query", "DROP TABLE faulty.visits"], "database.query"),
      ([address, "--query", "SELECT 1) AS a; DROP TABLE faulty.visits; --"], "database.query"),
      (
        [address, "--query", "SELECT CAST('canary' || visit AS int) FROM faulty.visits"],
        "database.cell"
      ),
      ([address, "--query", "SELECT array(1) AS odd"], "source.column-type"),
      (["sc://127.0.0.1:1", "--table", "t"], "database.unreachable"),
      (["sc://127.0.0.1:1/;token=canary", "--table", "t"], "source.password-in-address"),
      (
        [address, "--query", "SELECT count(*) FROM range(20000000000)", "--time-limit", "2"],
        "source.time-limit"
      ),
    ]
    for (words, id) in faults {
      let shop = try Workshop()
      let outcome = try #require(Command.built).run(
        ["inspect"] + words + ["-o", "s.yaml", "--json"], in: shop)
      #expect(outcome.status == 1 && outcome.output.contains(id), "\(words): \(outcome.flat)")
      #expect(!outcome.all.contains("canary"), "\(outcome.flat)")
      #expect(try shop.names().isEmpty)
    }
    let shop = try Workshop()
    let there = try #require(Command.built).run(
      ["inspect", address, "--table", "faulty.visits", "-o", "s.yaml"], in: shop)
    #expect(there.status == 0, "nothing was dropped: \(there.flat)")
  }

  /// A server that is killed while it counts leaves the charges up to there, and nothing else. It
  /// is the last thing that happens to a server: scripts/test-spark.sh starts one for it.
  @Test(.enabled(if: Spark.mayEnd, "the server is still needed"))
  func aKilledServerLeavesOnlyItsCharges() throws {
    let server = try loaded("ending")
    let shop = try Workshop()
    let options = try shop.declareVisits()
    let before = try shop.names()
    let query = "SELECT visits.* FROM ending.visits CROSS JOIN range(40000)"
    let words = ["synthesize", server.address, "--query", query, "--counts-only"] + options
    let line = words.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try #require(Command.built).run(
      shell: "(sleep 20; kill -9 -- -\(server.process)) & \"$U\" \(line) -o release", in: shop)
    #expect(
      outcome.status == 1
        && ["database.ended", "database.unreachable"].contains { outcome.output.contains($0) },
      "\(outcome.flat)")
    let left = Set(try shop.names()).subtracting(before)
    #expect(left.allSatisfy { $0.hasPrefix("ledger") || $0.hasPrefix("keys") }, "\(left)")
  }
}

/// The server that scripts/with-spark.sh started.
struct Spark {
  let address: String
  /// The group of its processes.
  let process: String
  private let runner: String

  private static let environment = ProcessInfo.processInfo.environment
  static let mayEnd = environment["UNDERSTUDY_TEST_SPARK_MAY_END"] == "1"

  static let server: Spark? = {
    guard let address = environment["UNDERSTUDY_TEST_SPARK"],
      let process = environment["UNDERSTUDY_TEST_SPARK_PROCESS"],
      let runner = environment["UNDERSTUDY_TEST_SPARK_SQL"]
    else { return nil }
    return Spark(address: address, process: process, runner: runner)
  }()

  func run(_ statements: String...) throws {
    let outcome = try TestProgram.run(runner, statements)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  /// Makes the table `visits` in a database of its own, in another order than the file's.
  func load(_ file: String, into name: String) throws {
    try run(
      "DROP DATABASE IF EXISTS \(name) CASCADE", "CREATE DATABASE \(name)",
      "CREATE TABLE \(name).loaded (visit int, patient bigint, sex string, age smallint, "
        + "weight decimal(5,1), seen date, ward string, smokes boolean) USING csv "
        + "OPTIONS (path '\(file)', header 'true', escape '\"')",
      "CREATE TABLE \(name).visits USING parquet AS SELECT * FROM \(name).loaded "
        + "ORDER BY md5(CAST(visit AS string))")
  }
}
