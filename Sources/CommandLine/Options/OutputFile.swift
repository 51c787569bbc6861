import Foundation
import Releases

/// A file that appears whole or not at all: written under another name in its folder, then renamed.
enum OutputFile {
  /// - Throws: ``Failure`` where the file exists and may not be replaced, its folder does not exist, or it is `-`, by which people mean the
  ///   standard output.
  static func check(_ url: URL, replaces: Bool) throws {
    guard url.lastPathComponent != "-" else {
      throw Failure(
        "-: files are not written to the standard output, where they could not appear whole or not at all.", remedy: "Name a file.")
    }
    let files = FileManager.default
    var isFolder: ObjCBool = false
    if files.fileExists(atPath: url.path, isDirectory: &isFolder) {
      guard !isFolder.boolValue else {
        throw Failure("\(InputFile.name(url)): this is a folder, but a file is to be written.", remedy: "Name a file inside it.")
      }
      guard replaces else {
        throw Failure(
          "\(InputFile.name(url)): exists already, and is left as it is.", remedy: "Choose another name, or say --force to replace it.")
      }
    }
    let folder = url.deletingLastPathComponent().path
    guard files.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw Failure("\(InputFile.name(url)): its folder does not exist.", remedy: "Make the folder first, or choose another.")
    }
  }

  /// Refuses to replace a folder that is not a release, whatever is said: it may hold anything.
  static func checkReleaseFolder(_ url: URL, replaces: Bool) throws {
    let files = FileManager.default
    guard replaces, files.fileExists(atPath: url.path) else { return }
    let names = (try? files.contentsOfDirectory(atPath: url.path)) ?? ["?"]
    guard names.isEmpty || names.contains("manifest.json") else {
      throw Failure(
        "\(InputFile.name(url)): is not a release, so --force does not replace it.", remedy: "Choose another folder, or remove it yourself."
      )
    }
  }

  /// Refuses to replace a folder that does not say of itself that it is not private: it may hold anything.
  static func checkUnprotectedFolder(_ url: URL, replaces: Bool) throws {
    let files = FileManager.default
    guard replaces, files.fileExists(atPath: url.path) else { return }
    let names = (try? files.contentsOfDirectory(atPath: url.path)) ?? ["?"]
    guard names.isEmpty || names.contains("NOT-PRIVATE.txt") else {
      throw Failure(
        "\(InputFile.name(url)): was not made with --no-privacy, so --force does not replace it.",
        remedy: "Choose another folder, or remove it yourself.")
    }
  }

  /// Checks, writes a page that only its owner can read, and puts it in its place.
  static func makeClosed(_ url: URL, replaces: Bool, data: Data) throws {
    try make(url, replaces: replaces) { try ClosedFiles.write(data, to: $0) }
  }

  /// Checks, has `write` fill a draft, and puts it in its place unless that throws.
  static func make(_ url: URL, replaces: Bool, write: (URL) throws -> Void) throws {
    try check(url, replaces: replaces)
    // The suffix stays, because a writer may choose the form by it.
    let name = ".partial-\(UUID().uuidString.prefix(8))-\(url.lastPathComponent)"
    let draft = url.deletingLastPathComponent().appendingPathComponent(name)
    defer { try? FileManager.default.removeItem(at: draft) }
    try write(draft)
    guard rename(draft.path, url.path) == 0 else {
      throw Failure("\(InputFile.name(url)): the finished file could not be put in its place.", remedy: "Check that you may write there.")
    }
  }
}
