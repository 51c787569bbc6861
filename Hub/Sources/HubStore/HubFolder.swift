import Crypto
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The folder of a hub, which only its user can open; or, if whoever runs the machine has given the
/// folder to a group (mode 2770), the users of that group: one for pages and one for workers.
///
///     hub.sqlite     the log, accounts, sessions and jobs
///     keys/          the keys of the hub
///     vault/         releases and answers: the only place with numbers that were learned
///     ledger.sqlite  the budgets, unless another ledger is named
package struct HubFolder: Sendable {
  package let root: URL
  package let ledger: URL
  /// Whether several users of the machine share it.
  private let isShared: Bool

  /// - Parameter ledger: Nil for the one in the folder.
  package init(_ root: URL, ledger: URL? = nil) throws {
    self.root = root
    self.ledger = ledger ?? root.appending(path: "ledger.sqlite")
    let present = try? FileManager.default.attributesOfItem(atPath: root.path)
    let mode = (present?[.posixPermissions] as? NSNumber)?.intValue ?? 0
    isShared = mode & 0o2027 == 0o2020
    for folder in [root, root.appending(path: "keys"), root.appending(path: "vault")] {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
  }

  /// Makes the file of the database if it is not there, closed to all but the users of the folder
  /// before it holds a byte. SQLite gives its other files the same mode.
  func closeDatabase() throws {
    let mode: mode_t = isShared ? 0o660 : 0o600
    let descriptor = open(database.path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    if descriptor >= 0 {
      // Whatever the process's mask takes away.
      fchmod(descriptor, mode)
      close(descriptor)
    } else if !isShared {
      chmod(database.path, mode)
    }
  }

  package var database: URL { root.appending(path: "hub.sqlite") }
  /// The keys that sign releases and answers, kept by the core.
  package var signingKeys: URL { root.appending(path: "keys/signing") }

  /// The folder that a job writes, whole or not at all.
  package func result(of request: String) -> URL { root.appending(path: "vault/\(request)") }
  /// The analysis file of a question.
  package func question(of request: String) -> URL {
    root.appending(path: "vault/\(request).question.json")
  }

  /// The hub's key for a purpose, made at first use. Only users of the folder can read its file.
  package func key(_ name: String) throws -> SymmetricKey {
    let file = root.appending(path: "keys/\(name).key")
    if let data = try? Data(contentsOf: file), data.count == 32 { return SymmetricKey(data: data) }
    let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
    // Made under another name first and then linked, so that of two processes one wins whole.
    let draft = root.appending(path: "keys/\(name).\(ProcessInfo.processInfo.processIdentifier)")
    guard
      FileManager.default.createFile(
        atPath: draft.path, contents: bytes,
        attributes: [.posixPermissions: isShared ? 0o640 : 0o600])
    else { throw HubFolderError.cannotWrite(name) }
    defer { try? FileManager.default.removeItem(at: draft) }
    do { try FileManager.default.linkItem(at: draft, to: file) } catch {
      guard FileManager.default.fileExists(atPath: file.path) else { throw error }
    }
    let data = try Data(contentsOf: file)
    guard data.count == 32 else { throw HubFolderError.unreadableKey(name) }
    return SymmetricKey(data: data)
  }
}

/// A fault of the hub's folder.
package enum HubFolderError: Error, Equatable, CustomStringConvertible {
  case unreadableKey(String)
  case cannotWrite(String)

  package var description: String {
    switch self {
    case .unreadableKey(let name): "The key file '\(name).key' does not hold a key of 32 bytes."
    case .cannotWrite(let name): "The key file '\(name).key' cannot be written."
    }
  }
}
