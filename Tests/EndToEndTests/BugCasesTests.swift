import Foundation
import TestPrograms
import Testing

/// Files and commands that failed once. Each has a command that ends with 0 if its fault is gone,
/// and with 3 if it needs root.
@Suite(
  .enabled(
    if: BugCases.arePresent && Command.built != nil, "the shared cases or the program are absent"))
struct BugCasesTests {
  @Test(arguments: BugCases.all) func theFaultIsGone(_ name: String) throws {
    let program = try #require(Command.built)
    let tools = try Workshop()
    try BugCases.giveTime(in: tools)
    var setting = TestProgram.Setting()
    setting.environment.merge(["U": program.url.path, "UNDERSTUDY": program.url.path]) { $1 }
    setting.environment["PATH"] =
      "\(tools.url.path):\(setting.environment["PATH"] ?? "/usr/bin:/bin")"
    let outcome = try TestProgram.run(
      "/bin/bash", [BugCases.folder.appendingPathComponent("\(name)/cmd").path], setting)
    #expect([0, 3].contains(outcome.status), "\(name) ended with \(outcome.status)")
  }
}

/// The folders of the cases.
enum BugCases {
  static let folder = SharedData.folder.deletingLastPathComponent().appendingPathComponent(
    "cases/bugs")

  static var arePresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// Faults that are not fixed yet: types, tails and codes of tables as they come, and wide tables.
  private static let open: Set<String> = [
    "k13", "k14", "k15", "k16", "k17", "k18", "k19", "k21", "k29",
  ]

  /// The cases limit their time with `timeout`, for an idle machine. On a busy one, their limits
  /// are thirty times as long.
  static func giveTime(in tools: Workshop) throws {
    try tools.writeProgram(Self.patientTimeout, as: "timeout")
  }

  private static let patientTimeout = """
    #!/bin/bash
    PATH=${PATH#*:}; options=()
    while [[ $1 == -* ]]; do
      options+=("$1")
      if [[ $1 == -k || $1 == -s ]]; then options+=("$2"); shift; fi
      shift
    done
    seconds=$1; shift
    exec timeout "${options[@]}" $((seconds * 30)) "$@"

    """

  static let all = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .sorted()
    .filter { $0.hasPrefix("k") && !open.contains(String($0.prefix { $0 != "-" })) }
}
