import Foundation

/// The chapters of ICD-10-CM that the example hospital treats, with the effects of each
/// (docs/example-hospital.md).
enum HospitalChapter: Int, CaseIterable, Sendable {
  case infections, neoplasms, endocrine, mental, nervous, circulatory
  case respiratory, digestive, musculoskeletal, genitourinary, injuries, pregnancy

  /// Returns how likely a person is to be admitted for this chapter, up to a factor common to all
  /// chapters.
  func weight(for patient: HospitalPatient) -> Double {
    let age = Double(patient.age)
    let isChild = patient.age < 16
    switch self {
    case .infections: return isChild ? 1.3 : 0.7
    case .neoplasms: return 0.35 * exp(0.03 * (age - 40)) * (patient.smokes ? 1.4 : 1)
    case .endocrine: return patient.bodyMassIndex >= 300 ? 1.0 : 0.5
    case .mental: return (16..<65).contains(patient.age) ? 0.9 : 0.3
    case .nervous: return 0.5
    case .circulatory: return 0.3 * exp(0.045 * (age - 40)) * (patient.smokes ? 1.5 : 1)
    case .respiratory: return (isChild ? 2.5 : 1.0) * (patient.smokes ? 2.2 : 1)
    case .digestive: return 1.2
    case .musculoskeletal: return isChild ? 0.1 : 0.5 * exp(0.02 * (age - 40))
    case .genitourinary: return patient.isFemale ? 0.9 : 0.7
    case .injuries:
      return (patient.isFemale ? 1 : 1.3) * (patient.age < 30 ? 1.4 : patient.age >= 80 ? 1.5 : 1)
    case .pregnancy: return patient.isFemale && (16...45).contains(patient.age) ? 2.5 : 0
    }
  }

  /// The chance that an admission is an emergency, before age.
  var emergencyShare: Double {
    switch self {
    case .infections, .respiratory, .injuries: 0.75
    case .circulatory, .nervous, .digestive: 0.55
    case .mental, .genitourinary, .endocrine: 0.45
    case .pregnancy: 0.35
    case .neoplasms: 0.20
    case .musculoskeletal: 0.10
    }
  }

  /// The median stay at age 50, for a planned admission outside intensive care.
  var medianDays: Double {
    switch self {
    case .mental: 9
    case .neoplasms: 5
    case .circulatory, .infections: 4
    case .respiratory, .nervous, .musculoskeletal: 3.5
    case .endocrine, .injuries, .digestive: 3
    case .genitourinary, .pregnancy: 2.2
    }
  }

  var ward: HospitalWard {
    switch self {
    case .infections, .endocrine: .generalMedicine
    case .respiratory: .respiratory
    case .neoplasms: .oncology
    case .mental: .psychiatry
    case .nervous: .neurology
    case .circulatory: .cardiology
    case .digestive, .injuries: .surgery
    case .musculoskeletal: .orthopaedics
    case .genitourinary: .urology
    case .pregnancy: .maternity
    }
  }

  /// The chapter's effect on the log-odds of a readmission.
  var readmissionEffect: Double {
    switch self {
    case .neoplasms: 0.9
    case .circulatory: 0.6
    case .respiratory: 0.5
    case .mental: 0.3
    case .injuries: -0.5
    case .pregnancy: -1.5
    case .infections, .endocrine, .nervous, .digestive, .musculoskeletal, .genitourinary: 0
    }
  }

  /// The mean of the natural logarithm of C-reactive protein in mg/l at age 50.
  var logCrpMean: Double {
    switch self {
    case .infections: 4.2
    case .respiratory: 3.5
    case .injuries, .digestive: 2.8
    case .neoplasms, .endocrine, .mental, .nervous, .circulatory, .musculoskeletal, .genitourinary,
      .pregnancy:
      1.8
    }
  }

  /// Weights of the treatments, in the order of ``HospitalTreatment``; the last, for the rare
  /// disease, is never drawn.
  var treatmentWeights: [Double] {
    switch self {
    case .infections, .respiratory: [0.75, 0.03, 0.07, 0.15, 0, 0, 0, 0]
    case .neoplasms: [0.10, 0.35, 0.05, 0.05, 0.45, 0, 0, 0]
    case .endocrine, .circulatory, .genitourinary: [0.65, 0.15, 0.05, 0.15, 0, 0, 0, 0]
    case .mental: [0.40, 0, 0, 0.10, 0, 0.50, 0, 0]
    case .nervous: [0.55, 0.05, 0.20, 0.20, 0, 0, 0, 0]
    case .digestive: [0.30, 0.50, 0, 0.20, 0, 0, 0, 0]
    case .musculoskeletal, .injuries: [0.15, 0.55, 0.25, 0.05, 0, 0, 0, 0]
    case .pregnancy: [0.10, 0.20, 0, 0.15, 0, 0, 0.55, 0]
    }
  }
}

/// The wards.
enum HospitalWard: String, CaseIterable, Sendable {
  case generalMedicine = "General medicine"
  case cardiology = "Cardiology"
  case respiratory = "Respiratory medicine"
  case oncology = "Oncology"
  case neurology = "Neurology"
  case psychiatry = "Psychiatry"
  case surgery = "Surgery"
  case orthopaedics = "Orthopaedics"
  case urology = "Urology"
  case maternity = "Maternity"
  case paediatrics = "Paediatrics"
  case intensiveCare = "Intensive care"
}

/// The main treatment of the patient.
enum HospitalTreatment: String, CaseIterable, Sendable {
  case medication, surgery, physiotherapy, observation, chemotherapy, psychotherapy
  case delivery = "delivery care"
  case enzymeReplacement = "enzyme replacement therapy"
}

enum AdmissionKind: String, CaseIterable, Sendable {
  case emergency, elective, transfer
}

/// The patient's destination.
enum Disposition: String, CaseIterable, Sendable {
  case home
  case homeWithCare = "home with care"
  case nursingFacility = "nursing facility"
  case againstAdvice = "left against advice"
  case died
}
