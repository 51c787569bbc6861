import Basics
import Foundation
import HeatMaps
import Tables

/// `heat.geojson`: the cells of a map as a collection of features (RFC 7946). Coordinates are in
/// the units of the table; that standard knows no metres, so `plane` says which they are.
struct HeatDocument {
  private struct Feature: Encodable {
    struct Properties: Encodable {
      let heat: Double
      let standardError: Double
      let cellMetres: Double
      /// The name of the slice of time; nil if time is not divided.
      let time: String?
    }

    struct Geometry: Encodable {
      let type = "Polygon"
      let coordinates: [[[Double]]]
    }

    let type = "Feature"
    let properties: Properties
    let geometry: Geometry
  }

  private let plane: String
  private let features: [Feature]

  init(_ map: HeatMap) {
    plane = map.plan.region.place.plane.rawValue
    let names = map.plan.settings.slices.names
    features = map.leaves.map { leaf in
      let area = map.area(of: leaf)
      let corners = [
        [area.west, area.south], [area.east, area.south], [area.east, area.north],
        [area.west, area.north], [area.west, area.south],
      ]
      return Feature(
        properties: Feature.Properties(
          heat: Self.rounded(leaf.heat, 1e3), standardError: Self.rounded(leaf.standardError, 1e3),
          cellMetres: map.plan.level(leaf.level).cellMetres,
          time: names.count > 1 ? names[leaf.slice] : nil),
        geometry: Feature.Geometry(
          coordinates: [corners.map { $0.map { Self.rounded($0, 1e6) } }]))
    }
  }

  /// One feature a line, so that the file can be compared and read.
  func data() throws -> Data {
    let lines = try features.map { try CanonicalJSON.line($0) }
    return Data(
      "{\"plane\":\"\(plane)\",\"type\":\"FeatureCollection\",\"features\":[\n\(lines.joined(separator: ",\n"))\n]}\n"
        .utf8)
  }

  private static func rounded(_ value: Double, _ scale: Double) -> Double {
    (value * scale).rounded() / scale
  }
}
