import Foundation
import Testing

/// The help of every command, word for word, and the page that documents it.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct HelpTests {
  static let commands = [
    [], ["start"], ["templates"], ["codebook"], ["inspect"], ["check"], ["synthesize"], ["train"],
    ["evaluate"], ["attack"], ["sample"],
    ["attack", "release"], ["attack", "model"], ["attack", "places"], ["verify"],
    ["estimate"], ["ask"], ["heatmap"], ["trips"], ["policy"], ["policy", "show"],
    ["policy", "check"], ["budget"], ["budget", "grant"], ["budget", "show"],
    ["budget", "history"], ["audit"], ["audit", "mechanism"], ["audit", "neighbours"],
    ["audit", "rare-people"], ["audit", "intervals"], ["audit", "town"], ["audit", "models"],
    ["example"],
    ["example", "hospital"], ["example", "town"], ["scan"],
    ["redact"], ["scorecard"], ["encrypt"], ["answer"], ["decrypt"], ["predict"], ["hub"],
  ]

  private func help(_ command: [String]) throws -> Executable.Outcome {
    try #require(Executable.built).run(command + ["--help"], in: try Scratch())
  }

  @Test(arguments: commands) func helpIsGolden(_ command: [String]) throws {
    let outcome = try help(command)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    try Golden.expect(outcome.output, is: (["help"] + command).joined(separator: "-"))
  }

  @Test(arguments: commands) func helpHasAnExample(_ command: [String]) throws {
    let example = (["  understudy"] + command).joined(separator: " ")
    #expect(try help(command).output.contains(example))
  }

  @Test(arguments: commands) func everyOptionIsDocumented(_ command: [String]) throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../docs/command-line.md")
    let document = try String(contentsOf: page, encoding: .utf8)
    let name = (["understudy"] + command).joined(separator: " ")
    let sections = document.components(separatedBy: "\n## ")
    guard command.count == 2 || !["budget", "audit", "example", "attack"].contains(command.first)
    else {
      return
    }
    let section =
      command.isEmpty
      ? document : try #require(sections.first { $0.hasPrefix(name) }, "no section for \(name)")
    // Options of all commands are documented once; the history takes the options of `budget show`.
    let ofHistory = [
      "--schema", "--table", "--query", "--driver", "--time-limit", "--ledger", "--json", "--quiet",
    ]
    let shared = ["--help", "--version"] + (command == ["budget", "history"] ? ofHistory : [])
    for option in try help(command).output.matches(of: /--[a-z][a-z-]+/).map({ String($0.output) })
    where !shared.contains(option) {
      #expect(section.contains(option), "\(name) \(option) is not documented")
    }
  }

  @Test func everyExitCodeIsInTheHelp() throws {
    let text = try help([]).output
    for code in ["0 ", "1 ", "2 ", "3 ", "4 ", "5 ", "130 "] {
      #expect(text.contains("\n  \(code)"))
    }
  }

  @Test func theVersionIsOneLine() throws {
    let outcome = try #require(Executable.built).run(["--version"], in: try Scratch())
    #expect(outcome.status == 0)
    #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }
}
