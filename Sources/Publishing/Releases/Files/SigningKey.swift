import Basics
import Crypto
import Foundation
import Manifests

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The owner's Ed25519 key, which signs releases. It is made on first use and never leaves its
/// file.
package struct SigningKey: Sendable {
  /// The file's name in the folder of keys.
  package static let fileName = "signing.key"
  private static let firstLine = "understudy signing key 1"

  private let key: Curve25519.Signing.PrivateKey

  /// Returns the folder of the owner's keys if none is named: the one beside the ledger.
  static func folder(beside ledger: URL) -> URL {
    ledger.deletingLastPathComponent().appendingPathComponent("\(ledger.lastPathComponent)-keys")
  }

  /// Reads the key in `folder`, or makes it there if there is none: a file for its owner only
  /// (0600), in a folder for its owner only (0700).
  ///
  /// Two processes that come first at once make one key.
  /// - Throws: ``ReleaseError/keyUnusable(_:reason:)``.
  package init(keptIn folder: URL) throws {
    let file = folder.appendingPathComponent(Self.fileName)
    if !FileManager.default.fileExists(atPath: file.path) { try Self.make(file) }
    key = try Self.read(file)
  }

  /// The public half of the key.
  package var signer: ManifestSigner { ManifestSigner(publicKey: key.publicKey.rawRepresentation) }

  /// Signs the exact bytes of a manifest.
  func sign(_ manifest: Data) throws -> ManifestSignature {
    ManifestSignature(
      signer: signer, manifest: manifest, signature: try key.signature(for: manifest))
  }

  private static func read(_ file: URL) throws -> Curve25519.Signing.PrivateKey {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      throw ReleaseError.keyUnusable(file.path, reason: "it cannot be read")
    }
    var status = stat()
    guard stat(file.path, &status) == 0, status.st_mode & 0o077 == 0 || chmod(file.path, 0o600) == 0
    else {
      throw ReleaseError.keyUnusable(
        file.path, reason: "others can read it and it cannot be closed to them")
    }
    let lines = text.split(separator: "\n")
    guard lines.count == 2, lines[0] == firstLine,
      let bytes = Data(base64Encoded: String(lines[1])),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
    else {
      throw ReleaseError.keyUnusable(
        file.path, reason: "it is no signing key of understudy, or it is damaged")
    }
    return key
  }

  /// Writes the file beside its place and then links it there, so that it appears whole or not at
  /// all, and an existing key is never replaced.
  private static func make(_ file: URL) throws {
    let folder = file.deletingLastPathComponent()
    let draft = folder.appendingPathComponent(".\(fileName).\(UUID().uuidString.prefix(8)).partial")
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw ReleaseError.keyUnusable(file.path, reason: "its folder cannot be made")
    }
    let text =
      "\(firstLine)\n\(Curve25519.Signing.PrivateKey().rawRepresentation.base64EncodedString())\n"
    defer { unlink(draft.path) }
    guard writeClosed(Array(text.utf8), to: draft.path),
      link(draft.path, file.path) == 0 || errno == EEXIST
    else {
      throw ReleaseError.keyUnusable(file.path, reason: "it cannot be written")
    }
  }

  /// Creates a file of mode 0600 and flushes it to the disk.
  private static func writeClosed(_ bytes: [UInt8], to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return bytes.withUnsafeBytes { WholeWrite.all(of: $0, to: descriptor) }
      && fsync(descriptor) == 0
  }
}
