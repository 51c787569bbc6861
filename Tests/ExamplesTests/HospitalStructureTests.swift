import Foundation
import Testing

/// The formulas of docs/example-hospital.md, written out again here and compared with 20,000 rows.
@Suite struct HospitalStructureTests {
  let rows: [HospitalRow]
  let isFirst: [Bool]

  init() throws {
    rows = try HospitalRow.all(of: .shared)
    isFirst = try HospitalSample.shared.isFirstOfPatient()
  }

  private var patients: [HospitalRow] { zip(rows, isFirst).filter(\.1).map(\.0) }

  @Test func sexAndAgeAndSmoking() {
    let patients = self.patients
    expectEvents(
      patients.count { $0.sex == "F" }, probabilities: patients.map { _ in 0.52 }, "women")
    let adults = patients.filter { $0.age >= 20 }
    let heaped = adults.count { Int($0.age) % 5 == 0 }
    // A quarter is rounded; about one in five of the others ends in 0 or 5 anyway (the ends of the
    // range shift that a little).
    #expect(abs(Double(heaped) / Double(adults.count) - 0.40) < 0.03)
    #expect(rows.allSatisfy { ($0.smokes == nil) == ($0.age < 16) })
  }

  @Test func smokingDependsOnSexAndAgeAndRegion() throws {
    let region = try HospitalSample.shared.labels("region")
    let chosen = rows.indices.filter { isFirst[$0] && rows[$0].smokes != nil }
    let probabilities = chosen.map { row in
      0.20 + (rows[row].sex == "M" ? 0.08 : 0) - (rows[row].age >= 70 ? 0.10 : 0)
        + (region[row] == "North" ? 0.10 : 0)
    }
    expectEvents(chosen.count { rows[$0].smokes == true }, probabilities: probabilities, "smokers")
    let north = zip(chosen, probabilities).filter { region[$0.0] == "North" }
    expectEvents(
      north.count { rows[$0.0].smokes == true }, probabilities: north.map(\.1),
      "smokers in the North")
  }

  @Test func chapterDependsOnAgeAndSmoking() {
    // Among the patients of two chapters, the probability of the first is its weight divided by the
    // sum; all else cancels.
    let patients = self.patients.filter { $0.age >= 16 }
    let heart = patients.filter { $0.chapter == "I" || $0.chapter == "K" }
    expectShare(of: "I", in: heart) {
      0.3 * exp(0.045 * ($0.age - 40)) * ($0.smokes == true ? 1.5 : 1) / 1.2
    }
    expectShare(of: "I", in: heart.filter { $0.age >= 70 }) {
      0.3 * exp(0.045 * ($0.age - 40)) * ($0.smokes == true ? 1.5 : 1) / 1.2
    }
    let lung = patients.filter { $0.chapter == "J" || $0.chapter == "K" }
    expectShare(of: "J", in: lung.filter { $0.smokes == true }) { _ in 2.2 / 1.2 }
    expectShare(of: "J", in: lung.filter { $0.smokes == false }) { _ in 1.0 / 1.2 }
    #expect(rows.allSatisfy { $0.chapter != "O" || ($0.sex == "F" && (16...45).contains($0.age)) })
    #expect(rows.contains { $0.chapter == "O" })
  }

  private func expectShare(
    of chapter: Character, in rows: [HospitalRow], odds: (HospitalRow) -> Double
  ) {
    #expect(rows.count > 100)
    let probabilities = rows.map { row in odds(row) / (1 + odds(row)) }
    expectEvents(
      rows.count { $0.chapter == chapter }, probabilities: probabilities, "chapter \(chapter)")
  }

  @Test func diagnosesHaveALongTail() {
    let counts = Dictionary(grouping: rows, by: \.code).mapValues(\.count)
    let sorted = counts.values.sorted(by: >)
    #expect(sorted.count > 450)
    let twentyCommonest = sorted.prefix(20).reduce(0, +)
    #expect(twentyCommonest > rows.count * 3 / 10)
    #expect(sorted.count { $0 <= 10 } > 100)
  }

  @Test func lengthOfStayDependsOnDiagnosisAgeAndUrgency() {
    #expect(rows.allSatisfy { $0.discharged >= $0.admitted + 120 && $0.days <= 120 })
    let medians: [Character: Double] = [
      "F": 9, "C": 5, "I": 4, "A": 4, "J": 3.5, "G": 3.5, "M": 3.5, "E": 3, "S": 3, "K": 3,
      "N": 2.2, "O": 2.2,
    ]
    let residuals = rows.map { row in
      log(row.days) - log(medians[row.chapter] ?? .nan) - 0.01 * (row.age - 50)
        - (row.kind == "emergency" ? 0.25 : 0)
        - (row.ward == "Intensive care" ? 0.6 : 0)
    }
    for chapter in medians.keys {
      let own = zip(rows, residuals).filter { $0.0.chapter == chapter }.map(\.1)
      let shift = abs(own.reduce(0, +) / Double(own.count))
      let allowed = 5 * 0.7 / Double(own.count).squareRoot()
      #expect(shift < allowed, "chapter \(chapter)")
    }
    let mean = rows.map(\.days).reduce(0, +) / Double(rows.count)
    let median = rows.map(\.days).sorted()[rows.count / 2]
    #expect(mean > 1.2 * median, "stays are skewed to the right")
  }

  @Test func plannedAdmissionsComeInTheMorning() {
    for row in rows where row.kind == "elective" {
      #expect((7 * 60..<11 * 60).contains(row.admitted % 1440) && row.admitted % 15 == 0)
    }
    let emergencies = rows.filter { $0.kind == "emergency" }
    let atNight = emergencies.count { $0.admitted % 1440 < 360 }
    #expect(Double(atNight) / Double(emergencies.count) > 0.2)
  }

  @Test func laboratoryValueIsMissingByWardAndAge() {
    let byWard = [
      "Intensive care": 0.02, "Psychiatry": 0.60, "Maternity": 0.45, "Paediatrics": 0.45,
      "Surgery": 0.20, "Orthopaedics": 0.20,
    ]
    for ward in Set(rows.map(\.ward)) {
      let own = rows.filter { $0.ward == ward }
      let probabilities = own.map {
        (byWard[ward] ?? 0.10) + (16 <= $0.age && $0.age < 40 ? 0.15 : 0)
      }
      expectEvents(
        own.count { $0.crp == nil }, probabilities: probabilities, "CRP missing in \(ward)")
    }
    #expect(rows.allSatisfy { $0.age >= 16 || $0.ward == "Paediatrics" })
  }

  @Test func laboratoryValueDependsOnTheDiagnosis() {
    for (chapter, mean) in [("A", 4.2), ("J", 3.5), ("K", 2.8), ("I", 1.8)] as [(Character, Double)]
    {
      let logs = rows.filter { $0.chapter == chapter }.compactMap { row in
        row.crp.map { log($0) - 0.01 * (row.age - 50) - mean }
      }
      // The limits of the assay (0.1 and 500 mg/l) shift the mean a little.
      let shift = abs(logs.reduce(0, +) / Double(logs.count))
      let allowed = 0.02 + 5 * 0.9 / Double(logs.count).squareRoot()
      #expect(shift < allowed, "chapter \(chapter)")
    }
  }

  @Test func weightIsMissingByUrgency() {
    for (kind, chance) in [("emergency", 0.30), ("elective", 0.05), ("transfer", 0.05)] {
      let own = rows.filter { $0.kind == kind }
      expectEvents(
        own.count { !$0.isWeightKnown }, probabilities: own.map { _ in chance },
        "weight missing, \(kind)")
    }
  }

  @Test func copaymentIsZeroInflated() {
    for row in rows where row.age < 18 || row.chapter == "O" { #expect(row.copayment == 0) }
    let liable = rows.filter { $0.age >= 18 && $0.chapter != "O" }
    expectEvents(
      liable.count { $0.copayment == 0 },
      probabilities: liable.map { $0.kind == "elective" ? 0.35 : 0.60 }, "no co-payment")
    for row in liable where row.copayment > 0 && row.kind != "elective" {
      #expect(row.copayment == 1000 * min(Int(row.days.rounded(.up)), 28))
    }
    for row in liable where row.copayment > 0 && row.kind == "elective" {
      #expect(row.copayment > 1000 * min(Int(row.days.rounded(.up)), 28))
    }
  }

  @Test func outcomesFollowTheirLogits() {
    let death = rows.map { row in
      expit(
        -5.0 + 0.045 * (row.age - 50) + 0.02 * min(row.days, 30)
          + (row.ward == "Intensive care" ? 1.8 : 0))
    }
    expectEvents(rows.count { $0.disposition == "died" }, probabilities: death, "deaths")
    let alive = rows.filter { $0.disposition != "died" }
    expectEvents(
      alive.count { $0.disposition == "nursing facility" },
      probabilities: alive.map { expit(-4 + 0.08 * ($0.age - 65) + 0.05 * min($0.days, 30)) },
      "to a nursing facility")
    #expect(rows.allSatisfy { $0.disposition != "died" || !$0.isReadmitted })
    let effects: [Character: Double] = [
      "C": 0.9, "I": 0.6, "J": 0.5, "F": 0.3, "S": -0.5, "O": -1.5,
    ]
    for chapter in Set(rows.map(\.chapter)) {
      let own = alive.filter { $0.chapter == chapter }
      let probabilities = own.map {
        expit(-2.6 + 0.02 * ($0.age - 60) + 0.06 * min($0.days, 30) + (effects[chapter] ?? 0))
      }
      expectEvents(
        own.count(where: \.isReadmitted), probabilities: probabilities,
        "readmissions, chapter \(chapter)")
    }
  }

  @Test func rareDiseaseHasATreatmentOfItsOwn() throws {
    for row in rows {
      #expect((row.code == "E75.22") == (row.treatment == "enzyme replacement therapy"))
    }
    let many = HospitalSample(rows: 100_000, seed: 11)
    let code = try many.labels("icd10_code")
    let isFirst = try many.isFirstOfPatient()
    let patients = code.indices.filter { isFirst[$0] }
    expectEvents(
      patients.count { code[$0] == "E75.22" }, probabilities: patients.map { _ in 0.001 },
      "rare disease")
  }
}
