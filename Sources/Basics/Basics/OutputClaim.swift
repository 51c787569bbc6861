import Foundation

/// Keeps other runs from writing to the same place, by locking a hidden file beside it. The lock
/// ends with the process, however that ends.
package final class OutputClaim {
  private var descriptor: Int32
  private let path: String

  /// - Throws: ``OutputFault/beingWritten(path:)`` if another run holds the place, or
  ///   ``OutputFault/cannotWrite(path:reason:)``.
  package init(_ url: URL) throws(OutputFault) {
    let place = FileIdentity(url).resolved
    path = place.deletingLastPathComponent().appendingPathComponent(".\(place.lastPathComponent).lock").path
    while true {
      let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard opened >= 0 else {
        throw OutputFault.cannotWrite(path: url.relativePath, reason: String(cString: strerror(errno)).lowercased())
      }
      guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
        close(opened)
        throw OutputFault.beingWritten(path: url.relativePath)
      }
      // The last owner may have removed the file between our opening it and locking it.
      var held = stat()
      var named = stat()
      if fstat(opened, &held) == 0, stat(path, &named) == 0, held.st_ino == named.st_ino, held.st_dev == named.st_dev {
        descriptor = opened
        return
      }
      close(opened)
    }
  }

  deinit { end() }

  /// Gives up the place. A second call changes nothing.
  package func end() {
    guard descriptor >= 0 else { return }
    unlink(path)
    close(descriptor)
    descriptor = -1
  }
}
