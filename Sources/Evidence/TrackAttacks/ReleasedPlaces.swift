import Curation
import DelimitedText
import Foundation
import HeatMaps
import Tables

/// What a release shows of places: heat by cell, and the people of synthetic trips.
struct ReleasedPlaces {
  let heat: [Double]
  /// The synthetic people; nil for a map.
  let people: PeopleTracks?

  /// - Parameters:
  ///   - folder: of a map or of trips, or one of their files.
  ///   - schema: that of the original.
  init(_ folder: URL, schema: Schema, plan: HeatPlan, pauseSeconds: Double) throws {
    let files = FileManager.default
    let isFile = (try? folder.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == false
    let map = isFile ? folder : folder.appendingPathComponent("heat.geojson")
    let table = isFile ? folder : folder.appendingPathComponent("synthetic.csv")
    if map.pathExtension == "geojson", files.isReadableFile(atPath: map.path) {
      (heat, people) = (try Self.heat(map, plan: plan), nil)
    } else if table.pathExtension != "geojson", files.isReadableFile(atPath: table.path) {
      let read = try TableReader.read(table, under: try Self.released(schema, table)).table
      let tracks = PeopleTracks(read, schema: schema, plan: plan, pauseSeconds: pauseSeconds)
      (heat, people) = (tracks.map(), tracks)
    } else {
      throw TrackAttackFault.noPlaces(folder.lastPathComponent)
    }
  }

  /// Returns the schema of a table of trips: the columns of the original that it has, and others as
  /// texts.
  private static func released(_ schema: Schema, _ table: URL) throws -> Schema {
    let names = try CellReader(table).names
    var released = schema
    released.columns = names.map { name in
      guard let known = schema.column(named: name), ![schema.personColumn].contains(name) else {
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
    guard
      let map = try? JSONDecoder().decode(Collection.self, from: Data(contentsOf: file))
    else { throw TrackAttackFault.noPlaces(file.lastPathComponent) }
    let side = 1 << plan.grid.depth
    let origin = plan.region.area(of: 0, level: plan.grid.depth, in: plan.grid)
    let (width, height) = (origin.east - origin.west, origin.north - origin.south)
    var heat = [Double](repeating: 0, count: side * side)
    for feature in map.features {
      let corners = feature.geometry.coordinates.joined().filter { $0.count >= 2 }
      guard let west = corners.map({ $0[0] }).min(), let east = corners.map({ $0[0] }).max(),
        let south = corners.map({ $0[1] }).min(), let north = corners.map({ $0[1] }).max()
      else { continue }
      func cells(_ low: Double, _ high: Double, _ start: Double, _ size: Double) -> Range<Int> {
        let from = min(max(((low - start) / size).rounded(), 0), Double(side))
        let to = min(max(((high - start) / size).rounded(), from), Double(side))
        return Int(from)..<Int(to)
      }
      let columns = cells(west, east, origin.west, width)
      let rows = cells(south, north, origin.south, height)
      let each = feature.properties.heat / Double(max(columns.count * rows.count, 1))
      for row in rows { for column in columns { heat[row * side + column] += each } }
    }
    return heat
  }
}

extension Schema {
  /// The column that says who; nil if rows are the unit.
  var personColumn: String? {
    if case .person(let column, _) = unit { column } else { nil }
  }
}
