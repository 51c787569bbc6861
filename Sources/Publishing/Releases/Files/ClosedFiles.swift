import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Folders and files that only their owner can read: modes 0700 and 0600, whatever the process's
/// mask allows or removes.
package enum ClosedFiles {
  /// Creates the folder and the missing folders above it, each closed to others.
  /// - Throws: ``ReleaseError/cannotWrite(_:reason:)``.
  package static func makeFolder(_ folder: URL) throws {
    let above = sequence(first: folder.standardizedFileURL) {
      $0.path == "/" ? nil : $0.deletingLastPathComponent()
    }
    let missing = above.prefix { !FileManager.default.fileExists(atPath: $0.path) }
    for folder in missing.reversed() {
      guard mkdir(folder.path, 0o700) == 0 || errno == EEXIST, chmod(folder.path, 0o700) == 0 else {
        throw ReleaseError.cannotWrite(folder.path, reason: "the folder could not be made")
      }
    }
  }

  /// Writes a new file, which is closed to others before it holds a byte.
  /// - Throws: ``ReleaseError/cannotWrite(_:reason:)``, also if the file already exists.
  package static func write(_ data: Data, to file: URL) throws {
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw ReleaseError.cannotWrite(file.path, reason: "the file could not be made")
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      guard fchmod(descriptor, 0o600) == 0 else { throw CocoaError(.fileWriteNoPermission) }
      try handle.write(contentsOf: data)
      try handle.close()
    } catch {
      throw ReleaseError.cannotWrite(file.path, reason: "writing failed; is the disk full?")
    }
  }
}
