import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file behind a ledger: who may read it, and whether it is still the one that was opened.
struct LedgerFile: Sendable {
  let path: String
  private let device: UInt64
  private let inode: UInt64

  /// One file at a time, so that the descriptor that created one is closed before another thread
  /// locks it.
  private static let creation = Mutex(())

  /// Creates the file, readable and writable by its owner only (0600), and the folders above it
  /// (0700), if they are missing.
  ///
  /// An existing file is never opened here: closing a descriptor of it would drop the locks that
  /// this process holds on it through SQLite.
  init(preparing url: URL) throws {
    path = url.path
    let path = path
    let status = try Self.creation.withLock { _ in
      try Self.createFolder(of: url)
      try Self.createIfMissing(path)
      var status = stat()
      guard stat(path, &status) == 0 else {
        throw LedgerError.storage(path: path, detail: "its state cannot be read")
      }
      return status
    }
    if status.st_mode & S_IFMT == S_IFDIR { throw LedgerError.isFolder(path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw LedgerError.notALedger(path: path) }
    guard access(path, R_OK | W_OK) == 0 else { throw LedgerError.readOnly(path: path) }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
  }

  /// Removes others' access to a ledger that they can read. Called when the file is known to be a
  /// ledger.
  func closeToOthers() throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw LedgerError.replaced(path: path) }
    guard status.st_mode & 0o077 == 0 || chmod(path, 0o600) == 0 else {
      throw LedgerError.storage(
        path: path, detail: "others can read it and it cannot be closed to them")
    }
  }

  /// Throws if the file is no longer in its place: anything written to it would be forgotten.
  func requireInPlace() throws {
    var status = stat()
    guard stat(path, &status) == 0, UInt64(truncatingIfNeeded: status.st_dev) == device,
      UInt64(truncatingIfNeeded: status.st_ino) == inode
    else { throw LedgerError.replaced(path: path) }
  }

  private static func createFolder(of url: URL) throws {
    let folder = url.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw LedgerError.cannotCreate(path: url.path, reason: "its folder cannot be made")
    }
  }

  private static func createIfMissing(_ path: String) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 {
      close(descriptor)
    } else if errno != EEXIST {
      throw openingFailed(path, errno)
    }
  }

  private static func openingFailed(_ path: String, _ code: Int32) -> LedgerError {
    switch code {
    case EISDIR: .isFolder(path: path)
    case EACCES, EROFS, EPERM: .cannotCreate(path: path, reason: "its folder cannot be written")
    default: .cannotCreate(path: path, reason: "the system refused (error \(code))")
    }
  }
}

/// The place where this user's ledger is kept.
package enum LedgerLocation {
  /// The environment variable that names a ledger file.
  package static let environmentVariable = "UNDERSTUDY_LEDGER"

  /// Returns the ledger file to use: the one named on the command line, else the one named by
  /// `UNDERSTUDY_LEDGER`, else `ledger.sqlite` in the user's data folder
  /// (`Library/Application Support/understudy` on macOS, elsewhere `XDG_DATA_HOME/understudy` or
  /// `.local/share/understudy` in the home folder). A relative `XDG_DATA_HOME` is ignored, as its
  /// specification requires.
  ///
  /// - Throws: ``LedgerError/noHomeFolder`` if no file is named and there is no home folder.
  package static func resolve(
    explicit: String?, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> URL {
    if let explicit, !explicit.isEmpty { return file(explicit, home: environment["HOME"]) }
    if let named = environment[environmentVariable], !named.isEmpty {
      return file(named, home: environment["HOME"])
    }
    return try dataFolder(environment).appendingPathComponent("understudy", isDirectory: true)
      .appendingPathComponent("ledger.sqlite", isDirectory: false)
  }

  private static func file(_ path: String, home: String?) -> URL {
    if path.hasPrefix("~/"), let home { return URL(fileURLWithPath: home + path.dropFirst(1)) }
    return URL(fileURLWithPath: path)
  }

  private static func dataFolder(_ environment: [String: String]) throws -> URL {
    #if !os(macOS)
      if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
        return URL(fileURLWithPath: data, isDirectory: true)
      }
    #endif
    guard let home = environment["HOME"], !home.isEmpty else { throw LedgerError.noHomeFolder }
    let folder = URL(fileURLWithPath: home, isDirectory: true)
    #if os(macOS)
      return folder.appendingPathComponent("Library/Application Support", isDirectory: true)
    #else
      return folder.appendingPathComponent(".local/share", isDirectory: true)
    #endif
  }
}
