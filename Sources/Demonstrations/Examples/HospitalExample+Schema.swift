import Tables

extension HospitalExample {
  /// The hospital's knowledge of such a table without looking at it: the schema that
  /// `understudy example hospital` writes beside it.
  ///
  /// Diagnoses and the bounds of the co-payment are left to be learned. The bound on rows per
  /// person, 1, is the owner's choice: noise grows in proportion to it, and ``mostRowsOfAPatient``
  /// rows occur, so a release has to sample.
  package static func schema(rows: Int) -> Schema {
    Schema(
      name: "hospital", approximateRows: rows, unit: .person(column: "patient_id", maximumRows: 1),
      columns: identifyingColumns + personColumns + stayColumns + outcomeColumns,
      rules: [
        .ordered(earlier: "admitted", later: "discharged"),
        .determines(determinant: "icd10_code", dependent: "icd10_description"),
        .determines(determinant: "postcode_area", dependent: "region"),
      ])
  }

  private static let yesAndNo = ColumnType.boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))
  private static let minutes = ColumnType.timestamp(TimestampFormat(pattern: "yyyy-MM-dd HH:mm", secondsPerTick: 60))

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
      ColumnSchema(name: "postcode_area", type: .category, categories: .declared(HospitalPlaces.areas)),
      ColumnSchema(name: "region", type: .category, categories: .declared(HospitalPlaces.regions)),
      ColumnSchema(name: "smoker", type: yesAndNo, isNullable: true),
      ColumnSchema(name: "bmi", type: .decimal(fractionDigits: 1), isNullable: true, bounds: .declared(100...700)),
    ]
  }

  private static var stayColumns: [ColumnSchema] {
    let minutesPerDay = Int64(HospitalAdmission.minutesPerDay)
    let first = Int64(period.lowerBound) * minutesPerDay
    let last = Int64(period.upperBound) * minutesPerDay - 1
    return [
      ColumnSchema(
        name: "admission_type", type: .category, categories: .declared(AdmissionKind.allCases.map(\.rawValue))),
      ColumnSchema(name: "ward", type: .category, categories: .declared(HospitalWard.allCases.map(\.rawValue))),
      ColumnSchema(name: "admitted", type: minutes, bounds: .declared(first...last)),
      ColumnSchema(
        name: "discharged", type: minutes, bounds: .declared(first...last + Int64(HospitalAdmission.longestStay))),
      ColumnSchema(name: "icd10_code", type: .category),
      ColumnSchema(name: "icd10_description", type: .category),
      ColumnSchema(name: "crp_mg_per_l", type: .decimal(fractionDigits: 1), isNullable: true, bounds: .declared(1...5000)),
    ]
  }

  private static var outcomeColumns: [ColumnSchema] {
    [
      ColumnSchema(
        name: "treatment", type: .category, categories: .declared(HospitalTreatment.allCases.map(\.rawValue))),
      ColumnSchema(name: "copayment", type: .decimal(fractionDigits: 2)),
      ColumnSchema(name: "disposition", type: .category, categories: .declared(Disposition.allCases.map(\.rawValue))),
      ColumnSchema(name: "readmitted_30d", type: yesAndNo, role: .target),
      ColumnSchema(name: "notes", type: .text, role: .prose, isNullable: true),
    ]
  }
}
