import Foundation
import TestPrograms
import Testing

/// The built `understudy`, run as its users run it.
struct Executable {
  let url: URL

  /// The result of a run.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Nil if it was not built.
  static let built = TestProgram.built("understudy").map(Executable.init(url:))

  static let absence: Comment =
    "the executable `understudy` is not beside the test bundle: run `swift build` first"

  /// Runs to the end in `folder`, with a ledger of its own and no terminal.
  func run(_ arguments: [String], in folder: Scratch, environment: [String: String] = [:]) throws
    -> Outcome
  {
    try start(arguments, in: folder, environment: environment).outcome()
  }

  /// - Parameter input: the name of the file that is standard input; nothing by default.
  func start(
    _ arguments: [String], in folder: Scratch, input: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Running {
    var setting = TestProgram.Setting()
    if let input { setting.input = folder.url.appendingPathComponent(input) }
    setting.folder = folder.url
    setting.environment.merge(["COLUMNS": "80", "UNDERSTUDY_LEDGER": folder.ledger.path]) { $1 }
    setting.environment.merge(environment) { $1 }
    return try Running(url, arguments, setting, streams: folder.streams)
  }

  /// A run whose streams go to files, which never fill up as pipes do.
  struct Running {
    let program: TestProgram
    private let output: URL
    private let errors: URL

    init(_ url: URL, _ arguments: [String], _ setting: TestProgram.Setting, streams: URL) throws {
      output = streams.appendingPathComponent("\(UUID().uuidString).out")
      errors = streams.appendingPathComponent("\(UUID().uuidString).err")
      for file in [output, errors] { try Data().write(to: file) }
      var setting = setting
      (setting.output, setting.errors) = (output, errors)
      program = try TestProgram(url.path, arguments, setting)
    }

    func errorsSoFar() throws -> String {
      String(decoding: try Data(contentsOf: errors), as: UTF8.self)
    }

    /// Waits for the end.
    func outcome() throws -> Outcome {
      let status = program.wait().status
      return Outcome(
        status: status, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
        errors: try errorsSoFar())
    }
  }
}

/// A folder that lasts as long as its test; streams and the ledger are kept outside the commands'
/// working folder.
final class Scratch {
  private let root: URL
  var url: URL { root.appendingPathComponent("work") }
  var streams: URL { root.appendingPathComponent("streams") }
  var ledger: URL { root.appendingPathComponent("ledger.sqlite") }

  init() throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-cli-\(UUID().uuidString)")
    for folder in [url, streams] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: url.appendingPathComponent(name))
  }

  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }

  func text(_ name: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }
}
