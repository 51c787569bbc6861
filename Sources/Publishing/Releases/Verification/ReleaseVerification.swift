import Foundation
import Ledger
import Manifests

/// Checks that a release folder is, to the last byte, as its owner signed it, and that its claim
/// follows from its events.
package struct ReleaseVerification: Sendable {
  /// The release folder.
  package var release: URL
  /// The key that must have signed: its short name, or the key itself in base 64 or hexadecimal.
  /// Without one, any key is accepted and reported.
  package var trustedKey: String?
  /// The owner's ledger. Its chain is checked, and it must hold the release's charges.
  package var ledger: URL?
  /// Whether ``ledger`` was named for this release, rather than found. Only a named ledger must
  /// hold the release.
  package var mustHoldRelease = true

  /// Creates a verification of the release alone.
  package init(release: URL) { self.release = release }

  /// Runs all checks. The faults of a release are in the report.
  ///
  /// - Throws: ``ReleaseError`` if the folder is not a release or has a newer format;
  ///   ``LedgerError`` if the ledger cannot be read.
  package func run() throws -> VerificationReport {
    if AnswerVerification.isAnswer(release) {
      return try AnswerVerification(folder: release, trustedKey: trustedKey).run()
    }
    let (manifestBytes, signatureBytes) = (
      try bytes(of: ReleaseArtefact.manifest.name), try bytes(of: ReleaseArtefact.signature.name)
    )
    if manifestBytes == nil, signatureBytes == nil { throw notARelease() }
    let (signature, check) = Self.checkSignature(manifest: manifestBytes, signature: signatureBytes)
    var checks = [check]
    if let trustedKey { checks.append(Self.checkTrust(signature?.signer, in: trustedKey)) }
    guard check.outcome == .passed, let manifestBytes, let signature else {
      checks.append(
        .notAssessed(
          "files", "Without a sound signature the manifest's list of files cannot be believed."))
      return VerificationReport(checks: checks, signer: signature?.signer, guarantee: nil)
    }
    let manifest = try decode(manifestBytes)
    guard manifest.signer == signature.signer else {
      checks.append(
        .failed(
          "signature", "manifest.json names another key than the one that signed it.",
          files: [ReleaseArtefact.manifest.name]))
      return VerificationReport(checks: checks, signer: signature.signer, guarantee: nil)
    }
    checks.append(Self.checkFiles(of: release, manifest: manifest))
    checks.append(Self.checkEvents(manifest))
    if let check = Self.checkPolicy(manifest) { checks.append(check) }
    if let ledger { checks.append(try checkLedger(ledger, manifest: manifest)) }
    return VerificationReport(
      checks: checks, signer: signature.signer, guarantee: manifest.guarantee)
  }

  /// Returns the bytes of a file, or nil if there is no such file.
  private func bytes(of name: String) throws -> Data? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: release.path, isDirectory: &isFolder),
      isFolder.boolValue
    else {
      throw ReleaseError.missingFile(release.path)
    }
    return try? Data(contentsOf: release.appendingPathComponent(name))
  }

  private func notARelease() -> ReleaseError { .notVerifiable(release.path) }

  /// Decodes the manifest, which the owner signed. If it cannot be read, it is of another version.
  private func decode(_ bytes: Data) throws -> Manifest {
    struct Version: Decodable { let format: Int }
    let path = release.appendingPathComponent(ReleaseArtefact.manifest.name).path
    guard let version = try? JSONDecoder().decode(Version.self, from: bytes) else {
      throw ReleaseError.notVerifiable(release.path)
    }
    guard version.format <= Manifest.currentFormat else {
      throw ReleaseError.newerFormat(path, found: version.format, known: Manifest.currentFormat)
    }
    guard let manifest = try? JSONDecoder().decode(Manifest.self, from: bytes) else {
      throw ReleaseError.notVerifiable(release.path)
    }
    return manifest
  }

  /// Names the changed one of the two files: the signature's file holds the manifest's hash too.
  static func checkSignature(manifest: Data?, signature: Data?) -> (
    ManifestSignature?, VerificationReport.Check
  ) {
    func fault(_ file: String, _ what: String) -> VerificationReport.Check {
      .failed("signature", "\(file) \(what). Get the release from its owner again.", files: [file])
    }
    guard let manifest else { return (nil, fault(ReleaseArtefact.manifest.name, "is missing")) }
    guard let signature else { return (nil, fault(ReleaseArtefact.signature.name, "is missing")) }
    guard let read = ManifestSignature(exactly: signature) else {
      return (nil, fault(ReleaseArtefact.signature.name, "is not as it was written"))
    }
    switch (read.names(manifest), read.isValid(for: manifest)) {
    case (true, true):
      return (read, .passed("signature", "manifest.json is signed by the key \(read.keyID)."))
    case (false, false):
      return (read, fault(ReleaseArtefact.manifest.name, "is not as it was signed"))
    default: return (read, fault(ReleaseArtefact.signature.name, "is not as it was written"))
    }
  }

  private static func checkTrust(_ signer: ManifestSigner?, in key: String)
    -> VerificationReport.Check
  {
    guard let signer else {
      return .notAssessed("trusted-key", "Without a sound signature nobody signed.")
    }
    return signer.isMeant(by: key)
      ? .passed("trusted-key", "The key is the one that you trust.")
      : .failed(
        "trusted-key",
        "The release was signed by the key \(signer.keyID), which is not the one that you trust. Ask its owner.",
        files: [ReleaseArtefact.signature.name])
  }
}
