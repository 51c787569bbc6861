import Foundation
import TestConditions
import TestPrograms
import Testing

/// A server that ends, or an engine that fails, at any one of a run's statements: the charges for
/// what was asked stay, and nothing else does.
@Suite(.enabled(if: Command.built != nil, Command.absence), .serialized)
struct SourceEndTests {
  private static let vectors = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Vectors/Sources").standardized
  private static let headers = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Sources/Data/CADBC/include").standardized
  private static let compiler = ["clang", "gcc", "cc"].map { "/usr/bin/\($0)" }.first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// A driver in front of another, in a folder of its own.
  private struct Front {
    let folder: URL
    let library: String
    let entry: String

    /// Returns the environment in which the statement at a place is another; 0 for none.
    func environment(at place: Int, runs sql: String) -> [String: String] {
      [
        "UNDERSTUDY_TEST_DRIVER": library, "UNDERSTUDY_TEST_ENTRY": entry,
        "UNDERSTUDY_TEST_PLACE": "\(place)", "UNDERSTUDY_TEST_SQL": sql,
        "ADBC_DRIVER_PATH": folder.path,
      ]
    }
  }

  private func front(of name: String, in shop: Workshop) throws -> Front {
    let manifest = try #require(Drivers.manifest(name))
    func value(_ key: String) throws -> String {
      let line = try #require(manifest.split(separator: "\n").first { $0.hasPrefix("\(key) = ") })
      return String(line.split(separator: "\"")[1])
    }
    let folder = shop.file("drivers")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let library = folder.appendingPathComponent("stopping.so").path
    let made = try TestProgram.run(
      try #require(Self.compiler),
      [
        "-shared", "-fPIC", "-w", "-I", Self.headers.path,
        Self.vectors.appendingPathComponent("stopping.c").path, "-o", library, "-ldl",
      ])
    #expect(made.status == 0, "\(made.errors)")
    let text = "[Driver]\nentrypoint = \"AdbcDriverInit\"\nshared = \"\(library)\"\n"
    let file = folder.appendingPathComponent("\(name).toml")
    try Data(text.utf8).write(to: file)
    for path in [library, file.path, folder.path] {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    return Front(folder: folder, library: try value("shared"), entry: try value("entrypoint"))
  }

  /// Ends runs at some of their statements, at all of them in long tests, and compares what they
  /// leave.
  /// - Parameters:
  ///   - before: The statements before those that a run counts: they set the connection up.
  ///   - id: The beginning of the error's name.
  private func endEverywhere(
    _ words: [String], driver name: String, before: Int, runs sql: String, id: String
  ) throws {
    let shop = try Workshop()
    let front = try front(of: name, in: shop)
    let options = ["--counts-only"] + (try shop.declareVisits())
    let program = try #require(Command.built)
    func run(at place: Int) throws -> (outcome: Command.Outcome, left: Double?) {
      for name in ["release", "run.sqlite"] {
        try? FileManager.default.removeItem(at: shop.file(name))
      }
      let outcome = try program.run(
        ["synthesize"] + words + options + ["-o", "release", "--ledger", "run.sqlite"], in: shop,
        environment: front.environment(at: place, runs: sql))
      #expect(!outcome.all.contains("canary"), "\(outcome.flat)")
      let kept = try shop.names().filter { $0.hasPrefix("run.sqlite") || $0.hasPrefix("keys") }
      for name in kept {
        let bytes = (try? shop.data(name)) ?? Data()
        #expect(bytes.range(of: Data("canary".utf8)) == nil, "\(name)")
      }
      let budget = try program.run(
        ["budget", "show", "--json", "--ledger", "run.sqlite"], in: shop)
      let further = budget.output.firstMatch(of: /"furtherEpsilon" : ([0-9.]+)/)?.output.1
      return (outcome, further.flatMap { Double($0) })
    }
    let files = Set(try shop.names())
    let whole = try run(at: 0)
    #expect(whole.outcome.status == 0, "\(whole.outcome.flat)")
    let said = whole.outcome.all.firstMatch(of: /([0-9]+) statements were run/)?.output.1
    let statements = before + (try #require(said.flatMap { Int($0) }, "\(whole.outcome.flat)"))
    let places = Array(1...statements)
    let step = LongRun.isWanted ? 1 : max(1, statements / 9)
    var last = 2.0
    for place in places where place % step == 1 || step == 1 || place == statements {
      let ended = try run(at: place)
      #expect(
        ended.outcome.status == 1 && ended.outcome.output.contains("\"id\" : \"\(id)"),
        "\(place) of \(statements): \(ended.outcome.flat)")
      #expect(!shop.exists("release"))
      let left = Set(try shop.names()).subtracting(files).filter {
        !$0.hasPrefix("run.sqlite") && !$0.hasPrefix("keys") && !$0.hasPrefix("owner")
      }
      #expect(left.isEmpty, "\(place): \(left)")
      // Spent is spent: a run that ends later has spent no less.
      let rest = ended.left ?? 2
      #expect(rest <= last && rest > 0, "\(place): \(rest) after \(last)")
      last = rest
      if place == 1 { #expect(rest == 2, "nothing was asked of the table") }
    }
    #expect(last < 2, "something was asked of the table")
    #expect(try run(at: statements + 1).outcome.status == 0, "no statement is left to end")
  }

  @Test(.enabled(if: Postgres.server != nil && compiler != nil, SourceRunTests.noPostgres))
  func aServerThatEndsAtAnyStatementLeavesOnlyCharges() throws {
    let server = try #require(Postgres.server)
    try server.load(Self.vectors.appendingPathComponent("visits.csv").path, into: "ending")
    try server.makeReader()
    try server.run(
      // Words that no list of labels has, in fifty rows: nobody may ever see one.
      "UPDATE ending.visits SET ward = 'canary-' || visit WHERE visit <= 50",
      "GRANT USAGE ON SCHEMA ending TO reader", "GRANT SELECT ON ending.visits TO reader")
    try endEverywhere(
      [server.readersAddress, "--table", "ending.visits"], driver: "postgresql", before: 3,
      runs: "DO $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); END $$",
      id: "database.ended")
  }

  @Test(.enabled(if: Drivers.hasDuckDB && compiler != nil, SourceRunTests.noDuckDB))
  func anEngineThatFailsAtAnyStatementLeavesOnlyCharges() throws {
    try endEverywhere(
      [Self.vectors.appendingPathComponent("visits.parquet").path], driver: "duckdb", before: 8,
      runs: "SELECT canary_cell", id: "database.")
  }

  /// A result that fails while it is fetched, after its statement began well, is a failure like any
  /// other, also that of a statement whose result is dropped.
  @Test(.enabled(if: Drivers.hasDuckDB && compiler != nil, SourceRunTests.noDuckDB))
  func aResultThatFailsWhileItIsFetchedLeavesOnlyCharges() throws {
    try endEverywhere(
      [Self.vectors.appendingPathComponent("visits.parquet").path], driver: "duckdb", before: 8,
      runs: "late", id: "database.ended")
  }

  /// A wrong password, and a user without rights, are told before anything is counted or charged.
  @Test(.enabled(if: Postgres.server != nil, SourceRunTests.noPostgres))
  func whoMayNotReadIsTold() throws {
    let server = try #require(Postgres.server)
    let shop = try Workshop()
    let options = ["--counts-only"] + (try shop.declareVisits())
    try server.load(Self.vectors.appendingPathComponent("visits.csv").path, into: "closed")
    try server.makeReader()
    let files = Set(try shop.names())
    for (environment, id) in [
      (["PGPASSWORD": "canary-wrong"], "database.login"), ([:], "database.no-rights"),
    ] {
      let outcome = try #require(Command.built).run(
        ["synthesize", server.readersAddress, "--table", "closed.visits"] + options
          + ["-o", "release"], in: shop, environment: environment)
      #expect(outcome.status == 1 && outcome.output.contains("\"\(id)\""), "\(outcome.flat)")
      #expect(!outcome.all.contains("canary"))
      #expect(Set(try shop.names()) == files)
    }
  }

  /// The private copy of a table does not fit on the disk.
  @Test(.enabled(if: Drivers.hasDuckDB && mayMount, "needs root and tmpfs"))
  func aFullDiskIsSaid() throws {
    let shop = try Workshop()
    try FileManager.default.createDirectory(
      at: shop.file("small"), withIntermediateDirectories: true)
    let file = Self.vectors.appendingPathComponent("visits.parquet").path
    let outcome = try #require(Command.built).run(
      shell: """
        unshare -m bash -c 'mount -t tmpfs -o size=8k none small && \
        TMPDIR="$PWD/small" "$U" inspect "\(file)" -o s.yaml --json'
        """, in: shop)
    #expect(outcome.status == 1 && outcome.output.contains("source.no-room"), "\(outcome.flat)")
    #expect(try shop.names() == ["small"])
  }

  private static let mayMount: Bool = {
    let outcome = try? TestProgram.run(
      "/bin/sh", ["-c", "unshare -m mount -t tmpfs -o size=8k none /mnt"])
    return outcome?.status == 0
  }()
}
