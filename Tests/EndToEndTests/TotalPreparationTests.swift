import AdversarialSynthesis
import Foundation
import Manifests
import MarginalSynthesis
import Releases
import Synthesis
import Tables
import Testing

/// Under a schema, no row ends a run or changes its output. Whatever an additional row holds, both
/// tables are released, and only the owner is told (docs/proofs/reading.md).
@Suite struct TotalPreparationTests {
  /// An ordinary row, and ways to spoil each of its cells, by column.
  private static let row = [
    "P9999", "p9999@example.org", "47", "1900.50", "Ashby", "North", "2024-03-05", "2024-10-09",
    "K1", "burn", "no", "\"seen, once\"",
  ]
  private static let spoiled: [(column: Int, cell: String)] = [
    (0, ""), (0, "\"NA\""), (0, "\"two\nlines\""), (1, ""), (2, ""), (2, "33.5"), (2, "-1"),
    (2, "007"), (2, "99999999999999999999"),
    (2, "9223372036854775807"), (2, "forty"), (2, "\"1,5\""), (3, "1e400"),
    (3, "9223372036854775807"), (3, "0.123456789123"), (3, "-"),
    (4, "\"NA\""), (4, "\"\""), (4, "e\u{301}"), (4, "\u{1F}"), (4, "\u{1E}"), (4, "other"),
    (5, ""), (5, "Nowhere"), (6, ""),
    (6, "5 Mar 2024"), (6, "9999-12-31"), (6, "0001-01-01"), (7, "2023-01-01"), (7, "2024-02-30"),
    (8, ""), (8, "K0"), (8, "a\u{1F}b"),
    (9, ""), (9, "another meaning"), (10, ""), (10, "perhaps"), (10, "\"yes\""), (11, "\"NA\""),
    (11, "\"\"\"\""),
  ]

  private static let uglyRows: [[String]] =
    spoiled.map { spoilt in
      var cells = row
      cells[spoilt.column] = spoilt.cell
      return cells
    } + [
      [String](repeating: "", count: row.count), [String](repeating: "\"\"", count: row.count),
      [String](repeating: "x", count: row.count),
    ]

  /// Schemas that leave rows as little freedom as possible.
  private enum Kind: CaseIterable, CustomTestStringConvertible {
    case asDeclared, nothingMayBeMissing, persons, everythingDeclared, quotesTellNothing, noHeader

    var testDescription: String { "\(self)" }

    var schema: Schema {
      var schema = Admissions.schema(unit: .row)
      switch self {
      case .asDeclared: break
      case .nothingMayBeMissing:
        for index in schema.columns.indices { schema.columns[index].isNullable = false }
      case .persons: schema.unit = Admissions.person
      case .everythingDeclared:
        for index in schema.columns.indices {
          switch schema.columns[index].name {
          case "age": schema.columns[index].bounds = .declared(20...60)
          case "income": schema.columns[index].bounds = .declared(0...500_000)
          case "town": schema.columns[index].categories = .declared(["Ashby", "Corby", "other"])
          case "code": schema.columns[index].categories = .declared(["K0", "K1", "K2"])
          case "meaning": schema.columns[index].categories = .declared(["asthma", "burn", "other"])
          default: break
          }
        }
      case .quotesTellNothing: schema.format.quotedTokens = .missing
      case .noHeader:
        schema.format.hasHeader = false
        schema.rules = []
        for index in schema.columns.indices { schema.columns[index].name = "column \(index + 1)" }
      }
      return schema
    }
  }

  private struct Run: Equatable {
    var hazards: [String]
    var manifestHazards: [Hazard]
    var schema: String
    var files: [String]
  }

  private func run(_ rows: [[String]], _ kind: Kind, engine: Engine = .independent) throws -> (
    travels: Run, summary: SynthesisSummary
  ) {
    let shop = try Workshop()
    let csv = Admissions(rows: rows).csv
    try shop.write(
      kind == .noHeader ? String(csv.drop { $0 != "\n" }.dropFirst()) : csv, as: "stays.csv")
    // Given as text, so that it is read as an owner's file is.
    try shop.write(kind.schema, as: "stays.yaml")
    let summary = try Synthesis.run(
      try shop.request("stays.csv", schema: "stays.yaml", engine: engine))
    let manifest = try shop.manifest()
    // At so small a budget, the noise decides whether a column is learned.
    let hazards = manifest.hazards.filter { $0 != .unlearnedColumns }
    return (
      Run(
        hazards: summary.hazards.filter { $0 != Hazard.unlearnedColumns.explanation },
        manifestHazards: hazards,
        schema: manifest.schema.text,
        files: try FileManager.default.contentsOfDirectory(atPath: shop.file("release").path)
          .sorted()),
      summary
    )
  }

  private static let people = Admissions.made(people: 50).rows

  /// All ugly rows at once, at the start and at the end, and some of them alone.
  @Test(arguments: Kind.allCases) private func noRowEndsARun(_ kind: Kind) throws {
    let plain = try run(Self.people, kind)
    let all = try run(Self.uglyRows + Self.people + Self.uglyRows, kind)
    #expect(all.travels == plain.travels)
    #expect(all.summary.ownerMessages.count > plain.summary.ownerMessages.count)
    let share = Kind.allCases.firstIndex(of: kind) ?? 0
    for (index, row) in Self.uglyRows.enumerated() where index % Kind.allCases.count == share {
      #expect(try run(Self.people + [row], kind).travels == plain.travels, "\(row)")
    }
  }

  @Test(arguments: [Engine.mst, .aim, .gan, .gem]) func noRowEndsARunOfAnyEngine(_ engine: Engine)
    throws
  {
    let plain = try run(Self.people, .nothingMayBeMissing, engine: engine)
    #expect(
      try run(Self.uglyRows + Self.people, .nothingMayBeMissing, engine: engine).travels
        == plain.travels)
  }

  /// Rows that name nobody belong to no unit. They are left out, not refused, and only the owner
  /// learns how many there were.
  @Test func theOwnerIsToldAndNobodyElse() throws {
    let shop = try Workshop()
    try shop.write(Admissions(rows: Self.uglyRows + Self.people).csv, as: "stays.csv")
    try shop.write(Kind.persons.schema, as: "stays.yaml")
    let summary = try Synthesis.run(try shop.request("stays.csv", schema: "stays.yaml"))
    let told = summary.ownerMessages.joined(separator: "\n")
    for words in [
      "rows do not say in 'who' whom they are about", "they are left out", "'age' has 4 of",
      "cannot be read as integer",
      "they count as the nearest", "against `ordered`; 'discharged' counts as equal there",
      "each pair counts as its row has it",
      "outside its declared categories; they count as missing",
      "with a word for missing inside quotes",
    ] {
      #expect(told.contains(words), "\(words)")
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: shop.file("release").path) {
      let text = try shop.text("release/\(name)")
      for words in ["cannot be read", "are left out", "count as", "counts as its row"] {
        #expect(!text.contains(words), "\(name): \(words)")
      }
    }
  }

  /// A strict request refuses each of these rows and spends nothing. If no row has to be refused,
  /// the release still records that the request was strict.
  @Test func aStrictRequestRefusesAndIsAHazard() throws {
    let shop = try Workshop()
    try shop.write(Admissions.schema(unit: Admissions.person), as: "stays.yaml")
    func request() throws -> SynthesisRequest {
      var request = try shop.request("stays.csv", schema: "stays.yaml")
      request.isStrict = true
      return request
    }
    let misfits: [(column: Int, cell: String)] = [
      (0, ""), (2, ""), (2, "33.5"), (2, "+5"), (3, "many"), (6, "5 Mar 2024"), (7, "2023-01-01"),
      (9, "another meaning"), (10, "perhaps"),
    ]
    for (column, cell) in misfits {
      var row = Self.row
      row[column] = cell
      try shop.write(Admissions(rows: Self.people + [row]).csv, as: "stays.csv")
      let error = #expect(throws: ReleaseError.self, "\(column): \(cell)") {
        try Synthesis.run(try request())
      }
      #expect(
        error?.description.contains("does not fit the schema in 1 place") == true,
        "\(column): \(cell)")
    }
    #expect(try shop.names() == ["stays.csv", "stays.yaml"])
    try shop.write(Admissions(rows: Self.people).csv, as: "stays.csv")
    let summary = try Synthesis.run(try request())
    #expect(try shop.manifest().hazards.contains(.strictPreparation))
    #expect(summary.hazards.contains(Hazard.strictPreparation.explanation))
    #expect(
      try shop.text("release/report.html").contains(
        "Publishing it tells that all rows fit the schema"))
  }

  /// Through the program: the exit code and standard error are the same, whatever the row.
  @Test(.enabled(if: Command.built != nil, Command.absence)) func theProgramSaysTheSame() throws {
    let command = try #require(Command.built)
    func errors(_ rows: [[String]]) throws -> String {
      let shop = try Workshop()
      try shop.write(Admissions(rows: rows).csv, as: "stays.csv")
      try shop.write(Kind.nothingMayBeMissing.schema, as: "stays.yaml")
      let outcome = try command.run(
        [
          // A budget so small that nothing is ever learned: which columns are empty is announced,
          // and noise decides it.
          "synthesize", "stays.csv", "--schema", "stays.yaml", "--epsilon", "0.001", "--engine",
          "independent", "--no-owner-report",
          "--allow-empty", "-o", "release",
        ],
        in: shop)
      #expect(outcome.status == 0)
      return outcome.errors
    }
    let plain = try errors(Self.people)
    #expect(try errors(Self.uglyRows + Self.people) == plain)
    for (column, cell) in [
      (2, ""), (2, "33.5"), (7, "2023-01-01"), (9, "another meaning"), (0, ""),
    ] {
      var row = Self.row
      row[column] = cell
      #expect(try errors(Self.people + [row]) == plain)
    }
  }
}
