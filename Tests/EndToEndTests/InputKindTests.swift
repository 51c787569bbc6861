import Foundation
import TestPrograms
import Testing

/// Every command that reads a file, on every kind of input: the result and the exit code. The table
/// is kept in docs/command-line.md.
@Suite(.enabled(if: Command.built != nil, Command.absence))
struct InputKindTests {
  /// How an input reaches the command, and its name there.
  private struct Kind {
    let title: String
    let name: String
    /// Goes before the command and after it.
    var before = ""
    var after = ""
    var obeysPermissions = false
    /// Whether the result must be the same as for the plain file.
    var isTheTable = false
  }

  private static let kinds = [
    Kind(title: "a file", name: "people.csv", isTheTable: true),
    Kind(title: "`.gz`", name: "people.csv.gz", isTheTable: true),
    Kind(title: "`-`, a pipe", name: "-", before: "cat people.csv | ", isTheTable: true),
    Kind(title: "`/dev/stdin`", name: "/dev/stdin", after: " < people.csv", isTheTable: true),
    Kind(
      title: "FIFO", name: "fifo.csv", before: "mkfifo fifo.csv; cat people.csv > fifo.csv & ",
      isTheTable: true),
    Kind(title: "`<(…)`", name: "<(cat people.csv)", isTheTable: true),
    Kind(title: "empty", name: "empty.csv"),
    Kind(title: "header only", name: "header.csv"),
    Kind(title: "`/dev/null`", name: "/dev/null"),
    Kind(title: "a folder", name: "folder"),
    Kind(title: "no right to read", name: "secret.csv", obeysPermissions: true),
    Kind(title: "not there", name: "nowhere.csv"),
    Kind(title: "a full disk for the result", name: "people.csv", after: " > /dev/full"),
  ]

  /// A command with `@` for its input, and the evidence that it worked on all rows.
  private struct Reader {
    let title: String
    let words: String
    /// A file that it writes, compared with the one written for the plain file; if nil, standard
    /// output is compared.
    var writes: String?
  }

  private static let readers = [
    Reader(title: "inspect", words: "inspect @ -o out.yaml", writes: "out.yaml"),
    Reader(
      title: "synthesize",
      words:
        "synthesize @ --schema people.schema.yaml --epsilon 1 --engine independent --seed 3 --no-owner-report -o out",
      writes: "out/synthetic.csv"),
    Reader(title: "budget grant", words: "budget grant @ --epsilon 1"),
    Reader(title: "evaluate", words: "evaluate --original @ --synthetic other.csv"),
    Reader(title: "attack", words: "attack --original @ --synthetic other.csv --queries 100"),
    Reader(title: "scan", words: "scan @ --format csv"),
    Reader(title: "redact", words: "redact @ --format csv -o out.csv", writes: "out.csv"),
  ]

  private static func shop() throws -> Workshop {
    let shop = try Workshop()
    func table(_ seed: Int) -> String {
      "age,sex,city,note\n"
        + (0..<240).map { row in
          let word = (row + seed) &* 2_654_435_761 >> 7
          return
            "\(20 + word % 60),\(word % 2 == 0 ? "F" : "M"),\(["Leeds", "Hull", "York"][word / 61 % 3]),Mr John Smith came on 3/4/2021\n"
        }.joined()
    }
    try shop.write(table(1), as: "people.csv")
    try shop.write(table(7000), as: "other.csv")
    try shop.write("", as: "empty.csv")
    try shop.write("age,sex,city,note\n", as: "header.csv")
    try shop.write(table(1), as: "secret.csv")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: shop.file("secret.csv").path)
    try FileManager.default.createDirectory(
      at: shop.file("folder"), withIntermediateDirectories: true)
    let program = try #require(Command.built)
    let ready = try program.run(
      shell: "gzip -k people.csv && \"$U\" inspect people.csv -o people.schema.yaml --quiet",
      in: shop)
    try #require(ready.status == 0, "\(ready.errors)")
    return shop
  }

  /// Removes the results of an earlier command.
  private static func clear(_ shop: Workshop) {
    for name in ["out.yaml", "out", "out.csv", "fifo.csv", "ledger.sqlite", "ledger.sqlite-keys"] {
      try? FileManager.default.removeItem(at: shop.file(name))
    }
  }

  private struct Result {
    let status: Int32
    /// The result made from the rows, without the name of the input.
    let made: String
    let errors: String
  }

  private func run(_ reader: Reader, on kind: Kind, in shop: Workshop) throws -> Result {
    Self.clear(shop)
    let line = "\(kind.before)\"$U\" \(reader.words.replacing("@", with: kind.name))\(kind.after)"
    let outcome = try #require(Command.built).run(
      shell: line, in: shop, obeysPermissions: kind.obeysPermissions)
    let made = try reader.writes.map { shop.exists($0) ? try shop.text($0) : "" } ?? outcome.output
    return Result(status: outcome.status, made: Self.withoutNames(made), errors: outcome.errors)
  }

  /// Lines that name the input say nothing about its rows, and row counts also appear on other
  /// lines.
  private static func withoutNames(_ text: String) -> String {
    let names = [
      "people.csv.gz", "people.csv", "people", "standard input", "standard-input", "fifo.csv",
      "fifo",
    ]
    let numbers = text.replacing(/\/dev\/fd\/\d+/, with: "INPUT").replacing(
      /Dataset  \S+|\b[0-9a-f]{16,}\b/, with: "KEY")
    return names.reduce(numbers) { $0.replacing($1, with: "INPUT") }.split(
      whereSeparator: \.isWhitespace
    ).joined(separator: " ")
  }

  @Test func everyCommandOnEveryKindOfInput() throws {
    let shop = try Self.shop()
    var rows = ["| input | " + Self.readers.map { "`\($0.title)`" }.joined(separator: " | ") + " |"]
    rows.append("|---|" + String(repeating: "---|", count: Self.readers.count))
    var plain: [String: String] = [:]
    for kind in Self.kinds {
      var cells: [String] = []
      for reader in Self.readers {
        let result = try run(reader, on: kind, in: shop)
        let place = Comment(
          rawValue: "\(reader.title) on \(kind.title): \(result.status) \(result.errors)")
        if plain[reader.title] == nil { plain[reader.title] = result.made }
        let isAsPlain =
          result.status == 0 && result.made == plain[reader.title] && !result.made.isEmpty
        if kind.isTheTable { #expect(isAsPlain, place) }
        #expect(result.status == 0 || result.errors.contains("Error: "), place)
        #expect(!result.errors.contains("understudy-private"), place)
        cells.append(
          result.status == 0 ? (isAsPlain ? "read, 0" : "done, 0") : "refused, \(result.status)")
      }
      rows.append("| \(kind.title) | " + cells.joined(separator: " | ") + " |")
    }
    try DocumentBlock("docs/command-line.md", named: "inputs").expect(rows.joined(separator: "\n"))
  }

  /// Files that accompany the table: schemas, policies, detectors, words, and the other tables of a
  /// comparison.
  private static let besides: [(file: String, words: String)] = [
    (
      "people.schema.yaml",
      "synthesize people.csv --schema @ --epsilon 1 --engine independent --seed 3 --no-owner-report -o out --quiet"
    ),
    ("people.schema.yaml", "budget grant people.csv --schema @ --epsilon 1"),
    ("other.csv", "evaluate --original people.csv --synthetic @"),
    ("other.csv", "evaluate --original people.csv --synthetic people.csv --holdout @"),
    ("people.schema.yaml", "evaluate --original people.csv --synthetic other.csv --schema @"),
    ("other.csv", "attack --original people.csv --synthetic @ --queries 100"),
    ("other.csv", "attack --original people.csv --synthetic people.csv --control @ --queries 100"),
    ("our.policy.yaml", "policy check @"),
    ("our.detectors.yaml", "scan people.csv --format csv --detectors @"),
    ("words.txt", "redact people.csv --format csv --always @ -o out.csv"),
    ("words.txt", "redact people.csv --format csv --never @ -o out.csv"),
  ]

  /// The result of a command on such a file: its exit code, its output, and the file it writes.
  private func run(_ words: String, _ shop: Workshop, naming name: String, before: String = "")
    throws -> (status: Int32, made: String)
  {
    let made = ["out.yaml", "out.csv", "out/synthetic.csv"]
    Self.clear(shop)
    let line = "\(before)\"$U\" \(words.replacing("@", with: name))"
    let outcome = try #require(Command.built).run(shell: line, in: shop)
    let files = try made.filter { shop.exists($0) }.map { try shop.text($0) }
    let text = (outcome.output + files.joined()).replacing("our.policy.yaml", with: "INPUT")
    return (outcome.status, Self.withoutNames(text))
  }

  @Test func filesBesideTheTableComeThroughPipesToo() throws {
    let shop = try Self.shop()
    let program = try #require(Command.built)
    #expect(
      try program.run(shell: "\"$U\" policy show partners > our.policy.yaml", in: shop).status == 0)
    try shop.write(
      "- name: day\n  type: OTHER_ID\n  pattern: 'came on'\n", as: "our.detectors.yaml")
    try shop.write("[PERSON]\nLeeds\nJohn Smith\n", as: "words.txt")
    for (file, words) in Self.besides {
      let plain = try run(words, shop, naming: file)
      let piped = [
        try run(words, shop, naming: "-", before: "cat \(file) | "),
        try run(words, shop, naming: "<(cat \(file))"),
        try run(
          words, shop, naming: "fifo.csv", before: "mkfifo fifo.csv; cat \(file) > fifo.csv & "),
      ]
      for (way, result) in zip(["-", "<(…)", "FIFO"], piped) {
        #expect(
          result.status == plain.status && result.made == plain.made,
          "\(words) by \(way): \(result.status)")
      }
      #expect([0, 3].contains(plain.status) && !plain.made.isEmpty, "\(words): \(plain.status)")
    }
  }

  /// A pipe read as an empty file could not pass: fewer rows give another result.
  @Test func anotherTableMakesAnotherResult() throws {
    let shop = try Self.shop()
    for reader in Self.readers {
      let whole = try run(reader, on: Self.kinds[0], in: shop)
      let part = try run(
        reader, on: Kind(title: "part", name: "-", before: "head -n 120 people.csv | "), in: shop)
      #expect(whole.status == 0 && part.status == 0 && whole.made != part.made, "\(reader.title)")
    }
  }
}

/// A part of a page that a test writes, between `<!-- NAME -->` and `<!-- end of NAME -->`. With
/// `UNDERSTUDY_RECORD_GOLDEN=1` it is rewritten.
private struct DocumentBlock {
  let file: URL
  let name: String

  init(_ path: String, named name: String) {
    file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appendingPathComponent(path)
    self.name = name
  }

  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let page = try String(contentsOf: file, encoding: .utf8)
    let (first, last) = ("<!-- \(name) -->\n", "\n<!-- end of \(name) -->")
    let start = try #require(page.range(of: first)?.upperBound)
    let end = try #require(page.range(of: last, range: start..<page.endIndex)?.lowerBound)
    if ProcessInfo.processInfo.environment["UNDERSTUDY_RECORD_GOLDEN"] == "1" {
      try Data((page[..<start] + text + page[end...]).utf8).write(to: file)
      Issue.record(
        "recorded \(name); read it, and run again without UNDERSTUDY_RECORD_GOLDEN",
        sourceLocation: sourceLocation)
      return
    }
    #expect(
      page[start..<end] == text,
      "the table of \(name) is another; record it with UNDERSTUDY_RECORD_GOLDEN=1",
      sourceLocation: sourceLocation)
  }
}
