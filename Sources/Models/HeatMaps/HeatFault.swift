import Curation

/// The reason a map cannot be made. It follows from the request, the schema and the declared areas
/// alone, never from a row.
package enum HeatFault: Error, Equatable, Sendable {
  case noPlace
  case noPerson
  case noBounds(String)
  case notDirect(String)
  case tooManyCells(metres: Double, finest: Double)
  case oneCell(metres: Double)
  case noTime(String)
  case noTimeOfTrips
  case wrongPause
  case wrongSpeed
  case wrongCellSize
  case wrongThreshold
  case areasUnreadable(String)
  case noAreas(String)
  case roadsUnreadable(String)
  case noRoads(String)
  case policyOnTables(String)
}

extension HeatFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noPlace:
      "The schema does not say which columns are coordinates. Add `place: {x: COLUMN, y: COLUMN}` for metres, or "
        + "`place: {longitude: COLUMN, latitude: COLUMN}` for degrees."
    case .noPerson:
      "The schema protects single rows, but a person has many points. Write `unit: {person: COLUMN, at most: POINTS}`, or `unit: {site: "
        + "COLUMN, at most: POINTS}` if sites are the secret."
    case .noBounds(let name):
      "The schema does not say how far the map reaches: column '\(name)' has no declared bounds. Write `bounds: [LOW, HIGH]` beside it, as "
        + "anyone who knows the region would."
    case .notDirect(let name):
      "A rule of the schema computes column '\(name)' or makes it a gap to another. Take the rule out to draw a map of it."
    case .tooManyCells(let metres, let finest):
      "cell: \(Int(metres)) m are too fine for so large a region. Take cells of at least "
        + "\(Int(finest.rounded(.up))) m, or declare narrower bounds."
    case .oneCell(let metres):
      "cell: the whole region fits into one cell of \(Int(metres)) m. Take smaller cells, or declare wider bounds."
    case .noTime(let slices):
      "The schema names no time, so that a map by \(slices) cannot be drawn. Add `time: COLUMN` to `place`."
    case .noTimeOfTrips:
      "The schema names no time that is finer than the pause between trips. Add `time: COLUMN` to `place`, a column of timestamps."
    case .wrongPause: "pause: must be from 1 to 1,440 minutes. 10 suits tracks of a receiver."
    case .wrongSpeed: "speed: must be from 1 to 1,000 metres a second. 70 suits roads."
    case .wrongCellSize: "cell: must be a number of metres from 1 to 1,000,000. 200 suits a town."
    case .wrongThreshold:
      "threshold: must be from 1 to 10 standard deviations. 3 shows hardly any noise."
    case .areasUnreadable(let file):
      "\(file): this is not a collection of areas in GeoJSON. Give a FeatureCollection of Polygon or MultiPolygon features."
    case .roadsUnreadable(let file):
      "\(file): this is not a collection of roads in GeoJSON. Give a FeatureCollection of LineString or MultiLineString features."
    case .noRoads(let file):
      "\(file): no road runs through the region of the trips. Check that its coordinates are those of the table."
    case .policyOnTables(let name):
      "The policy '\(name)' asks for attacks on rows or distances of columns, which say nothing of places. Give one with "
        + "`attacks: any`, and `column distance`, `pair distance` and `prediction` of `utility` set to `any`."
    case .noAreas(let file):
      "\(file): no area lies in the region of the map. Check that its coordinates are those of the table."
    }
  }
}

extension HeatFault {
  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .noPlace: "place.none"
    case .noPerson: "place.no-person"
    case .noBounds: "place.no-bounds"
    case .notDirect: "place.not-direct"
    case .tooManyCells: "place.too-many-cells"
    case .oneCell: "place.one-cell"
    case .noTime: "place.no-time"
    case .noTimeOfTrips: "place.no-time-of-trips"
    case .wrongPause: "place.pause"
    case .wrongSpeed: "place.speed"
    case .wrongCellSize: "place.cell-size"
    case .wrongThreshold: "place.threshold"
    case .areasUnreadable: "place.areas-unreadable"
    case .noAreas: "place.no-areas"
    case .roadsUnreadable: "place.roads-unreadable"
    case .noRoads: "place.no-roads"
    case .policyOnTables: "place.policy"
    }
  }
}
