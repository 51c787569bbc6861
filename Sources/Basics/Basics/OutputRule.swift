import Foundation

/// The one place that decides where a command may write.
///
/// No output replaces a file that the command reads or keeps, regardless of `--force` and of the
/// path or link used. Only plain files and our own folders are replaced at all; devices, pipes and
/// sockets are written to.
package struct OutputRule {
  private var used: [(identity: FileIdentity, use: String)] = []
  private var outputs: [(identity: FileIdentity, isFolder: Bool)] = []

  package init() {}

  /// Prevents writing over `url` (or into it if it is a folder) and replacing a folder that holds
  /// it.
  /// - Parameter use: A noun with its article, such as `the table that is read`.
  package mutating func protect(_ url: URL?, as use: String) {
    guard let url else { return }
    let identity = FileIdentity(url)
    if identity.kind != .stream { used.append((identity, use)) }
  }

  /// Checks a file to be written.
  package mutating func file(_ url: URL, replaces: Bool) throws(OutputFault) {
    guard url.lastPathComponent != "-" else { return }
    let identity = FileIdentity(url)
    if identity.kind == .stream { return }
    try requireUnused(url, identity, isFolder: false)
    switch identity.kind {
    case .folder: throw OutputFault.isFolder(path: url.relativePath)
    case .file where !replaces: throw OutputFault.exists(path: url.relativePath)
    case .file: try requireReplaceable(url, identity)
    case .stream, nil: break
    }
    let folder = FileIdentity(identity.resolved.deletingLastPathComponent())
    guard folder.kind == .folder else { throw OutputFault.folderMissing(path: url.relativePath) }
    try requireWritable(folder.resolved, for: url)
    outputs.append((identity, false))
  }

  /// Checks a folder to be created.
  /// - Parameters:
  ///   - made: The name for a folder of ours, such as `a release`.
  ///   - isOurs: Whether a folder containing these names was made by us and holds nothing else.
  package mutating func folder(
    _ url: URL, replaces: Bool, made: String, isOurs: (Set<String>) -> Bool
  ) throws(OutputFault) {
    guard url.lastPathComponent != "-" else { throw .isStandardOutput }
    let identity = FileIdentity(url)
    try requireUnused(url, identity, isFolder: true)
    switch identity.kind {
    case nil: break
    case .file, .stream: throw OutputFault.isNotFolder(path: url.relativePath)
    case .folder:
      guard replaces else { throw OutputFault.exists(path: url.relativePath) }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: identity.resolved.path))
        .map(Set.init)
      guard let names, names.isEmpty || isOurs(names) else {
        throw OutputFault.notOurs(path: url.relativePath, made: made)
      }
    }
    outputs.append((identity, true))
  }

  /// First bytes of files that are always kept, no matter who names them as an output.
  private static let keptHeads = [
    ("SQLite format 3\0", "a database, perhaps a ledger"), ("understudy-key ", "a key"),
    ("understudy signing key ", "a key"),
  ]

  private func requireReplaceable(_ url: URL, _ identity: FileIdentity) throws(OutputFault) {
    guard let file = FileHandle(forReadingAtPath: identity.resolved.path) else { return }
    defer { try? file.close() }
    let head = (try? file.read(upToCount: 32)) ?? Data()
    for (bytes, use) in Self.keptHeads where head.starts(with: bytes.utf8) {
      throw OutputFault.isUsed(path: url.relativePath, as: use)
    }
  }

  private func requireWritable(_ folder: URL, for url: URL) throws(OutputFault) {
    guard access(folder.path, W_OK) != 0 else { return }
    throw OutputFault.cannotWrite(
      path: url.relativePath,
      reason: errno == EROFS
        ? "its folder is on a read-only disk" : "you may not write in its folder")
  }

  private func requireUnused(_ url: URL, _ identity: FileIdentity, isFolder: Bool)
    throws(OutputFault)
  {
    for other in used where identity == other.identity || identity.isInside(other.identity) {
      throw OutputFault.isUsed(path: url.relativePath, as: other.use)
    }
    for other in used where isFolder && other.identity.isInside(identity) {
      throw OutputFault.isUsed(path: url.relativePath, as: "a folder with \(other.use) in it")
    }
    for other in outputs
    where identity == other.identity || other.isFolder && identity.isInside(other.identity) {
      throw OutputFault.namedTwice(path: url.relativePath)
    }
  }
}

/// The reason for refusing to write to a place. Thrown before anything is read or charged.
package enum OutputFault: Error, Equatable {
  case isUsed(path: String, as: String)
  case namedTwice(path: String)
  case exists(path: String)
  case isFolder(path: String)
  case isNotFolder(path: String)
  case folderMissing(path: String)
  case notOurs(path: String, made: String)
  case beingWritten(path: String)
  case isStandardOutput
  case cannotWrite(path: String, reason: String)
}

extension OutputFault: CustomStringConvertible {
  /// Describes the fault, with the remedy in the last sentence.
  package var description: String {
    switch self {
    case .isUsed(let path, let use):
      "\(path): this is \(use), which is never replaced. Name another place."
    case .namedTwice(let path):
      "\(path): two things are to be written here. Name another place for one of them."
    case .exists(let path):
      "\(path): exists already, and is left as it is. Choose another name, or ask for it to be replaced."
    case .isFolder(let path):
      "\(path): this is a folder, but a file is to be written. Name a file inside it."
    case .isNotFolder(let path):
      "\(path): this is no folder, but a folder is to be made. Choose another name."
    case .folderMissing(let path):
      "\(path): its folder does not exist. Make the folder first, or choose another."
    case .notOurs(let path, let made):
      "\(path): holds more than \(made), so it is not replaced. Choose another folder, or remove it yourself."
    case .beingWritten(let path):
      "\(path): another run is writing there now. Wait for its end, or choose another place."
    case .isStandardOutput: "-: a folder cannot go to the standard output. Name a folder."
    case .cannotWrite(let path, let reason):
      "\(path): cannot be written, \(reason). Choose another place, or make room."
    }
  }
}

extension OutputFault {
  /// A stable name for programs that read errors.
  package var id: String {
    switch self {
    case .isUsed: "output.in-use"
    case .namedTwice: "output.named-twice"
    case .exists: "output.exists"
    case .isFolder: "output.is-folder"
    case .isNotFolder: "output.is-no-folder"
    case .folderMissing: "output.folder-missing"
    case .notOurs: "output.not-ours"
    case .beingWritten: "output.being-written"
    case .isStandardOutput: "output.standard-output"
    case .cannotWrite: "output.unwritable"
    }
  }
}

/// Keeps other runs from writing to the same place, by locking a hidden file beside it. The lock
/// ends with the process, however that ends.
package final class OutputClaim {
  private var descriptor: Int32
  private let path: String

  /// - Throws: ``OutputFault/beingWritten(path:)`` if another run holds the place, or
  ///   ``OutputFault/cannotWrite(path:reason:)``.
  package init(_ url: URL) throws(OutputFault) {
    let place = FileIdentity(url).resolved
    path =
      place.deletingLastPathComponent().appendingPathComponent(".\(place.lastPathComponent).lock")
      .path
    while true {
      let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard opened >= 0 else {
        throw OutputFault.cannotWrite(
          path: url.relativePath, reason: String(cString: strerror(errno)).lowercased())
      }
      guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
        close(opened)
        throw OutputFault.beingWritten(path: url.relativePath)
      }
      // The last owner may have removed the file between our opening it and locking it.
      var held = stat()
      var named = stat()
      if fstat(opened, &held) == 0, stat(path, &named) == 0, held.st_ino == named.st_ino,
        held.st_dev == named.st_dev
      {
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
