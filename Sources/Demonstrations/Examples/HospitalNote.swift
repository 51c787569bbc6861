import Basics

/// The ward's note: free prose that opens with the record number, so that no two are alike, and
/// names the person, the diagnosis and, at times, an address or a relative.
enum HospitalNote {
  /// Returns the share of admissions with a note, by kind.
  static func share(of kind: AdmissionKind) -> Double { kind == .elective ? 0.80 : 0.95 }

  static func draw(
    record: String, patient: HospitalPatient, admission: HospitalAdmission, givenName: String,
    familyName: String,
    email: String, _ random: inout SplitMix64
  ) -> String {
    let title = patient.age < HospitalPatient.adultAge ? "" : patient.isFemale ? "Ms " : "Mr "
    var note = "\(record): \(title)\(givenName) \(familyName), aged \(patient.age), "
    note += openings[random.below(openings.count)]
    note += DiagnosisCatalogue.all[admission.diagnosis].description
    note += ". "
    note += findings[random.below(findings.count)]
    if random.chance(0.15) {
      let relatives = random.chance(0.5) ? PersonNames.female : PersonNames.male
      note += " Next of kin: \(relatives[random.below(relatives.count)]) \(familyName)."
    }
    if random.chance(0.10) { note += " Letter to \(email)." }
    if random.chance(0.20) { note += "\n" + plans[random.below(plans.count)] }
    return note
  }

  private static let openings = [
    "was admitted with: ", "presented with: ", "came in under the diagnosis of: ",
    "was brought in by a relative; diagnosis: ",
    "known to us, returned with: ", "was referred by the family doctor for: ",
  ]

  private static let findings = [
    "Stable on arrival, alert and oriented.", "Says \"it started last week\"; no fever since.",
    "Pain well controlled, eating and drinking.",
    "Blood pressure raised, to be checked daily.", "Slow to mobilise; walks with a frame.",
    "Improved overnight; family informed.",
    "Worried about work; social services involved.", "No known allergies.",
    "Allergic to penicillin.",
  ]

  private static let plans = [
    "Plan: bloods tomorrow, review on the ward round.",
    "Plan: physiotherapy twice a day, home when safe.",
    "Plan: repeat imaging; discuss with the team.",
    "Plan: oral treatment for five days, then review.",
  ]
}
