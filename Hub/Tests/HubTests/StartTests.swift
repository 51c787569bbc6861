import Foundation
import HTTPTypes
import HubPages
import HubServer
import HubStart
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// The guided start as pages, with the real program behind them.
@Suite struct StartTests {
  /// A table in a folder of its own, and the program that asks about it.
  private final class Desk: Sendable {
    static let built = TestHub.repository.appending(path: ".build/release/understudy")
    static let canary = "Zebedee"

    let folder: URL
    let program: FormsProgram
    let site: StartSite

    init(_ options: [String] = []) async throws {
      folder = FileManager.default.temporaryDirectory.appending(
        path: "start-\(UUID().uuidString)", directoryHint: .isDirectory)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let table =
        "patient,age,ward,seen,note\n"
        + (0..<400).map {
          "\(1000 + $0),\(20 + $0 % 60),\(["North", "South", "West"][$0 % 3]),2026-01-\(10 + $0 % 20),"
            + "\(Self.canary) said in visit \($0) that all is well\n"
        }.joined()
      try Data(table.utf8).write(to: folder.appending(path: "patients.csv"))
      try #require(
        FileManager.default.isExecutableFile(atPath: Self.built.path),
        "build the product understudy first: scripts/test-hub.sh does")
      program = try FormsProgram(
        Self.built, ["patients.csv", "--ledger", "ledger.sqlite"] + options, folder: folder)
      site = StartSite(program, try await program.sheet())
    }

    deinit {
      program.end()
      program.waitForEnd()
      try? FileManager.default.removeItem(at: folder)
    }

    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    func text(_ name: String) throws -> String {
      try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    /// Works with a client that has opened the address.
    func visit(_ work: @Sendable (Browser) async throws -> Void) async throws {
      try await Application(router: site.router()).test(.router) { client in
        let opened = try await client.execute(
          uri: "/open/\(site.key)", method: .get)
        #expect(opened.status == .seeOther)
        let cookie = try #require(opened.headers[.setCookie])
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
        try await work(
          Browser(client: client, cookie: String(cookie.split(separator: ";")[0])))
      }
    }
  }

  private struct Browser: Sendable {
    let client: any TestClientProtocol
    let cookie: String

    func get(_ path: String) async throws -> TestResponse {
      try await client.execute(
        uri: path, method: .get, headers: [.cookie: cookie])
    }

    func page(_ path: String) async throws -> String {
      let response = try await get(path)
      #expect(response.status == .ok, "\(path)")
      return String(buffer: response.body)
    }

    /// Sends a form with the token that its page carries.
    func post(_ path: String, _ fields: [String: String], token: String? = nil) async throws
      -> TestResponse
    {
      let page = token == nil ? try await self.page(path) : ""
      let own = page.firstMatch(of: /name="token" value="([^"]+)"/).map { String($0.output.1) }
      let allowed = CharacterSet.alphanumerics
      let body = fields.merging(["token": token ?? own ?? ""]) { $1 }.map { name, value in
        // A field whose name has a number behind # is one of several boxes.
        let name = name.split(separator: "#")[0]
        return "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
      }.joined(separator: "&")
      return try await client.execute(
        uri: path, method: .post, headers: [.cookie: cookie],
        body: ByteBuffer(string: body))
    }

    /// Sends a form that is taken, and returns the next page's path.
    func pass(_ path: String, _ fields: [String: String]) async throws -> String {
      let response = try await post(path, fields)
      #expect(response.status == .seeOther, "\(path): \(String(buffer: response.body))")
      return response.headers[.location] ?? ""
    }
  }

  private static let table = [
    "unit": "1", "person": "patient", "rows-of-person": "1", "row-count": "no", "about": "",
  ]
  private static let columns = [
    "role.0": "i", "meaning.0": "number of the patient", "low.0": "", "high.0": "",
    "role.1": "q", "low.1": "0", "high.1": "120", "meaning.1": "age <in> years",
    "role.2": "s", "limits.2": "seen", "values.2": "", "meaning.2": "",
    "role.3": "o", "low.3": "", "high.3": "", "meaning.3": "back",
    "role.4": "p", "limits.4": "learn", "values.4": "", "meaning.4": "",
  ]

  @Test func aStewardGoesFromTheTableToARelease() async throws {
    let desk = try await Desk()
    try await desk.visit { browser in
      #expect(try await browser.page("/table").contains("Each row is a different person"))
      #expect(try await browser.pass("/table", Self.table) == "/columns/1")
      let cards = try await browser.page("/columns/1")
      #expect(cards.contains("<h3>age</h3>") && cards.contains("name=\"limits.2\""))
      #expect(try await browser.pass("/columns/1", Self.columns) == "/sign")
      let sign = try await browser.page("/sign")
      #expect(sign.contains("age &lt;in&gt; years") && !sign.contains("age <in>"))
      #expect(try await browser.pass("/sign", ["name": "R. Steward"]) == "/price")
      let price = try await browser.page("/price")
      for words in ["ε 0.3", "ε 10", "role=\"img\"", "Invented numbers", "73.2 %"] {
        #expect(price.contains(words), "\(words)")
      }
      #expect(try await browser.pass("/price", ["epsilon": "2"]) == "/plan")
      #expect(try await browser.page("/plan").contains("The plan for ε 2"))
      #expect(try desk.names() == ["patients.csv"])
      let end = try await browser.pass("/plan", ["release": "yes", "folder": "out"])
      #expect(end == "/end")
      let news = String(buffer: try await browser.get("/progress").body)
      #expect(news.contains("\"ended\":true"))
      let done = try await browser.page("/end")
      #expect(done.contains("The release is made") && done.contains("ε 2 spent"))
      #expect(try await browser.get("/plan").headers[.location] == "/end")
      #expect(try await browser.page("/end").contains("Done"))
      let left = try await browser.post("/leave", [:], token: Self.token(done))
      #expect(String(buffer: left.body).contains("You can close this window"))
    }
    let schema = try desk.text("patients.schema.yaml")
    #expect(schema.contains("reviewed: {by: R. Steward"))
    #expect(schema.contains("meaning: back") && schema.contains("meaning: age <in> years"))
    #expect(!schema.contains(Desk.canary))
    #expect(try desk.text("patients.start.sh").contains("--epsilon 2 -o out"))
    #expect(try desk.text("out/manifest.json").contains("R. Steward"))
  }

  @Test func aReleaseThatCannotBeMadeIsSaidAndTheFilesStay() async throws {
    let desk = try await Desk()
    try FileManager.default.createDirectory(
      at: desk.folder.appending(path: "out"), withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: desk.folder.appending(path: "out/mine.txt"))
    try await desk.visit { browser in
      _ = try await browser.pass("/table", Self.table)
      _ = try await browser.pass("/columns/1", Self.columns)
      _ = try await browser.pass("/sign", ["name": "R. Steward"])
      _ = try await browser.pass("/price", ["epsilon": "1"])
      _ = try await browser.pass("/plan", ["release": "yes", "folder": "out"])
      _ = try await browser.get("/progress")
      let done = try await browser.page("/end")
      #expect(done.contains("The release was not made") && !done.contains("The release is made"))
      #expect(done.contains("patients.schema.yaml"))
    }
    #expect(try desk.text("out/mine.txt") == "mine")
    #expect(try desk.text("patients.start.sh").contains("-o out"))
  }

  private static func token(_ page: String) -> String {
    page.firstMatch(of: /name="token" value="([^"]+)"/).map { String($0.output.1) } ?? ""
  }

  @Test func nothingIsLeftOfAStartThatEndsHalfWay() async throws {
    let desk = try await Desk()
    try await desk.visit { browser in
      _ = try await browser.pass("/table", Self.table)
      _ = try await browser.pass("/columns/1", Self.columns)
      _ = try await browser.pass("/sign", ["name": "R. Steward"])
      _ = try await browser.pass("/price", ["epsilon": "1"])
    }
    desk.program.end()
    desk.program.waitForEnd()
    #expect(try desk.names() == ["patients.csv"])
    await #expect(throws: FormsProgram.Fault.self) { try await desk.program.reply(to: [:]) }
  }

  @Test func pagesWaitForWhatTheyRestOnAndBackWorks() async throws {
    let desk = try await Desk()
    try await desk.visit { browser in
      for path in ["/columns/1", "/sign", "/price", "/plan", "/end"] {
        #expect(try await browser.get(path).headers[.location] == "/table", "\(path)")
      }
      _ = try await browser.pass("/table", Self.table)
      _ = try await browser.pass("/columns/1", Self.columns)
      _ = try await browser.pass("/sign", ["name": "R. Steward"])
      // Back at the columns, all is as it was typed; a change has to be signed again.
      let cards = try await browser.page("/columns/1")
      #expect(cards.contains("value=\"120\"") && cards.contains("value=\"number of the patient\""))
      _ = try await browser.pass("/columns/1", Self.columns.merging(["high.1": "130"]) { $1 })
      #expect(try await browser.get("/price").headers[.location] == "/sign")
      // The same page, sent without a change, takes no signature away.
      _ = try await browser.pass("/sign", ["name": "R. Steward"])
      _ = try await browser.pass("/columns/1", Self.columns.merging(["high.1": "130"]) { $1 })
      #expect(try await browser.get("/price").status == .ok)
    }
  }

  @Test func aColumnThatIsModelledAfterAllIsAskedAboutItsValues() async throws {
    let desk = try await Desk()
    try await desk.visit { browser in
      _ = try await browser.pass("/table", Self.table)
      let cards = try await browser.page("/columns/1")
      #expect(!cards.contains("name=\"limits.4\"") && cards.contains("name=\"role.4\""))
      let fields = Self.columns.merging(["role.4": "o"]) { $1 }.filter { $0.key != "limits.4" }
      let asked = try await browser.post("/columns/1", fields)
      let page = String(buffer: asked.body)
      #expect(asked.status == .unprocessableContent && page.contains("One more question"))
      #expect(page.contains("name=\"limits.4\""))
      #expect(
        try await browser.pass("/columns/1", fields.merging(["limits.4": "learn"]) { $1 })
          == "/sign")
    }
  }

  @Test func anAnswerThatCannotBeTakenIsSaidAtItsField() async throws {
    let desk = try await Desk()
    try await desk.visit { browser in
      _ = try await browser.pass("/table", Self.table)
      for (field, value, words) in [
        ("high.1", "-5", "lower value comes first"), ("high.1", "", "Write two values"),
        ("role.1", "p", "not as text"), ("limits.2", "write", "Write each value once"),
      ] {
        let wrong = try await browser.post(
          "/columns/1", Self.columns.merging([field: value]) { $1 })
        let page = String(buffer: wrong.body)
        #expect(wrong.status == .unprocessableContent, "\(field)")
        #expect(page.contains("One answer cannot be taken") && page.contains(words), "\(words)")
        #expect(
          page.contains("class=\"fault\"") && page.contains("value=\"number of the patient\""))
      }
      _ = try await browser.pass("/columns/1", Self.columns)
      let nobody = try await browser.post("/sign", ["name": ""])
      #expect(nobody.status == .unprocessableContent)
      _ = try await browser.pass("/sign", ["name": "back"])
      for wrong in ["0", "", "99", "yes"] {
        #expect(
          try await browser.post("/price", ["epsilon": wrong]).status == .unprocessableContent)
      }
      #expect(try desk.names() == ["patients.csv"])
    }
  }

  @Test func onlyTheBrowserThatOpenedTheAddressIsServed() async throws {
    let desk = try await Desk()
    let site = desk.site
    try await Application(router: site.router()).test(.router) { client in
      let guessed = try await client.execute(
        uri: "/open/AAAA", method: .get)
      #expect(guessed.status == .forbidden)
      let unknown = try await client.execute(
        uri: "/table", method: .get)
      #expect(unknown.status == .forbidden)
      #expect(!String(buffer: unknown.body).contains("patient"))
    }
    try await desk.visit { browser in
      let again = try await browser.client.execute(
        uri: "/open/\(site.key)", method: .get)
      #expect(again.status == .forbidden && again.headers[.setCookie] == nil)
      #expect(try await browser.post("/table", Self.table, token: "forged").status == .forbidden)
      let token = Self.token(try await browser.page("/table"))
      let elsewhere = try await browser.client.execute(
        uri: "/table", method: .post,
        headers: [
          .cookie: browser.cookie, .init("Sec-Fetch-Site")!: "cross-site",
        ], body: ByteBuffer(string: "token=\(token)&unit=1"))
      #expect(elsewhere.status == .forbidden)
      let page = try await browser.get("/table")
      #expect(page.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
      #expect(page.headers[.cacheControl] == "no-store")
      #expect(try await browser.get("/columns/1").headers[.location] == "/table")
    }
  }

  /// A name of somebody else may be pointed at this machine.
  @Test func onlyNamesOfThisMachineAreServed() {
    for name in ["localhost", "localhost:8000", "127.0.0.1:8000"] {
      #expect(StartSite.isThisMachine(name), "\(name)")
    }
    for name in [
      "evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example", "",
      nil,
    ] {
      #expect(!StartSite.isThisMachine(name), "\(name ?? "none")")
    }
  }

  /// The command prints an address and no cell, and an interrupt ends it with nothing written.
  @Test func theCommandEndsAtAnInterruptAndLeavesNothing() async throws {
    let desk = try await Desk()
    let (process, output, errors) = (Process(), Pipe(), Pipe())
    process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent()
      .appending(path: "understudy-hub")
    process.arguments = [
      "start", "--understudy", Desk.built.path, "patients.csv", "--ledger", "ledger.sqlite",
    ]
    process.currentDirectoryURL = desk.folder
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    var said = ""
    while !said.contains("/open/") {
      let more = output.fileHandleForReading.availableData
      try #require(!more.isEmpty, "it ended before it printed an address: \(said)")
      said += String(decoding: more, as: UTF8.self)
    }
    process.interrupt()
    process.waitUntilExit()
    said += String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.terminationStatus == 0 && process.terminationReason == .exit)
    #expect(said.contains("http://localhost:") && !said.contains(Desk.canary))
    #expect(try desk.names() == ["patients.csv"])
  }

  @Test func theProgramsWordsReachWhoeverStartsIt() async throws {
    let folder = FileManager.default.temporaryDirectory
    let program = try FormsProgram(Desk.built, ["no-such-table.csv"], folder: folder)
    await #expect(throws: FormsProgram.Fault.self) { _ = try await program.sheet() }
    #expect(throws: FormsProgram.Fault.self) {
      _ = try FormsProgram(folder.appending(path: "nobody"), ["x.csv"])
    }
  }
}

/// The pure parts: answers, pictures.
@Suite struct StartAnswerTests {
  private static let sheet: Sheet = {
    let columns = (["bounds", "categories"] + Array(repeating: "none", count: 11)).enumerated()
      .map {
        "{\"name\": \"c\($0.offset)\", \"role\": \"ordinary\", \"sights\": [], \"limits\": \"\($0.element)\"}"
      }.joined(separator: ", ")
    let text = """
      {"table": "t.csv", "rows": 10, "notes": [], "questions": {}, "rules": [], "examples": [],
        "roles": [{"letter": "o", "word": "ordinary", "does": ""}], "columns": [\(columns)],
        "schemaFile": "t.schema.yaml", "scriptFile": "t.start.sh"}
      """
    guard let sheet = try? JSONDecoder().decode(Sheet.self, from: Data(text.utf8)) else {
      fatalError("the sheet of the tests is not as described")
    }
    return sheet
  }()

  private static func rules(_ texts: [String]) -> [Reply.Rule] {
    texts.compactMap { text in
      let json = Data("{\"text\": \"\(text)\", \"holdsValues\": false}".utf8)
      return try? JSONDecoder().decode(Reply.Rule.self, from: json)
    }
  }

  @Test func emptyFieldsAreNeverTheUsualAnswer() {
    var answers = Answers()
    answers.take(
      ["unit": ["2"], "rows-of-person": [""], "row-count": ["about"], "about": [""]], of: .table)
    answers.take(
      [
        "role.0": ["o"], "low.0": [""], "high.0": [""], "meaning.0": [""],
        "role.1": ["o"], "limits.1": ["write"], "values.1": [""],
      ], of: .columns(0))
    let given = answers.description(Self.sheet)
    #expect(given["rows-of-person"] == "0" && given["row-count"] == "0")
    #expect(given["limits.0"] == "learn" && given["meaning.0"] == "-")
    #expect(given["limits.1"] == ",")
    #expect(given["name"] == nil && given["epsilon"] == nil)
  }

  @Test func rulesAreNamedByTheirPlaceAmongThoseThatAreLeft() {
    var answers = Answers()
    answers.take(["name": ["R"], "keep": ["b <= c"]], of: .signature)
    let rules = Self.rules(["a <= b", "b <= c", "never d"])
    #expect(answers.all(Self.sheet, rules: rules)["rules"] == "1 3")
    #expect(answers.all(Self.sheet, rules: [rules[1]])["rules"] == "none")
    answers.take(["unit": ["1"]], of: .table)
    #expect(answers.all(Self.sheet, rules: rules)["rules"] == nil && answers.kept == nil)
  }

  @Test func theRestIsTakenAsProposed() {
    var answers = Answers()
    answers.take(["role.0": ["s"]], of: .columns(0))
    answers.takeRest(from: 0, Self.sheet)
    let given = answers.description(Self.sheet)
    #expect(given["role.0"] == "s" && given["role.12"] == "o" && given["limits.1"] == "learn")
    #expect(Answers.pages(Self.sheet) == 2 && Answers.columns(of: 1, Self.sheet) == 10..<13)
    #expect(Answers.page(of: "limits.10") == .columns(1) && Answers.page(of: "name") == .signature)
  }

  /// The pictures show as much noise as the plan says: the distance is the error, or all noise.
  @Test(arguments: [0, 0.01, 0.1, 0.3, 0.45]) func picturesAreAsFarAsThePlanSays(_ error: Double) {
    for shares in [Rehearsal.column, Rehearsal.pair] {
      let noisy = Rehearsal.noisy(shares, error: error)
      #expect(abs(Rehearsal.distance(shares, noisy) - error) < 1e-6 && noisy.allSatisfy { $0 >= 0 })
      #expect(abs(noisy.reduce(0, +) - 1) < 1e-9)
    }
    #expect(Rehearsal.noisy(Rehearsal.pair, error: 1) != Rehearsal.pair)
  }

  @Test func errorsAreSaidInWords() {
    #expect(Rehearsal.wrong(0.001) == "fewer than 1 of 100 rows are")
    #expect(Rehearsal.wrong(0.012) == "1 of 100 rows is")
    #expect(Rehearsal.wrong(1) == "nearly all rows are")
  }

  @Test func aLineOfProgressIsRead() {
    let step = FormsProgram.step("Learning each column: 40 % of its budget used, 3 columns")
    #expect(step == .init(phase: "Learning each column", percent: 40))
    #expect(FormsProgram.step("Warning: a note of 40 % or so") == nil)
  }
}
