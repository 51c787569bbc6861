import Foundation
import SchemaFiles
import Tables
import Testing

@Suite struct LookUpFileTests {
  /// Writes a schema whose rule has a map in a file, and the file if there is one.
  private func schema(map file: String, holding text: String?) throws -> Schema {
    let folder = try TemporaryFolder()
    if let text { _ = try folder.file(file, text) }
    let lines = """
      version: 5
      facts: declared
      columns: {postcode: category, region: category}
      rules:
        - determines: [postcode, region]
          map: \(file)
      """
    return try SchemaFile.read(try folder.file("people.schema.yaml", lines))
  }

  @Test func aFileBesideTheSchemaIsTheMap() throws {
    let found = try schema(
      map: "regions.csv",
      holding: "region;name;postcode\nNorth;a;01\nHarbour;b;02\n\"North\";c; 03 \nNorth;d;01\n")
    let rule = Rule.determines(determinant: "postcode", dependent: "region")
    #expect(found.maps == [rule: ["01": "North", "02": "Harbour", "03": "North"]])
    #expect(try SchemaFile.parse(SchemaFile.text(found)) == found)
  }

  @Test(arguments: [
    (nil, "cannot be read as a table"),
    ("postcode,area\n01,North\n", "lacks a column"),
    ("postcode,region\n", "has no rows"),
    ("postcode,region\n01,North\n01,South\n", "a code twice"),
  ])
  func aFileThatIsNoMapIsRefused(text: String?, problem: String) throws {
    let error = #expect(throws: SchemaError.self) {
      try schema(map: "regions.csv", holding: text)
    }
    #expect(error?.faults.count == 1)
    #expect(error?.faults.first?.problem.contains(problem) == true)
    #expect(error?.faults.first?.line == 6)
  }

  @Test func aTextWithoutAPlaceHasNoFiles() throws {
    let error = #expect(throws: SchemaError.self) {
      try SchemaFile.parse(
        "version: 5\nfacts: declared\ncolumns: {a: category, b: category}\nrules:\n"
          + "  - determines: [a, b]\n    map: regions.csv\n")
    }
    #expect(error?.faults.first?.allowed.contains("FILE.csv") == true)
  }
}
