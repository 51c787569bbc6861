import Foundation

/// A file that can be read as often as needed: the named file itself if it is a plain file, else a
/// private copy of the named pipe or device.
///
/// On Linux the copy has no name on disk, so nothing stays behind however the process ends.
/// Elsewhere it is removed with this object.
package final class SpooledInput: Sendable {
  /// The file to read.
  package let url: URL
  private let folder: PrivateFolder?
  /// Open while the copy is in use; -1 if there is none.
  private let descriptor: Int32

  /// The number of bytes copied at once.
  private static let blockSize = 1 << 20
  /// Milliseconds between checks for a request to stop.
  private static let patience: Int32 = 200

  /// - Parameters:
  ///   - path: The path as the user names it; `-` is the standard input.
  ///   - check: Called while waiting and between blocks; an error it throws ends the copying.
  package init(_ path: String, check: () throws -> Void = {}) throws {
    let named = URL(fileURLWithPath: path)
    let isStandardInput = path == "-"
    guard isStandardInput || FileIdentity(named).kind == .stream else {
      (url, folder, descriptor) = (named, nil, -1)
      return
    }
    let source = isStandardInput ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard source >= 0 else {
      throw CocoaError(.fileReadNoPermission, userInfo: [NSFilePathErrorKey: path])
    }
    defer { close(source) }
    // Keep the name: its suffix gives the format, and the ledger lists the table under it.
    let isDescriptor = isStandardInput || path.hasPrefix("/dev/") || path.hasPrefix("/proc/")
    let folder = try PrivateFolder()
    let place = folder.url.appendingPathComponent(
      isDescriptor ? "standard-input" : named.lastPathComponent)
    let copy = open(place.path, O_RDWR | O_CREAT | O_EXCL, 0o600)
    guard copy >= 0 else {
      throw OutputFault.cannotWrite(path: place.path, reason: "the temporary copy cannot be made")
    }
    (url, self.folder, descriptor) = (place, folder, copy)
    #if os(Linux)
      unlink(place.path)
      guard symlink("/proc/self/fd/\(copy)", place.path) == 0 else {
        throw OutputFault.cannotWrite(
          path: place.path, reason: "the temporary copy cannot be named")
      }
    #endif
    try Self.copy(source, to: copy, name: place.lastPathComponent, check: check)
  }

  /// Whether ``url`` is a private copy of a pipe or device rather than the named file.
  package var isCopy: Bool { descriptor >= 0 }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static func copy(
    _ source: Int32, to target: Int32, name: String, check: () throws -> Void
  ) throws {
    var buffer = [UInt8](repeating: 0, count: blockSize)
    while true {
      // Wait in steps, so that a request to stop is noticed while no data arrives.
      var waiting = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, patience)
      try check()
      if ready == 0 || ready < 0 && errno == EINTR { continue }
      let got = read(source, &buffer, buffer.count)
      if got < 0 && (errno == EINTR || errno == EAGAIN) { continue }
      guard got >= 0 else {
        throw CocoaError(.fileReadUnknown, userInfo: [NSFilePathErrorKey: name])
      }
      if got == 0 { return }
      guard
        buffer.withUnsafeBytes({
          WholeWrite.all(of: UnsafeRawBufferPointer(rebasing: $0[..<got]), to: target)
        })
      else {
        throw OutputFault.cannotWrite(
          path: name,
          reason: "the temporary copy of what comes through the pipe does not fit on the disk")
      }
    }
  }
}
