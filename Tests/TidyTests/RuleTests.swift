import Testing

/// Each rule catches a planted violation and accepts permitted code.
@Suite struct RuleTests {
  private func file(_ text: String, path: String = "Sources/Evidence/Quality/Planted.swift")
    -> SourceText
  {
    SourceText(path: path, text: text)
  }

  @Test func maskKeepsCodeAndBlanksTheRest() {
    let masked = SourceMask.codeOnly(
      """
      let a = "x { \\(b("}") + c) } " // { comment
      /* one /* two */ { */ let d = #"raw " \\( { "# + e
      let f = /"{[(]/
      let g = h / i / j
      """)
    let lines = masked.split(separator: "\n").map { String($0.filter { !$0.isWhitespace }) }
    #expect(lines == ["leta=b()+c", "letd=+e", "letf=", "letg=h/i/j"])
  }

  @Test func maskUnderstandsStringsOfManyLines() {
    let masked = SourceMask.codeOnly(
      "let a = \"\"\"\n  { \" \"\" \\\"\"\" {\n  \"\"\"\nlet b = 1 // ok\n")
    #expect(
      masked.split(separator: "\n").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
        == ["leta=", "letb=1"])
  }

  @Test func maskKeepsTheContentsOfStrings() {
    let literals = SourceMask.separate("let a = \"x \\(b(\"y\")) z\"  // \"w\"\nlet c = #\"v\"#\n")
      .literals
    #expect(literals.split(separator: "\n").map { $0.filter { !$0.isWhitespace } } == ["xyz", "v"])
  }

  @Test func optionsInTextsBelowTheDoorsAreFound() {
    let text =
      "/// `--seed`\nlet a = \"say --force\"  // --keys\nlet b = c(--d, \"a--b -- --\")\nlet e = \"\"\"\n  --epsilon 1\n  \"\"\"\n"
    #expect(FlagRule.violations(in: file(text)).map(\.line) == [2, 5])
    #expect(
      FlagRule.violations(in: file(text, path: "Sources/Doors/CommandLine/Planted.swift")).isEmpty)
    #expect(FlagRule.violations(in: file(text, path: "Tests/QualityTests/Planted.swift")).isEmpty)
    #expect(
      FlagRule.violations(in: file(text, path: "Sources/Evidence/Policies/Gate/Gate.swift")).isEmpty
    )
  }

  @Test func foldersThatUseEachOtherAreFound() {
    let files = [
      file(
        "struct Upper { let lower: Lower }", path: "Sources/Publishing/Reports/Upper/Upper.swift"),
      file("struct Lower {}", path: "Sources/Publishing/Reports/Lower/Lower.swift"),
      file(
        "struct Root { let upper: Upper }\nextension Lower { let root: Root? }",
        path: "Sources/Publishing/Reports/Root.swift"),
    ]
    #expect(FolderRule.cycles(in: files).isEmpty)
    let upward = "// Upper\nextension Lower { var upper: Upper? { nil } }"
    let back = file(upward, path: "Sources/Publishing/Reports/Lower/Lower+Upper.swift")
    #expect(FolderRule.cycles(in: files + [back]).count == 1)
    #expect(FolderRule.cycles(in: files + [back], rooms: ["Releases"]).isEmpty)
  }

  @Test func enginesToldApartAreFound() throws {
    let text =
      "extension Engine { static let aim = Engine(A()) }\nif engine == .aim {}\nswitch engine {\ncase .aim: 1\n}\nlet a = Engine.aim\n"
    let rule = try EngineRule([file(text)])
    #expect(rule.engines == ["aim"])
    #expect(rule.violations(in: file(text)).map(\.line) == [2, 4])
    #expect(rule.violations(in: file(text, path: "Sources/Models/Engines/Planted.swift")).isEmpty)
    #expect(rule.violations(in: file(text, path: "Tests/QualityTests/Planted.swift")).isEmpty)
  }

  @Test func errorsWithoutWordsForEveryCaseAreFound() {
    let text = """
      extension A {
        var id: String {
          switch self {
          case .b: "b"
          default: "other"
          }
        }
        init(_ error: E) {
          switch error {
          default: self = .b
          }
        }
      }
      extension C {
        package var description: String {
          switch self {
          default: ""
          }
        }
      }
      """
    #expect(ErrorRule.defaults(in: file(text), errors: ["A"]).map(\.line) == [5])
    #expect(ErrorRule.defaults(in: file(text), errors: ["A", "C"]).map(\.line) == [5, 17])
  }

  @Test func theSurfaceHoldsSignaturesWithoutBodies() {
    let text = """
      public enum E: Sendable {
        case a
        case b(Int)
      }
      package enum F {
        case c
      }
      extension S {
        public func f(
          a: Int = 1, b: (Int) -> Void = { _ in }
        ) -> Int {
          1
        }
        public var c: [Int] { d.map { $0 } }
        var e = 1
      }

      """
    let surface = PublicSurface([file(text)])
    #expect(surface.lines == 3 && surface.rooms == ["Quality"])
    #expect(
      surface.text == """
        E.case a
        E.case b(Int)
        S.func f(a: Int = 1, b: (Int) -> Void = { _ in }) -> Int
        S.var c: [Int]
        enum E: Sendable

        """)
  }

  @Test(arguments: [68, 69]) func longFunctionsAreFound(statements: Int) {
    for head in [
      "func f() {", "  private static func f(\n    a: () -> Void = {}\n  ) -> Int {",
      "init?(a: Int) {", "var x: Int {",
    ] {
      let body = String(
        repeating: "  g(\"}\")\n", count: statements + 1 - head.split(separator: "\n").count)
      let violations = LengthRules.violations(in: file("struct S {\n\(head)\n\(body)}\n}\n"))
      #expect(violations.count == (statements > 68 ? 1 : 0), "\(head)")
    }
  }

  @Test func requirementsOfProtocolsAreNotFunctions() {
    let lines = String(repeating: "  /// Text.\n", count: 90)
    let text =
      "protocol P {\n  func f()\n\(lines)  func g() -> Int\n  var x: Int { get }\n}\nstruct S {\n  func h() { 1 }\n}\n"
    #expect(LengthRules.functions(in: file(text)).map(\.count) == [1])
  }

  @Test func longLinesAndFilesAreFound() {
    let line = String(repeating: "x", count: 101)
    #expect(LengthRules.violations(in: file("\n\(line)\n")).map(\.line) == [2])
    #expect(LengthRules.violations(in: file("\n\"\(line)\"\n")).isEmpty)
    let text = "\"" + String(repeating: "x", count: 139) + "\""
    #expect(LengthRules.violations(in: file("\n\(text)\n")).map(\.line) == [2])
    #expect(LengthRules.violations(in: file(String(repeating: "\n", count: 600))).isEmpty)
    #expect(
      LengthRules.violations(in: file(String(repeating: "\n", count: 601))).map(\.line) == [0])
  }

  @Test func undocumentedPublicIsFound() {
    let text = """
      public struct A {
        /// Documented.
        @inlinable
        public func b() {}
        package func c() {}
        public static let d = 1
        @discardableResult public mutating func e() -> Int { 1 }
        public internal(set) var f = "public func"
        public var description: String { "a" }
      }
      public extension A {}
      public import Tables
      """
    #expect(DocumentationRule.violations(in: file(text)).map(\.line) == [1, 6, 7, 8])
    #expect(DocumentationRule.violations(in: file(text, path: "Tests/ATests/A.swift")).isEmpty)
  }

  @Test(arguments: [
    "let a = Double.random(in: 0..<1)", "let a = Bool.random()",
    "var g = SystemRandomNumberGenerator()", "let a = b.shuffled()",
    "a.shuffle(using: &g)", "let a = b.randomElement()", "let a = try! b()", "fatalError(\"x\")",
    "print(\"x\")", "  Swift.f(); print (1)",
    "let a = \"\\(b.shuffled())\"", "// TO" + "DO later", "let s = \"FIX" + "ME\"",
    "let p = \"/ho" + "me/x\"", "// see /tm" + "p/x",
  ])
  func bannedCallsAreFound(line: String) {
    #expect(BannedCalls.violations(in: file("let x = 1\n\(line)\n")).map(\.line) == [2], "\(line)")
  }

  @Test(arguments: [
    "let a = b.random", "// never print(x)", "let a = \"try! fatalError()\"", "a.print(b)",
    "blueprint(c)",
    "let u = \"https://x.org/ho" + "me/y\"",
    "let q = \"$root/wor" + "k/x\"", "let a = try? b()",
  ])
  func harmlessLinesPass(line: String) {
    #expect(BannedCalls.violations(in: file(line)).isEmpty, "\(line)")
  }

  @Test(arguments: [
    "let process = Process()", "let p = Foundation.Process()", "let p = Process.init()",
    "try Process.run(a, arguments: [])",
    "let child = fork()", "posix_spawn(&pid, path, nil, nil, nil, nil)",
    "let status = system(line)", "guard let f = popen(a, b) else {",
    "@Test(.timeLimit(.minutes(2))) func f() {", "let end = Date().addingTimeInterval(60)",
    "alarm(10)",
    "#expect(marginals < .seconds(10) && a)", "  #expect(seconds < 300)",
    "#expect(clock.measure { f() } <= .milliseconds(5))",
    "await #expect(processExitsWith: .success) { [parent] in",
  ])
  func otherProgramsAndLimitsOfTimeAreFound(line: String) {
    #expect(
      ProgramRule.violations(in: file("let x = 1\n\(line)\n", path: "Tests/ATests/A.swift")).map(
        \.line) == [2], "\(line)")
    #expect(ProgramRule.violations(in: file(line, path: "Sources/Data/A/A.swift")).isEmpty)
    #expect(ProgramRule.violations(in: file(line, path: "Tests/Support/A/A.swift")).isEmpty)
  }

  @Test(arguments: [
    "try TestProgram(path, [])", "// Process() and .timeLimit(", "let a = ProcessInfo.processInfo",
    "#expect(waited >= .milliseconds(150))",
    "struct Process {", "subprocess(a)", "let seconds = Duration.seconds(2)",
    "await #expect(processExitsWith: .success) { [parent] in\n  TestProgram.endsWith(parent: parent)",
  ])
  func otherLinesOfTestsPass(line: String) {
    #expect(ProgramRule.violations(in: file(line, path: "Tests/ATests/A.swift")).isEmpty, "\(line)")
  }

  @Test func placesOfTheirOwnPass() {
    let generator = "var g = SystemRandomNumberGenerator()"
    #expect(
      BannedCalls.violations(in: file(generator, path: "Sources/Privacy/Mechanisms/A.swift"))
        .isEmpty)
    #expect(
      !BannedCalls.violations(in: file(generator, path: "Sources/Privacy/Ledger/A.swift")).isEmpty)
    #expect(
      BannedCalls.violations(in: file("print(1)", path: "Sources/Doors/CommandLine/A.swift"))
        .isEmpty)
    #expect(
      BannedCalls.violations(in: file("print(1)", path: "Tests/PrivacyTests/A.swift")).isEmpty)
  }

  private let manifest = """
    targets: [
      room("Tables", on: "Data", ["CZlib", yams]),
      room("Privacy", on: "Privacy", ["Tables", crypto]),
      room(
        "Quality", on: "Evidence", ["Tables"]),
      room("Kernels", on: "Basics"),
    ]
    """

  @Test func forbiddenImportsAreFound() {
    let rule = ImportRule(manifest: manifest)
    #expect(rule.rooms == ["Tables", "Privacy", "Quality", "Kernels"])
    #expect(rule.floorsInOrder == ["Data", "Privacy", "Evidence", "Basics"])
    let text =
      "import Foundation\nimport Tables\npackage import Privacy\n// import Privacy\nimport struct Privacy.Ledger\n"
    #expect(rule.violations(in: file(text)).map(\.line) == [3, 5])
    #expect(
      rule.violations(in: file("import Tables", path: "Sources/Basics/Kernels/A.swift")).map(\.line)
        == [1])
    #expect(rule.violations(in: file("import Privacy", path: "Tests/QualityTests/A.swift")).isEmpty)
    #expect(rule.backwardImports == [])
    #expect(
      ImportRule(manifest: "\n  room(\"A\", on: \"X\", [\"B\"]),\n  room(\"B\", on: \"X\"),")
        .backwardImports.count == 1)
  }

  @Test func theTableOfRoomsIsCompared() {
    let rule = ImportRule(manifest: manifest)
    let good = """
      | `Tables` | tables | – |
      | `Privacy` | privacy of `Rows` | `Tables` |
      | `Quality` | quality | `Tables` |
      | `Kernels` | C | – |
      """
    let withoutPackages = ImportRule(manifest: manifest.replacing("\"CZlib\", ", with: ""))
    #expect(ArchitectureTable(markdown: good).differences(from: withoutPackages) == [])
    #expect(ArchitectureTable(markdown: good).differences(from: rule).count == 1)
    #expect(ArchitectureTable(markdown: "").differences(from: rule).count == 4)
  }

  @Test func usesOfTheOwnersDoorAreCounted() {
    let text = "let a = b.openForOwner(reason: c)\n// openForOwner(\nlet d = \"openForOwner(\"\n"
    let declaration = "package consuming func openForOwner(reason: String) -> Table {"
    let files = [
      file(text), file(declaration, path: "Sources/Privacy/Curation/A.swift"),
      file(text, path: "Tests/ATests/A.swift"),
    ]
    #expect(OwnerDoor.uses(in: files) == ["Sources/Evidence/Quality/Planted.swift": 1])
  }

  @Test func wordsOfCommentsAreCounted() {
    let text =
      "/// Where it is what the owner said, if so.\nlet where_ = \"// what is\" // if\n  // What a day it was.\n"
    let style = CommentStyle([file(text), file(text, path: "Tests/ATests/A.swift")])
    #expect(style.words == 14)
    #expect(
      CommentStyle([file(text), file(text, path: "Tests/ATests/A.swift")], ofSources: false)
        == style)
    #expect(
      style.wheresPerThousand == 1000.0 / 14 && style.questionsPerThousand == 2000.0 / 14
        && style.ifsPerThousand == 1000.0 / 14)
  }

  @Test func errorsAndTheirNamesAreFound() {
    let errors = "enum AError: Error, Equatable {\n}\nstruct B: Sendable {}\n// enum C: Error {\n"
    let names =
      "  package var id: String {\n    switch self {\n    case .a: \"a.b-c\"\n    }\n  }\n  let d: String = \"e\"\n"
    let words = file(
      "    case let error as AError:\n      self.init(x, id: \"f.g\")\n    case let error as H.Problem: y\n",
      path: ErrorRule.words)
    let files = [
      file(errors + names), words,
      file(errors.replacing("AError", with: "TestError"), path: "Tests/ATests/A.swift"),
    ]
    #expect(ErrorRule.declared(in: files) == ["AError"])
    #expect(ErrorRule.described(in: files) == ["AError", "Problem"])
    #expect(ErrorRule.identifiers(in: files) == ["a.b-c", "f.g"])
    #expect(
      ErrorRule.listed(
        on: "x\n| about | `id` |\n|---|---|\n| a | `a.b-c`, `f.g` |\n\n| h | `i` |\n") == [
          "a.b-c", "f.g",
        ])
  }

  @Test func readersOfOwnersRowsAreFound() {
    let reader = "let rows = table.ownersRows\n"
    let mentions = "// table.ownersRows\nlet a = \"ownersRows\"\n"
    let files = [
      file(reader), file(mentions, path: "Sources/Privacy/Curation/A.swift"),
      file(reader, path: "Tests/ATests/A.swift"),
    ]
    #expect(OwnerDoor.rowReaders(in: files) == ["Sources/Evidence/Quality/Planted.swift"])
  }

  @Test func curatorsWithoutAGuaranteeAreFound() {
    let calls =
      "let a = Curator(table, blueprint: b)\n// Curator(seeded: c)\nlet d = Curator(\n  audited: e)\nlet f = Curator.init(seeded: g)\n"
    let declaration = "  package convenience init(seeded table: consuming SensitiveTable) {"
    let files = [
      file(calls), file(declaration, path: "Sources/Privacy/Curation/A.swift"),
      file(calls, path: "Tests/ATests/A.swift"),
    ]
    let path = "Sources/Evidence/Quality/Planted.swift"
    #expect(
      OwnerDoor.openCurators(in: files)
        == [
          OwnerDoor.OpenCurator(door: "audited", path: path),
          OwnerDoor.OpenCurator(door: "seeded", path: path),
        ])
  }

  @Test func networksInsideTheWallAreFound() {
    let network = "package final class Critic: Chain, GradientComputation {\n"
    let long =
      "final class A:\n  Privacy.GradientComputation,\n  Sendable\n{\n}\nextension B.C: GradientComputation {}\n"
    let mention =
      "  func run(_ computation: any GradientComputation, on rows: Int) {}\n// class A: GradientComputation {\n"
    let files = [
      file(network), file(mention, path: "Sources/Privacy/Curation/A.swift"),
      file(network, path: "Tests/ATests/A.swift"),
      file(long, path: "Sources/Privacy/Curation/B.swift"),
    ]
    #expect(
      OwnerDoor.declaredGradientComputations(in: files)
        == [
          "Sources/Evidence/Quality/Planted.swift": ["Critic"],
          "Sources/Privacy/Curation/B.swift": ["A", "C"],
        ])
  }

  @Test func examinedNetworksAreFound() {
    let tests =
      "  static let all = [\n    Examined(Critic.self) { 1 },\n    // Examined(Other.self)\n    Examined(\"Third.self\")\n  ]\n"
    #expect(
      OwnerDoor.examined(in: [file(tests, path: OwnerDoor.examinations), file(tests)]) == ["Critic"]
    )
    #expect(OwnerDoor.examined(in: [file(tests)]) == [])
  }
}
