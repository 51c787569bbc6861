import Foundation
import TestPrograms
import Testing

private let python: URL? = [
  "/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3",
]
.first { FileManager.default.isExecutableFile(atPath: $0) }.map { URL(fileURLWithPath: $0) }

/// `scripts/verify-release.py`, for recipients without understudy, run on a release that understudy
/// signed.
@Suite(.enabled(if: python != nil, "python3 is not installed"))
struct StandaloneVerifierTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardizedFileURL
  private static let signed = root.appendingPathComponent("Tests/Vectors/Formats/0.1/release")

  private let shop: Workshop
  private var release: URL { shop.file("release") }

  init() throws {
    shop = try Workshop()
    try FileManager.default.copyItem(at: Self.signed, to: shop.file("release"))
  }

  private func verify(_ key: String...) throws -> (status: Int32, output: String) {
    let script = Self.root.appendingPathComponent("scripts/verify-release.py").path
    let outcome = try TestProgram.run(try #require(python).path, [script, release.path] + key)
    return (outcome.status, outcome.output)
  }

  @Test func whatIsSignedPasses() throws {
    let anyKey = try verify()
    #expect(anyKey.status == 0 && anyKey.output.contains("cannot prove"))
    let name = try #require(anyKey.output.firstMatch(of: /key ([0-9a-f]{32})/)).output.1
    #expect(try verify(String(name)).status == 0)
    let other = try verify(String(name.reversed()))
    #expect(other.status == 3 && other.output.contains("not the one that you trust"))
  }

  /// Changes a byte of each file in turn, including the manifest and its signature.
  @Test func whatWasChangedFails() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: release.path).sorted() {
      let file = release.appendingPathComponent(name)
      let bytes = try Data(contentsOf: file)
      var changed = bytes
      changed[changed.count / 2] ^= 1
      try changed.write(to: file)
      let outcome = try verify()
      #expect(
        outcome.status == 3 && outcome.output.contains("NOT VERIFIED"), "\(name): \(outcome.output)"
      )
      try FileManager.default.removeItem(at: file)
      let missing = try verify()
      #expect(
        missing.status == 3 && missing.output.contains("\(name) is missing"), "\(missing.output)")
      try bytes.write(to: file)
    }
    try Data().write(to: release.appendingPathComponent("more.csv"))
    #expect(try verify().output.contains("more.csv was added"))
  }
}
