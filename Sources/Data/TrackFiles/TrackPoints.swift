import TableSources

/// A point of a track, as files of tracks say it.
struct TrackPoint: Equatable {
  /// In degrees; nil if the file gives no number.
  var longitude: Double?
  var latitude: Double?
  /// In microseconds since 1970 in UTC; nil if there is none.
  var time: Int64?
}

/// The points of files of tracks, as the columns of a table.
struct TrackPoints {
  private var people = SourceColumn(name: "person", kind: .text)
  private var trips = SourceColumn(name: "trip", kind: .whole)
  private var times = SourceColumn(name: "time", kind: .instant(isUTC: true))
  private var longitudes = SourceColumn(name: "longitude", kind: .decimal(digits: Self.digits))
  private var latitudes = SourceColumn(name: "latitude", kind: .decimal(digits: Self.digits))
  private(set) var count = 0

  /// A hundredth of a metre on the ground.
  private static let digits = 7
  private static let scale = 1e7

  /// Adds a point of a person's trip, counted from 1 within the person.
  mutating func append(_ point: TrackPoint, person: String, trip: Int) throws {
    try people.append(text: person)
    _ = trips.append(tick: Int64(trip))
    if !(point.time.map { times.append(tick: $0) } ?? false) { times.appendMissing() }
    Self.append(point.longitude, to: &longitudes)
    Self.append(point.latitude, to: &latitudes)
    count += 1
  }

  /// Degrees beyond a full turn are no degrees.
  private static func append(_ degrees: Double?, to column: inout SourceColumn) {
    guard let degrees, abs(degrees) <= 360, column.append(tick: Int64((degrees * scale).rounded()))
    else { return column.appendMissing() }
  }

  func table(_ name: String) -> SourceTable {
    SourceTable(name: name, columns: [people, trips, times, longitudes, latitudes])
  }
}

/// A reason why a file of tracks cannot be read. It names files, never what they hold.
package enum TrackFileFault: Error, Equatable, Sendable, CustomStringConvertible {
  case notGPX(String)
  case declaresEntities(String)
  case notGeoJSON(String)
  case noTracks(String)

  package var description: String {
    switch self {
    case .notGPX(let file):
      "\(file): this is not a file of tracks in GPX: its elements do not fit together. Export it again, or give the points as a table."
    case .declaresEntities(let file):
      "\(file): a document type stands in it, which a file of tracks has no use for. Remove the line that begins with <!DOCTYPE."
    case .notGeoJSON(let file):
      "\(file): this is not a collection of tracks in GeoJSON. Give a FeatureCollection of LineString, MultiLineString or Point features."
    case .noTracks(let name):
      "\(name): there is no point of a track in it. Give GPX files with `trkpt` elements, or GeoJSON with lines."
    }
  }

  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .notGPX: "tracks.not-gpx"
    case .declaresEntities: "tracks.declares-entities"
    case .notGeoJSON: "tracks.not-geojson"
    case .noTracks: "tracks.none"
    }
  }
}
