import DelimitedText
import Foundation
import TableSources
import Tables
import Testing
import TrackFiles

/// Tracks in GPX and GeoJSON as rows, and the files that are refused.
@Suite struct TrackFileTests {
  /// A folder that goes away with the test.
  private final class Place {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "tracks-\(UUID().uuidString)")

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ text: String, as name: String) throws {
      let file = url.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }

    /// The rows of the delimited file that a source of tracks becomes: degrees as the shortest
    /// numbers, times without their zone and zeros of a fraction.
    func rows(_ name: String) throws -> [String] {
      try lines(name).dropFirst().map { line in
        var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        if cells[2].hasSuffix("Z") { cells[2].removeLast() }
        if cells[2].contains(".") {
          while let last = cells[2].last, "0.".contains(last) {
            cells[2].removeLast()
            if last == "." { break }
          }
        }
        for place in [3, 4] { cells[place] = Double(cells[place]).map { "\($0)" } ?? "" }
        return cells.joined(separator: ",")
      }
    }

    func lines(_ name: String) throws -> [String] {
      let source = try #require(TrackFolder(name.isEmpty ? url : url.appendingPathComponent(name)))
      let made = FileManager.default.temporaryDirectory.appendingPathComponent(
        "made-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: made) }
      let file = try source.file(under: { nil }, in: { made }, check: {})
      return try String(contentsOf: file.url, encoding: .utf8).split(separator: "\n").map(
        String.init)
    }
  }

  private static let gpx = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- a comment with <trkpt lat="1" lon="1"> in it -->
    <gpx version="1.1" creator="a &quot;watch&quot; > all" xmlns="http://www.topografix.com/GPX/1/1">
      <wpt lat="9" lon="9"><time>2026-01-01T00:00:00Z</time></wpt>
      <trk><name><![CDATA[<trkseg>]]></name>
        <trkseg>
          <trkpt lat="60.1699" lon='24.9384'><ele>3</ele><time>2026-01-31T23:59:59Z</time></trkpt>
          <trkpt lon="-0.5" lat="-0.25"><time> 2026-02-01T01:00:01.5+01:00 </time>
            <extensions><x:hr xmlns:x="y">99</x:hr></extensions></trkpt>
        </trkseg>
        <trkseg/>
        <trkseg><trkpt lat="0" lon="0"/></trkseg>
      </trk>
    </gpx>
    """

  @Test func pointsOfSegmentsAreRows() throws {
    let place = Place()
    try place.write(Self.gpx, as: "mary.gpx")
    #expect(try place.lines("mary.gpx").first == "person,trip,time,longitude,latitude")
    #expect(
      try place.rows("mary.gpx") == [
        "mary,1,2026-01-31 23:59:59,24.9384,60.1699", "mary,1,2026-02-01 00:00:01.5,-0.5,-0.25",
        "mary,2,,0.0,0.0",
      ])
  }

  /// Subfolders are people, and so are files; trips are numbered within the person.
  @Test func aFolderHoldsPeople() throws {
    let place = Place()
    func track(_ longitude: Int) -> String {
      "<gpx><trk><trkseg><trkpt lat=\"1\" lon=\"\(longitude)\"/></trkseg></trk></gpx>"
    }
    for (name, longitude) in [("b/2.gpx", 2), ("b/1.GPX", 1), ("a.gpx", 3), ("b/notes.txt", 4)] {
      try place.write(track(longitude), as: name)
    }
    #expect(try place.rows("") == ["a,1,,3.0,1.0", "b,1,,1.0,1.0", "b,2,,2.0,1.0"])
  }

  @Test func linesAndPointsOfGeoJSONAreTrips() throws {
    let place = Place()
    try place.write(
      """
      {"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{"person":7,"times":["2026-01-01T00:00:00Z","2026-01-01T00:01:00Z"]},
       "geometry":{"type":"LineString","coordinates":[[1,2,99],[1.5,2.5]]}},
      {"type":"Feature","properties":{"person":"x","time":"2026-01-01 00:00:00"},
       "geometry":{"type":"Point","coordinates":[3,4]}},
      {"type":"Feature","properties":{"person":"x"},"geometry":{"type":"Point","coordinates":[5,6]}},
      {"type":"Feature","properties":null,
       "geometry":{"type":"MultiLineString","coordinates":[[[0,1]],[[0,2]]]}}]}
      """, as: "all.geojson")
    #expect(
      try place.rows("all.geojson") == [
        "7,1,2026-01-01 00:00:00,1.0,2.0", "7,1,2026-01-01 00:01:00,1.5,2.5",
        "x,1,2026-01-01 00:00:00,3.0,4.0", "x,1,,5.0,6.0", "all,1,,0.0,1.0", "all,2,,0.0,2.0",
      ])
  }

  /// Times are those that Foundation reads, and no others.
  @Test func timesAreTimes() throws {
    let times = [
      "2026-01-31T23:59:59Z", "2024-02-29T00:00:00Z", "1999-12-31T12:30:00+05:30",
      "2026-06-15T08:00:00-0800", "2026-01-31T24:00:00Z", "2025-02-29T00:00:00Z", "2026-01-31",
      "2026-13-01T00:00:00Z", "yesterday", "2026-01-31T10:00:00Zulu", "2026-01-31T10:00:00.Z",
    ]
    let place = Place()
    let points = times.map { "<trkpt lat=\"1\" lon=\"1\"><time>\($0)</time></trkpt>" }
    try place.write(
      "<gpx><trk><trkseg>\(points.joined())</trkseg></trk></gpx>", as: "t.gpx")
    let found = try place.rows("t.gpx").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)[2]
    }
    let reader = ISO8601DateFormatter()
    let writer = ISO8601DateFormatter()
    writer.formatOptions = [
      .withFullDate, .withTime, .withColonSeparatorInTime, .withSpaceBetweenDateAndTime,
    ]
    let expected = times.enumerated().map { index, time in
      index < 4 ? reader.date(from: time).map { writer.string(from: $0) } ?? "?" : ""
    }
    #expect(found.map(String.init) == expected)
  }

  /// Every file that is cut off at some byte is refused or ends a well-formed track; none is fatal.
  @Test func cutFilesAreRefused() throws {
    let place = Place()
    let bytes = Array(Self.gpx.utf8)
    for end in stride(from: 1, to: bytes.count - 1, by: 7) {
      try place.write(String(decoding: bytes[..<end], as: UTF8.self), as: "cut.gpx")
      #expect(throws: TrackFileFault.self) { try place.lines("cut.gpx") }
    }
  }

  @Test(arguments: [
    ("<!DOCTYPE gpx [<!ENTITY a \"b\">]><gpx></gpx>", TrackFileFault.declaresEntities("f.gpx")),
    ("<kml></kml>", .notGPX("f.gpx")), ("<gpx><trk></gpx></trk>", .notGPX("f.gpx")),
    ("", .notGPX("f.gpx")), ("<gpx/><gpx><trk>", .notGPX("f.gpx")),
    ("<gpx><trk></trk></gpx>", .noTracks("f.gpx")),
  ])
  func otherFilesAreRefused(_ text: String, _ fault: TrackFileFault) throws {
    let place = Place()
    try place.write(text, as: "f.gpx")
    #expect(throws: fault) { try place.lines("f.gpx") }
    #expect(!fault.description.isEmpty && fault.id.hasPrefix("tracks."))
  }

  @Test func otherFoldersAreNoTracks() throws {
    let place = Place()
    try place.write("x", as: "table.csv")
    #expect(TrackFolder(place.url) == nil)
    #expect(TrackFolder(place.url.appendingPathComponent("table.csv")) == nil)
    #expect(TrackFolder(place.url.appendingPathComponent("none.gpx")) == nil)
    try place.write("{}", as: "a.geojson")
    #expect(throws: TrackFileFault.notGeoJSON("a.geojson")) { try place.lines("a.geojson") }
  }
}
