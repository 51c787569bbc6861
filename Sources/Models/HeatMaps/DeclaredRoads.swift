import Curation
import Foundation

/// Roads that somebody outside drew: lines from GeoJSON (RFC 7946), public by declaration.
package struct DeclaredRoads: Sendable {
  /// A square that a road passes, and the middle of its way through it, in shares of the square.
  package struct Passage: Sendable, Equatable {
    package let place: SIMD2<Int>
    package let middle: SIMD2<Double>
  }

  private let lines: [[SIMD2<Double>]]

  /// - Throws: ``HeatFault/roadsUnreadable(_:)``.
  package init(_ url: URL) throws(HeatFault) {
    guard let data = try? Data(contentsOf: url),
      let file = try? JSONDecoder().decode(Collection.self, from: data), !file.features.isEmpty
    else { throw .roadsUnreadable(url.lastPathComponent) }
    lines = file.features.flatMap(\.geometry.lines)
  }

  /// Returns the squares that each line passes, one beside the other, within the region.
  package func passages(in plan: HeatPlan) -> [[Passage]] {
    let first = plan.region.area(of: 0, level: plan.grid.depth, in: plan.grid)
    let origin = SIMD2(first.west, first.south)
    let size = SIMD2(first.east - first.west, first.north - first.south)
    return lines.flatMap { line in
      Self.passages(of: line.map { ($0 - origin) / size }, side: 1 << plan.grid.depth)
    }
  }

  /// Whether a road runs through each finest cell, row by row from the south.
  package func cells(in plan: HeatPlan) -> [Bool] {
    let side = 1 << plan.grid.depth
    var isRoad = [Bool](repeating: false, count: side * side)
    for passage in passages(in: plan).joined() {
      isRoad[passage.place.y * side + passage.place.x] = true
    }
    return isRoad
  }

  /// - Parameter line: in cells.
  private static func passages(of line: [SIMD2<Double>], side: Int) -> [[Passage]] {
    var pieces: [[Passage]] = [[]]
    func append(_ place: SIMD2<Int>, _ middle: SIMD2<Double>) {
      guard (0..<side).contains(place.x), (0..<side).contains(place.y) else {
        if !pieces[pieces.count - 1].isEmpty { pieces.append([]) }
        return
      }
      let last = pieces[pieces.count - 1].last?.place
      guard place != last else { return }
      if let last, last.x != place.x, last.y != place.y {
        // The road leaves by a corner: it touches a third square there.
        let corner = SIMD2(Double(max(last.x, place.x)), Double(max(last.y, place.y)))
        append(SIMD2(place.x, last.y), corner)
      }
      let inside = (middle - SIMD2(Double(place.x), Double(place.y))).clamped(
        lowerBound: SIMD2(repeating: 0.001), upperBound: SIMD2(repeating: 0.999))
      pieces[pieces.count - 1].append(Passage(place: place, middle: inside))
    }
    let limit = Double(side)
    for (from, to) in zip(line, line.dropFirst()) {
      // A line may reach far beyond the region; nothing is walked there.
      guard max(from.x, to.x) >= 0, max(from.y, to.y) >= 0, min(from.x, to.x) <= limit,
        min(from.y, to.y) <= limit, from.x.isFinite, from.y.isFinite, to.x.isFinite, to.y.isFinite
      else {
        pieces.append([])
        continue
      }
      let cuts = ([0, 1] + crossings(from.x, to.x, side) + crossings(from.y, to.y, side)).sorted()
      for (start, end) in zip(cuts, cuts.dropFirst()) where end > start {
        let middle = from + (to - from) * ((start + end) / 2)
        append(
          SIMD2(
            Int(min(max(middle.x, -1), limit).rounded(.down)),
            Int(min(max(middle.y, -1), limit).rounded(.down))), middle)
      }
    }
    return pieces.filter { !$0.isEmpty }
  }

  /// Returns the shares of a way in one direction at which it crosses from square to square.
  private static func crossings(_ from: Double, _ to: Double, _ side: Int) -> [Double] {
    guard from != to else { return [] }
    let (low, high) = (max(min(from, to), 0), min(max(from, to), Double(side)))
    guard low <= high else { return [] }
    return (Int(low.rounded(.up))...max(Int(high.rounded(.down)), Int(low.rounded(.up)))).map {
      (Double($0) - from) / (to - from)
    }.filter { $0 > 0 && $0 < 1 }
  }

  private struct Collection: Decodable { let features: [Feature] }
  private struct Feature: Decodable { let geometry: Geometry }

  private struct Geometry: Decodable {
    let lines: [[SIMD2<Double>]]

    private enum Key: CodingKey { case type, coordinates }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      let places: [[[Double]]]
      switch try values.decode(String.self, forKey: .type) {
      case "LineString": places = [try values.decode([[Double]].self, forKey: .coordinates)]
      case "MultiLineString":
        places = try values.decode([[[Double]]].self, forKey: .coordinates)
      default:
        throw DecodingError.dataCorruptedError(
          forKey: .type, in: values, debugDescription: "not a road")
      }
      guard places.allSatisfy({ $0.count >= 2 && $0.allSatisfy { $0.count >= 2 } }) else {
        throw DecodingError.dataCorruptedError(
          forKey: .coordinates, in: values, debugDescription: "not a line")
      }
      lines = places.map { line in line.map { SIMD2($0[0], $0[1]) } }
    }
  }
}
