import Tables

/// Reads the entry `place:`, which says where and when.
extension SchemaReader {
  private static let placeForms =
    "place: {x: COLUMN, y: COLUMN} in metres, or place: {longitude: COLUMN, latitude: COLUMN} in degrees"

  /// Reads `place: {x: x, y: y, time: time, fastest: 70, exclude: [[0, 0, 500, 500]]}`.
  mutating func place(_ node: SchemaNode) -> PlaceColumns? {
    let keys = mapping(
      node, keys: ["x", "y", "longitude", "latitude", "time", "fastest", "exclude"],
      what: "`place`")
    guard node.entries != nil else { return nil }
    let metres = [keys["x"], keys["y"]].compactMap(\.self)
    let degrees = [keys["longitude"], keys["latitude"]].compactMap(\.self)
    guard metres.count + degrees.count == 2, metres.count != 1 else {
      report(
        node.line, "`place` does not name two coordinates of one kind", allowed: Self.placeForms,
        remedy: "name the two columns that say where a point is")
      return nil
    }
    let columns = (metres + degrees).compactMap { text($0, key: "place") }
    guard columns.count == 2 else { return nil }
    return PlaceColumns(
      plane: metres.isEmpty ? .degrees : .metres, east: columns[0], north: columns[1],
      time: keys["time"].flatMap { text($0, key: "time") },
      fastest: keys["fastest"].flatMap { integer($0, key: "fastest", in: 1...100_000) },
      excluded: keys["exclude"].map { areas($0) } ?? [])
  }

  private mutating func areas(_ node: SchemaNode) -> [PlaceColumns.Area] {
    let areas = (node.items ?? []).map { item in
      PlaceColumns.Area((item.items ?? []).compactMap { $0.text.flatMap { Double($0) } })
    }
    if node.items == nil || areas.contains(where: { $0 == nil }) {
      report(
        node.line, "`exclude` is not a list of rectangles",
        allowed: "exclude: [[WEST, SOUTH, EAST, NORTH]], in the units of the coordinates",
        remedy: "write four numbers for each area, the lower ones first")
    }
    return areas.compactMap(\.self)
  }
}
