import Basics
import Tables

/// Gathers the columns of the example, one row at a time.
struct HospitalTableBuilder {
  private(set) var rowCount = 0
  /// Added to the numbers of rows and patients, so that tables of other seeds are of other people.
  private let firstNumber: Int
  private var lastPatient = -1
  private var emailOfLastPatient = ""

  private var recordNumber: FreshLabelColumnBuilder
  private var patientID: FreshLabelColumnBuilder
  private var email: FreshLabelColumnBuilder
  private var notes: FreshLabelColumnBuilder
  private var labels: [LabelColumnBuilder]
  private var ticks: [[Int64]]

  private enum Labelled: Int, CaseIterable {
    case firstName, lastName, sex, region, postcodeArea, admissionType, ward, code, description,
      treatment, disposition
  }

  private enum Ticked: Int, CaseIterable {
    case age, smoker, bodyMassIndex, admitted, discharged, crp, copayment, readmitted
  }

  init(capacity: Int, firstNumber: Int) {
    self.firstNumber = firstNumber
    recordNumber = FreshLabelColumnBuilder(capacity: capacity)
    patientID = FreshLabelColumnBuilder(capacity: capacity)
    email = FreshLabelColumnBuilder(capacity: capacity)
    notes = FreshLabelColumnBuilder(capacity: capacity)
    labels = Labelled.allCases.map {
      LabelColumnBuilder(labels: Self.labels(of: $0), capacity: capacity)
    }
    ticks = Ticked.allCases.map { _ in
      var column: [Int64] = []
      column.reserveCapacity(capacity)
      return column
    }
  }

  private static func labels(of column: Labelled) -> [String] {
    switch column {
    case .firstName: PersonNames.female + PersonNames.male
    case .lastName: PersonNames.family
    case .sex: ["F", "M"]
    case .region: HospitalPlaces.regions
    case .postcodeArea: HospitalPlaces.areas
    case .admissionType: AdmissionKind.allCases.map(\.rawValue)
    case .ward: HospitalWard.allCases.map(\.rawValue)
    case .code: DiagnosisCatalogue.all.map(\.code)
    case .description: DiagnosisCatalogue.all.map(\.description)
    case .treatment: HospitalTreatment.allCases.map(\.rawValue)
    case .disposition: Disposition.allCases.map(\.rawValue)
    }
  }

  mutating func append(
    _ admission: HospitalAdmission, of patient: HospitalPatient, _ random: inout SplitMix64
  ) {
    let record = "R" + digits(scatter(firstNumber + rowCount, multiplier: 387_420_489), width: 9)
    recordNumber.append(record)
    appendIdentity(of: patient)
    appendTraits(of: patient)
    appendStay(admission, of: patient)
    appendNote(record: record, on: admission, of: patient, &random)
    rowCount += 1
  }

  private mutating func appendIdentity(of patient: HospitalPatient) {
    if patient.number == lastPatient {
      patientID.appendSameAsBefore()
      email.appendSameAsBefore()
    } else {
      lastPatient = patient.number
      let number = digits(scatter(firstNumber + patient.number, multiplier: 282_475_249), width: 9)
      emailOfLastPatient =
        "\(givenName(of: patient)).\(familyName(of: patient)).\(firstNumber + patient.number)@example.org"
        .lowercased()
      patientID.append("P" + number)
      email.append(emailOfLastPatient)
    }
    set(.firstName, (patient.isFemale ? 0 : PersonNames.female.count) + patient.givenName)
    set(.lastName, patient.familyName)
  }

  private mutating func appendTraits(of patient: HospitalPatient) {
    set(.sex, patient.isFemale ? 0 : 1)
    set(.region, patient.region)
    set(.postcodeArea, patient.area)
    set(.age, patient.age)
    set(.smoker, patient.age < HospitalPatient.adultAge ? nil : patient.smokes ? 1 : 0)
  }

  private mutating func appendStay(_ admission: HospitalAdmission, of patient: HospitalPatient) {
    set(.bodyMassIndex, admission.isWeightKnown ? patient.bodyMassIndex : nil)
    set(.admissionType, AdmissionKind.allCases.firstIndex(of: admission.kind))
    set(.ward, HospitalWard.allCases.firstIndex(of: admission.ward))
    set(.admitted, admission.admitted)
    set(.discharged, admission.discharged)
    set(.code, admission.diagnosis)
    set(.description, admission.diagnosis)
    set(.crp, admission.crp)
    set(.treatment, HospitalTreatment.allCases.firstIndex(of: admission.treatment))
    set(.copayment, admission.copayment)
    set(.disposition, Disposition.allCases.firstIndex(of: admission.disposition))
    set(.readmitted, admission.isReadmitted ? 1 : 0)
  }

  private mutating func appendNote(
    record: String, on admission: HospitalAdmission, of patient: HospitalPatient,
    _ random: inout SplitMix64
  ) {
    guard random.chance(HospitalNote.share(of: admission.kind)) else {
      return notes.appendMissing()
    }
    notes.append(
      HospitalNote.draw(
        record: record, patient: patient, admission: admission, givenName: givenName(of: patient),
        familyName: familyName(of: patient), email: emailOfLastPatient, &random))
  }

  private func givenName(of patient: HospitalPatient) -> String {
    patient.isFemale ? PersonNames.female[patient.givenName] : PersonNames.male[patient.givenName]
  }

  private func familyName(of patient: HospitalPatient) -> String {
    PersonNames.family[patient.familyName]
  }

  private mutating func set(_ column: Labelled, _ place: Int?) {
    labels[column.rawValue].append(place)
  }

  private mutating func set(_ column: Ticked, _ tick: Int?) {
    ticks[column.rawValue].append(tick.map(Int64.init) ?? Cells.missingTick)
  }

  /// Returns the table, its columns in the order of ``HospitalExample/schema(rows:)``.
  func table() -> Table {
    Table(
      columns: HospitalExample.schema(rows: rowCount).columns.map { column in
        column.filled(with: cells(named: column.name))
      })
  }

  private func cells(named name: String) -> Cells {
    switch name {
    case "record_number": recordNumber.cells
    case "patient_id": patientID.cells
    case "first_name": labels[Labelled.firstName.rawValue].cells
    case "last_name": labels[Labelled.lastName.rawValue].cells
    case "email": email.cells
    case "sex": labels[Labelled.sex.rawValue].cells
    case "age": .ticks(ticks[Ticked.age.rawValue])
    case "postcode_area": labels[Labelled.postcodeArea.rawValue].cells
    case "region": labels[Labelled.region.rawValue].cells
    case "smoker": .ticks(ticks[Ticked.smoker.rawValue])
    case "bmi": .ticks(ticks[Ticked.bodyMassIndex.rawValue])
    case "admission_type": labels[Labelled.admissionType.rawValue].cells
    case "ward": labels[Labelled.ward.rawValue].cells
    case "admitted": .ticks(ticks[Ticked.admitted.rawValue])
    case "discharged": .ticks(ticks[Ticked.discharged.rawValue])
    case "icd10_code": labels[Labelled.code.rawValue].cells
    case "icd10_description": labels[Labelled.description.rawValue].cells
    case "crp_mg_per_l": .ticks(ticks[Ticked.crp.rawValue])
    case "treatment": labels[Labelled.treatment.rawValue].cells
    case "copayment": .ticks(ticks[Ticked.copayment.rawValue])
    case "disposition": labels[Labelled.disposition.rawValue].cells
    case "readmitted_30d": .ticks(ticks[Ticked.readmitted.rawValue])
    case "notes": notes.cells
    default: preconditionFailure("the example has no column named \(name)")
    }
  }
}

/// Returns a number below a thousand million that looks random and is different for each `index`
/// below that: a multiplication that another one undoes, since `multiplier` shares no factor with
/// 10.
private func scatter(_ index: Int, multiplier: Int) -> Int {
  (index * multiplier + 271_828_183) % 1_000_000_000
}

private func digits(_ number: Int, width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(width - text.utf8.count, 0)) + text
}
