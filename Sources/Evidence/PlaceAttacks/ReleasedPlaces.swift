import Curation
import DelimitedText
import Foundation
import HeatMaps
import Tables

/// What a release shows of places: heat by cell, and the people of synthetic trips.
package struct ReleasedPlaces: Sendable {
  /// Row by row from the south.
  let heat: [Double]
  /// The synthetic people; nil for a map.
  let people: PeopleTracks?

  /// Wraps a map.
  package init(heat: [Double]) { (self.heat, people) = (heat, nil) }

  /// Wraps synthetic trips.
  package init(_ trips: PeopleTracks) {
    (heat, people) = (trips.map(inPeople: false), trips)
  }

  /// Reads a release.
  /// - Parameters:
  ///   - folder: of a map or of trips, or one of their files.
  ///   - schema: that of the original.
  /// - Throws: ``PlaceAttackFault/noPlaces(_:)``, and the errors of tables.
  package init(_ folder: URL, schema: Schema, plan: HeatPlan, pauseSeconds: Double) throws {
    let files = FileManager.default
    let isFile = (try? folder.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == false
    let map = isFile ? folder : folder.appendingPathComponent("heat.geojson")
    let table = isFile ? folder : folder.appendingPathComponent("synthetic.csv")
    if map.pathExtension == "geojson", files.isReadableFile(atPath: map.path) {
      self.init(heat: try Self.heat(map, plan: plan))
    } else if table.pathExtension != "geojson", files.isReadableFile(atPath: table.path) {
      let read = try TableReader.read(table, under: try Self.released(schema, table)).table
      self.init(
        PeopleTracks(OwnerTable(read), schema: schema, plan: plan, pauseSeconds: pauseSeconds))
    } else {
      throw PlaceAttackFault.noPlaces(folder.lastPathComponent)
    }
  }

  /// Whether heat is in people, of whom everybody has 1, and not in points.
  func isInPeople(of count: Int) -> Bool {
    people == nil && heat.reduce(0, +) <= 2 * Double(max(count, 1))
  }

  /// Returns the schema of a table of trips: the columns of the original that it has, and others as
  /// texts.
  private static func released(_ schema: Schema, _ table: URL) throws -> Schema {
    let names = try CellReader(table).names
    var released = schema
    let person: String? = if case .person(let name, _) = schema.unit { name } else { nil }
    released.columns = names.map { name in
      guard let known = schema.column(named: name), name != person else {
        return ColumnSchema(name: name, type: .category)
      }
      return known
    }
    (released.rules, released.maps, released.place) = ([], [:], nil)
    released.unit = .row
    return released
  }

  private struct Collection: Decodable { let features: [Feature] }
  private struct Feature: Decodable {
    struct Properties: Decodable { let heat: Double }
    struct Geometry: Decodable { let coordinates: [[[Double]]] }
    let properties: Properties
    let geometry: Geometry
  }

  /// Spreads the heat of each square over the cells whose middle it holds.
  private static func heat(_ file: URL, plan: HeatPlan) throws -> [Double] {
    guard let map = try? JSONDecoder().decode(Collection.self, from: Data(contentsOf: file)) else {
      throw PlaceAttackFault.noPlaces(file.lastPathComponent)
    }
    let side = 1 << plan.grid.depth
    let first = plan.region.area(of: 0, level: plan.grid.depth, in: plan.grid)
    let (width, height) = (first.east - first.west, first.north - first.south)
    func cells(_ low: Double, _ high: Double, _ start: Double, _ size: Double) -> Range<Int> {
      let from = min(max(((low - start) / size).rounded(), 0), Double(side))
      let to = min(max(((high - start) / size).rounded(), from), Double(side))
      return Int(from)..<Int(to)
    }
    var heat = [Double](repeating: 0, count: side * side)
    for feature in map.features {
      let corners = feature.geometry.coordinates.joined().filter { $0.count >= 2 }
      guard let west = corners.map({ $0[0] }).min(), let east = corners.map({ $0[0] }).max(),
        let south = corners.map({ $0[1] }).min(), let north = corners.map({ $0[1] }).max()
      else { continue }
      let columns = cells(west, east, first.west, width)
      let rows = cells(south, north, first.south, height)
      let each = feature.properties.heat / Double(max(columns.count * rows.count, 1))
      for row in rows { for column in columns { heat[row * side + column] += each } }
    }
    return heat
  }
}
