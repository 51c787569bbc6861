import LinkedTables
import Tables

/// Gathers the rows of the hospital in several tables.
struct LinkedHospitalRows {
  static let minutes = TimestampFormat(pattern: "yyyy-MM-dd HH:mm", secondsPerTick: 60)

  private let firstNumber: Int
  private var admissionCount = 0
  private var ticks: [String: [Int64]] = [:]
  private var labels: [String: LabelColumnBuilder]
  private var people = FreshLabelColumnBuilder(capacity: 0)
  private var owners = FreshLabelColumnBuilder(capacity: 0)

  init(firstNumber: Int) {
    self.firstNumber = firstNumber
    var labels: [String: LabelColumnBuilder] = [:]
    for table in LinkedHospitalExample.schema.tables {
      for column in table.schema.columns {
        guard case .declared(let known) = column.categories else { continue }
        labels["\(table.name).\(column.name)"] = LabelColumnBuilder(labels: known, capacity: 0)
      }
    }
    self.labels = labels
  }

  mutating func append(_ patient: LinkedHospitalPatient) {
    let digits = String(firstNumber + patient.number)
    let name = "P" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    people.append(name)
    add("patients.born", patient.born)
    add("patients.died", patient.died)
    choose("patients.sex", patient.isMale ? 1 : 0)
    choose("patients.district", patient.district)
    choose("patients.smoker", patient.smokes ? 1 : 0)
    for (place, stay) in patient.stays.enumerated() {
      if place == 0 { owners.append(name) } else { owners.appendSameAsBefore() }
      append(stay)
    }
  }

  private mutating func append(_ stay: LinkedHospitalStay) {
    admissionCount += 1
    let number = firstNumber + admissionCount
    add("admissions.admission_id", number)
    add("admissions.admitted", stay.admitted)
    add("admissions.discharged", stay.discharged)
    choose("admissions.type", stay.isEmergency ? 0 : 1)
    choose("admissions.ward", stay.ward)
    choose("admissions.outcome", stay.outcome)
    for (place, code) in stay.codes.enumerated() {
      add("diagnoses.admission_id", number)
      add("diagnoses.number", place + 1)
      choose("diagnoses.code", code)
    }
    for lab in stay.labs {
      add("labs.admission_id", number)
      add("labs.taken", lab.minute)
      choose("labs.test", lab.test)
      add("labs.value", lab.value)
      choose("labs.unit", lab.test)
    }
    for prescription in stay.prescriptions {
      add("prescriptions.admission_id", number)
      add("prescriptions.start", prescription.start)
      add("prescriptions.stop", prescription.stop)
      choose("prescriptions.drug", prescription.drug)
      add("prescriptions.dose_mg", prescription.dose)
    }
  }

  private mutating func add(_ column: String, _ tick: Int?) {
    ticks[column, default: []].append(tick.map(Int64.init) ?? Cells.missingTick)
  }

  private mutating func choose(_ column: String, _ place: Int) {
    labels[column]?.append(place)
  }

  /// The tables in the order of the schema, the public one among them.
  var tables: [Table] {
    LinkedHospitalExample.schema.tables.map { table in
      Table(
        columns: table.schema.columns.map { column in
          column.filled(with: cells(of: column, in: table))
        })
    }
  }

  private func cells(of column: ColumnSchema, in table: LinkedTable) -> Cells {
    if table.isPublic {
      return Cells(
        labels: LinkedHospitalCode.all.map { column.name == "code" ? $0.code : $0.title })
    }
    switch "\(table.name).\(column.name)" {
    case "patients.patient_id": return people.cells
    case "admissions.patient_id": return owners.cells
    case let name:
      if let labels = labels[name] { return labels.cells }
      return .ticks(ticks[name] ?? [])
    }
  }
}
