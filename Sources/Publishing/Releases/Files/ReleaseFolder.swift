import Basics
import Crypto
import Foundation
import Manifests

/// A folder that appears whole or not at all: it is written beside its place, then renamed. Until
/// then only its owner can read it.
package final class ReleaseFolder {
  let destination: URL
  package let draft: URL
  private let replaces: Bool
  /// Keeps other runs from writing there until this run ends.
  private let claim: OutputClaim
  /// Folders above the draft that were made for it, deepest first.
  private let madeFolders: [URL]
  /// The mode that the process gives to folders.
  private let usualMode: mode_t
  private let staysClosed: Bool

  /// The kind of a folder, which decides whether it may be replaced by another.
  package struct Kind: Sendable {
    let noun: String
    /// The file that identifies such a folder.
    let mark: String
    /// All files that one may hold.
    let names: Set<String>

    package static let release = Kind(
      noun: "a release", mark: ReleaseArtefact.manifest.name,
      names: Set(ReleaseArtefact.all.map(\.name)))

    /// A release of linked tables, whose files keep their names.
    package static func linkedRelease(tables: [String]) -> Kind {
      Kind(noun: release.noun, mark: release.mark, names: release.names.union(tables))
    }
  }

  /// - Parameters:
  ///   - replaces: whether an existing folder of this kind is replaced.
  ///   - rule: the paths that must not be overwritten.
  ///   - staysClosed: whether only its owner can read the folder once it is in place, too.
  /// - Throws: ``OutputFault`` if nothing may be written there, or another run is writing;
  ///   ``ReleaseError`` if the folder cannot be made.
  package init(
    at destination: URL, replaces: Bool, kind: Kind = .release, rule: OutputRule = OutputRule(),
    staysClosed: Bool = false
  ) throws {
    let files = FileManager.default
    var rule = rule
    try rule.folder(destination, replaces: replaces, made: kind.noun) {
      $0.contains(kind.mark) && $0.isSubset(of: kind.names)
    }
    self.destination = destination.standardizedFileURL
    self.replaces = replaces
    let parent = self.destination.deletingLastPathComponent()
    draft = parent.appendingPathComponent(
      ".\(self.destination.lastPathComponent).\(UUID().uuidString.prefix(8)).partial")
    let above = sequence(first: parent) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }
    madeFolders = above.prefix { !files.fileExists(atPath: $0.path) }.map { $0 }
    self.staysClosed = staysClosed
    var status = stat()
    // Closed while it is empty. From then on, the mode left by the process's mask is known.
    guard (try? files.createDirectory(at: draft, withIntermediateDirectories: true)) != nil,
      stat(draft.path, &status) == 0,
      chmod(draft.path, 0o700) == 0
    else {
      throw ReleaseError.cannotWrite(destination.path, reason: "its folder could not be made")
    }
    usualMode = status.st_mode & 0o777
    do {
      claim = try OutputClaim(destination)
    } catch {
      Self.remove(draft, madeFolders)
      throw error
    }
  }

  deinit {
    claim.end()
    Self.remove(draft, madeFolders)
  }

  /// Removes the draft and the folders made for it, except those that hold a release by now.
  private static func remove(_ draft: URL, _ madeFolders: [URL]) {
    try? FileManager.default.removeItem(at: draft)
    for folder in madeFolders where rmdir(folder.path) != 0 { break }
  }

  func url(_ name: String) -> URL { draft.appendingPathComponent(name) }

  package func write(_ data: Data, as name: String) throws {
    do {
      try data.write(to: url(name))
    } catch {
      throw ReleaseError.cannotWrite(
        destination.appendingPathComponent(name).path, reason: "writing failed; is the disk full?")
    }
  }

  /// Moves the draft into place.
  package func publish() throws {
    let files = FileManager.default
    do {
      guard staysClosed || chmod(draft.path, usualMode) == 0 else {
        throw CocoaError(.fileWriteNoPermission)
      }
      if replaces, files.fileExists(atPath: destination.path) {
        let old = draft.appendingPathExtension("old")
        try files.moveItem(at: destination, to: old)
        try files.moveItem(at: draft, to: destination)
        try files.removeItem(at: old)
      } else {
        try files.moveItem(at: draft, to: destination)
      }
    } catch {
      throw ReleaseError.cannotWrite(destination.path, reason: "it could not be put in its place")
    }
  }
}
