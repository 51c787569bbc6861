import Basics
import Tables

/// A simulated table of hospital admissions with everything that makes real tables hard.
///
/// Every person in it is invented. Its causal structure, which a release must keep, is described in
/// `docs/example-hospital.md`.
package enum HospitalExample {
  /// The seed of `understudy example hospital` if the user names none.
  package static let defaultSeed: UInt64 = 2026

  /// The largest number of rows of one patient.
  package static let mostRowsOfAPatient = 4

  /// The first day and the day after the last on which patients are admitted: 2022-01-01 and
  /// 2025-01-01, in days since 1970-01-01.
  package static let period = 18_993..<20_089

  /// Makes the table: the same `rows` and `seed` give the same table everywhere.
  ///
  /// The rows of a patient are together, in the order of time. A longer table begins with the
  /// shorter one of the same seed, up to its last patient. The name, type, format and missing token
  /// of each column are those of ``schema(rows:)``.
  /// - Parameter rows: 0 or more, below a thousand million.
  package static func make(rows: Int, seed: UInt64 = defaultSeed) -> Table {
    precondition((0..<1_000_000_000).contains(rows), "rows must be 0 to 999,999,999")
    var random = SplitMix64(seed: seed)
    var builder = HospitalTableBuilder(capacity: rows, firstNumber: firstNumber(seed: seed))
    var patientNumber = 0
    while builder.rowCount < rows {
      let patient = HospitalPatient(number: patientNumber, &random)
      appendAdmissions(of: patient, upTo: rows, to: &builder, &random)
      patientNumber += 1
    }
    return builder.table()
  }

  /// Returns the number of the first person: 0 for the default seed, otherwise a number below 10^9.
  private static func firstNumber(seed: UInt64) -> Int {
    var numbers = SplitMix64(seed: ~seed)
    return seed == defaultSeed ? 0 : Int(numbers.next() % 1_000_000_000)
  }

  private static func appendAdmissions(
    of patient: HospitalPatient, upTo rows: Int, to builder: inout HospitalTableBuilder,
    _ random: inout SplitMix64
  ) {
    let minutesPerDay = HospitalAdmission.minutesPerDay
    let start = period.lowerBound * minutesPerDay
    // A planned admission moves to the next morning, so the last day is left out of the draw.
    var notBefore = start + random.below((period.count - 1) * minutesPerDay)
    var previous: HospitalAdmission?
    for _ in 0..<patient.plannedAdmissions {
      guard builder.rowCount < rows else { return }
      let admission = HospitalAdmission(of: patient, after: previous, notBefore: notBefore, &random)
      guard admission.admitted < period.upperBound * minutesPerDay else { return }
      builder.append(admission, of: patient, &random)
      guard admission.disposition != .died else { return }
      notBefore = admission.discharged + drawGap(after: admission, &random)
      previous = admission
    }
  }

  /// Draws the gap to the next stay: a readmission within 30 days, even if it waits for the next
  /// morning, any other stay only after 30 days.
  private static func drawGap(after admission: HospitalAdmission, _ random: inout SplitMix64) -> Int
  {
    let minutesPerDay = HospitalAdmission.minutesPerDay
    return admission.isReadmitted
      ? 360 + random.below(28 * minutesPerDay)
      : 30 * minutesPerDay + 1 + Int(random.exponential(mean: Double(150 * minutesPerDay)))
  }
}

extension HospitalExample {
  /// The hospital's knowledge of such a table without looking at it: the schema that
  /// `understudy example hospital` writes beside it.
  ///
  /// Which diagnoses occur and the bounds of the co-payment are left to be learned. The bound on
  /// rows per person, 1, is the owner's choice: noise grows in proportion to it, and
  /// ``mostRowsOfAPatient`` rows occur, so a release has to sample.
  package static func schema(rows: Int) -> Schema {
    let regions = Rule.determines(determinant: "postcode_area", dependent: "region")
    var schema = Schema(
      name: "hospital", approximateRows: rows, unit: .person(column: "patient_id", maximumRows: 1),
      columns: identifyingColumns + personColumns + stayColumns + outcomeColumns,
      rules: [
        .ordered(earlier: "admitted", later: "discharged"),
        .determines(determinant: "icd10_code", dependent: "icd10_description"), regions,
        .never([Rule.Condition("ward", ["Paediatrics"]), Rule.Condition("age", ["16.."])]),
      ])
    schema.maps[regions] = HospitalPlaces.regionOfArea
    return schema
  }

  private static let yesAndNo = ColumnType.boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))
  private static let minutes = ColumnType.timestamp(
    TimestampFormat(pattern: "yyyy-MM-dd HH:mm", secondsPerTick: 60))

  private static var identifyingColumns: [ColumnSchema] {
    [
      ColumnSchema(name: "record_number", type: .identifier, role: .identifier(.code)),
      ColumnSchema(name: "patient_id", type: .identifier, role: .identifier(.code)),
      ColumnSchema(name: "first_name", type: .identifier, role: .identifier(.givenName)),
      ColumnSchema(name: "last_name", type: .identifier, role: .identifier(.familyName)),
      ColumnSchema(name: "email", type: .identifier, role: .identifier(.email)),
    ]
  }

  private static var personColumns: [ColumnSchema] {
    [
      ColumnSchema(name: "sex", type: .category, categories: .declared(["F", "M"])),
      ColumnSchema(name: "age", type: .integer, bounds: .declared(0...110)),
      ColumnSchema(
        name: "postcode_area", type: .category, categories: .declared(HospitalPlaces.areas)),
      ColumnSchema(name: "region", type: .category, categories: .declared(HospitalPlaces.regions)),
      ColumnSchema(name: "smoker", type: yesAndNo, isNullable: true),
      ColumnSchema(
        name: "bmi", type: .decimal(fractionDigits: 1), isNullable: true,
        bounds: .declared(100...700)),
    ]
  }

  private static var stayColumns: [ColumnSchema] {
    let minutesPerDay = Int64(HospitalAdmission.minutesPerDay)
    let first = Int64(period.lowerBound) * minutesPerDay
    let last = Int64(period.upperBound) * minutesPerDay - 1
    return [
      ColumnSchema(
        name: "admission_type", type: .category,
        categories: .declared(AdmissionKind.allCases.map(\.rawValue))),
      ColumnSchema(
        name: "ward", type: .category, categories: .declared(HospitalWard.allCases.map(\.rawValue))),
      ColumnSchema(name: "admitted", type: minutes, bounds: .declared(first...last)),
      ColumnSchema(
        name: "discharged", type: minutes,
        bounds: .declared(first...last + Int64(HospitalAdmission.longestStay))),
      diagnoses,
      ColumnSchema(name: "icd10_description", type: .category),
      ColumnSchema(
        name: "crp_mg_per_l", type: .decimal(fractionDigits: 1), isNullable: true,
        bounds: .declared(1...5000)),
    ]
  }

  private static var diagnoses: ColumnSchema {
    var column = ColumnSchema(name: "icd10_code", type: .category)
    column.hierarchy = .icd10
    return column
  }

  private static var outcomeColumns: [ColumnSchema] {
    [
      ColumnSchema(
        name: "treatment", type: .category,
        categories: .declared(HospitalTreatment.allCases.map(\.rawValue))),
      ColumnSchema(name: "copayment", type: .decimal(fractionDigits: 2)),
      ColumnSchema(
        name: "disposition", type: .category,
        categories: .declared(Disposition.allCases.map(\.rawValue))),
      ColumnSchema(name: "readmitted_30d", type: yesAndNo, role: .target),
      ColumnSchema(name: "notes", type: .text, role: .prose, isNullable: true),
    ]
  }
}
