import Foundation
import Testing

/// The wall around the rows is the compiler's: code outside `Privacy` that reads one does not compile.
@Suite struct TypeWallTests {
  private static let door = """
    import Privacy
    func look(_ table: consuming SensitiveTable) -> Int {
      BODY
    }
    """

  @Test(arguments: [
    ("table.table.rowCount", "'table' is inaccessible"),
    ("{ let copy = table; return copy.format.delimiter == table.format.delimiter ? 1 : 0 }()", "consum"),
  ])
  func readingARowDoesNotCompile(_ body: String, _ words: String) throws {
    let outcome = try #require(try compile(TypeWallTests.door.replacingOccurrences(of: "BODY", with: body)))
    #expect(outcome.status != 0 && outcome.output.contains(words), "\(outcome.output)")
  }

  @Test func theOwnersDoorCompiles() throws {
    let outcome = try #require(
      try compile(TypeWallTests.door.replacingOccurrences(of: "BODY", with: "table.openForOwner(reason: .inspection).rowCount")))
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  /// Type-checks a source against the modules of this build.
  private func compile(_ source: String) throws -> (status: Int32, output: String)? {
    let modules = try #require(TypeWallTests.modules, "the folder of compiled modules was not found beside the tests")
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("Snippet.swift")
    try source.write(to: file, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["swiftc", "-typecheck", "-swift-version", "6", "-I", modules.path, file.path]
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  /// The `Modules` folder of the build that these tests came from.
  private static let modules: URL? = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<6 {
      let candidate = folder.appendingPathComponent("Modules")
      if FileManager.default.fileExists(atPath: candidate.appendingPathComponent("Privacy.swiftmodule").path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return nil
  }()
}
