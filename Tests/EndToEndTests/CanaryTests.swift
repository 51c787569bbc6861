import Foundation
import Tables
import Testing

/// Marked values, pushed through every failure that the command line can reach. They appear nowhere
/// in its output or in the files it leaves behind.
@Suite(.enabled(if: Command.built != nil, Command.absence))
struct CanaryTests {
  /// A word, a number and a date: anything that a message might quote.
  static let marks = ["CANARY7f3a9", "73591042", "1873-05-19", "canary7f3a9"]

  static let header = "name,age,town,day,until,code,meaning,score,ok"
  static let line =
    "CANARY7f3a9 Smith,31,CANARY7f3a9,1873-05-19,1873-05-19,CANARY7f3a9,CANARY7f3a9,73591042.5,yes"

  static func ordinary(_ rows: Int) -> String {
    (0..<rows).map {
      "Ann\($0),\(20 + $0 % 50),\(["Ashby", "Corby"][$0 % 2]),2024-01-\(10 + $0 % 20),2024-02-11,K\($0 % 3),meaning \($0 % 3),\($0).5,"
        + "\(["yes", "no"][$0 % 2])\n"
    }.joined()
  }

  static func table(_ extra: String = line) -> String { "\(header)\n\(ordinary(40))\(extra)\n" }

  static func schema(_ change: (inout Schema) -> Void = { _ in }) -> Schema {
    var schema = Schema(
      name: "stays",
      columns: [
        ColumnSchema(name: "name", type: .identifier, role: .identifier(.personName)),
        ColumnSchema(name: "age", type: .integer), ColumnSchema(name: "town", type: .category),
        ColumnSchema(name: "day", type: .date(.iso)),
        ColumnSchema(name: "until", type: .date(.iso)),
        ColumnSchema(name: "code", type: .category), ColumnSchema(name: "meaning", type: .category),
        ColumnSchema(name: "score", type: .decimal(fractionDigits: 1)),
        ColumnSchema(name: "ok", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))),
      ],
      rules: [
        .ordered(earlier: "day", later: "until"),
        .determines(determinant: "code", dependent: "meaning"),
      ])
    change(&schema)
    return schema
  }

  struct Failure: Sendable, CustomTestStringConvertible {
    let name: String
    var bytes: [UInt8]
    var file = "people.csv"
    var schema: Schema?
    /// The arguments; the table is `people.csv` and the schema `people.yaml`.
    var words: String
    var status: Int32 = 1
    var testDescription: String { name }

    init(
      _ name: String, _ text: String, words: String = "synthesize people.csv --epsilon 1 -o release"
    ) {
      self.init(name, bytes: Array(text.utf8), words: words)
    }

    init(
      _ name: String, bytes: [UInt8], words: String = "synthesize people.csv --epsilon 1 -o release"
    ) {
      self.name = name
      self.bytes = bytes
      self.words = words
    }

    /// Reads a file against a schema that it does not fit.
    init(against name: String, _ text: String, _ change: (inout Schema) -> Void = { _ in }) {
      self.init(
        name, text, words: "synthesize people.csv --schema people.yaml --epsilon 1 -o release")
      schema = CanaryTests.schema(change)
    }
  }

  static let unreadable: [Failure] = [
    Failure("ragged, too long", table(line + ",73591042")),
    Failure("ragged, too short", table("CANARY7f3a9,73591042")),
    Failure("ragged first row", "\(header)\nCANARY7f3a9\n"),
    Failure("NUL", table(line + "\u{0}")),
    Failure("NUL in a label", table("CANARY7f3a9\u{0}" + line)),
    Failure(
      "invalid UTF-8",
      bytes: Array(table("CANARY7f3a9").utf8.dropLast()) + [0xE9, 0x20] + Array((line + "\n").utf8)),
    Failure(
      "UTF-16", bytes: [0xFF, 0xFE] + table().utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
    Failure("unclosed quote", table("\"" + line)),
    Failure("text after a quote", table("\"CANARY7f3a9\"CANARY7f3a9,1" + line)),
    Failure(
      "cell of 10 MB", table(String(repeating: "CANARY7f3a9", count: 1_000_000) + "," + line)),
    Failure("carriage returns only", table().replacing("\n", with: "\r")),
    Failure(
      "gzip without its name",
      bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + Array("CANARY7f3a9".utf8)),
    gzip("damaged gzip", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + Array(table().utf8)),
    gzip("no gzip inside", Array(table().utf8)),
    Failure("empty file", ""),
  ]

  private static func gzip(_ name: String, _ bytes: [UInt8]) -> Failure {
    var failure = Failure(
      name, bytes: bytes, words: "synthesize people.csv.gz --epsilon 1 -o release")
    failure.file = "people.csv.gz"
    return failure
  }

  /// Rows that the schema does not foresee: accepted with a remark, or refused with `--strict`.
  static let misfits: [Failure] = [
    Failure(against: "words among integers", table(line.replacing(",31,", with: ",CANARY7f3a9,"))),
    Failure(against: "words among dates", table(line.replacing("1873-05-19", with: "CANARY7f3a9"))),
    Failure(
      against: "words among decimals", table(line.replacing("73591042.5", with: "CANARY7f3a9"))),
    Failure(
      against: "a third word among yes and no", table(line.replacing(",yes", with: ",CANARY7f3a9"))),
    Failure(
      against: "finer decimals", table(line.replacing("73591042.5", with: "73591042.73591042"))),
    Failure(against: "missing where not allowed", table(line.replacing(",31,", with: ",,"))),
    Failure(
      against: "order broken",
      table(line.replacing("1873-05-19,1873-05-19", with: "1873-05-19,1873-05-18"))),
    Failure(
      against: "determines broken",
      table(line + "\n" + line.replacing("CANARY7f3a9,7359", with: "other,7359"))),
    Failure(against: "person missing", table(line.replacing("CANARY7f3a9 Smith", with: ""))) {
      $0.unit = .person(column: "name", maximumRows: 2)
    },
  ]

  /// Files whose header differs from the schema's.
  static let strangers: [Failure] = [
    Failure(against: "column missing", table().replacing(",town,", with: ",CANARY,")),
    Failure(against: "person column absent", table().replacing("name,", with: "nome,")) {
      $0.unit = .person(column: "name", maximumRows: 2)
    },
    Failure(against: "column not described", table()) { $0.columns.remove(at: 2) },
    Failure(
      against: "no header where one is expected",
      table().split(separator: "\n").dropFirst().joined(separator: "\n")),
    Failure(against: "another delimiter", table().replacing(",", with: ";")),
    Failure(against: "only identifiers", table()) { schema in
      for index in schema.columns.indices { schema.columns[index].role = .drop }
      schema.rules = []
    },
  ]

  static let refusals: [Failure] = [
    Failure(
      "unknown target", table(),
      words: "synthesize people.csv --epsilon 1 -o release --target height"),
    Failure(
      "target that is never modelled", table(),
      words: "synthesize people.csv --epsilon 1 -o release --target name"),
    Failure("output exists", table(), words: "synthesize people.csv --epsilon 1 -o taken"),
    Failure(
      "schema is no schema", table(),
      words: "synthesize people.csv --epsilon 1 -o release --schema people.csv"),
    Failure(
      "no folder", table(),
      words: "synthesize people.csv --epsilon 1 -o nowhere/else/release --ledger people.csv"),
    Failure(
      "evaluate against other columns", table(),
      words: "evaluate --original people.csv --synthetic other.csv"),
    Failure("sample from a table", table(), words: "sample people.csv --rows 3 -o more.csv"),
    Failure(
      "grant with a ragged table", table("CANARY7f3a9"),
      words: "budget grant people.csv --epsilon 1"),
    Failure(
      "inspect a ragged table", table("CANARY7f3a9"), words: "inspect people.csv -o new.yaml"),
    Failure(
      "evaluate a ragged table", table("CANARY7f3a9"),
      words: "evaluate --original people.csv --synthetic people.csv"),
  ]

  /// Tables that are accepted as they are, with a remark to their owner.
  static let remarks: [Failure] =
    misfits + [
      Failure(against: "date outside declared bounds", table()) {
        $0.columns[3].bounds = .declared(18_000...30_000)
      },
      Failure(against: "label that is not declared", table()) {
        $0.columns[2].categories = .declared(["Ashby", "Corby"])
      },
      Failure(against: "outside declared bounds", table()) {
        $0.columns[7].bounds = .declared(0...1000)
      },
    ]

  @Test(arguments: remarks, ["", "--json"]) func noRemarkShowsAValue(
    _ remark: Failure, _ form: String
  ) throws {
    let shop = try Workshop()
    try shop.write(remark.bytes, as: remark.file)
    try shop.write(try #require(remark.schema), as: "people.yaml")
    let words =
      remark.words.split(separator: " ").map(String.init) + [
        "--no-owner-report", "--engine", "independent", "--allow-empty",
      ]
    let outcome = try #require(Command.built).run(words + (form.isEmpty ? [] : [form]), in: shop)
    #expect(outcome.status == 0, "\(outcome.all)")
    try expectSilence(outcome, shop, own: ["people.csv", "people.yaml"], remark.name)
  }

  /// Expects no mark in the output or in any file left behind, except the files that the test wrote
  /// itself.
  private func expectSilence(
    _ outcome: Command.Outcome, _ shop: Workshop, own: Set<String>, _ name: String
  ) throws {
    for mark in Self.marks {
      #expect(!outcome.output.contains(mark), "\(name): standard output")
      #expect(!outcome.errors.contains(mark), "\(name): standard error")
      for path in try FileManager.default.subpathsOfDirectory(atPath: shop.url.path)
      where !own.contains(path) {
        #expect(!path.contains(mark), "\(name): a file's name")
        if let data = try? shop.data(path) {
          #expect(data.range(of: Data(mark.utf8)) == nil, "\(name): \(path)")
        }
      }
    }
  }

  static let strictly = misfits.map { misfit in
    var misfit = misfit
    misfit.words += " --strict"
    return misfit
  }

  @Test(arguments: unreadable + strictly + strangers + refusals, ["", "--json"])
  func noFailureShowsAValue(_ failure: Failure, _ form: String) throws {
    let shop = try Workshop()
    try shop.write(failure.bytes, as: failure.file)
    try shop.write("height\n3\n4\n", as: "other.csv")
    try shop.write("mine", as: "taken")
    if let schema = failure.schema { try shop.write(schema, as: "people.yaml") }
    let before = try shop.names()
    let words = failure.words.split(separator: " ").map(String.init) + (form.isEmpty ? [] : [form])
    let outcome = try #require(Command.built).run(words, in: shop)
    #expect(outcome.status == failure.status, "\(outcome.all)")
    #expect(!outcome.all.contains("Fatal error"))
    try expectSilence(outcome, shop, own: Set(before), failure.name)
    // There may be a ledger, but no release and no part of one.
    #expect(try Set(shop.names()).subtracting(before).allSatisfy { $0.hasPrefix("ledger.sqlite") })
  }

  @Test func overdrawingShowsNoValue() throws {
    let shop = try Workshop()
    try shop.write(Self.table(), as: "people.csv")
    let command = try #require(Command.built)
    let words = "synthesize people.csv --epsilon 1 --engine independent --allow-empty -o one"
    let first = try command.run(words.split(separator: " ").map(String.init), in: shop)
    #expect(first.status == 0, "\(first.all)")
    let pages = try FileManager.default.subpathsOfDirectory(atPath: shop.url.path)
      .filter { $0.hasPrefix("owner/") && $0.contains("/owner-report.") }
    #expect(pages.count == 2)
    let own = Set(pages + ["people.csv"])
    try expectSilence(first, shop, own: own, "first release")
    let second = try command.run(
      "synthesize people.csv --epsilon 1 -o two".split(separator: " ").map(String.init), in: shop)
    #expect(second.status == 4)
    #expect(!shop.exists("two"))
    try expectSilence(second, shop, own: own, "overdraw")
    for words in ["budget show", "budget history", "budget show people.csv", "budget show --json"] {
      let outcome = try command.run(words.split(separator: " ").map(String.init), in: shop)
      #expect(outcome.status == 0, "\(outcome.all)")
      try expectSilence(outcome, shop, own: own, words)
    }
  }

  /// The test can fail: the marks in the owner's own files are found.
  @Test func theSearchFinds() throws {
    let shop = try Workshop()
    try shop.write(Self.table(), as: "people.csv")
    #expect(
      try Self.marks.prefix(3).allSatisfy {
        try shop.data("people.csv").range(of: Data($0.utf8)) != nil
      })
  }

  /// A value that occurs in one row of three thousand is in no file of a release.
  @Test(arguments: [true, false], ["aim", "mst"]) func aRareValueDoesNotTravel(
    _ declared: Bool, _ engine: String
  ) throws {
    let shop = try Workshop()
    try shop.write("\(Self.header)\n\(Self.ordinary(3000))\(Self.line)\n", as: "people.csv")
    try shop.write(Self.schema(), as: "people.yaml")
    let words =
      "synthesize people.csv --epsilon 1 -o release --no-owner-report --engine \(engine)"
      + (declared ? " --schema people.yaml" : "")
    let outcome = try #require(Command.built).run(
      words.split(separator: " ").map(String.init), in: shop)
    #expect(outcome.status == 0, "\(outcome.all)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: shop.file("release").path).count == 7)
    try expectSilence(outcome, shop, own: ["people.csv", "people.yaml"], "release")
  }
}
