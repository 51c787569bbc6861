import Foundation

/// A file that appears whole or not at all: it is written under another name in its folder, then
/// renamed. Output to a device, a pipe or the standard output is completed before it is written.
package enum WholeFile {
  /// Lets `write` fill a draft, and moves the draft into place unless that throws.
  package static func make(_ url: URL, write: (URL) throws -> Void) throws {
    let identity = FileIdentity(url)
    if url.lastPathComponent == "-" || identity.kind == .stream {
      return try stream(to: url, write: write)
    }
    let place = identity.resolved
    // Keep the suffix, because a writer may choose the format by it.
    let name = ".partial-\(UUID().uuidString.prefix(8))-\(place.lastPathComponent)"
    let draft = place.deletingLastPathComponent().appendingPathComponent(name)
    defer { try? FileManager.default.removeItem(at: draft) }
    try write(draft)
    guard rename(draft.path, place.path) == 0 else {
      throw OutputFault.cannotWrite(
        path: url.relativePath, reason: "the finished file could not be put in its place")
    }
  }

  private static func stream(to url: URL, write: (URL) throws -> Void) throws {
    let folder = try PrivateFolder()
    let draft = folder.url.appendingPathComponent(
      url.lastPathComponent == "-" ? "output" : url.lastPathComponent)
    try write(draft)
    let source = try FileHandle(forReadingFrom: draft)
    defer { try? source.close() }
    let target = try StreamTarget(url)
    while let piece = try source.read(upToCount: 1 << 20), !piece.isEmpty {
      try target.write(piece)
    }
    try target.finish()
  }
}

/// A device, a pipe or the standard output, to which bytes are written as they come.
package final class StreamTarget {
  private let url: URL
  private let descriptor: Int32
  private let isOurs: Bool

  /// Whether bytes go to this place as they come, because it is not a plain file.
  package static func takes(_ url: URL) -> Bool {
    url.lastPathComponent == "-" || FileIdentity(url).kind == .stream
  }

  package init(_ url: URL) throws(OutputFault) {
    self.url = url
    isOurs = url.lastPathComponent != "-"
    descriptor = isOurs ? open(url.path, O_WRONLY | O_CLOEXEC) : STDOUT_FILENO
    guard descriptor >= 0 else {
      throw OutputFault.cannotWrite(path: url.relativePath, reason: Self.reason)
    }
  }

  deinit { if isOurs, descriptor >= 0 { close(descriptor) } }

  package func write(_ bytes: some ContiguousBytes) throws(OutputFault) {
    let isWritten = bytes.withUnsafeBytes { WholeWrite.all(of: $0, to: descriptor) }
    guard isWritten else {
      throw OutputFault.cannotWrite(path: url.relativePath, reason: Self.reason)
    }
  }

  /// Makes output durable if it can be stored; a pipe or a terminal has nothing to make durable.
  package func finish() throws(OutputFault) {
    guard fsync(descriptor) != 0, ![EINVAL, ENOTSUP, EROFS].contains(errno) else { return }
    throw OutputFault.cannotWrite(path: url.relativePath, reason: Self.reason)
  }

  private static var reason: String { String(cString: strerror(errno)).lowercased() }
}

/// Writes all of the given bytes to an open descriptor, however many calls that takes.
package enum WholeWrite {
  /// - Returns: Whether everything was written; if not, `errno` holds the reason.
  package static func all(of bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    var done = 0
    while done < bytes.count {
      let step = write(descriptor, base + done, bytes.count - done)
      if step < 0 && errno == EINTR { continue }
      guard step > 0 else { return false }
      done += step
    }
    return true
  }
}

/// A folder for temporary files that only its owner may read. It is removed with its contents.
package final class PrivateFolder: Sendable {
  package let url: URL
  private static let prefix = "understudy-private-"

  /// Creates the folder, and removes those that killed runs left behind.
  package init() throws(OutputFault) {
    let parent = FileManager.default.temporaryDirectory
    Self.sweep(parent)
    var template = Array(
      parent.appendingPathComponent("\(Self.prefix)\(getpid())-XXXXXX").path.utf8CString)
    guard mkdtemp(&template) != nil else {
      throw OutputFault.cannotWrite(
        path: parent.path, reason: "no temporary folder can be made there")
    }
    url = URL(
      fileURLWithPath: String(
        decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self),
      isDirectory: true)
  }

  deinit { remove() }

  /// Removes the folder now. A second call changes nothing.
  package func remove() { try? FileManager.default.removeItem(at: url) }

  /// Removes folders whose process has ended, since they belong to nobody.
  private static func sweep(_ parent: URL) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
    where name.hasPrefix(prefix) {
      guard let process = pid_t(name.dropFirst(prefix.count).prefix { $0 != "-" }),
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      let folder = parent.appendingPathComponent(name)
      var status = stat()
      guard lstat(folder.path, &status) == 0, status.st_uid == getuid(),
        status.st_mode & S_IFMT == S_IFDIR
      else { continue }
      try? FileManager.default.removeItem(at: folder)
    }
  }
}
