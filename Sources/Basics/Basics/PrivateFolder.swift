import Foundation

/// A folder for temporary files that only its owner may read. It is removed with its contents.
package final class PrivateFolder: Sendable {
  package let url: URL
  private static let prefix = "understudy-private-"

  /// Creates the folder, and removes those that killed runs left behind.
  package init() throws(OutputFault) {
    let parent = FileManager.default.temporaryDirectory
    Self.sweep(parent)
    var template = Array(parent.appendingPathComponent("\(Self.prefix)\(getpid())-XXXXXX").path.utf8CString)
    guard mkdtemp(&template) != nil else {
      throw OutputFault.cannotWrite(path: parent.path, reason: "no temporary folder can be made there")
    }
    url = URL(fileURLWithPath: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self), isDirectory: true)
  }

  deinit { remove() }

  /// Removes the folder now. A second call changes nothing.
  package func remove() { try? FileManager.default.removeItem(at: url) }

  /// Removes folders whose process has ended, since they belong to nobody.
  private static func sweep(_ parent: URL) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? [] where name.hasPrefix(prefix) {
      guard let process = pid_t(name.dropFirst(prefix.count).prefix { $0 != "-" }), kill(process, 0) != 0, errno == ESRCH else { continue }
      let folder = parent.appendingPathComponent(name)
      var status = stat()
      guard lstat(folder.path, &status) == 0, status.st_uid == getuid(), status.st_mode & S_IFMT == S_IFDIR else { continue }
      try? FileManager.default.removeItem(at: folder)
    }
  }
}
