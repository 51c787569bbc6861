import ColumnRoles
import Tables
import Testing

/// Columns of coordinates are found by names and ranges together.
@Suite struct PlaceFinderTests {
  private func schema(_ names: [String], values: [Int64] = [0, 10_000, -20_000]) -> (Schema, Table)
  {
    let columns = names.map { name -> ColumnSchema in
      name.contains("time")
        ? ColumnSchema(name: name, type: .timestamp(.iso))
        : ColumnSchema(name: name, type: .decimal(fractionDigits: 3))
    }
    return (
      Schema(name: "t", columns: columns),
      Table(columns: columns.map { $0.filled(with: .ticks(values)) })
    )
  }

  @Test(arguments: [
    (["Latitude", "Longitude"], ["Longitude", "Latitude"]),
    (["start_lat", "end_lon", "start_lon"], ["start_lon", "start_lat"]),
    (["lng", "lat", "time"], ["lng", "lat"]), (["x", "y", "time"], ["x", "y"]),
    (["Easting", "Northing"], ["Easting", "Northing"]),
  ])
  func coordinatesAreFound(_ names: [String], _ found: [String]) throws {
    let (schema, table) = schema(names)
    let placed = schema.withPlace(of: table)
    let place = try #require(placed.place)
    #expect([place.east, place.north] == found)
    #expect(place.time == (names.contains("time") ? "time" : nil))
    #expect(
      placed.columns.filter { $0.role == .quasiIdentifier }.map(\.name).sorted() == found.sorted())
  }

  /// x and y without a time, degrees beyond the globe, and half a pair mean something else.
  @Test(arguments: [
    ["x", "y"], ["lat"], ["lat", "start_lon"], ["flat", "along"], ["a", "b", "time"],
  ])
  func otherColumnsAreNot(_ names: [String]) {
    let (schema, table) = schema(names)
    #expect(schema.withPlace(of: table).place == nil)
  }

  @Test func degreesBeyondTheGlobeAreNone() {
    let (schema, table) = schema(["lon", "lat"], values: [0, 95_000])
    #expect(schema.withPlace(of: table).place == nil)
  }
}
