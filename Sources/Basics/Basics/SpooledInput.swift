import Foundation

/// A file that can be read as often as needed: itself if it is a plain file, else a private copy of the pipe or device that was named.
///
/// On Linux the copy has no name on the disk, so that nothing of it stays behind however the process ends; elsewhere it is removed with
/// this object.
package final class SpooledInput: Sendable {
  /// The file to read.
  package let url: URL
  private let folder: PrivateFolder?
  /// Open while the copy is in use; -1 if there is none.
  private let descriptor: Int32

  /// Bytes that are copied at once.
  private static let blockSize = 1 << 20
  /// Milliseconds between looks at whether to stop.
  private static let patience: Int32 = 200

  /// - Parameters:
  ///   - path: as its user names it; `-` is the standard input.
  ///   - check: called while waiting and between blocks; what it throws ends the copying.
  package init(_ path: String, check: () throws -> Void = {}) throws {
    let named = URL(fileURLWithPath: path)
    let isStandardInput = path == "-"
    guard isStandardInput || FileIdentity(named).kind == .stream else {
      (url, folder, descriptor) = (named, nil, -1)
      return
    }
    let source = isStandardInput ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard source >= 0 else { throw CocoaError(.fileReadNoPermission, userInfo: [NSFilePathErrorKey: path]) }
    defer { close(source) }
    // The name stays: its suffix tells how the file is written, and the ledger calls the table by it.
    let isDescriptor = isStandardInput || path.hasPrefix("/dev/") || path.hasPrefix("/proc/")
    let folder = try PrivateFolder()
    let place = folder.url.appendingPathComponent(isDescriptor ? "standard-input" : named.lastPathComponent)
    let copy = open(place.path, O_RDWR | O_CREAT | O_EXCL, 0o600)
    guard copy >= 0 else { throw OutputFault.cannotWrite(path: place.path, reason: "the temporary copy cannot be made") }
    (url, self.folder, descriptor) = (place, folder, copy)
    #if os(Linux)
      unlink(place.path)
      guard symlink("/proc/self/fd/\(copy)", place.path) == 0 else {
        throw OutputFault.cannotWrite(path: place.path, reason: "the temporary copy cannot be named")
      }
    #endif
    try Self.copy(source, to: copy, name: place.lastPathComponent, check: check)
  }

  /// Whether ``url`` is a private copy of a pipe or device rather than the file that was named.
  package var isCopy: Bool { descriptor >= 0 }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static func copy(_ source: Int32, to target: Int32, name: String, check: () throws -> Void) throws {
    var buffer = [UInt8](repeating: 0, count: blockSize)
    while true {
      // Waits in steps, so that a request to stop is heard while nothing comes.
      var waiting = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, patience)
      try check()
      if ready == 0 || ready < 0 && errno == EINTR { continue }
      let got = read(source, &buffer, buffer.count)
      if got < 0 && (errno == EINTR || errno == EAGAIN) { continue }
      guard got >= 0 else { throw CocoaError(.fileReadUnknown, userInfo: [NSFilePathErrorKey: name]) }
      if got == 0 { return }
      guard buffer.withUnsafeBytes({ WholeWrite.all(of: UnsafeRawBufferPointer(rebasing: $0[..<got]), to: target) }) else {
        throw OutputFault.cannotWrite(path: name, reason: "the temporary copy of what comes through the pipe does not fit on the disk")
      }
    }
  }
}
