import Foundation
import SchemaFiles
import Tables
import Testing

/// The entry `place:` of a schema, read, written and, if it contradicts the columns, refused.
@Suite struct PlaceSchemaTests {
  private func text(_ place: String, unit: String = "{person: who, at most: 500}") -> String {
    """
    version: 5
    facts: declared
    table: tracks
    unit: \(unit)
    place: \(place)
    columns:
      - {name: who, type: identifier, role: identifier(code)}
      - {name: at, type: timestamp, format: "yyyy-MM-dd HH:mm:ss"}
      - {name: x, type: integer, bounds: [0, 1000]}
      - {name: "a, b", type: decimal, digits: 4, bounds: [-90, 90]}
      - {name: town, type: category}
    """
  }

  @Test func placesAreReadAndWritten() throws {
    let full =
      "{x: x, y: 'a, b', time: at, fastest: 70, exclude: [[0, 0, 10.5, 20], [-5, 1, 2, 3]]}"
    let schema = try SchemaFile.parse(text(full))
    let areas = [[0.0, 0, 10.5, 20], [-5, 1, 2, 3]].compactMap { PlaceColumns.Area($0) }
    #expect(
      schema.place
        == PlaceColumns(
          plane: .metres, east: "x", north: "a, b", time: "at", fastest: 70, excluded: areas))
    let degrees = try SchemaFile.parse(text("{latitude: 'a, b', longitude: x}"))
    #expect(degrees.place == PlaceColumns(plane: .degrees, east: "x", north: "a, b"))
    for one in [schema, degrees] {
      #expect(try SchemaFile.parse(SchemaFile.text(one)) == one)
    }
    // Every part is in the hash.
    var seen = Set([schema.canonicalText, degrees.canonicalText])
    for change: (inout PlaceColumns) -> Void in [
      { $0.plane = .degrees }, { $0.time = nil }, { $0.fastest = 71 }, { $0.excluded = [] },
    ] {
      var other = schema
      if var place = other.place {
        change(&place)
        other.place = place
      }
      #expect(seen.insert(other.canonicalText).inserted)
    }
  }

  @Test func aSiteIsReadAsAPerson() throws {
    let place = "{x: x, y: 'a, b'}"
    let site = try SchemaFile.parse(text(place, unit: "{site: who, at most: 9}"))
    #expect(site.unit == .person(column: "who", maximumRows: 9))
    #expect(throws: SchemaError.self) {
      try SchemaFile.parse(text(place, unit: "{site: who, person: who}"))
    }
  }

  @Test(arguments: [
    ("{x: x}", "two coordinates"), ("{x: x, latitude: 'a, b'}", "two coordinates"),
    ("x", "single value"), ("{x: x, y: z}", "'z', which is not described"),
    ("{x: x, y: town}", "type category"), ("{x: x, y: 'a, b', time: x}", "type integer"),
    ("{x: x, y: 'a, b', fastest: 9}", "names no time"),
    ("{x: x, y: 'a, b', exclude: [[0, 0, 0, 1]]}", "rectangles"),
    ("{x: x, y: 'a, b', exclude: [[0, 0, 1]]}", "rectangles"), ("{x: x, yy: x}", "unknown key"),
  ]) func faultsAreNamed(_ place: String, _ words: String) {
    do throws(SchemaError) {
      _ = try SchemaFile.parse(text(place))
      Issue.record("`place: \(place)` was read")
    } catch {
      #expect(error.description.contains(words), "\(error)")
    }
  }
}
