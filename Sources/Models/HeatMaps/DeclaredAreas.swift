import Foundation

/// Areas that somebody outside drew, such as districts: polygons with names, from GeoJSON
/// (RFC 7946).
package struct DeclaredAreas: Sendable {
  /// An area: rings of corners, of which the even-odd rule says what lies inside.
  package struct Area: Sendable {
    package let name: String
    let rings: [[SIMD2<Double>]]

    /// The smallest rectangle around it.
    let box: HeatArea

    init?(name: String, rings: [[SIMD2<Double>]]) {
      let corners = rings.flatMap { $0 }
      guard rings.allSatisfy({ $0.count >= 4 }),
        let west = corners.map(\.x).min(), let east = corners.map(\.x).max(),
        let south = corners.map(\.y).min(), let north = corners.map(\.y).max()
      else { return nil }
      (self.name, self.rings) = (name, rings)
      box = HeatArea(west: west, south: south, east: east, north: north)
    }

    /// Whether a point lies inside: a ray from it crosses an odd number of sides.
    func contains(_ point: SIMD2<Double>) -> Bool {
      var isInside = false
      for ring in rings {
        for (from, to) in zip(ring, ring.dropFirst())
        where (from.y > point.y) != (to.y > point.y) {
          let crossing = from.x + (point.y - from.y) / (to.y - from.y) * (to.x - from.x)
          if crossing > point.x { isInside.toggle() }
        }
      }
      return isInside
    }

    /// Returns the share of a rectangle that lies inside, to a sixty-fourth.
    func share(of square: HeatArea) -> Double {
      guard square.east > box.west, square.west < box.east, square.north > box.south,
        square.south < box.north
      else { return 0 }
      var inside = 0
      for step in 0..<64 {
        let point = SIMD2(
          square.west + (square.east - square.west) * (Double(step % 8) + 0.5) / 8,
          square.south + (square.north - square.south) * (Double(step / 8) + 0.5) / 8)
        if contains(point) { inside += 1 }
      }
      return Double(inside) / 64
    }
  }

  package let areas: [Area]

  /// - Throws: ``HeatFault/areasUnreadable(_:)``.
  package init(_ url: URL) throws(HeatFault) {
    guard let data = try? Data(contentsOf: url),
      let file = try? JSONDecoder().decode(Collection.self, from: data)
    else { throw .areasUnreadable(url.lastPathComponent) }
    areas = file.features.enumerated().compactMap { index, feature in
      Area(
        name: feature.properties?.name ?? "area \(index + 1)", rings: feature.geometry.rings)
    }
    guard areas.count == file.features.count, !areas.isEmpty else {
      throw .areasUnreadable(url.lastPathComponent)
    }
  }

  /// Whether any area has a part in a rectangle.
  package func reaches(_ bounds: HeatArea) -> Bool {
    areas.contains {
      $0.box.east > bounds.west && $0.box.west < bounds.east && $0.box.north > bounds.south
        && $0.box.south < bounds.north
    }
  }

  private struct Collection: Decodable { let features: [Feature] }
  private struct Feature: Decodable {
    let properties: Properties?
    let geometry: Geometry
  }
  private struct Properties: Decodable { let name: String? }

  private struct Geometry: Decodable {
    let rings: [[SIMD2<Double>]]

    private enum Key: CodingKey { case type, coordinates }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      let polygons: [[[[Double]]]]
      switch try values.decode(String.self, forKey: .type) {
      case "Polygon": polygons = [try values.decode([[[Double]]].self, forKey: .coordinates)]
      case "MultiPolygon": polygons = try values.decode([[[[Double]]]].self, forKey: .coordinates)
      default:
        throw DecodingError.dataCorruptedError(
          forKey: .type, in: values, debugDescription: "not an area")
      }
      let isWhole = polygons.allSatisfy { $0.allSatisfy { $0.allSatisfy { $0.count >= 2 } } }
      guard isWhole else {
        throw DecodingError.dataCorruptedError(
          forKey: .coordinates, in: values, debugDescription: "not corners")
      }
      rings = polygons.flatMap { $0.map { ring in ring.map { SIMD2($0[0], $0[1]) } } }
    }
  }
}

extension HeatMap {
  /// The heat of a declared area.
  package struct AreaHeat: Sendable, Codable, Equatable {
    package let name: String
    /// In people; 0 if nothing in the area stands out of the noise.
    package let heat: Double
    /// Nil if nothing in the area stands out of the noise.
    package let standardError: Double?
  }

  /// Returns the heat of each area, from the leaves in all slices, each spread evenly over its
  /// cell. The standard error is that of the noise of cells that were not cut.
  package func heat(of areas: DeclaredAreas) -> [AreaHeat] {
    let squares = leaves.map { area(of: $0) }
    return areas.areas.map { area in
      var (heat, variance) = (0.0, 0.0)
      for (leaf, square) in zip(leaves, squares) {
        let share = area.share(of: square)
        heat += share * leaf.heat
        variance += share * share * leaf.standardError * leaf.standardError
      }
      return AreaHeat(
        name: area.name, heat: heat, standardError: variance > 0 ? variance.squareRoot() : nil)
    }
  }
}
