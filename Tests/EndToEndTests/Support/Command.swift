import Foundation
import Testing

/// The built `understudy`, run as its users run it.
struct Command {
  let url: URL

  struct Outcome {
    let status: Int32
    /// Standard output and standard error.
    let output: String
    let errors: String
    var all: String { output + errors }
    /// All of it in one line, since pages wrap.
    var flat: String { all.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
  }

  static let absence: Comment = "the executable `understudy` is not beside the test bundle: run `swift build` first"

  /// Beside the test bundle, where the package manager puts it; nil where it was not built.
  static let built: Command? = {
    let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
    for start in [bundle, Bundle.main.executableURL, Bundle.main.bundleURL].compactMap({ $0 }) {
      var folder = start
      for _ in 0..<4 {
        let candidate = folder.appendingPathComponent("understudy")
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: candidate.path, isDirectory: &isFolder), !isFolder.boolValue,
          FileManager.default.isExecutableFile(atPath: candidate.path)
        {
          return Command(url: candidate)
        }
        folder = folder.deletingLastPathComponent()
      }
    }
    return nil
  }()

  /// Runs to the end in the workshop's folder, with its ledger. The streams go to files, which never fill up as pipes do.
  func run(_ arguments: [String], in shop: Workshop, environment: [String: String] = [:]) throws -> Outcome {
    let streams = try Workshop()
    try streams.write("", as: "out")
    try streams.write("", as: "err")
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = shop.url
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["COLUMNS": "80", "UNDERSTUDY_LEDGER": shop.file("ledger.sqlite").path]
    ) { $1 }.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: streams.file("out"))
    process.standardError = try FileHandle(forWritingTo: streams.file("err"))
    try process.run()
    process.waitUntilExit()
    return Outcome(status: process.terminationStatus, output: try streams.text("out"), errors: try streams.text("err"))
  }
}
