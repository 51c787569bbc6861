/// A reason why places cannot be attacked. It names files and settings, never a value.
package enum PlaceAttackFault: Error, Equatable, CustomStringConvertible {
  case noPlaces(String)
  case noPeople(String)
  case tooFewCells

  package var description: String {
    switch self {
    case .noPlaces(let name):
      "\(name): there is neither a map (heat.geojson) nor a table of trips (synthetic.csv) that can be read. Give the folder of a "
        + "release of `heatmap` or `trips`."
    case .noPeople(let name):
      "\(name): nobody has a point within the declared bounds. Check that the schema is that of this table."
    case .tooFewCells:
      "cell: the region has fewer than 8 cells a side, which is too few to look for homes. Take smaller cells."
    }
  }

  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .noPlaces: "attack.no-places"
    case .noPeople: "attack.no-people"
    case .tooFewCells: "attack.too-few-cells"
    }
  }
}
