import Basics
import Tables
import Testing

@Suite struct SchemaMismatchTests {
  private func labels(_ name: String, _ texts: [String?]) -> Column {
    var dictionary = LabelDictionary()
    var codes: [Int32] = []
    var known: [String: Int32] = [:]
    for text in texts {
      guard let text else {
        codes.append(Cells.missingCode)
        continue
      }
      let code = known[text] ?? dictionary.append(text)
      known[text] = code
      codes.append(code)
    }
    return Column(name: name, type: .category, cells: .labels(codes: codes, dictionary: dictionary))
  }

  private func integers(_ name: String, _ values: [Int64?]) -> Column {
    Column(name: name, type: .integer, cells: .ticks(values.map { $0 ?? Cells.missingTick }))
  }

  @Test func aTableThatFitsHasNone() {
    let schema = Schema(
      name: "t",
      columns: [
        ColumnSchema(name: "a", type: .integer, bounds: .declared(0...9)),
        ColumnSchema(name: "b", type: .category),
      ])
    #expect(
      schema.mismatches(with: Table(columns: [integers("a", [1, 2]), labels("b", ["x", "y"])]))
        .isEmpty)
  }

  /// A gap starts at the latest of several earlier columns; missing ends and starts have none.
  @Test func gapsBeyondTheDeclaredOneAreCounted() {
    var schema = Schema(
      name: "t",
      columns: [
        ColumnSchema(name: "born", type: .integer),
        ColumnSchema(name: "came", type: .decimal(fractionDigits: 1), isNullable: true),
        ColumnSchema(name: "left", type: .integer, isNullable: true),
      ],
      rules: [
        .ordered(earlier: "born", later: "left"), .ordered(earlier: "came", later: "left"),
      ])
    schema.columns[2].longestGap = 10
    // Gaps of 10, 11, 1 since the latest, 30 since the only one, and none.
    let came = Column(
      name: "came", type: .decimal(fractionDigits: 1),
      cells: .ticks([100, 99, 290, Cells.missingTick, 0]))
    let table = Table(columns: [
      integers("born", [0, 0, 0, 0, 0]), came, integers("left", [20, 21, 30, 30, nil]),
    ])
    let found = schema.mismatches(with: table)
    #expect(found.map(\.kind) == [.outsideGap])
    #expect(found.first?.note.contains("in 2 of 5 rows; longer gaps") == true)
    #expect(found.first?.isRefusal == false)
    schema.columns[2].longestGap = 30
    #expect(schema.mismatches(with: table).isEmpty)
  }

  @Test func everythingIsFoundAtOnce() {
    let schema = Schema(
      name: "t", unit: .person(column: "who", maximumRows: 2),
      columns: [
        ColumnSchema(name: "who", type: .identifier, role: .identifier(.code)),
        ColumnSchema(name: "age", type: .integer, bounds: .declared(0...99)),
        ColumnSchema(name: "dose", type: .decimal(fractionDigits: 1)),
        ColumnSchema(name: "from", type: .integer), ColumnSchema(name: "to", type: .integer),
        ColumnSchema(name: "code", type: .category, categories: .declared(["A"])),
        ColumnSchema(name: "means", type: .category),
      ],
      rules: [
        .ordered(earlier: "from", later: "to"),
        .determines(determinant: "code", dependent: "means"),
      ])
    let table = Table(columns: [
      labels("whom", ["p", "q", "r"]), integers("age", [5, 120, nil]),
      labels("dose", ["1.5", "SECRET", "2"]), integers("from", [1, 5, 9]),
      integers("to", [2, 4, nil]), labels("code", ["A", "A", "B"]),
      labels("means", ["x", "y", "z"]),
    ])
    let found = schema.mismatches(with: table)
    #expect(
      found.map(\.kind) == [
        .missingColumn, .extraColumn, .unexpectedMissing, .wrongType, .unexpectedMissing,
        .personColumnAbsent, .orderBroken,
        .dependencyBroken,
        .outsideBounds, .outsideCategories,
      ])
    #expect(
      found.map(\.isRefusal) == [true, true, true, true, true, true, true, true, false, false])
    let text = found.map(\.description).joined(separator: "\n")
    #expect(text.contains("The table has 'whom'; correct the name."))
    #expect(text.contains("1 of 3 cells that cannot be read as decimal, the first in row 2."))
    #expect(text.contains("In 1 of 3 rows 'from' is above 'to'"))
    #expect(text.contains("1 values of 'code' stand with more than one value of 'means'"))
    #expect(!text.contains("SECRET"), "a cell's value stands in a message")
  }

  @Test func aTypeFitsWhenItsCellsCanBeReadAsIt() {
    let words = BooleanLabels(whenFalse: "0", whenTrue: "1")
    let read = Column(name: "a", type: .boolean(words), cells: .ticks([0, 1, Cells.missingTick]))
    for type in [ColumnType.integer, .decimal(fractionDigits: 2), .category, .boolean(words)] {
      let schema = Schema(
        name: "t", columns: [ColumnSchema(name: "a", type: type, isNullable: true)])
      #expect(schema.mismatches(with: Table(columns: [read])).isEmpty, "\(type)")
    }
    let date = Schema(
      name: "t", columns: [ColumnSchema(name: "a", type: .date(.iso), isNullable: true)])
    #expect(date.mismatches(with: Table(columns: [read])).map(\.kind) == [.wrongType])
    let empty = integers("a", [nil, nil, nil])
    #expect(
      date.mismatches(with: Table(columns: [empty])).isEmpty,
      "a column without cells fits every type")
  }

  @Test func rowsWithoutAPersonAreRefused() {
    let schema = Schema(
      name: "t", unit: .person(column: "who", maximumRows: 1),
      columns: [
        ColumnSchema(name: "who", type: .identifier, role: .identifier(.code), isNullable: true)
      ])
    #expect(
      schema.mismatches(with: Table(columns: [labels("who", ["p", nil])])).map(\.kind) == [
        .personMissing
      ])
  }

  @Test func aSchemaThatContradictsItselfIsListedToo() {
    let schema = Schema(name: "t", columns: [ColumnSchema(name: "a", type: .text)])
    #expect(schema.mismatches(with: Table(columns: [labels("a", ["x"])])).map(\.kind) == [.schema])
  }

  @Test func determinantsAgreeWithTheObviousCount() {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<200 {
      let rows = 1 + generator.below(12)
      let first = (0..<rows).map { _ in generator.below(5) == 0 ? nil : Int64(generator.below(4)) }
      let second = (0..<rows).map { _ in generator.below(5) == 0 ? nil : Int64(generator.below(3)) }
      var expected = 0
      for value in Set(first.compactMap { $0 }) {
        let partners = Set((0..<rows).compactMap { first[$0] == value ? second[$0] : nil })
        if partners.count > 1 { expected += 1 }
      }
      #expect(Schema.ambiguousDeterminants(integers("a", first), integers("b", second)) == expected)
    }
  }
}
