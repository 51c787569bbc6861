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
    /// Everything on one line, because pages wrap.
    var flat: String { all.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
  }

  static let absence: Comment =
    "the executable `understudy` is not beside the test bundle: run `swift build` first"

  /// Nil if it was not built.
  static let built = TestProgram.built("understudy").map(Command.init(url:))

  /// Runs to the end in the workshop's folder, with its ledger.
  func run(_ arguments: [String], in shop: Workshop, environment: [String: String] = [:]) throws
    -> Outcome
  {
    let outcome = try TestProgram.run(
      url.path, arguments, setting(in: shop, environment: environment))
    return Outcome(status: outcome.status, output: outcome.output, errors: outcome.errors)
  }

  /// Runs a line of the shell in which `$U` is the program, for pipes, substitutions and devices.
  func run(
    shell line: String, in shop: Workshop, environment: [String: String] = [:],
    obeysPermissions: Bool = false
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
    setting.environment.merge([
      "COLUMNS": "80", "UNDERSTUDY_LEDGER": shop.file("ledger.sqlite").path,
    ]) { $1 }
    setting.environment.merge(environment) { $1 }
    return setting
  }
}
