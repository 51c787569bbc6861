import Accounting
import DelimitedText
import Foundation
import Manifests
import MarginalSynthesis
import Releases
import SchemaFiles
import Synthesis
import Tables
import TestPrograms

/// A folder that lasts as long as its test and holds tables, schemas, releases and a ledger.
final class Workshop: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-e2e-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  func write(_ text: String, as name: String) throws { try write(Array(text.utf8), as: name) }

  func write(_ bytes: [UInt8], as name: String) throws { try Data(bytes).write(to: file(name)) }

  func write(_ schema: Schema, as name: String) throws {
    try SchemaFile.write(schema, to: file(name))
  }

  /// Writes a program that can be run at once. Another process writes it: a file that this one has
  /// open for writing is inherited by whatever program a test starts at that moment, and cannot be
  /// run while that is so.
  func writeProgram(_ text: String, as name: String) throws {
    try write(text, as: "\(name).text")
    defer { try? FileManager.default.removeItem(at: file("\(name).text")) }
    let made = try TestProgram.run(
      "/usr/bin/install", ["-m", "755", file("\(name).text").path, file(name).path])
    precondition(made.status == 0, made.errors)
  }

  func data(_ name: String) throws -> Data { try Data(contentsOf: file(name)) }

  func text(_ name: String) throws -> String { String(decoding: try data(name), as: UTF8.self) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name).path) }

  /// The names of everything at the top level, hidden or not.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }

  func request(
    _ input: String, schema: String? = nil, epsilon: Double = 1, engine: Engine = .independent,
    output: String = "release"
  ) throws -> SynthesisRequest {
    var request = SynthesisRequest(
      input: file(input), output: file(output), epsilon: try Epsilon(epsilon),
      ledger: file("ledger.sqlite"))
    request.schemaFile = schema.map(file)
    request.engine = engine
    // Enough to run every part; whether anything is learned is tested beside the networks.
    request.options.trainingSteps = 12
    request.comparesWithOriginal = false
    return request
  }

  /// The table of a release, read back.
  func synthetic(_ release: String = "release", options: ReadOptions = ReadOptions()) throws
    -> Table
  {
    try TableReader.read(file("\(release)/synthetic.csv"), options: options).table
  }

  /// The table of a release, read under the schema of its original.
  func synthetic(_ release: String = "release", under schema: Schema) throws -> Table {
    try TableReader.read(file("\(release)/synthetic.csv"), under: schema, columns: .anyDescribed)
      .table
  }

  func manifest(_ release: String = "release") throws -> Manifest {
    try JSONDecoder().decode(Manifest.self, from: try data("\(release)/manifest.json"))
  }
}

extension Table {
  /// The cells as text, nil if missing.
  func texts(_ name: String) -> [String?] {
    guard let column = column(named: name) else { return [] }
    switch column.cells {
    case .ticks(let ticks):
      return ticks.map { $0 == Cells.missingTick ? nil : column.type.format(tick: $0) }
    case .labels(let codes, let dictionary):
      let labels = dictionary.labels
      return codes.map { $0 == Cells.missingCode ? nil : labels[Int($0)] }
    }
  }

  /// The ticks of an ordered column, nil if missing.
  func ticks(_ name: String) -> [Int64?] {
    guard case .ticks(let ticks)? = column(named: name)?.cells else { return [] }
    return ticks.map { $0 == Cells.missingTick ? nil : $0 }
  }
}
