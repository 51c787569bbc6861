import SchemaFiles
import Tables
import Testing

@Suite struct CodeHierarchyTests {
  @Test func theShippedListsHaveTheirLevels() throws {
    #expect(CodeHierarchy.icd10.levels.map(\.count) == [22, 285, 1_918])
    #expect(CodeHierarchy.states.levels.map(\.count) == [4, 9, 51])
    #expect(CodeHierarchy.naics.levels.map(\.count) == [20, 24])
    let block = try #require(CodeHierarchy.icd10.levels[1].first { $0.beginnings.contains("J44") })
    #expect(block.code == "J40-J4A" && block.title == "Chronic lower respiratory diseases")
    // Every category belongs to exactly one block and one chapter.
    for level in CodeHierarchy.icd10.levels {
      let all = level.flatMap(\.beginnings)
      #expect(all.count == 1_918 && Set(all).count == 1_918)
    }
  }

  @Test(
    arguments: [
      (
        ["A00.1", "E11.9", "I10", "J44.9", "K80.20", "S72.001A", "Z00", "N17.9"], "code",
        "icd-10-cm"
      ),
      (["A00", "E11", "I10", "J44", "K80", "S72", "Z00", "N17"], "diagnosis", "icd-10-cm"),
      (["A00", "E11", "I10", "J44", "K80", "S72", "Z00", "N17"], "seat", nil),
      (["CA", "NY", "TX", "WA", "OR", "FL", "GA", "OH", "MI"], "state", "us-states"),
      (["DE", "FR", "IT", "ES", "NL", "BE", "CH", "AT"], "country", nil),
      (["E11.9", "I10"], "icd10", nil),
    ] as [([String], String, String?)])
  func codesAreRecognised(_ labels: [String], _ column: String, _ name: String?) {
    #expect(CodeHierarchy.recognised(in: labels, named: column)?.name == name)
  }

  private static let text = """
    version: 5
    facts: declared
    table: t
    columns:
      - name: code
        type: category
        hierarchy: icd-10-cm
      - name: ward
        type: category
        hierarchy: {medicine: [cardiology, neurology], surgery: {bones: [hand, hip], other: [urology]}}
      - name: area
        type: category
        categories: [N1, N2, S1]
      - name: region
        type: category
        categories: [north, south]
    rules:
      - determines: [area, region]
        map: {N1: north, N2: north, S1: south}
    """

  @Test func classificationsAndMapsAreReadAndWritten() throws {
    let schema = try SchemaFile.parse(Self.text)
    #expect(schema.columns[0].hierarchy == .icd10)
    let wards = try #require(schema.columns[1].hierarchy)
    #expect(
      wards.levels.map { $0.map(\.code) } == [
        ["medicine", "surgery"], ["cardiology", "neurology", "bones", "other"],
        ["hand", "hip", "urology"],
      ])
    #expect(wards.levels[0][1].beginnings == ["hand", "hip", "urology"])
    #expect(schema.maps == [schema.rules[0]: ["N1": "north", "N2": "north", "S1": "south"]])
    #expect(try SchemaFile.parse(SchemaFile.text(schema)) == schema)
    let other = try SchemaFile.parse(Self.text.replacing("S1: south", with: "S1: north"))
    #expect(other.canonicalText != schema.canonicalText)
  }

  @Test(arguments: [
    ("hierarchy: icd-10-cm", "hierarchy: icd-10", "did you mean `icd-10-cm`?"),
    ("S1: south", "S1: west", "has a value that 'region' does not have"),
    ("S1: south", "S9: south", "has a value that 'area' does not have"),
    ("map: {N1: north, N2: north, S1: south}", "map: north", "`map` is a single value"),
    ("bones: [hand, hip]", "bones: [hand, hand]", "each code and group once"),
    ("determines: [area, region]", "unique: [area, region]", "`map` stands without `determines`"),
  ])
  func faultsAreNamed(_ old: String, _ new: String, _ message: String) {
    do {
      _ = try SchemaFile.parse(Self.text.replacing(old, with: new))
      Issue.record("accepted \(new)")
    } catch {
      let text = "\(error)"
      #expect(text.contains(message), "\(text)")
    }
  }
}
