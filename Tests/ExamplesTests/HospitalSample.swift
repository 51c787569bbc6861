import Examples
import Foundation
import Tables
import Testing

/// One table of the example, made once, and its cells in plain types.
struct HospitalSample {
  static let shared = HospitalSample(rows: 20_000, seed: 7)

  let table: Table

  init(rows: Int, seed: UInt64) { table = HospitalExample.make(rows: rows, seed: seed) }

  func ticks(_ name: String) throws -> [Int64?] {
    guard case .ticks(let ticks) = try #require(table.column(named: name)).cells else {
      throw WrongCells(column: name)
    }
    return ticks.map { $0 == Cells.missingTick ? nil : $0 }
  }

  func labels(_ name: String) throws -> [String?] {
    guard case .labels(let codes, let dictionary) = try #require(table.column(named: name)).cells
    else {
      throw WrongCells(column: name)
    }
    let labels = dictionary.labels
    return codes.map { $0 == Cells.missingCode ? nil : labels[Int($0)] }
  }

  /// Whether each row is the first of its patient.
  func isFirstOfPatient() throws -> [Bool] {
    let patients = try labels("patient_id")
    return patients.indices.map { $0 == 0 || patients[$0] != patients[$0 - 1] }
  }

  struct WrongCells: Error { let column: String }
}

/// The rows of a sample with the quantities in the causal formulas of docs/example-hospital.md.
struct HospitalRow {
  let age: Double
  let sex: String
  let smokes: Bool?
  let kind: String
  let ward: String
  /// The first letter of the code, with B, D and T counted as A, C and S.
  let chapter: Character
  let code: String
  let days: Double
  let admitted: Int
  let discharged: Int
  let crp: Double?
  let isWeightKnown: Bool
  let copayment: Int
  let treatment: String
  let disposition: String
  let isReadmitted: Bool

  static func all(of sample: HospitalSample) throws -> [HospitalRow] {
    let age = try sample.ticks("age")
    let sex = try sample.labels("sex")
    let smoker = try sample.ticks("smoker")
    let kind = try sample.labels("admission_type")
    let ward = try sample.labels("ward")
    let code = try sample.labels("icd10_code")
    let admitted = try sample.ticks("admitted")
    let discharged = try sample.ticks("discharged")
    let crp = try sample.ticks("crp_mg_per_l")
    let bmi = try sample.ticks("bmi")
    let copayment = try sample.ticks("copayment")
    let treatment = try sample.labels("treatment")
    let disposition = try sample.labels("disposition")
    let readmitted = try sample.ticks("readmitted_30d")
    return try (0..<sample.table.rowCount).map { row in
      let start = try #require(admitted[row])
      let end = try #require(discharged[row])
      let diagnosis = try #require(code[row])
      let letter = try #require(diagnosis.first)
      return HospitalRow(
        age: Double(try #require(age[row])), sex: try #require(sex[row]),
        smokes: smoker[row].map { $0 == 1 },
        kind: try #require(kind[row]), ward: try #require(ward[row]),
        chapter: ["B": "A", "D": "C", "T": "S"][letter] ?? letter,
        code: diagnosis, days: Double(end - start) / 1440, admitted: Int(start),
        discharged: Int(end),
        crp: crp[row].map { Double($0) / 10 }, isWeightKnown: bmi[row] != nil,
        copayment: Int(try #require(copayment[row])),
        treatment: try #require(treatment[row]), disposition: try #require(disposition[row]),
        isReadmitted: try #require(readmitted[row]) == 1)
    }
  }
}

/// Requires that the number of events agrees with the probabilities claimed for them.
///
/// The false-alarm probability is 6e-7 per call, by the normal approximation at five standard
/// deviations; the seed is also fixed.
func expectEvents(
  _ count: Int, probabilities: [Double], _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let mean = probabilities.reduce(0, +)
  let deviation = max(probabilities.reduce(0) { $0 + $1 * (1 - $1) }, 1e-9).squareRoot()
  let score = (Double(count) - mean) / deviation
  #expect(
    abs(score) <= 5,
    "\(what): n = \(probabilities.count), k = \(count), expected \(mean), \(score) deviations",
    sourceLocation: sourceLocation)
}

func expit(_ logOdds: Double) -> Double { 1 / (1 + exp(-logOdds)) }
