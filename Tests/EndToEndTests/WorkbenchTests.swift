import Basics
import DelimitedText
import Foundation
import Synchronization
import Tables
import Testing
import Understudy

/// The programming interface: the same results as the command line's, errors with their names, and
/// no row outside the curator.
@Suite struct WorkbenchTests {
  private static let schema = TableSchema.text(
    """
    version: 3
    facts: declared
    rows: {about: 400, public: yes}
    unit: {row: person}
    columns:
      - {name: age, type: integer, bounds: {low: 18, high: 87}}
      - {name: town, type: category, categories: [Ashby, Corby, Derby], missing: yes}
      - {name: score, type: decimal, digits: 3, missing: yes, bounds: learn}
    """)

  private static func columns(_ rows: Int = 400) -> [TableColumn] {
    let towns: [String?] = [nil, "Ashby", "Corby", "Derby"]
    let ages: [Int?] = (0..<rows).map { 18 + $0 * 37 % 70 }
    let scores: [Double?] = (0..<rows).map { $0 % 9 == 0 ? nil : Double($0 % 40) / 8 }
    return [
      TableColumn("age", ages), TableColumn("town", (0..<rows).map { towns[$0 % 4] }),
      TableColumn("score", scores),
    ]
  }

  /// The same cells as in a file.
  private static func csv(_ rows: Int = 400) -> String {
    var text = "age,town,score\n"
    for row in 0..<rows {
      let eighths = row % 40
      let score = eighths % 8 == 0 ? "\(eighths / 8)" : "\(Double(eighths) / 8)"
      let town: String = ["", "Ashby", "Corby", "Derby"][row % 4]
      text += "\(18 + row * 37 % 70),\(town),\(row % 9 == 0 ? "" : score)\n"
    }
    return text
  }

  private static func people(_ rows: Int = 400) -> TableSource {
    .rows(name: "people", columns: columns(rows))
  }

  private func workbench(_ shop: Workshop) throws -> Workbench {
    try Workbench(ledger: shop.file("ledger.sqlite"))
  }

  private func request(
    _ shop: Workshop, _ table: TableSource = people(), to folder: String = "release"
  ) -> ReleaseRequest {
    var request = ReleaseRequest(
      table: table, schema: Self.schema, epsilon: 1, output: shop.file(folder))
    (request.engine, request.makesOwnerReport) = (.independent, false)
    return request
  }

  private func error(_ work: () async throws -> Void) async throws -> UnderstudyError {
    do { try await work() } catch { return try #require(error as? UnderstudyError) }
    throw CancellationError()
  }

  @Test func `rows in memory make the same release as a file of the same cells`() async throws {
    let shop = try Workshop()
    try shop.write(Self.csv(), as: "people.csv")
    for (table, folder) in [(Self.people(), "memory"), (.file(shop.file("people.csv")), "file")] {
      var request = request(shop, table, to: folder)
      request.seed = 5
      let release = try await Workbench(ledger: shop.file("\(folder).sqlite")).synthesize(request)
      #expect(!release.isPrivate && release.table == shop.file("\(folder)/synthetic.csv"))
    }
    #expect(try shop.text("memory/synthetic.csv") == shop.text("file/synthetic.csv"))
    let budget = try #require(
      try await Workbench(ledger: shop.file("memory.sqlite")).budget(
        of: .file(shop.file("people.csv")), schema: Self.schema))
    #expect(
      budget.name == "people.csv" && budget.grantedEpsilon == 1,
      "the ledger knows the rows again, whatever they come from")
  }

  @Test func `an inspection gives a schema that fits`() async throws {
    let (shop, rows) = (try Workshop(), Self.columns())
    let workbench = try workbench(shop)
    let inspection = try await workbench.inspect(.rows(name: "people", columns: rows))
    #expect(inspection.rows == 400 && inspection.columns.map(\.name) == ["age", "town", "score"])
    #expect(inspection.columns.map(\.type) == ["integer", "category", "decimal, 3 digits"])
    let fit = try await workbench.check(
      .rows(name: "people", columns: rows), schema: .text(inspection.schema))
    #expect(fit.fits, "\(fit.differences)")
    #expect(!shop.exists("ledger.sqlite"), "nothing was charged")
  }

  @Test func `a budget is granted, spent and refused`() async throws {
    let shop = try Workshop()
    let workbench = try workbench(shop)
    #expect(try await workbench.budgets().isEmpty)
    let receipt = try await workbench.grant(epsilon: 1, to: Self.people(), schema: Self.schema)
    #expect(receipt.budget.grantedEpsilon == 1 && receipt.budget.furtherEpsilon > 0.99)
    let plan = try await workbench.plan(request(shop))
    #expect(plan.engine == "independent" && plan.pairError > 0)
    _ = try await workbench.synthesize(request(shop))
    let refusal = try await error { _ = try await workbench.synthesize(request(shop, to: "again")) }
    #expect(refusal.id == "budget.exhausted" && refusal.code == 4 && !refusal.remedy.isEmpty)
    let history = try await workbench.budgets().flatMap(\.history)
    #expect(history.map(\.event) == ["grant", "synthesize --epsilon 1.0 --engine independent"])
    let weak = try await error {
      _ = try await workbench.grant(epsilon: 30, to: Self.people(), schema: Self.schema)
    }
    #expect(weak.remedy.contains("`isAccepted`") && !weak.remedy.contains("--"))
    #expect(try await workbench.grant(epsilon: 1, toPopulation: "ward-7").budget.name == "ward-7")
  }

  @Test func `a table that resembles a known one asks for a statement`() async throws {
    let shop = try Workshop()
    let workbench = try workbench(shop)
    _ = try await workbench.synthesize(request(shop))
    var next = request(shop, Self.people(390), to: "next")
    let question = try await error { _ = try await workbench.synthesize(next) }
    #expect(question.id == "people.decision-needed" && question.code == 5)
    #expect(question.candidates?.map(\.name) == ["people.csv"])
    next.people = .others
    #expect(try await workbench.synthesize(next).hazards.isEmpty == false)
  }

  @Test func `a policy that is not met refuses before anything is charged`() async throws {
    let shop = try Workshop()
    let workbench = try workbench(shop)
    var request = request(shop)
    (request.policy, request.epsilon) = ("partners", 15)
    let refusal = try await error { _ = try await workbench.synthesize(request) }
    #expect(
      refusal.id == "verdict.adverse" && refusal.code == 3 && refusal.message.contains("'partners'")
    )
    #expect(try await workbench.budget(of: Self.people(), schema: Self.schema) == nil)
  }

  @Test func `a cancelled task ends between two steps and leaves nothing`() async throws {
    let shop = try Workshop()
    let workbench = try workbench(shop)
    let request = request(shop)
    let running = Running()
    let task = Task {
      try await workbench.synthesize(request) { _ in running.cancel() }
    }
    running.task.withLock { $0 = task }
    let cancelled = try await error { _ = try await task.value }
    #expect(cancelled.id == "cancelled" && cancelled.code == 130)
    #expect(try shop.names().filter { !$0.hasPrefix("ledger") } == [])
  }

  /// Work that is cancelled at its first report of progress.
  private final class Running: Sendable {
    let task = Mutex<Task<Release, any Error>?>(nil)

    func cancel() {
      while true {
        if let task = task.withLock({ $0 }) { return task.cancel() }
        usleep(1000)
      }
    }
  }

  @Test func `releases side by side are those made one after the other`() async throws {
    let shop = try Workshop()
    let requests = [ReleaseEngine.aim, .mst, .aim].enumerated().map { number, engine in
      var request = request(shop, Self.people(400 - 40 * number), to: "alone-\(number)")
      (request.engine, request.seed) = (engine, UInt64(number))
      return request
    }
    for (number, request) in requests.enumerated() {
      _ = try await Workbench(ledger: shop.file("alone-\(number).sqlite")).synthesize(request)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, request) in requests.enumerated() {
        var request = request
        request.output = shop.file("beside-\(number)")
        group.addTask { [request] in
          _ = try await Workbench(ledger: shop.file("beside-\(number).sqlite")).synthesize(request)
        }
      }
      try await group.waitForAll()
    }
    for number in requests.indices {
      #expect(
        try shop.text("beside-\(number)/synthetic.csv")
          == shop.text("alone-\(number)/synthetic.csv"), "\(number)")
    }
  }

  @Test func `requests and results survive JSON`() async throws {
    let shop = try Workshop()
    let workbench = try workbench(shop)
    let request = try copy(of: request(shop))
    let release = try copy(of: try await workbench.synthesize(request))
    #expect(release.epsilon == 1 && release.folder.path == shop.file("release").path)
    let verification = try copy(of: try await workbench.verify(release.folder))
    #expect(verification.isPassed && verification.signer != nil && verification.failures.isEmpty)
    let evaluation = try copy(
      of: try await workbench.evaluate(
        try copy(of: Comparison(of: .file(release.table), with: Self.people(), schema: Self.schema))
      ))
    #expect(evaluation.distances.count == 3 && (0...1).contains(evaluation.pairDistance))
    var comparison = Comparison(of: Self.people(), with: Self.people())
    #expect(try copy(of: try await workbench.attack(comparison)).isPassed == nil)
    comparison.others = Self.people(200)
    #expect(try copy(of: try await workbench.attack(comparison)).isPassed == false)
    let inspection = try copy(of: try await workbench.inspect(Self.people()))
    #expect(inspection.schema.contains("name: age") && inspection.columns.count == 3)
    #expect(try copy(of: try await workbench.check(Self.people(), schema: Self.schema)).fits)
    #expect(try copy(of: try await workbench.budgets()).map(\.name) == ["people.csv"])
    // A release may have one more hazard: that nothing could be learned about a column.
    #expect(
      Set(try copy(of: try await workbench.plan(request)).hazards).isSubset(of: release.hazards))
  }

  private func copy<Value: Codable>(of value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
  }

  @Test func `texts are scanned and rewritten`() async throws {
    let shop = try Workshop()
    try shop.write(
      "Mr Zebedee Quillfeather wrote to z.quill@example.org on 3 April 2021.\n", as: "note.txt")
    let workbench = try workbench(shop)
    let request = ProseRequest(file: shop.file("note.txt"))
    let found = try copy(of: try await workbench.scan(request))
    #expect(found.documents == 1 && found.found["EMAIL"] == 1)
    let redacted = try await workbench.redact(request, to: shop.file("clean.txt"), by: .safeHarbor)
    #expect(redacted.found == found.found)
    let clean = try shop.text("clean.txt")
    #expect(clean.contains("2021") && !clean.contains("April") && !clean.contains("z.quill"))
    #expect(
      try await error { _ = try await workbench.redact(request, to: shop.file("note.txt")) }.id
        .hasPrefix("output."))
  }

  /// A marked cell appears in no error, no description and no file that is left.
  @Test(arguments: ["ragged", "twice", "nameless", "missing column"])
  func `no cell of a table in memory is told`(_ fault: String) async throws {
    let shop = try Workshop()
    let mark = "CANARY7f3a9"
    let ages: [Int?] = (0..<60).map { 20 + $0 % 50 }
    var columns = [
      TableColumn("age", ages), TableColumn("town", [String?](repeating: mark, count: 60)),
    ]
    switch fault {
    case "ragged": columns.append(TableColumn("score", [mark]))
    case "twice": columns.append(TableColumn("town", [String?](repeating: mark, count: 60)))
    default: columns.removeFirst()
    }
    let table = TableSource.rows(name: fault == "nameless" ? "" : "people", columns: columns)
    #expect(!"\(table)".contains(mark) && !String(reflecting: table).contains(mark))
    let workbench = try workbench(shop)
    let request = request(shop, table)
    let error = try await error { _ = try await workbench.synthesize(request) }
    #expect(!"\(error)".contains(mark) && !"\(error)".contains("understudy-private"), "\(error)")
    #expect(error.code == 1 && !error.message.isEmpty)
    for name in try shop.names() {
      let bytes = try Data(contentsOf: shop.file(name))
      #expect(bytes.range(of: Data(mark.utf8)) == nil, "\(name)")
    }
  }

  /// A question with a price is the plan that the command line shows: free, and at that price too.
  @Test func aQuestionIsPlannedForNothing() async throws {
    let shop = try Workshop()
    let bench = try workbench(shop)
    _ = try await bench.synthesize(request(shop))
    let analysis = shop.file("question.json")
    try Data(#"{"kind": "proportion", "outcome": "town", "value": "Ashby"}"#.utf8).write(
      to: analysis)
    let before = try await bench.budgets().flatMap(\.history)
    let plan = try await bench.estimate(analysis, from: shop.file("release"), askingAt: 0.7)
    #expect(try Prices(plan).predictions.map(\.epsilon) == [0.1, 0.3, 0.7, 1, 3])
    let estimate = try await bench.estimate(analysis, from: shop.file("release"))
    #expect(throws: DecodingError.self) { try Prices(estimate) }
    #expect(try await bench.budgets().flatMap(\.history) == before)
    await #expect(throws: UnderstudyError.self) {
      try await bench.estimate(analysis, from: shop.file("release"), askingAt: -1)
    }
  }

  /// The prices of a plan.
  private struct Prices: Decodable {
    let predictions: [Price]

    struct Price: Decodable {
      let epsilon: Double
    }

    init(_ data: Data) throws { self = try JSONDecoder().decode(Prices.self, from: data) }
  }
}
