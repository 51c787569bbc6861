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
  package mutating func folder(_ url: URL, replaces: Bool, made: String, isOurs: (Set<String>) -> Bool) throws(OutputFault) {
    guard url.lastPathComponent != "-" else { throw .isStandardOutput }
    let identity = FileIdentity(url)
    try requireUnused(url, identity, isFolder: true)
    switch identity.kind {
    case nil: break
    case .file, .stream: throw OutputFault.isNotFolder(path: url.relativePath)
    case .folder:
      guard replaces else { throw OutputFault.exists(path: url.relativePath) }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: identity.resolved.path)).map(Set.init)
      guard let names, names.isEmpty || isOurs(names) else { throw OutputFault.notOurs(path: url.relativePath, made: made) }
    }
    outputs.append((identity, true))
  }

  /// First bytes of files that are always kept, no matter who names them as an output.
  private static let keptHeads = [
    ("SQLite format 3\0", "a database, perhaps a ledger"), ("understudy-key ", "a key"), ("understudy signing key ", "a key"),
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
      path: url.relativePath, reason: errno == EROFS ? "its folder is on a read-only disk" : "you may not write in its folder")
  }

  private func requireUnused(_ url: URL, _ identity: FileIdentity, isFolder: Bool) throws(OutputFault) {
    for other in used where identity == other.identity || identity.isInside(other.identity) {
      throw OutputFault.isUsed(path: url.relativePath, as: other.use)
    }
    for other in used where isFolder && other.identity.isInside(identity) {
      throw OutputFault.isUsed(path: url.relativePath, as: "a folder with \(other.use) in it")
    }
    for other in outputs where identity == other.identity || other.isFolder && identity.isInside(other.identity) {
      throw OutputFault.namedTwice(path: url.relativePath)
    }
  }
}
