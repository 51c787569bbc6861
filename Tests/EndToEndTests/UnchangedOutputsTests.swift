import Basics
import DelimitedText
import Foundation
import Testing

/// The files of seeded runs and the findings of the other commands stay the same while the code is
/// restructured.
///
/// `Golden/outputs.sha256` holds a digest for each file that does not depend on the processor.
/// Networks multiply with processor-specific instructions, so `UNDERSTUDY_BEFORE` may name the
/// program of an earlier commit; whole tables and all engines are then run with both.
/// `UNDERSTUDY_RECORD_GOLDEN=1` records the digests again, from that program if it is named; the
/// commit that does so explains why they changed.
@Suite(
  .enabled(if: Command.built != nil, Command.absence),
  .enabled(if: SharedData.isPresent, SharedData.absence), .serialized)
struct UnchangedOutputsTests {
  private static let before = ProcessInfo.processInfo.environment["UNDERSTUDY_BEFORE"].map {
    Command(url: URL(fileURLWithPath: $0))
  }
  private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden/outputs.sha256")

  @Test func digestsAreThoseRecorded() throws {
    let isRecording = ProcessInfo.processInfo.environment["UNDERSTUDY_RECORD_GOLDEN"] == "1"
    let program = try #require(isRecording ? Self.before ?? Command.built : Command.built)
    var lines: [String] = []
    for table in SeededTable.all {
      lines += try Outputs(program: program, table: table, rows: 2000).digests(engines: [
        "aim", "mst", "independent",
      ])
    }
    let text = lines.map { $0 + "\n" }.joined()
    if isRecording {
      try FileManager.default.createDirectory(
        at: Self.golden.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: Self.golden)
    }
    let kept = try String(contentsOf: Self.golden, encoding: .utf8)
    let changed = Set(text.split(separator: "\n")).subtracting(kept.split(separator: "\n"))
    #expect(text == kept, "changed: \(changed.sorted().joined(separator: "; "))")
  }

  @Test(
    .enabled(if: before != nil, "name the program of an earlier commit in UNDERSTUDY_BEFORE"),
    arguments: SeededTable.all)
  func whatAnEarlierProgramWritesIsWritten(_ table: SeededTable) throws {
    let engines = ["aim", "mst", "independent", "gan", "gem"]
    let old = try Outputs(program: try #require(Self.before), table: table, rows: nil).digests(
      engines: engines)
    let new = try Outputs(program: try #require(Command.built), table: table, rows: nil).digests(
      engines: engines)
    for (before, now) in zip(old, new) { #expect(now == before) }
    #expect(old.count == new.count)
  }
}

/// A table whose outputs are digested.
struct SeededTable: Sendable, CustomTestStringConvertible {
  let name: String
  /// In the shared folder; nil for the example hospital.
  var path: String?
  /// The column that groups rows by person.
  var person: String?
  var target: String?

  var testDescription: String { name }

  static let all = [
    SeededTable(name: "hospital", target: "readmitted_30d"),
    SeededTable(name: "adult", path: "adult.csv", target: "income"),
    SeededTable(name: "support2", path: "support2/support2.csv", target: "hospdead"),
    SeededTable(
      name: "diabetes130", path: "diabetes130/diabetic_data.csv.gz", person: "patient_nbr",
      target: "readmitted"),
    SeededTable(
      name: "admissions", path: "mimic-iii-demo/ADMISSIONS.csv", target: "hospital_expire_flag"),
  ]
}

/// Runs one program on one table, in a folder of its own.
private struct Outputs {
  let program: Command
  let table: SeededTable
  let rows: Int?
  private let shop: Workshop

  init(program: Command, table: SeededTable, rows: Int?) throws {
    (self.program, self.table, self.rows) = (program, table, rows)
    shop = try Workshop()
    if let path = table.path {
      try shop.write(
        Self.lines(of: SharedData.folder.appendingPathComponent(path), rows: rows), as: "table.csv")
    } else {
      _ = try run(["example", "hospital", "--rows", "\(rows ?? 20_000)", "-o", "table.csv"])
    }
  }

  /// "table/engine/file digest" for everything that is compared.
  func digests(engines: [String]) throws -> [String] {
    var lines = [
      line("inspect", try values(of: run(["inspect", "table.csv", "-o", "schema.yaml", "--json"])))
    ]
    lines.append(line("schema.yaml", try shop.data("schema.yaml")))
    if let person = table.person {
      let schema = try shop.text("schema.yaml").replacing(
        "\nunit: row\n", with: "\nunit: {person: \(person), at most: 2}\n")
      try shop.write(schema, as: "schema.yaml")
    }
    for engine in engines {
      try synthesize(engine)
      for file in ["synthetic.csv", "model.json"] {
        lines.append(line("\(engine)/\(file)", try shop.data("\(engine)/\(file)")))
      }
    }
    let pair = ["--original", "table.csv", "--synthetic", "\(engines[0])/synthetic.csv", "--json"]
    let target = table.target.map { ["--target", $0] } ?? []
    lines.append(line("evaluate", try values(of: run(["evaluate"] + pair + target))))
    lines.append(line("attack", try values(of: run(["attack"] + pair + ["--queries", "200"]))))
    lines.append(line("scan", try values(of: run(["scan", "table.csv", "--json"]))))
    return lines
  }

  private func synthesize(_ engine: String) throws {
    let steps = ["gan", "gem"].contains(engine) ? ["--steps", "40"] : []
    _ = try run(
      [
        "synthesize", "table.csv", "--schema", "schema.yaml", "--epsilon", "1", "--seed", "7",
        "--engine", engine, "-o", engine,
        "--ledger", "\(engine).sqlite", "--no-owner-report",
      ] + steps)
  }

  /// The exit status is compared too. Here every run must end with 0, except for an attack that
  /// succeeds.
  private func run(_ arguments: [String]) throws -> String {
    let outcome = try program.run(arguments, in: shop)
    #expect([0, 3].contains(outcome.status), "\(arguments.joined(separator: " ")): \(outcome.all)")
    return outcome.output
  }

  private func line(_ what: String, _ data: some DataProtocol) -> String {
    "\(table.name)/\(what) \(ContentDigest.sha256(of: data))"
  }

  /// The numbers, truth values and words of a JSON document with their paths, one per line.
  /// Sentences and file paths are left out.
  private func values(of document: String) throws -> Data {
    var lines: [String] = []
    func visit(_ value: Any, at path: String) {
      switch value {
      case let object as [String: Any]:
        for key in object.keys.sorted() { visit(object[key] as Any, at: "\(path)/\(key)") }
      case let array as [Any]:
        for (index, element) in array.enumerated() { visit(element, at: "\(path)/\(index)") }
      case let text as String:
        if !text.contains(where: { $0.isWhitespace || $0 == "/" }) {
          lines.append("\(path)=\(text)")
        }
      default: lines.append("\(path)=\(value)")
      }
    }
    visit(try JSONSerialization.jsonObject(with: Data(document.utf8)), at: "")
    return Data(lines.joined(separator: "\n").utf8)
  }

  /// The header and the first rows of a file; none of these files has a line break inside a cell.
  private static func lines(of file: URL, rows: Int?) throws -> String {
    let source = try ByteSource(file)
    var bytes: [UInt8] = []
    let chunk = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 20)
    defer { chunk.deallocate() }
    while true {
      let count = try source.read(into: chunk, count: 1 << 20)
      bytes += UnsafeBufferPointer(start: chunk, count: count)
      if count < 1 << 20 { break }
    }
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: true).prefix(
      rows.map { $0 + 1 } ?? Int.max)
    return lines.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined()
  }
}
