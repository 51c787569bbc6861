import Foundation
import TestPrograms
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

  /// Runs to the end in the workshop's folder, with its ledger.
  func run(_ arguments: [String], in shop: Workshop, environment: [String: String] = [:]) throws -> Outcome {
    let outcome = try TestProgram.run(url.path, arguments, setting(in: shop, environment: environment))
    return Outcome(status: outcome.status, output: outcome.output, errors: outcome.errors)
  }

  /// Runs a line of the shell, in which `$U` is the program: for pipes, substitutions and devices.
  func run(
    shell line: String, in shop: Workshop, environment: [String: String] = [:], obeysPermissions: Bool = false
  ) throws -> Outcome {
    var setting = setting(in: shop, environment: environment)
    setting.environment["U"] = url.path
    setting.obeysPermissions = obeysPermissions
    let outcome = try TestProgram.run("/bin/bash", ["-c", line], setting)
    return Outcome(status: outcome.status, output: outcome.output, errors: outcome.errors)
  }

  private func setting(in shop: Workshop, environment: [String: String]) -> TestProgram.Setting {
    var setting = TestProgram.Setting()
    setting.folder = shop.url
    setting.environment.merge(["COLUMNS": "80", "UNDERSTUDY_LEDGER": shop.file("ledger.sqlite").path]) { $1 }
    setting.environment.merge(environment) { $1 }
    return setting
  }
}
