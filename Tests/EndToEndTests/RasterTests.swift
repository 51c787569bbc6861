import Accounting
import CZlib
import Curation
import Examples
import Foundation
import HeatMaps
import Releases
import Tables
import Testing

/// The raster of a map, read by its bytes as a program for rasters would (TIFF 6.0, GeoTIFF).
@Suite struct RasterTests {
  private struct Raster {
    private var numbers: [UInt16: [Double]] = [:]
    private(set) var bands: [[Float]] = []

    func field(_ tag: UInt16) -> [Double] { numbers[tag] ?? [] }

    init(_ file: Data) throws {
      func number(_ start: Int, _ count: Int) -> UInt64 {
        file[start..<start + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
      }
      try #require(file.prefix(4) == Data([0x49, 0x49, 42, 0]))
      let directory = Int(number(4, 4))
      var last = 0
      for index in 0..<Int(number(directory, 2)) {
        let entry = directory + 2 + 12 * index
        let (tag, kind, count) = (
          Int(number(entry, 2)), Int(number(entry + 2, 2)), Int(number(entry + 4, 4))
        )
        #expect(tag > last, "fields ascend")
        last = tag
        let size = [2: 1, 3: 2, 4: 4, 12: 8][kind] ?? 0
        let start = size * count <= 4 ? entry + 8 : Int(number(entry + 8, 4))
        numbers[UInt16(tag)] = (0..<count).map { place in
          let value = number(start + size * place, size)
          return kind == 12 ? Double(bitPattern: value) : Double(value)
        }
      }
      let (columns, rows) = (Int(field(256)[0]), Int(field(257)[0]))
      var values: [Float] = []
      for (offset, count) in zip(field(273), field(279)) {
        let strip = file[Int(offset)..<Int(offset) + Int(count)]
        let most = Int(field(278)[0]) * columns * 4
        var (length, bytes) = (UInt(most), [UInt8](repeating: 0, count: most))
        let status = strip.withUnsafeBytes { from in
          uncompress(
            &bytes, &length, from.bindMemory(to: UInt8.self).baseAddress, UInt(strip.count))
        }
        try #require(status == Z_OK)
        for place in stride(from: 0, to: Int(length), by: 4) {
          let bits = bytes[place..<place + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
          values.append(Float(bitPattern: bits))
        }
      }
      bands = stride(from: 0, to: values.count, by: columns * rows).map {
        Array(values[$0..<$0 + columns * rows])
      }
    }
  }

  private func raster(_ slices: HeatGrid.Slices) throws -> (raster: Raster, heat: [[Double]]) {
    let shop = try Workshop(town: Workshop.town.table)
    var request = MapRequest(
      input: shop.file("town.csv"), schema: shop.file("town.yaml"), output: shop.file("map"),
      epsilon: try Epsilon(20), ledger: shop.file("ledger.sqlite"))
    (request.delta, request.isAttacked) = (Delta(checked: 1e-6), false)
    request.settings.slices = slices
    #expect(try Mapping.run(request).cells > 0)
    // The same map from its features: a square's heat is spread over its cells.
    let map = try #require(
      JSONSerialization.jsonObject(with: try shop.data("map/heat.geojson")) as? [String: Any])
    let names =
      slices == .none
      ? [""] : ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    var heat = [[Double]](
      repeating: [Double](repeating: 0, count: 128 * 128), count: names.count)
    for feature in try #require(map["features"] as? [[String: Any]]) {
      let properties = try #require(feature["properties"] as? [String: Any])
      let geometry = try #require(feature["geometry"] as? [String: Any])
      let ring = try #require((geometry["coordinates"] as? [[[Double]]])?.first)
      let band = try #require(names.firstIndex(of: properties["time"] as? String ?? ""))
      let (west, south, east, north) = (ring[0][0], ring[0][1], ring[2][0], ring[2][1])
      let cells = (east - west) / 200 * ((north - south) / 200)
      for row in Int(south / 200)..<Int(north / 200) {
        for column in Int(west / 200)..<Int(east / 200) {
          // The first row of a raster is the northern one.
          heat[band][(127 - row) * 128 + column] +=
            try #require(properties["heat"] as? Double) / cells
        }
      }
    }
    return (try Raster(try shop.data("map/map.tif")), heat)
  }

  @Test(arguments: [HeatGrid.Slices.none, .weekday])
  func theRasterIsTheMap(_ slices: HeatGrid.Slices) throws {
    let (raster, heat) = try raster(slices)
    #expect(raster.field(256) == [128] && raster.field(257) == [128])
    #expect(raster.field(277) == [Double(slices.count)] && raster.bands.count == slices.count)
    #expect(raster.field(339) == [Double](repeating: 3, count: slices.count))
    // Placed in the metres of the table, which refer to nothing.
    #expect(raster.field(33_550) == [200, 200, 0])
    #expect(raster.field(33_922) == [0, 0, 0, 0, 25_600, 0])
    #expect(raster.field(34_735) == [1, 1, 0, 1, 1025, 0, 1, 1])
    for (band, exact) in zip(raster.bands, heat) {
      #expect(zip(band, exact).allSatisfy { abs(Double($0) - $1) < 1e-3 })
      #expect(band.contains { $0 > 0 } && band.contains(0))
    }
  }

  /// A region in degrees refers to the globe, and is no larger than its bounds.
  @Test func degreesReferToTheGlobe() throws {
    let shop = try Workshop()
    var schema = TownExample.schema
    schema.columns[3].type = .decimal(fractionDigits: 4)
    schema.columns[4].type = .decimal(fractionDigits: 4)
    schema.columns[3].bounds = .declared(80_000...82_000)
    schema.columns[4].bounds = .declared(500_000...501_000)
    schema.place = PlaceColumns(plane: .degrees, east: "x", north: "y", time: "time")
    try shop.write(schema, as: "town.yaml")
    let rows = (0..<40).flatMap { person in
      (0..<10).map { "P\(person),T\(person),2025-01-01T08:0\($0):00,8.0300,50.0200" }
    }
    try shop.write(
      (["person,trip,time,x,y"] + rows).joined(separator: "\n") + "\n", as: "town.csv")
    var request = MapRequest(
      input: shop.file("town.csv"), schema: shop.file("town.yaml"), output: shop.file("map"),
      epsilon: try Epsilon(20), ledger: shop.file("ledger.sqlite"))
    request.delta = Delta(checked: 1e-6)
    #expect(try Mapping.run(request).cells > 0)
    let raster = try Raster(try shop.data("map/map.tif"))
    #expect(
      raster.field(34_735) == [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326])
    let (columns, rowCount) = (raster.field(256)[0], raster.field(257)[0])
    let scale = raster.field(33_550)
    #expect(scale[0] > scale[1], "a degree of longitude is shorter")
    #expect(abs(columns * scale[0] - 0.2) < scale[0] && abs(rowCount * scale[1] - 0.1) < scale[1])
    let tie = raster.field(33_922)
    #expect(abs(tie[3] - 8) < 1e-9 && abs(tie[4] - rowCount * scale[1] - 50) < 1e-9)
    let warm = try #require(
      raster.bands[0].indices.max { raster.bands[0][$0] < raster.bands[0][$1] })
    let (column, row) = (Double(warm % Int(columns)), Double(warm / Int(columns)))
    #expect(abs(tie[3] + (column + 0.5) * scale[0] - 8.03) <= scale[0])
    #expect(abs(tie[4] - (row + 0.5) * scale[1] - 50.02) <= scale[1])
  }
}
