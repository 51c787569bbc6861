import Accounting
import Basics
import Curation
import DelimitedText
import Encoding
import Foundation
import Ledger
import Tables
import Testing

/// Questions about cells of unknown types: the premises that `docs/proofs/class-histogram.md`
/// states.
@Suite struct CellClassTests {
  private let rho = Rho(checked: 0.5)
  private static let tokens = TableFormat.defaultMissingTokens
  private static let forms: [[CellForms]] = [
    [.kinds, .kinds, .kinds], [.digits, .patterns, .truthWords], [.patterns, .patterns, .patterns],
    [.tokens, .digits, .patterns],
  ]

  /// Rows with odd cells in every column, each of one of nine people.
  private static func rows(_ count: Int, seed: UInt64) -> [[String]] {
    var random = SamplingGenerator(seed: seed)
    let cells = [
      "", "NA", "12", "33.5", "1.123456", "1e+06", "007", "01/02/2020", "1/5/24", "2024-02-29",
      "01/02/2020 10:11:12", "yes", "NO", "N",
      "Bern",
      "a@b.co", "the patient came in with a cough", "\u{FEFF}x", "?",
    ]
    return (0..<count).map { _ in
      ["p\(random.next() % 9)"]
        + (0..<3).map { _ in cells[Int(random.next() % UInt64(cells.count))] }
    }
  }

  private static func schema(_ unit: PrivacyUnit) -> Schema {
    Schema(
      name: "t", unit: unit,
      columns: ["who", "a", "b", "c"].map { ColumnSchema(name: $0, type: .category) })
  }

  private static func table(_ rows: [[String]]) -> Table {
    Table(
      columns: ["who", "a", "b", "c"].enumerated().map { place, name in
        var dictionary = LabelDictionary()
        var known: [String: Int32] = [:]
        let codes = rows.map { row -> Int32 in
          if let code = known[row[place]] { return code }
          let code = dictionary.append(row[place])
          known[row[place]] = code
          return code
        }
        return Column(
          name: name, type: .category, cells: .labels(codes: codes, dictionary: dictionary))
      })
  }

  private func ask(_ rows: [[String]], unit: PrivacyUnit, replaying: [RecordingProbe.Entry] = [])
    throws -> RecordingProbe
  {
    let probe = RecordingProbe(replaying: replaying)
    let curator = Curator(
      audited: SensitiveTable(table: Self.table(rows)),
      blueprint: try Blueprint(schema: Self.schema(unit)), budget: TestBudget(), seed: 5,
      probe: probe)
    let first = unit == .row ? 1 : 0
    for forms in Self.forms {
      _ = try curator.classes(
        of: [first, first + 1, first + 2], by: forms, missingTokens: Self.tokens, rho: rho)
    }
    _ = try curator.distinctValues(of: [first, first + 2], missingTokens: Self.tokens, rho: rho)
    return probe
  }

  /// Adding or removing a person moves no answer by more than was charged for, and the worst case
  /// is nearly reached.
  @Test(arguments: [1, 2, 3]) func nobodyMovesAnAnswerFurtherThanItsSensitivity(_ most: Int) throws
  {
    let unit: PrivacyUnit = most == 1 ? .row : .person(column: "who", maximumRows: most)
    let rows = Self.rows(60, seed: 4)
    let whole = try ask(rows, unit: unit)
    let sensitivities = [3, 6, 12, 6, 3].map { Double(most) * Double($0).squareRoot() }
    var largest = [Double](repeating: 0, count: sensitivities.count)
    let people =
      most == 1
      ? rows.indices.map { [$0] }
      : Set(rows.map { $0[0] }).map { who in rows.indices.filter { rows[$0][0] == who } }
    for person in people {
      let rest = rows.indices.filter { !person.contains($0) }.map { rows[$0] }
      let without = try ask(rest, unit: unit, replaying: whole.entries)
      #expect(
        without.entries.map(\.question) == whole.entries.map(\.question),
        "what is asked does not depend on anybody")
      for (place, (mine, other)) in zip(without.entries, whole.entries).enumerated() {
        guard case .counts(let one) = mine.exact, case .counts(let two) = other.exact else {
          throw WrongAnswer()
        }
        let distance = zip(one, two).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
          .squareRoot()
        #expect(distance <= sensitivities[place] + 1e-9)
        largest[place] = max(largest[place], distance)
      }
    }
    #expect(
      largest[0] > 0.5 * sensitivities[0] && largest[4] > 0.3 * sensitivities[4],
      "the test would see a larger one: \(largest)")
  }

  private struct WrongAnswer: Error {}

  @Test func everyQuestionIsChargedItsJointSensitivityBeforeARowIsCounted() throws {
    let budget = TestBudget()
    let curator = Curator(
      SensitiveTable(table: Self.table(Self.rows(300, seed: 2))),
      blueprint: try Blueprint(schema: Self.schema(.row)), budget: budget)
    _ = try curator.classes(
      of: [1, 2, 3], by: [.kinds, .patterns, .digits], missingTokens: Self.tokens, rho: rho)
    _ = try curator.distinctValues(of: [1, 3], missingTokens: Self.tokens, rho: rho)
    #expect(budget.charges.count == 2 && curator.isPrivate)
    for (charge, squares) in zip(budget.charges, [6.0, 3.0]) {
      guard case .discreteGaussian(_, let sensitivity, _) = charge else { throw WrongAnswer() }
      #expect(
        sensitivity.value * sensitivity.value >= squares
          && sensitivity.value < squares.squareRoot() * (1 + 1e-12))
      #expect(charge.price(left: rho).rho <= rho && charge.price(left: rho).rho.value > 0.499)
    }
    budget.allowed = 2
    #expect(throws: TestBudget.Refused.self) {
      try curator.classes(of: [1], by: [.kinds], missingTokens: Self.tokens, rho: rho)
    }
  }

  /// Classes by brute force, one cell at a time.
  @Test func countsAreThoseOfTheCells() throws {
    let rows = Self.rows(200, seed: 8)
    let probe = try ask(rows, unit: .row)
    let sorter = CellSorter(missingTokens: Self.tokens)
    for (entry, forms) in zip(probe.entries, Self.forms) {
      let expected = forms.enumerated().flatMap { place, forms in
        var counts = [Int](repeating: 0, count: forms.count(tokens: Self.tokens.count))
        for row in rows {
          for found in Array(row[place + 1].utf8).withUnsafeBufferPointer({
            sorter.classes(of: $0, by: forms)
          }) { counts[found] += 1 }
        }
        return counts
      }
      #expect(entry.exact == .counts(expected))
    }
    let distinct = [1, 3].map { place in Set(rows.map { $0[place] }).subtracting(Self.tokens).count
    }
    #expect(probe.entries.last?.exact == .counts([200] + distinct))
  }

  @Test func aPersonWhoIsNotNamedIsNobody() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "cells-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data("who,a\nx,1\n,2\nNA,3\nx,\"4\"\n".utf8).write(to: url)
    let cells = try SensitiveTable.readCells(
      url, format: TableFormat(), unit: .person(column: "who", maximumRows: 5))
    let probe = RecordingProbe()
    let blueprint = try Blueprint(schema: cells.schema)
    let curator = Curator(
      audited: cells.consumeTable(), blueprint: blueprint, budget: TestBudget(), seed: 1,
      probe: probe)
    _ = try curator.distinctValues(of: [0], missingTokens: Self.tokens, rho: rho)
    #expect(probe.entries.first?.exact == .counts([2, 2]))
  }
}
