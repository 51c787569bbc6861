import Basics
import ColumnRoles
import DelimitedText
import Foundation
import SchemaFiles
import Tables
import Testing

@Suite struct InferredSchemaTests {
  private let codes = (0..<40).map { ["A", "B", "C", "D"][$0 % 4] }

  private var table: Table {
    Table(columns: [
      Column(integers: (0..<40).map { Int64($0 / 2) * 3 }, named: "patient_id"),
      Column(integers: (0..<40).map { $0 == 3 ? nil : Int64($0 % 9) + 17 }, named: "age"),
      Column(labels: codes, named: "code"),
      Column(labels: codes.map { "about " + $0 }, named: "means"),
      Column(integers: (0..<40).map { Int64($0) }, named: "in", type: .date(.iso)),
      Column(integers: (0..<40).map { Int64($0 + $0 % 3) }, named: "out", type: .date(.iso)),
      Column(
        labels: (0..<40).map { "\($0 % 15) was seen and then went home" }, named: "note",
        type: .text),
    ])
  }

  @Test func nothingObservedBecomesKnowledge() {
    let advice = RoleAdvisor.advise(table: table)
    let schema = Schema.inferred(from: table, format: TableFormat(), name: "t", advice: advice)
    #expect(schema.origin == .inferred)
    #expect(schema.unit == .row)
    #expect(schema.rules.isEmpty)
    #expect(schema.approximateRows == 40)
    #expect(schema.columns.allSatisfy { $0.bounds == .learned && $0.categories == .learned })
    #expect(schema.columns.map(\.isNullable) == [false, true, false, false, false, false, false])
    #expect(schema.inconsistencies().isEmpty)
    #expect(schema.mismatches(with: table).isEmpty)
  }

  @Test func howAColumnIsWrittenIsKept() {
    let price = Column(
      name: "column 2", type: .decimal(fractionDigits: 2), cells: .ticks([4900, 125]), header: "",
      minimumFractionDigits: 2)
    let schema = Schema.inferred(from: Table(columns: [price]), format: TableFormat())
    #expect(schema.columns.map(\.header) == [""])
    #expect(schema.columns.map(\.minimumFractionDigits) == [2])
    let again = schema.columns[0].filled(with: price.cells)
    #expect(again.shape == price.shape)
    let plain = Column(name: "a", type: .integer, cells: .ticks([1, 2]))
    #expect(
      Schema.inferred(from: Table(columns: [plain]), format: TableFormat()).columns[0].header == nil
    )
  }

  @Test func rowCountsAreRoundedToOneDigit() {
    let pairs = [
      (0, 0), (1, 1), (9, 9), (10, 10), (14, 10), (15, 20), (95, 100), (48_842, 50_000),
      (101_766, 100_000),
    ]
    for (count, rounded) in pairs { #expect(Schema.oneSignificantDigit(count) == rounded) }
  }

  @Test func notesAreCommentsOfAFileThatReadsBack() throws {
    let advice = RoleAdvisor.advise(table: table)
    let schema = Schema.inferred(from: table, format: TableFormat(), name: "t", advice: advice)
    let notes = InspectionNotes(table: table, schema: schema, advice: advice)
    #expect(notes.suggestedPersonColumn == "patient_id")
    #expect(
      Set(notes.suggestions.rules) == [
        .ordered(earlier: "in", later: "out"), .determines(determinant: "code", dependent: "means"),
      ])
    let text = SchemaFile.text(schema, annotations: notes.annotations)
    for line in [
      "    # observed, for your eyes only: 17 ... 25.",
      "    # observed, for your eyes only: 2.5 % of the cells are missing.",
      "    # observed, for your eyes only: A (25.0 %), B (25.0 %), C (25.0 %), D (25.0 %).",
      "# observed, for your eyes only: 'patient_id' has 20 different values in 40 rows, at most 2 rows each.",
    ] { #expect(text.contains(line + "\n"), "\(line) is missing in\n\(text)") }
    let read = try SchemaFile.parse(text)
    #expect(
      read.columns == schema.columns && read.unit == .row && read.rules.isEmpty
        && read.approximateRows == nil)
  }

  @Test(
    .enabled(if: SharedTables.arePresent, "the shared tables are not beside the checkout"),
    arguments: SharedTables.identifiers)
  func sharedTables(path: String, identifiers: [String]) throws {
    let read = try SharedTables.read(path)
    let advice = RoleAdvisor.advise(table: read.table)
    let schema = Schema.inferred(from: read.table, format: read.format, name: path, advice: advice)
    #expect(schema.inconsistencies().isEmpty)
    #expect(schema.mismatches(with: read.table).isEmpty)
    let notes = InspectionNotes(table: read.table, schema: schema, advice: advice)
    let again = try SchemaFile.parse(SchemaFile.text(schema, annotations: notes.annotations))
    #expect(
      again.columns == schema.columns && again.format == schema.format && again.unit == schema.unit)
    var constrained = schema
    constrained.rules = notes.suggestions.rules
    #expect(constrained.mismatches(with: read.table).isEmpty, "a suggested rule does not hold")
  }

  /// The scale of money and durations is suggested by name and type, and is no live line.
  @Test func theLogarithmIsSuggestedByMeaning() {
    let ticks = Cells.ticks((0..<50).map { Int64($0 * $0) })
    let table = Table(columns: [
      Column(name: "annual_income", type: .integer, cells: ticks),
      Column(name: "pulse", type: .integer, cells: ticks),
    ])
    let advice = RoleAdvisor.advise(table: table)
    let schema = Schema.inferred(from: table, format: TableFormat(), advice: advice)
    let notes = InspectionNotes(table: table, schema: schema, advice: advice).annotations
    func isSuggested(_ name: String) -> Bool {
      notes.columns[name]?.bounds.contains { $0.contains("transform: log") } == true
    }
    #expect(isSuggested("annual_income") && !isSuggested("pulse"))
    #expect(schema.columns.allSatisfy { !$0.isLogarithmic })
  }

  /// A schema that is inferred of any file is one that its own reader takes: a single row must
  /// not decide whether the file can be used.
  @Test func inferredSchemasAreConsistent() throws {
    let cells = [
      ["NA", "\"NA\"", "", "\"\"", "?", "\"?\"", " NA ", "\" NA \"", "a,b;c", "\"a,b;c\\t|\""],
      ["\"2021-01-02\"", "\"6.8.2021\"", "6.8.2021", "12:30", "\"23:59:59\""],
      ["1", "\"1\"", "1.5", "\"1,234\"", "<0.1", "N", "#N/A", "1e-3", "$5", "40 %", "-999"],
      ["yes", "no", "\"yes\"", "M", "F", "0", "1", "true", "\"none\"", "unknown"],
    ]
    var random = SplitMix64(seed: 7)
    for round in 0..<300 {
      let kinds = (0..<4).map { _ in Int(random.next() % 4) }
      // Mostly one form of a kind, so that a column has a type, with odd cells among them.
      let usual = kinds.map { cells[$0][Int(random.next() % UInt64(cells[$0].count))] }
      var text = "first,second,third,fourth\n"
      for row in 0..<60 {
        let line = kinds.indices.map { column -> String in
          let isOdd = random.next() % 8 == 0
          let kind = isOdd ? cells[Int(random.next() % 4)] : cells[kinds[column]]
          if isOdd { return kind[Int(random.next() % UInt64(kind.count))] }
          return kinds[column] == 1 ? "\"\(1 + row % 28).\(1 + row % 12).2021\"" : usual[column]
        }
        text += line.joined(separator: ",") + "\n"
      }
      let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("inferred-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let file = folder.appendingPathComponent("table.csv")
      try Data(text.utf8).write(to: file)
      guard let read = try? TableReader.read(file) else { continue }
      let schema = Schema.inferred(
        from: read.table, format: read.format, name: "t",
        advice: RoleAdvisor.advise(table: read.table))
      #expect(schema.inconsistencies().isEmpty, "round \(round)")
      #expect(throws: Never.self, "round \(round)") {
        try SchemaFile.parse(SchemaFile.text(schema))
      }
    }
  }
}
