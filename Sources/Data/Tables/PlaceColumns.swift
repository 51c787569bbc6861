/// The columns of a table of points that say where and when: the entry `place:` of a schema.
///
/// All of it is public. Which points count is decided by these facts and the points of the same
/// person alone (`docs/proofs/heat-map.md`).
package struct PlaceColumns: Sendable, Equatable {
  /// The meaning of the coordinates.
  package enum Plane: String, Sendable, Equatable, Codable {
    /// Metres to the east and to the north of a public point.
    case metres
    /// Degrees of longitude and latitude.
    case degrees
  }

  /// A rectangle, in the units of the coordinates.
  package struct Area: Sendable, Equatable, Codable {
    package let west: Double
    package let south: Double
    package let east: Double
    package let north: Double

    /// The four numbers in the order of a schema file.
    package var numbers: [Double] { [west, south, east, north] }

    /// - Parameter numbers: west, south, east, north. Returns nil if they are no rectangle.
    package init?(_ numbers: [Double]) {
      guard numbers.count == 4, numbers.allSatisfy(\.isFinite), numbers[0] < numbers[2],
        numbers[1] < numbers[3]
      else { return nil }
      (west, south, east, north) = (numbers[0], numbers[1], numbers[2], numbers[3])
    }
  }

  package var plane: Plane
  /// The column that grows to the east: `x`, or the longitude.
  package var east: String
  /// The column that grows to the north: `y`, or the latitude.
  package var north: String
  /// The column of the time; nil if there is none.
  package var time: String?
  /// The speed, in metres a second, beyond which a point is an error; nil for no such rule.
  package var fastest: Int?
  /// Areas whose points are left out.
  package var excluded: [Area]

  package init(
    plane: Plane, east: String, north: String, time: String? = nil, fastest: Int? = nil,
    excluded: [Area] = []
  ) {
    (self.plane, self.east, self.north, self.time) = (plane, east, north, time)
    (self.fastest, self.excluded) = (fastest, excluded)
  }

  /// The entry as one text, such as `{x: x, y: y, time: time}`.
  /// - Parameter quoted: writes a column's name as the file's format asks.
  package func text(quoted: (String) -> String) -> String {
    let keys = plane == .metres ? ("x", "y") : ("longitude", "latitude")
    var parts = ["\(keys.0): \(quoted(east))", "\(keys.1): \(quoted(north))"]
    if let time { parts.append("time: \(quoted(time))") }
    if let fastest { parts.append("fastest: \(fastest)") }
    if !excluded.isEmpty {
      let areas = excluded.map { "[\($0.numbers.map { "\($0)" }.joined(separator: ", "))]" }
      parts.append("exclude: [\(areas.joined(separator: ", "))]")
    }
    return "{\(parts.joined(separator: ", "))}"
  }
}

extension Schema {
  /// The contradictions between `place` and the columns.
  func placeFaults() -> [SchemaFault] {
    guard let place else { return [] }
    var faults: [SchemaFault] = []
    func check(_ name: String, isTime: Bool) {
      guard let column = column(named: name) else {
        faults.append(
          SchemaFault(
            problem: "`place` names the column '\(name)', which is not described",
            allowed: "a column of `columns`",
            remedy: nearestColumn(to: name) ?? "add the column, or correct its name"))
        return
      }
      let fits: Bool =
        switch column.type {
        case .integer, .decimal: !isTime
        case .timestamp(let format): isTime && TimePattern(format)?.isClock == false
        case .scientific, .boolean, .date, .category, .identifier, .text: false
        }
      if !fits || !column.isModelled {
        faults.append(
          SchemaFault(
            column: name,
            problem:
              "`place` names a column of the type \(column.type.schemaWord) with another use",
            allowed: isTime
              ? "a timestamp with a date, with an ordinary role"
              : "an integer or a decimal, with an ordinary role",
            remedy: isTime
              ? "correct its type or role, or leave `time` out" : "correct its type or role"))
      }
    }
    check(place.east, isTime: false)
    check(place.north, isTime: false)
    if let time = place.time { check(time, isTime: true) }
    if place.fastest != nil, place.time == nil {
      faults.append(
        SchemaFault(
          problem: "`place` says how fast people move, but names no time",
          allowed: "`fastest` beside `time`", remedy: "add `time: COLUMN`, or remove `fastest`"))
    }
    return faults
  }
}
