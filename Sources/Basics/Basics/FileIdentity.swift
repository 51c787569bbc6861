import Foundation

/// The file that a path leads to, regardless of links and spelling.
package struct FileIdentity: Hashable, Sendable {
  private enum Place: Hashable {
    /// A file that exists, identified by its number on its device, so hard links are one file.
    case stored(device: UInt64, number: UInt64)
    /// A file that does not exist yet, identified by the folder it would be in.
    case planned(path: String)
  }

  private let place: Place
  /// The path without links, as far as it exists.
  private let path: String
  /// The kind of the file according to `stat`; nil if there is none.
  package let kind: Kind?

  /// The kind of object at a path.
  package enum Kind: Sendable {
    case file
    case folder
    /// A device, a pipe or a socket. It is written to and read from, but never replaced.
    case stream
  }

  package init(_ url: URL) {
    var status = stat()
    let exists = stat(url.path, &status) == 0
    path = Self.canonicalPath(url)
    place =
      exists
      ? .stored(device: UInt64(status.st_dev), number: UInt64(status.st_ino)) : .planned(path: path)
    kind = exists ? Self.kind(status, path: url.path) : nil
  }

  package static func == (first: FileIdentity, second: FileIdentity) -> Bool {
    first.place == second.place
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(place) }

  /// Whether this file lies in `folder`, at any depth.
  package func isInside(_ folder: FileIdentity) -> Bool {
    path.hasPrefix(folder.path == "/" ? "/" : folder.path + "/")
  }

  /// The place a write that follows links reaches: the file itself, or a link's target.
  package var resolved: URL { URL(fileURLWithPath: path) }

  /// Treats names under `/dev` and of open descriptors as streams even if they lead to a plain
  /// file: somebody else opened it.
  private static func kind(_ status: stat, path: String) -> Kind {
    let isDescriptor =
      ["/dev/", "/proc/self/fd/"].contains { path.hasPrefix($0) } && !path.hasPrefix("/dev/shm/")
    if status.st_mode & S_IFMT == S_IFDIR { return .folder }
    return status.st_mode & S_IFMT == S_IFREG && !isDescriptor ? .file : .stream
  }

  /// Resolves the longest part of the path that exists and appends the rest.
  private static func canonicalPath(_ url: URL) -> String {
    var existing =
      url.path.hasPrefix("/") ? url.path : FileManager.default.currentDirectoryPath + "/" + url.path
    var rest: [String] = []
    var followed = 0
    while true {
      if let real = realpath(existing, nil) {
        defer { free(real) }
        return ([String(cString: real)] + rest.reversed()).joined(separator: "/").replacing(
          "//", with: "/")
      }
      // A dangling link leads to the file that would be created; one that leads back to itself
      // leads nowhere.
      if followed < 40,
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: existing)
      {
        followed += 1
        let folder = (existing as NSString).deletingLastPathComponent
        existing = target.hasPrefix("/") ? target : folder + "/" + target
        continue
      }
      guard existing != "/", !existing.isEmpty else {
        return "/" + rest.reversed().joined(separator: "/")
      }
      rest.append((existing as NSString).lastPathComponent)
      existing = (existing as NSString).deletingLastPathComponent
      if existing.isEmpty { existing = "/" }
    }
  }
}
