import Foundation
import TableSources
import Tables

/// Tracks in GPX or GeoJSON: one file, or a folder of them.
///
/// The columns are person, trip, time, longitude and latitude. In a folder, each subfolder is a
/// person, and each other file is a person by its name; the trips of a person are numbered in the
/// order of the files' names. Nothing is judged by the points: those that cannot be right are left
/// out later, by the public rules of the schema.
package struct TrackFolder: TableSource {
  private let url: URL

  private static let suffixes: Set<String> = ["gpx", "geojson"]

  /// Returns nil if it is neither such a file nor a folder that holds one.
  package init?(_ url: URL) {
    self.url = url
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    guard exists, isFolder.boolValue ? !Self.files(in: url).isEmpty : Self.isOne(url) else {
      return nil
    }
  }

  package var name: String { url.lastPathComponent }

  package func file(
    under schema: () throws -> Schema?, in folder: () throws -> URL, check: () throws -> Void
  ) throws -> TableFile {
    var points = TrackPoints()
    var trips: [String: Int] = [:]
    let files = Self.isOne(url) ? [(file: url, person: Self.plain(url))] : Self.files(in: url)
    for (file, person) in files {
      try check()
      guard let data = try? Data(contentsOf: file, options: .alwaysMapped) else {
        throw TrackFileFault.noTracks(file.lastPathComponent)
      }
      for trip in try Self.trips(data, of: file) {
        let who = trip.person ?? person
        trips[who, default: 0] += 1
        for point in trip.points {
          try points.append(point, person: who, trip: trips[who] ?? 1)
        }
      }
    }
    guard points.count > 0 else { throw TrackFileFault.noTracks(name) }
    let target = try folder().appendingPathComponent("tracks")
    try points.table(name).write(to: target, under: schema())
    return TableFile(url: target, isOurs: true)
  }

  private static func trips(_ data: Data, of file: URL) throws -> [GeoJSONTracks.Trip] {
    if file.pathExtension.lowercased() == "gpx" {
      return try GPXReader.segments(data, file: file.lastPathComponent).map {
        GeoJSONTracks.Trip(person: nil, points: $0)
      }
    }
    return try GeoJSONTracks.trips(data, file: file.lastPathComponent)
  }

  private static func isOne(_ url: URL) -> Bool {
    suffixes.contains(url.pathExtension.lowercased()) && !url.hasDirectoryPath
  }

  private static func plain(_ url: URL) -> String { url.deletingPathExtension().lastPathComponent }

  /// The files of a folder with their persons, in the order of their names.
  private static func files(in folder: URL) -> [(file: URL, person: String)] {
    entries(folder).flatMap { entry -> [(file: URL, person: String)] in
      guard entry.hasDirectoryPath else {
        return isOne(entry) ? [(entry, plain(entry))] : []
      }
      return entries(entry).filter { isOne($0) }.map { ($0, entry.lastPathComponent) }
    }
  }

  private static func entries(_ folder: URL) -> [URL] {
    let all = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles)
    return (all ?? []).sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}
