import Basics
import Foundation
import Manifests

/// Checks that the folder of an answer is, to the last byte, as its owner signed it.
struct AnswerVerification {
  let folder: URL
  let trustedKey: String?

  /// Whether a folder holds an answer and not a release.
  static func isAnswer(_ folder: URL) -> Bool {
    let files = FileManager.default
    return files.fileExists(atPath: folder.appendingPathComponent(AnswerDocument.name).path)
      && !files.fileExists(
        atPath: folder.appendingPathComponent(ReleaseArtefact.manifest.name).path)
  }

  /// - Throws: ``ReleaseError`` if the answer has a newer format.
  func run() throws -> VerificationReport {
    guard let bytes = data(AnswerDocument.name), let written = data(AnswerDocument.signature),
      let signature = ManifestSignature(exactly: written), signature.names(bytes),
      signature.isValid(for: bytes)
    else {
      let fault =
        "\(AnswerDocument.name) and \(AnswerDocument.signature) do not belong together. Get the answer from its owner again."
      return VerificationReport(
        checks: [.failed("signature", fault, files: [AnswerDocument.name])], signer: nil,
        guarantee: nil)
    }
    var checks: [VerificationReport.Check] = [
      .passed("signature", "\(AnswerDocument.name) is signed by the key \(signature.keyID).")
    ]
    if let trustedKey {
      checks.append(
        signature.signer.isMeant(by: trustedKey)
          ? .passed("trusted-key", "The key is the one that you trust.")
          : .failed(
            "trusted-key",
            "The answer was signed by another key than the one that you trust. Ask its owner."))
    }
    checks.append(try checkPage(bytes))
    return VerificationReport(checks: checks, signer: signature.signer, guarantee: nil)
  }

  /// Makes the page again from the signed answer.
  private func checkPage(_ bytes: Data) throws -> VerificationReport.Check {
    struct Version: Decodable { let format: Int }
    let path = folder.appendingPathComponent(AnswerDocument.name).path
    if let version = try? JSONDecoder().decode(Version.self, from: bytes),
      version.format > AnswerDocument.currentFormat
    {
      throw ReleaseError.newerFormat(
        path, found: version.format, known: AnswerDocument.currentFormat)
    }
    guard let answer = try? JSONDecoder().decode(AnswerDocument.self, from: bytes) else {
      throw ReleaseError.notVerifiable(folder.path)
    }
    let strange = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter {
        ![AnswerDocument.name, AnswerDocument.page, AnswerDocument.signature].contains($0)
      }
    guard strange.isEmpty, data(AnswerDocument.page) == Data(AnswerPage.html(answer).utf8) else {
      return .failed(
        "files",
        "\(AnswerDocument.page) is not the page of this answer, or other files lie beside it. Read answer.json only.",
        files: [AnswerDocument.page] + strange.sorted())
    }
    return .passed("files", "The page shows the signed answer.")
  }

  private func data(_ name: String) -> Data? {
    try? Data(contentsOf: folder.appendingPathComponent(name))
  }
}
