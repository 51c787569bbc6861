import Foundation
import TestPrograms
import Testing

/// The compiler enforces the wall around the rows: code outside `Curation` that reads or copies
/// them does not compile.
@Suite struct TypeWallTests {
  private static func look(_ body: String) -> String {
    """
    import Curation
    import Tables
    func look(_ table: borrowing SensitiveTable) -> Int {
      \(body)
    }
    """
  }

  @Test(arguments: [
    ("table.table.rowCount", "'table' is inaccessible due to 'internal' protection level"),
    (
      "let copy = table; return copy.format == table.format ? 1 : 0",
      "'table' is borrowed and cannot be consumed"
    ),
    ("[table].count", "requires that 'SensitiveTable' conform to 'Copyable'"),
  ])
  func readingOrCopyingRowsDoesNotCompile(_ body: String, _ words: String) throws {
    let outcome = try compile(TypeWallTests.look(body))
    #expect(outcome.status != 0 && outcome.output.contains(words), "\(outcome.output)")
  }

  @Test func theOwnersDoorCompiles() throws {
    let outcome = try compile(
      TypeWallTests.look("table.openForOwner(reason: .inspection).rowCount"))
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  private static func show(_ body: String) -> String {
    """
    import Curation
    import Quality
    import Tables
    func show(_ people: borrowing SensitiveTable, _ synthetic: Table) throws -> Int {
      let original = people.openForOwner(reason: .ownerReport)
      \(body)
    }
    """
  }

  /// A release describes its table by a sketch of a `Table`. An owner's table cannot be sketched;
  /// it can only be compared.
  @Test(arguments: [
    "TableSketch(of: original).rows", "{ (rows: Table) in rows.rowCount }(original)",
  ])
  func theReportThatTravelsCannotBeGivenTheOriginal(_ body: String) throws {
    let outcome = try compile(TypeWallTests.show("return " + body))
    #expect(
      outcome.status != 0 && outcome.output.contains("cannot convert value of type 'OwnerTable'"),
      "\(outcome.output)")
  }

  @Test func comparingWithTheOriginalCompiles() throws {
    let comparing =
      "return try QualityReport.measure(original: original, synthetic: synthetic).columns.count"
    let outcome = try compile(TypeWallTests.show(comparing))
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  /// Compiles a source against the modules of this build, as if it were a file of this package, up
  /// to the diagnostics of ownership, since type-checking alone lets copies pass.
  private func compile(_ source: String) throws -> (status: Int32, output: String) {
    let build = try #require(
      BuildFolder.url, "the folder of compiled modules was not found beside the tests")
    let flags = try #require(
      try BuildFolder.flags(in: build),
      "the build's description does not say how these tests are compiled")
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("Snippet.swift")
    try source.write(to: file, atomically: true, encoding: .utf8)
    let output = folder.appendingPathComponent("Snippet.sil").path
    let outcome = try TestProgram.run(
      "/usr/bin/env",
      ["swiftc", "-emit-sil", "-parse-as-library", "-o", output] + flags + [file.path])
    return (outcome.status, outcome.output + outcome.errors)
  }
}

/// The build that these tests came from.
private enum BuildFolder {
  /// The folder that holds `Modules`.
  static let url = TestProgram.besideTests("Modules/Curation.swiftmodule")?
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The search paths of `Curation` and of the C libraries below it, as the package manager
  /// recorded them for this test target.
  static func flags(in build: URL) throws -> [String]? {
    let data = try Data(contentsOf: build.appendingPathComponent("description.json"))
    let description = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    let commands = description?["swiftTargetScanArgs"] as? [String: [String]]
    guard let command = commands?["PrivacyTests"] else { return nil }
    let kept: Set<String> = [
      "-I", "-Xcc", "-target", "-sdk", "-F", "-package-name", "-swift-version",
    ]
    return zip(command, command.dropFirst()).flatMap { flag, value in
      kept.contains(flag) ? [flag, value] : []
    }
  }
}
