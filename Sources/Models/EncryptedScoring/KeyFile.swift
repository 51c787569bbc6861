import Basics
import Foundation
import LatticeEncryption

/// The key of one request, in a file that only its owner may read.
enum KeyFile {
  /// Writes a new file. The key's bytes go from its own memory to the file, without a copy.
  static func write(_ key: borrowing SecretKey, header: SealedHeader, to url: URL) throws {
    let head = try SealedKind.key.head(header)
    let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw ScoringFault.keyNotWritten(file: url.relativePath) }
    defer { close(descriptor) }
    let isWritten =
      fchmod(descriptor, 0o600) == 0 && head.withUnsafeBytes { write($0, to: descriptor) }
      && key.withBytes { write($0, to: descriptor) } && fsync(descriptor) == 0
    guard isWritten else {
      unlink(url.path)
      throw ScoringFault.keyNotWritten(file: url.relativePath)
    }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    WholeWrite.all(of: bytes, to: descriptor)
  }

  /// Overwrites the file with zeros, makes that durable, and removes it. A disk that keeps old
  /// copies of a block, or a backup, may still hold the key: only the file is in the program's
  /// power.
  static func destroy(_ url: URL) throws {
    let descriptor = open(url.path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw ScoringFault.keyNotDestroyed(file: url.relativePath) }
    defer { close(descriptor) }
    let length = Int(lseek(descriptor, 0, SEEK_END))
    let isZeroed =
      length >= 0 && lseek(descriptor, 0, SEEK_SET) == 0
      && [UInt8](repeating: 0, count: length).withUnsafeBytes { write($0, to: descriptor) }
      && fsync(descriptor) == 0
    guard unlink(url.path) == 0, isZeroed else {
      throw ScoringFault.keyNotDestroyed(file: url.relativePath)
    }
  }
}
