import Foundation

/// The source tree that contains this test.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The files below some folders whose names end in one of the extensions, in order of their
  /// paths.
  static func files(below folders: [String], extensions: Set<String>) throws -> [SourceText] {
    var found: [SourceText] = []
    for folder in folders {
      let start = root.appending(path: folder)
      guard let names = FileManager.default.enumerator(atPath: start.path) else { continue }
      for case let name as String in names {
        let path = "\(folder)/\(name)"
        guard extensions.contains(URL(filePath: name).pathExtension), !path.contains("/.build/")
        else { continue }
        found.append(SourceText(path: path, text: try text(of: path)))
      }
    }
    return found.sorted { $0.path < $1.path }
  }

  static func swiftFiles() throws -> [SourceText] { try loaded.get() }

  /// The files of the hub, which is a package of its own.
  static func hubFiles() throws -> [SourceText] {
    try files(below: ["Hub/Sources", "Hub/Tests"], extensions: ["swift"])
  }

  private static let loaded = Result {
    try files(below: ["Sources", "Tests", "Snippets", "Benchmarks"], extensions: ["swift"])
  }
}
