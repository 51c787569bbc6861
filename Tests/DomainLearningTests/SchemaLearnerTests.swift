import Accounting
import Curation
import DomainLearning
import Encoding
import Foundation
import Ledger
import Tables
import Testing

/// Types from noisy counts: the result without noise, the result with too much noise, and the cost.
@Suite struct SchemaLearnerTests {
  private final class Purse: BudgetSession {
    var spent = PrivacyCost.zero
    func charge(_ event: PrivacyEvent) { spent = spent + event.cost }
  }

  private static let header = "id,age,bmi,seen,at,smoker,town,note,mail,mixed,rare"

  private static func rows(_ count: Int) -> [String] {
    (0..<count).map { row in
      let towns = ["Bern", "Basel", "Genf", "Chur"]
      return [
        "P\(row / 3)", "\(18 + row % 70)", "\(18 + row % 15).\(row % 10)",
        "\(1 + row % 12)/\(1 + row % 28)/20\(10 + row % 14)",
        "2024-0\(1 + row % 9)-\(10 + row % 19) 1\(row % 10):0\(row % 10)",
        row % 4 == 0 ? "Yes" : "No", towns[row % 4],
        "the patient came in on day \(row) with a cough", "p\(row)@example.org",
        row % 3 == 0 ? "12" : "low",
        row % 20 == 0 ? "NA" : "\(row % 9)",
      ].joined(separator: ",")
    }
  }

  private func learn(
    _ rows: [String], rho: Double, purse: Purse = Purse(), header: String = header
  ) throws -> LearnedSchema {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "learn-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(([header] + rows).joined(separator: "\n").utf8).write(to: url)
    let cells = try SensitiveTable.readCells(url, format: TableFormat(), unit: .row)
    let blueprint = try Blueprint(schema: cells.schema)
    let curator = Curator(
      seeded: cells.consumeTable(), blueprint: blueprint, budget: purse, seed: 8)
    return try SchemaLearner(
      curator: curator, missingTokens: TableFormat.defaultMissingTokens, personColumns: ["id"]
    )
    .learn(rho: Rho(checked: rho))
  }

  @Test func muchBudgetTellsEveryTypeRight() throws {
    let purse = Purse()
    let learned = try learn(Self.rows(3000), rho: 500, purse: purse)
    #expect(purse.spent.rho.value <= 500 && purse.spent.rho.value > 0 && purse.spent.delta == .zero)
    let types = learned.columns.map(\.type)
    #expect(
      types == [
        .category, .integer, .decimal(fractionDigits: 1), .date(DateFormat(pattern: "M/d/yyyy")),
        .timestamp(TimestampFormat(pattern: "yyyy-MM-dd HH:mm", secondsPerTick: 60)),
        .boolean(BooleanLabels(whenFalse: "No", whenTrue: "Yes")), .category, .text, .identifier,
        .category, .integer,
      ])
    // Missing cells are always found; if noise suggests missing cells in a column without any, that
    // costs little.
    #expect(learned.columns[10].isNullable && learned.columns.count { $0.isNullable } <= 2)
    #expect(
      learned.columns[10].missingToken == "NA" && learned.columns[2].minimumFractionDigits == 1)
    #expect(
      learned.columns[0].repeats == true && learned.columns[8].repeats == false
        && learned.columns[6].repeats == nil)
    #expect(learned.columns[8].identifier == .email)
    #expect(abs((learned.rows ?? 0) - 3000) < 5)
    #expect(learned.columns[9].doubts.first?.contains("several kinds") == true)
  }

  /// One row with another number of digits, a missing cell or another kind changes nothing in the
  /// written schema, except by chance.
  @Test func oneOddRowIsNotSeen() throws {
    let odd = "x@y.zz,forty,22.123456,yesterday,1871,maybe,,1,-,,"
    #expect(
      try learn(Self.rows(3000) + [odd], rho: 0.05).columns.map(\.type)
        == learn(Self.rows(3000), rho: 0.05).columns.map(\.type))
  }

  /// A column in which nearly every cell is "No" and the others are doses is not a truth value.
  @Test func oneWordOfTwoIsALabel() throws {
    let rows = (0..<3000).map { "\($0 % 30 == 0 ? "Steady" : "No"),\($0 % 2 == 0 ? "No" : "Yes")" }
    let learned = try learn(rows, rho: 500, header: "dose,ill")
    #expect(
      learned.columns.map(\.type) == [
        .category, .boolean(BooleanLabels(whenFalse: "No", whenTrue: "Yes")),
      ])
  }

  @Test func whatTheNoiseHidesIsACategoryAndSaysSo() throws {
    let learned = try learn(Self.rows(60), rho: 1e-5)
    #expect(learned.rows == nil)
    for column in learned.columns {
      #expect(
        column.type == .category && column.identifier == nil
          && column.doubts.first?.contains("noise hides") == true, "\(column)")
    }
  }

  @Test func anEmptyTableIsAnOrdinaryTable() throws {
    let learned = try learn([], rho: 1)
    #expect(learned.columns.allSatisfy { $0.type == .category } && learned.rows == nil)
  }
}
