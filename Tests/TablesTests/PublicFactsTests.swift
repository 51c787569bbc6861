import Tables
import Testing

/// The facts that a public table declares.
@Suite struct PublicFactsTests {
  private func table(_ columns: [(String, ColumnType, Cells)]) -> Table {
    Table(columns: columns.map { Column(name: $0.0, type: $0.1, cells: $0.2) })
  }

  private func schema(_ columns: [ColumnSchema]) -> Schema {
    Schema(name: "people", columns: columns)
  }

  @Test func rangesAreWiderAndKeepTheirSign() {
    let open = schema(
      ["age", "change", "debt", "empty"].map { ColumnSchema(name: $0, type: .integer) })
    let declared = open.declaringFacts(
      of: table([
        ("age", .integer, .ticks([20, 59, Cells.missingTick])),
        ("change", .integer, .ticks([-10, 9, 0])), ("debt", .integer, .ticks([-40, -1, -1])),
        ("empty", .integer, .ticks([Cells.missingTick, Cells.missingTick, Cells.missingTick])),
      ]))
    #expect(declared.columns[0].bounds == .declared(0...79))
    #expect(declared.columns[1].bounds == .declared(-20...19))
    #expect(declared.columns[2].bounds == .declared(-60...0))
    #expect(declared.columns[3].bounds == .learned)
    #expect(declared.provenance(of: .bounds("age")) == .declared)
  }

  @Test func labelsAreThoseThatOccurAndOther() {
    var open = schema([
      ColumnSchema(name: "ward", type: .category), ColumnSchema(name: "code", type: .category),
      ColumnSchema(name: "name", type: .identifier, role: .identifier(.code)),
    ])
    open.columns[1].categories = .declared(["x"])
    let labels = LabelDictionary(["north", "never", "south"])
    let cells = Cells.labels(codes: [2, 0, Cells.missingCode], dictionary: labels)
    let declared = open.declaringFacts(
      of: table([
        ("ward", .category, cells), ("code", .category, cells), ("name", .identifier, cells),
      ]))
    #expect(declared.columns[0].categories == .declared(["north", "south", "other"]))
    #expect(declared.columns[1].categories == .declared(["x"]))
    #expect(declared.columns[2] == open.columns[2])
  }

  @Test func moreLabelsThanAListHoldsAreLearned() {
    let names = (0...Schema.mostPublicLabels).map { "label \($0)" }
    let open = schema([ColumnSchema(name: "town", type: .category)])
    let cells = Cells.labels(
      codes: names.indices.map(Int32.init), dictionary: LabelDictionary(names))
    #expect(open.declaringFacts(of: table([("town", .category, cells)])) == open)
  }
}
