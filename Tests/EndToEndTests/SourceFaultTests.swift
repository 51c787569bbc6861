import Foundation
import TestPrograms
import Testing

/// What goes wrong between a table and its reader is said in our words, and nothing is left behind:
/// no cell, no file, no charge.
@Suite(.enabled(if: Command.built != nil, Command.absence), .serialized)
struct SourceFaultTests {
  private static let vectors = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Vectors/Sources")
    .standardized
  private static let headers = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent(
      "../../Sources/Data/CADBC/include"
    )
    .standardized
  private static let compiler = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(
    separator: ":"
  )
  .flatMap { folder in ["clang", "gcc", "cc"].map { "\(folder)/\($0)" } }.first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  private func checkNothingIsLeft(
    _ outcome: Command.Outcome, in shop: Workshop, except files: Set<String> = []
  ) throws {
    #expect(!outcome.all.contains("canary"), "\(outcome.flat)")
    #expect(Set(try shop.names()).subtracting(files).subtracting(["lying.so"]).isEmpty)
  }

  /// How a driver lies, and the word of the error; an empty word where the table is read.
  @Test(
    .enabled(if: compiler != nil, "there is no C compiler"),
    arguments: [
      ("honest", ""), ("prints", ""), ("crash", "reader-died"), ("crash-early", "reader-died"),
      ("hang", "time-limit"),
      ("type", "column-type"),
      ("children", "malformed"), ("short", "malformed"), ("negative", "malformed"),
      ("buffers", "malformed"), ("offsets", "malformed"),
      ("order", "malformed"), ("null", "malformed"), ("fewer", "malformed"),
      ("text", "source.text"), ("no-stream", "malformed"),
      ("error", "database.cell"), ("late-error", "database"), ("late-second", "database"),
      ("late-cancel", "database.cancelled"), ("late-code", "database.cell"),
      ("login", "database.login"),
    ])
  func aDriverThatLiesIsRefused(_ lie: String, _ word: String) throws {
    let shop = try Workshop()
    let library = shop.file("lying.so").path
    let made = try TestProgram.run(
      try #require(Self.compiler),
      [
        "-shared", "-fPIC", "-w", "-I", Self.headers.path,
        Self.vectors.appendingPathComponent("lying.c").path, "-o", library,
      ])
    #expect(made.status == 0, "\(made.errors)")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: library)
    let limit = lie == "hang" ? ["--time-limit", "1"] : []
    let outcome = try #require(Command.built).run(
      ["inspect", "lying://\(lie)", "--driver", library, "--table", "t", "-o", "s.yaml", "--json"]
        + limit, in: shop)
    #expect(outcome.status == (word.isEmpty ? 0 : 1), "\(outcome.flat)")
    if !word.isEmpty { #expect(outcome.output.contains(word), "\(outcome.flat)") }
    try checkNothingIsLeft(outcome, in: shop, except: word.isEmpty ? ["s.yaml"] : [])
  }

  @Test(arguments: [
    (["postgresql://u:canary@h/d", "--table", "t"], "source.password-in-address"),
    (["postgresql://h/d"], "source.no-table"),
    (["postgresql://h/d", "--table", "t", "--query", "SELECT 1"], "source.table-and-query"),
    (["oracle://h/d", "--table", "t"], "driver-needed"),
    (["people.csv", "--table", "t"], "source.not-a-database"),
    (["oracle://h/d", "--table", "t", "--driver", "none"], "driver.missing"),
    (["oracle://h/d", "--table", "t", "--driver", "lib/x.so"], "driver.relative-path"),
    (["oracle://h/d", "--table", "t", "--driver", "/nowhere/x.so"], "driver.not-a-file"),
  ]) func anAddressThatCannotBeUsedIsRefused(_ words: [String], _ id: String) throws {
    let shop = try Workshop()
    let outcome = try #require(Command.built).run(
      ["inspect"] + words + ["-o", "s.yaml", "--json"], in: shop)
    #expect(outcome.status == 1 && outcome.output.contains(id), "\(outcome.flat)")
    try checkNothingIsLeft(outcome, in: shop)
  }

  @Test(.enabled(if: Postgres.server != nil, SourceRunTests.noPostgres))
  func faultsOfAServerAreSaid() throws {
    let server = try #require(Postgres.server)
    try server.load(Self.vectors.appendingPathComponent("visits.csv").path, into: "faulty")
    try server.makeReader()
    try server.run(
      "CREATE TABLE faulty.odd (a integer, odd_list integer[])",
      "CREATE TABLE faulty.texts AS SELECT 'canary-cell' AS t")
    let address = server.address
    let faults: [(words: [String], id: String)] = [
      ([address, "--table", "faulty.none"], "database.no-such-table"),
      ([address, "--query", "SELECT nothing FROM faulty.visits"], "no-such-column"),
      ([address, "--query", "SELEC 1"], "database.query"),
      ([address, "--query", "SELECT t::integer FROM faulty.texts"], "database.cell"),
      ([address, "--query", "DELETE FROM faulty.visits RETURNING *"], "database"),
      ([server.readersAddress, "--table", "faulty.visits"], "no-rights"),
      ([address.replacing("tester@", with: "nobody@"), "--table", "t"], "database.login"),
      ([address.replacing("/postgres", with: "/nowhere"), "--table", "t"], "no-such-database"),
      (["postgresql://tester@127.0.0.1:1/postgres", "--table", "t"], "database.unreachable"),
      ([address, "--query", "SELECT pg_sleep(60)", "--time-limit", "1"], "source.time-limit"),
      ([address, "--query", "SELECT pg_terminate_backend(pg_backend_pid())"], "database.ended"),
    ]
    for (words, id) in faults {
      let shop = try Workshop()
      let outcome = try #require(Command.built).run(
        ["inspect"] + words + ["-o", "s.yaml", "--json"], in: shop)
      #expect(outcome.status == 1 && outcome.output.contains(id), "\(words): \(outcome.flat)")
      try checkNothingIsLeft(outcome, in: shop)
    }
    let shop = try Workshop()
    let odd = try #require(Command.built).run(
      ["inspect", address, "--table", "faulty.odd", "-o", "s.yaml", "--json"], in: shop)
    #expect(
      odd.status == 1 && odd.output.contains("source.column-type")
        && odd.output.contains("odd_list"), "\(odd.flat)")
  }

  /// A release under a fault charges nothing: the table is read before the ledger is asked.
  @Test(.enabled(if: Postgres.server != nil, SourceRunTests.noPostgres)) func aFaultChargesNothing()
    throws
  {
    let server = try #require(Postgres.server)
    let shop = try Workshop()
    let outcome = try #require(Command.built).run(
      ["synthesize", server.address, "--table", "faulty.none", "--epsilon", "1", "-o", "release"],
      in: shop)
    #expect(outcome.status == 1)
    try checkNothingIsLeft(outcome, in: shop)
  }

  /// Names and texts that are SQL, shells' or none of any: they are names and texts.
  @Test(.enabled(if: Postgres.server != nil, SourceRunTests.noPostgres))
  func hostileNamesAndTextsAreNamesAndTexts() throws {
    let server = try #require(Postgres.server)
    let shop = try Workshop()
    let texts = HostileTexts.all
    func quoted(_ text: String, by quote: String) -> String {
      quote + text.replacing(quote, with: quote + quote) + quote
    }
    let names = texts.enumerated().map { "\($0.offset)" + $0.element }.filter {
      $0.utf8.count <= 63
    }
    try server.run("DROP SCHEMA IF EXISTS hostile CASCADE", "CREATE SCHEMA hostile")
    var lines = "label,count\n"
    try server.run(
      "CREATE TABLE hostile.\"t\"\"; DROP SCHEMA hostile CASCADE; --\" (label text, count integer)")
    for (place, text) in texts.enumerated() {
      let row = "(" + quoted(text, by: "'") + ",\(place))"
      try server.run("INSERT INTO hostile.\"t\"\"; DROP SCHEMA hostile CASCADE; --\" VALUES \(row)")
      // A word for missing cells is none between quotation marks, which a database does not have.
      lines += (text == "?" ? text : quoted(text, by: "\"")) + ",\(place)\n"
    }
    try shop.write(lines, as: "texts.csv")
    try server.run(
      "CREATE TABLE hostile.names ("
        + names.map { quoted($0, by: "\"") + " integer" }.joined(separator: ", ") + ")",
      "INSERT INTO hostile.names VALUES (" + names.indices.map(String.init).joined(separator: ",")
        + ")")
    let program = try #require(Command.built)
    func schema(_ words: [String]) throws -> String {
      try? FileManager.default.removeItem(at: shop.file("s.yaml"))
      let outcome = try program.run(["inspect"] + words + ["-o", "s.yaml", "--quiet"], in: shop)
      #expect(outcome.status == 0, "\(outcome.flat)")
      return try shop.text("s.yaml").split(separator: "\n").filter {
        !$0.hasPrefix("table:") && !$0.hasPrefix("#")
      }.joined(separator: "\n")
    }
    let table = [server.address, "--table", "hostile.\"t\"\"; DROP SCHEMA hostile CASCADE; --\""]
    #expect(try schema(table) == schema(["texts.csv"]))
    let described = try schema([server.address, "--table", "hostile.names"])
    #expect(
      described.split(separator: "\n").count { $0.contains("name") } >= names.count, "\(described)")
  }
}

/// Names and labels that were chosen to hurt.
enum HostileTexts {
  static let all: [String] = [
    "'", "''", "\"", "\"\"", "\\", "\\'", "\\\"", "\\' OR 1=1 -- ", "'; DROP TABLE t; --",
    "\"; DROP TABLE t; --", ";", "--", "/*", "*/",
    "/**/",
    "${HOME}", "$(id)", "`id`", "`", "``", "%s%n", "{{7*7}}", "<script>", "&amp;", "=1+1", "@x",
    "NULL'", "null\\0", "\u{202e}abc",
    "e\u{301}",
    "\u{e9}", "\u{5e9}\u{5dc}\u{5d5}\u{5dd}", "\u{1f468}\u{200d}\u{2695}\u{fe0f}", "$1", "?",
    ":name", "E'\\x'", "x'00'", "U&'\\0041'",
    String(repeating: "c", count: 70), " padded ", "tab\there",
  ]
}
