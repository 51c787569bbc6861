import Foundation
import Testing

/// Files and commands that failed once: each has a command that ends with 0 when its fault is gone, and with 3 if it needs root.
@Suite(.enabled(if: BugCases.arePresent && Command.built != nil, "the shared cases or the program are absent"))
struct BugCasesTests {
  @Test(arguments: BugCases.all) func theFaultIsGone(_ name: String) throws {
    let program = try #require(Command.built)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [BugCases.folder.appendingPathComponent("\(name)/cmd").path]
    var environment = ProcessInfo.processInfo.environment
    (environment["U"], environment["UNDERSTUDY"]) = (program.url.path, program.url.path)
    process.environment = environment
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect([0, 3].contains(process.terminationStatus), "\(name) ended with \(process.terminationStatus)")
  }
}

/// The folders of the cases.
enum BugCases {
  static let folder = SharedData.folder.deletingLastPathComponent().appendingPathComponent("cases/bugs")

  static var arePresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// Faults that are not mended yet: types, tails and codes of tables as they come, and wide tables.
  private static let open: Set<String> = [
    "k13", "k14", "k15", "k16", "k17", "k18", "k19", "k21", "k29",
  ]

  static let all = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    .filter { $0.hasPrefix("k") && !open.contains(String($0.prefix { $0 != "-" })) }
}
