import Foundation

extension HubClient {
  /// Downloads all files of a result into a new folder, which appears whole or not at all.
  /// - Throws: ``ClientFault``.
  package func fetch(_ id: String, into folder: URL) async throws -> [FileNote] {
    let files = try await files(of: id)
    guard !files.isEmpty else { throw ClientFault.nothingToFetch }
    try await make(folder) { draft in
      try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: true)
      for file in files { try await download(file, of: id, into: draft) }
    }
    return files
  }

  /// Downloads a stand-in as one RO-Crate.
  package func fetchCrate(_ id: String, to file: URL) async throws {
    try await make(file) { draft in try await downloadCrate(of: id, to: draft) }
  }

  private func make(_ place: URL, _ work: (URL) async throws -> Void) async throws {
    guard !FileManager.default.fileExists(atPath: place.path) else {
      throw ClientFault.folderExists(place.lastPathComponent)
    }
    let draft = place.deletingLastPathComponent().appending(
      path: ".\(place.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)")
    do {
      try await work(draft)
      try FileManager.default.moveItem(at: draft, to: place)
    } catch {
      try? FileManager.default.removeItem(at: draft)
      throw error
    }
  }
}
