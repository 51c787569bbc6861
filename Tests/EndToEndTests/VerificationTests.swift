import Foundation
import Manifests
import MarginalSynthesis
import Policies
import Releases
import Testing

/// A release is exactly what its owner signed, to the last byte.
@Suite struct VerificationTests {
  private static func release() throws -> Workshop {
    let shop = try Workshop()
    try shop.write("a,b\n" + (0..<60).map { "\($0 % 3),\($0 % 2)\n" }.joined(), as: "t.csv")
    var request = try shop.request("t.csv", epsilon: 2)
    request.rows = 3
    _ = try Synthesis.run(request)
    return shop
  }

  private func verify(_ shop: Workshop, trusted: String? = nil, ledger: Bool = true) throws
    -> VerificationReport
  {
    var verification = ReleaseVerification(release: shop.file("release"))
    verification.trustedKey = trusted
    verification.ledger = ledger ? shop.file("ledger.sqlite") : nil
    return try verification.run()
  }

  private func names(_ shop: Workshop) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: shop.file("release").path).sorted()
  }

  @Test func anUntouchedReleasePasses() throws {
    let shop = try Self.release()
    let report = try verify(shop, trusted: shop.manifest().signer.keyID)
    #expect(report.verdict == "pass", "\(report.failures)")
    #expect(report.checks.map(\.name) == ["signature", "trusted-key", "files", "events", "ledger"])
    #expect(report.checks.allSatisfy { $0.outcome == .passed })
    #expect(
      try names(shop)
        == [
          "manifest.json", "manifest.signature.json", "model-card.md", "model.json", "report.html",
          "report.json", "synthetic.csv",
        ])
    let manifest = try shop.manifest()
    #expect(
      manifest.files.count == 5 && manifest.software.build.executableSHA256.count == 64
        && manifest.schema.text.contains("columns:"))
    let key = shop.file("ledger.sqlite-keys/signing.key").path
    #expect(
      try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int == 0o600)
  }

  /// Every byte of the two signed files, and sampled bytes of the others, through the whole
  /// verification.
  @Test func everyFlippedByteOfManifestAndSignatureFails() throws {
    let shop = try Self.release()
    for name in try names(shop) {
      let bytes = try shop.data("release/\(name)")
      let step = name.hasPrefix("manifest") ? 1 : 97
      for index in stride(from: 0, to: bytes.count, by: step) {
        try flip(index, of: name, bytes, shop)
        let report = try verify(shop, ledger: false)
        #expect(!report.isPassed, "\(name) byte \(index)")
        #expect(
          report.checks.filter { $0.outcome == .failed }.flatMap(\.files) == [name],
          "\(name) byte \(index)")
      }
      try bytes.write(to: shop.file("release/\(name)"))
    }
    #expect(try verify(shop).isPassed)
  }

  /// Every byte of every file that the manifest names, through the check that the verification
  /// applies to a single file.
  @Test func everyFlippedByteOfTheOtherFilesFails() throws {
    let shop = try Self.release()
    let manifest = try shop.manifest()
    for name in manifest.files.keys.sorted() {
      let bytes = try shop.data("release/\(name)")
      var unnoticed = 0
      for index in bytes.indices {
        try flip(index, of: name, bytes, shop)
        if ReleaseVerification.isAsSigned(
          shop.file("release/\(name)"), hash: manifest.files[name] ?? "")
        {
          unnoticed += 1
        }
      }
      #expect(unnoticed == 0, "\(name)")
      try bytes.write(to: shop.file("release/\(name)"))
    }
  }

  /// Writes the file with one bit of one byte changed; which bit depends on the index.
  private func flip(_ index: Int, of name: String, _ bytes: Data, _ shop: Workshop) throws {
    let file = try FileHandle(forUpdating: shop.file("release/\(name)"))
    if index > 0 {
      try file.seek(toOffset: UInt64(max(0, index - 97)))
      try file.write(contentsOf: bytes[max(0, index - 97)..<index])
    }
    try file.seek(toOffset: UInt64(index))
    try file.write(contentsOf: [bytes[index] ^ (1 << UInt8(index % 8))])
    try file.close()
  }

  @Test func filesThatCameWentOrMovedAreNamed() throws {
    let shop = try Self.release()
    let files = FileManager.default
    for name in try names(shop) {
      let (here, there) = (shop.file("release/\(name)"), shop.file("kept"))
      try files.moveItem(at: here, to: there)
      #expect(
        try verify(shop).checks.filter { $0.outcome == .failed }.flatMap(\.files) == [name],
        "removed \(name)")
      try files.createSymbolicLink(at: here, withDestinationURL: there)
      #expect(
        try verify(shop).checks.contains { $0.outcome == .failed && $0.files.contains(name) },
        "linked \(name)")
      try files.removeItem(at: here)
      try files.moveItem(at: there, to: here)
    }
    for extra in [".hidden", "more.csv"] {
      try shop.write("x", as: "release/\(extra)")
      #expect(try verify(shop).checks.filter { $0.outcome == .failed }.flatMap(\.files) == [extra])
      try files.removeItem(at: shop.file("release/\(extra)"))
    }
    try files.createDirectory(at: shop.file("release/folder"), withIntermediateDirectories: false)
    #expect(try !verify(shop).isPassed)
    try files.removeItem(at: shop.file("release/folder"))
    try files.moveItem(at: shop.file("release/model.json"), to: shop.file("release/model2.json"))
    #expect(
      try verify(shop).checks.filter { $0.outcome == .failed }.flatMap(\.files) == [
        "model.json", "model2.json",
      ])
  }

  @Test func anotherKeyIsNotTrusted() throws {
    let (shop, other) = (try Self.release(), try Self.release())
    let key = try shop.manifest().signer
    #expect(try verify(other, trusted: key.keyID).failures.count == 1)
    // A manifest of one owner, signed by another.
    try other.data("release/manifest.signature.json").write(
      to: shop.file("release/manifest.signature.json"))
    #expect(try !verify(shop).isPassed)
    #expect(
      try verify(other, trusted: other.manifest().signer.publicKey.base64EncodedString() + "\n")
        .isPassed)
  }

  @Test func anotherOrAForgedLedgerFails() throws {
    let (shop, other) = (try Self.release(), try Self.release())
    var verification = ReleaseVerification(release: shop.file("release"))
    verification.ledger = other.file("ledger.sqlite")
    #expect(try verification.run().checks.last?.outcome == .failed)
    verification.mustHoldRelease = false
    #expect(try verification.run().checks.last?.outcome == .notAssessed)
  }

  /// Claims that do not follow from their events fail even if they are signed.
  @Test func aClaimThatDoesNotAddUpFails() throws {
    let shop = try Self.release()
    let text = try shop.text("release/manifest.json")
    func check(_ change: (String) -> String) throws -> VerificationReport.Check {
      let changed = change(text)
      #expect(changed != text)
      return ReleaseVerification.checkEvents(
        try JSONDecoder().decode(Manifest.self, from: Data(changed.utf8)))
    }
    #expect(try ReleaseVerification.checkEvents(shop.manifest()).outcome == .passed)
    #expect(
      try check { $0.replacing("\"epsilon\" : 2,", with: "\"epsilon\" : 0.1,") }.outcome == .failed)
    let rho = try shop.manifest().events[0].rho
    #expect(
      try check { $0.replacing("\"rho\" : \(rho)", with: "\"rho\" : \(rho / 2)") }.outcome
        == .failed)
  }

  @Test func twoFirstUsesMakeOneKey() throws {
    let shop = try Workshop()
    let keys = try (0..<2).map { _ in try SigningKey(keptIn: shop.file("keys")).signer }
    #expect(keys[0] == keys[1])
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: shop.file("keys/signing.key").path)
    _ = try SigningKey(keptIn: shop.file("keys"))
    #expect(
      try FileManager.default.attributesOfItem(atPath: shop.file("keys/signing.key").path)[
        .posixPermissions] as? Int == 0o600)
    try shop.write("something else", as: "keys/signing.key")
    #expect(throws: ReleaseError.self) { try SigningKey(keptIn: shop.file("keys")) }
  }
}
