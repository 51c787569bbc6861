import Basics
import Examples
import Foundation
import Tables
import Testing

@Suite struct HospitalExampleTests {
  /// A table with another seed is a control: none of its people is mistaken for one of this
  /// table's.
  @Test(arguments: [UInt64(7), 2027, 0, .max]) func anotherSeedIsOfOtherPeople(_ seed: UInt64) {
    let (usual, other) = (
      HospitalExample.make(rows: 2000), HospitalExample.make(rows: 2000, seed: seed)
    )
    for name in ["record_number", "patient_id", "email"] {
      guard case .labels(_, let first)? = usual.column(named: name)?.cells,
        case .labels(_, let second)? = other.column(named: name)?.cells
      else {
        Issue.record("no labels in \(name)")
        continue
      }
      #expect(Set(first.labels).isDisjoint(with: second.labels))
    }
  }

  @Test func generatorGivesThePublishedNumbers() {
    // Seed 1234567, as printed by the reference C program of Sebastiano Vigna.
    var random = SplitMix64(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431,
      16_408_922_859_458_223_821,
    ]
    #expect(expected.map { _ in random.next() } == expected)
  }

  @Test func theSameSeedGivesTheSameTable() throws {
    let first = try rows(of: HospitalSample(rows: 500, seed: 3))
    #expect(try rows(of: HospitalSample(rows: 500, seed: 3)) == first)
    #expect(try rows(of: HospitalSample(rows: 500, seed: 4)) != first)
    let longer = try rows(of: HospitalSample(rows: 900, seed: 3))
    #expect(Array(longer.prefix(490)) == Array(first.prefix(490)))
  }

  /// All cells of each row, as one line.
  private func rows(of sample: HospitalSample) throws -> [String] {
    var lines = [String](repeating: "", count: sample.table.rowCount)
    for column in sample.table.columns {
      let cells: [String] =
        column.type.isOrdered
        ? try sample.ticks(column.name).map { $0.map { "\($0)" } ?? "-" }
        : try sample.labels(column.name).map { $0 ?? "-" }
      for row in lines.indices { lines[row] += cells[row] + "|" }
    }
    return lines
  }

  @Test(arguments: [0, 1, 2, 17]) func hasExactlyTheRowsAskedFor(count: Int) {
    let table = HospitalExample.make(rows: count, seed: 1)
    #expect(table.rowCount == count)
    #expect(table.columns.count == 23)
  }

  @Test func schemaDescribesTheTable() throws {
    let sample = HospitalSample.shared
    let schema = HospitalExample.schema(rows: 20_000)
    #expect(schema.columns.map(\.name) == sample.table.columns.map(\.name))
    #expect(schema.origin == .declared)
    #expect(schema.columns.filter { $0.role == .target }.map(\.name) == ["readmitted_30d"])
    for (column, known) in zip(sample.table.columns, schema.columns) {
      #expect(column.type == known.type)
      if column.type.isOrdered {
        let ticks = try sample.ticks(column.name)
        #expect(ticks.contains(nil) == known.isNullable, "\(column.name)")
        if case .declared(let bounds) = known.bounds {
          #expect(ticks.allSatisfy { $0.map(bounds.contains) ?? true }, "\(column.name)")
        }
      } else {
        let labels = try sample.labels(column.name)
        #expect(labels.contains(nil) == known.isNullable, "\(column.name)")
        if case .declared(let categories) = known.categories {
          #expect(Set(labels.compactMap { $0 }).isSubset(of: categories), "\(column.name)")
        }
      }
    }
  }

  @Test func dictionariesHoldDistinctLabelsInOrderOfAppearance() throws {
    for column in HospitalSample.shared.table.columns {
      guard case .labels(let codes, let dictionary) = column.cells else { continue }
      #expect(Set(dictionary.labels).count == dictionary.count, "\(column.name)")
      var next: Int32 = 0
      for code in codes where code != Cells.missingCode {
        #expect(code <= next, "\(column.name)")
        if code == next { next += 1 }
      }
      #expect(Int(next) == dictionary.count, "\(column.name)")
    }
  }

  @Test func traitsOfAPatientAreConstant() throws {
    let sample = HospitalSample.shared
    let patients = try sample.labels("patient_id")
    let records = try sample.labels("record_number")
    #expect(Set(records).count == records.count)
    let counts = Dictionary(grouping: patients, by: { $0 }).values.map(\.count)
    #expect(counts.max() == HospitalExample.mostRowsOfAPatient)
    #expect(Double(counts.filter { $0 > 1 }.count) / Double(counts.count) > 0.1)
    for name in ["first_name", "last_name", "email", "sex", "postcode_area", "region"] {
      try expectConstant(try sample.labels(name), over: patients, name)
    }
    for name in ["age", "smoker"] {
      try expectConstant(try sample.ticks(name), over: patients, name)
    }
    let emails = Set(try sample.labels("email"))
    #expect(emails.count == counts.count)
  }

  private func expectConstant<Value: Hashable>(
    _ values: [Value], over keys: [String?], _ name: String
  ) throws {
    var seen: [String: Value] = [:]
    for (key, value) in zip(keys, values) {
      let key = try #require(key)
      #expect(
        seen.updateValue(value, forKey: key).map { $0 == value } ?? true,
        "\(name) changes within a patient")
    }
  }

  @Test func staysOfAPatientFollowEachOtherAndExplainTheFlag() throws {
    let rows = try HospitalRow.all(of: .shared)
    let isFirst = try HospitalSample.shared.isFirstOfPatient()
    for index in 1..<rows.count where !isFirst[index] {
      let gap = rows[index].admitted - rows[index - 1].discharged
      #expect(gap > 0)
      #expect((gap <= 30 * 1440) == rows[index - 1].isReadmitted)
      #expect(rows[index - 1].disposition != "died")
    }
  }

  @Test func codesAreRealLookingDistinctAndDetermineTheirDescriptions() throws {
    let all = DiagnosisCatalogue.all
    #expect(all.count > 500)
    #expect(Set(all.map(\.code)).count == all.count)
    #expect(Set(all.map(\.description)).count == all.count)
    #expect(
      all.allSatisfy { $0.code.wholeMatch(of: /[A-TV-Z][0-9][0-9A](\.[0-9A-Z]{1,4})?/) != nil })
    let sample = HospitalSample.shared
    try expectConstant(
      try sample.labels("icd10_description"), over: try sample.labels("icd10_code"), "description")
    try expectConstant(
      try sample.labels("region"), over: try sample.labels("postcode_area"), "region")
  }

  @Test func notesNameThePersonAndTheDiagnosis() throws {
    let sample = HospitalSample.shared
    let notes = try sample.labels("notes")
    let names = try sample.labels("last_name")
    let diagnoses = try sample.labels("icd10_description")
    for (row, note) in notes.enumerated() {
      guard let note else { continue }
      let name = try #require(names[row])
      let diagnosis = try #require(diagnoses[row])
      #expect(note.contains(name) && note.contains(diagnosis))
    }
    let written = notes.compactMap { $0 }
    for mark in ["\n", "\"", ","] { #expect(written.contains { $0.contains(mark) }) }
  }
}
