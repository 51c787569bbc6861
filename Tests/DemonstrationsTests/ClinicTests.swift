import Examples
import Tables
import Testing

@Suite struct ClinicTests {
  private let example = ClinicExample(ordinary: 4_000, rare: 50, visits: 24, seed: 7)

  private func labels(_ table: Table, _ column: String) throws -> [String] {
    guard case .labels(let codes, let dictionary) = try #require(table.column(named: column)).cells
    else { return [] }
    return codes.map { dictionary[Int($0)] }
  }

  @Test func `rare people are alone in their occupation, among patients and strangers`() throws {
    let everyone =
      try labels(example.patients.people, "occupation")
      + labels(example.strangers.people, "occupation")
    let counts = Dictionary(grouping: everyone) { $0 }.mapValues(\.count)
    #expect(counts.values.count { $0 == 1 } == 100)
    for table in [example.patients.people, example.strangers.people] {
      let occupations = try labels(table, "occupation")
      #expect(occupations[example.rare].allSatisfy { counts[$0] == 1 })
      #expect(occupations[example.ordinary].allSatisfy { counts[$0, default: 0] > 50 })
    }
  }

  @Test func `the secrets of rare people are drawn by fair lot`() throws {
    // 40 tables of 60 patients and 60 strangers: 4,800 draws. Each bound is six standard errors: a
    // false alarm has a probability below 1e-7.
    var (diagnoses, findings): ([String: Int], [String: Int]) = ([:], [:])
    for seed in 1...40 as ClosedRange<UInt64> {
      let example = ClinicExample(ordinary: 1, rare: 60, visits: 2, seed: seed)
      for table in [example.patients.people, example.strangers.people] {
        for label in try labels(table, "diagnosis")[example.rare] {
          diagnoses[label, default: 0] += 1
        }
        for label in try labels(table, "finding")[example.rare] { findings[label, default: 0] += 1 }
      }
    }
    #expect(
      diagnoses.count == 10 && diagnoses.values.allSatisfy { abs($0 - 480) < 125 }, "\(diagnoses)")
    #expect(
      findings.count == 5 && findings.values.allSatisfy { abs($0 - 960) < 167 }, "\(findings)")
    #expect(ClinicExample.chanceOfDiagnosis == 0.1 && ClinicExample.chanceOfFinding == 0.2)
  }

  @Test func `the same seed gives the same people, and the schema is theirs`() throws {
    let again = ClinicExample(ordinary: 4_000, rare: 50, visits: 24, seed: 7)
    let other = ClinicExample(ordinary: 4_000, rare: 60, visits: 2, seed: 8)
    for (column, known) in zip(example.patients.table.columns, ClinicExample.schema.columns) {
      #expect(column.name == known.name && column.type == known.type)
      #expect(again.patients.table.column(named: column.name)?.cells == column.cells)
      #expect(other.patients.table.column(named: column.name)?.cells != column.cells)
    }
  }
}
