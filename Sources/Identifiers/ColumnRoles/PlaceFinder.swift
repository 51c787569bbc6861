import Tables

/// Finds the columns of a table that say where and when, by their names and ranges, for its owner.
///
/// Two coordinates of one kind are needed: degrees whose names say longitude and latitude, or
/// metres whose names are x and y, or easting and northing. Names such as x and y mean many things,
/// so that a time must stand beside them.
package enum PlaceFinder {
  private static let longitudes: Set<String> = ["longitude", "long", "lon", "lng"]
  private static let latitudes: Set<String> = ["latitude", "lat"]
  private static let eastings: Set<String> = ["x", "easting", "eastings"]
  private static let northings: Set<String> = ["y", "northing", "northings"]

  /// Returns the columns; nil if there are none.
  package static func place(in schema: Schema, of table: Table) -> PlaceColumns? {
    let time = schema.columns.first { column in
      guard case .timestamp(let format) = column.type, column.isModelled else { return false }
      return TimePattern(format)?.isClock == false
    }?.name
    let numbers = schema.columns.filter { column in
      switch column.type {
      case .integer, .decimal: column.isModelled
      case .scientific, .boolean, .date, .timestamp, .category, .identifier, .text: false
      }
    }
    func pair(_ plane: PlaceColumns.Plane, _ easts: Set<String>, _ norths: Set<String>)
      -> PlaceColumns?
    {
      for east in numbers {
        guard let (word, rest) = split(east.name, easts),
          let north = numbers.first(where: {
            split($0.name, norths)?.rest == rest && $0.name != east.name
          })
        else { continue }
        let isFit =
          plane == .metres
          ? time != nil || word.count > 1
          : lies(east, within: 180, in: table) && lies(north, within: 90, in: table)
        if isFit {
          return PlaceColumns(plane: plane, east: east.name, north: north.name, time: time)
        }
      }
      return nil
    }
    return pair(.degrees, longitudes, latitudes) ?? pair(.metres, eastings, northings)
  }

  /// Returns the one word of a name that is among `words`, and the others, such as `start` of
  /// `start_lon`; nil if there is none.
  private static func split(_ name: String, _ words: Set<String>) -> (word: String, rest: [String])?
  {
    let parts = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    guard let place = parts.firstIndex(where: words.contains) else { return nil }
    var rest = parts
    let word = rest.remove(at: place)
    return (word, rest)
  }

  /// Whether all numbers of a column are within ±`limit`, and not all of them are whole.
  private static func lies(_ column: ColumnSchema, within limit: Double, in table: Table) -> Bool {
    guard case .decimal(let digits) = column.type, digits >= 2,
      case .ticks(let ticks)? = table.column(named: column.name)?.cells
    else { return false }
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let values = ticks.lazy.filter { Cells.isValue($0) }
    return !values.isEmpty && values.allSatisfy { abs(Double($0)) <= limit * scale }
  }
}

extension Schema {
  /// Returns the schema with the columns that say where and when, as quasi-identifiers.
  package func withPlace(of table: Table) -> Schema {
    guard place == nil, let found = PlaceFinder.place(in: self, of: table) else { return self }
    var schema = self
    schema.place = found
    for index in columns.indices
    where [found.east, found.north].contains(columns[index].name)
      && columns[index].role == .ordinary
    { schema.columns[index].role = .quasiIdentifier }
    return schema
  }
}
