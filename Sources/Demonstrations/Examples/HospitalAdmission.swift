import Basics
import Foundation

/// One stay of one patient: a row of the example.
struct HospitalAdmission: Sendable {
  let diagnosis: Int
  let chapter: HospitalChapter
  let kind: AdmissionKind
  let ward: HospitalWard
  /// In minutes since 1970-01-01, like all times here.
  let admitted: Int
  let discharged: Int
  let treatment: HospitalTreatment
  let disposition: Disposition
  /// In tenths of mg/l; nil if not measured.
  let crp: Int?
  /// In hundredths.
  let copayment: Int
  let isReadmitted: Bool
  let isWeightKnown: Bool

  static let minutesPerDay = 1440
  static let longestStay = 120 * minutesPerDay

  var days: Double { Double(discharged - admitted) / Double(Self.minutesPerDay) }

  /// - Parameter notBefore: the earliest minute of the admission; a planned one waits for the next
  ///   morning.
  init(
    of patient: HospitalPatient, after previous: HospitalAdmission?, notBefore: Int,
    _ random: inout SplitMix64
  ) {
    (diagnosis, chapter) = Self.drawDiagnosis(of: patient, after: previous, &random)
    kind = Self.drawKind(age: patient.age, chapter: chapter, &random)
    ward = Self.drawWard(age: patient.age, chapter: chapter, kind: kind, &random)
    admitted = kind == .elective ? Self.nextMorning(after: notBefore, &random) : notBefore
    let stay = Self.drawStay(age: patient.age, chapter: chapter, kind: kind, ward: ward, &random)
    discharged = admitted + stay
    let days = Double(stay) / Double(Self.minutesPerDay)
    treatment = Self.drawTreatment(of: patient, chapter: chapter, &random)
    disposition = Self.drawDisposition(age: patient.age, days: days, ward: ward, &random)
    crp = Self.drawCrp(age: patient.age, chapter: chapter, ward: ward, &random)
    copayment = Self.drawCopayment(
      age: patient.age, chapter: chapter, kind: kind, days: days, &random)
    let logOdds =
      -2.6 + 0.02 * (Double(patient.age) - 60) + 0.06 * min(days, 30) + chapter.readmissionEffect
    isReadmitted = random.chance(logistic(logOdds)) && disposition != .died
    isWeightKnown = !random.chance(kind == .emergency ? 0.30 : 0.05)
  }

  private static func drawDiagnosis(
    of patient: HospitalPatient, after previous: HospitalAdmission?, _ random: inout SplitMix64
  ) -> (Int, HospitalChapter) {
    if patient.hasRareDisease { return (DiagnosisCatalogue.rareIndex, .endocrine) }
    if let previous, random.chance(0.5) { return (previous.diagnosis, previous.chapter) }
    var total = 0.0
    for chapter in HospitalChapter.allCases { total += chapter.weight(for: patient) }
    var point = random.uniform() * total
    var drawn = HospitalChapter.digestive
    for chapter in HospitalChapter.allCases {
      let weight = chapter.weight(for: patient)
      if point < weight {
        drawn = chapter
        break
      }
      point -= weight
    }
    return (DiagnosisCatalogue.draw(from: drawn, &random), drawn)
  }

  private static func drawKind(age: Int, chapter: HospitalChapter, _ random: inout SplitMix64)
    -> AdmissionKind
  {
    if random.chance(0.05) { return .transfer }
    return random.chance(chapter.emergencyShare + (age >= 75 ? 0.10 : 0)) ? .emergency : .elective
  }

  private static func drawWard(
    age: Int, chapter: HospitalChapter, kind: AdmissionKind, _ random: inout SplitMix64
  ) -> HospitalWard {
    if age < HospitalPatient.adultAge { return .paediatrics }
    if random.chance(kind == .elective ? 0.02 : 0.09) { return .intensiveCare }
    if chapter == .pregnancy { return .maternity }
    return random.chance(0.85) ? chapter.ward : .generalMedicine
  }

  /// Returns a quarter of an hour between 7 and 11 o'clock of the following day.
  private static func nextMorning(after minute: Int, _ random: inout SplitMix64) -> Int {
    (minute / minutesPerDay + 1) * minutesPerDay + 7 * 60 + 15 * random.below(16)
  }

  private static func drawStay(
    age: Int, chapter: HospitalChapter, kind: AdmissionKind, ward: HospitalWard,
    _ random: inout SplitMix64
  ) -> Int {
    let logDays =
      log(chapter.medianDays) + 0.01 * Double(age - 50) + (kind == .emergency ? 0.25 : 0)
      + (ward == .intensiveCare ? 0.6 : 0) + 0.7 * random.normal()
    return min(max(Int((exp(logDays) * Double(minutesPerDay)).rounded()), 120), longestStay)
  }

  private static let treatmentChoices = HospitalChapter.allCases.map {
    WeightedChoice($0.treatmentWeights)
  }

  private static func drawTreatment(
    of patient: HospitalPatient, chapter: HospitalChapter, _ random: inout SplitMix64
  ) -> HospitalTreatment {
    if patient.hasRareDisease { return .enzymeReplacement }
    return HospitalTreatment.allCases[treatmentChoices[chapter.rawValue].draw(&random)]
  }

  private static func drawDisposition(
    age: Int, days: Double, ward: HospitalWard, _ random: inout SplitMix64
  ) -> Disposition {
    let age = Double(age)
    let logOddsOfDeath =
      -5.0 + 0.045 * (age - 50) + 0.02 * min(days, 30) + (ward == .intensiveCare ? 1.8 : 0)
    if random.chance(logistic(logOddsOfDeath)) { return .died }
    if random.chance(logistic(-4 + 0.08 * (age - 65) + 0.05 * min(days, 30))) {
      return .nursingFacility
    }
    if random.chance(0.12) { return .homeWithCare }
    return random.chance(0.01) ? .againstAdvice : .home
  }

  private static func drawCrp(
    age: Int, chapter: HospitalChapter, ward: HospitalWard, _ random: inout SplitMix64
  ) -> Int? {
    let value = exp(chapter.logCrpMean + 0.01 * Double(age - 50) + 0.9 * random.normal())
    let isMissing = random.chance(missingCrpChance(ward: ward, age: age))
    return isMissing ? nil : min(max(Int((10 * value).rounded()), 1), 5000)
  }

  private static func missingCrpChance(ward: HospitalWard, age: Int) -> Double {
    let ofWard =
      switch ward {
      case .intensiveCare: 0.02
      case .psychiatry: 0.60
      case .maternity, .paediatrics: 0.45
      case .surgery, .orthopaedics: 0.20
      default: 0.10
      }
    return ofWard + ((HospitalPatient.adultAge..<40).contains(age) ? 0.15 : 0)
  }

  private static func drawCopayment(
    age: Int, chapter: HospitalChapter, kind: AdmissionKind, days: Double,
    _ random: inout SplitMix64
  ) -> Int {
    if age < 18 || chapter == .pregnancy || random.chance(kind == .elective ? 0.35 : 0.60) {
      return 0
    }
    let supplement =
      kind == .elective ? Int((100 * exp(log(60) + 0.6 * random.normal())).rounded()) : 0
    return 1000 * min(Int(days.rounded(.up)), 28) + min(supplement, 500_000)
  }
}

func logistic(_ logOdds: Double) -> Double { 1 / (1 + exp(-logOdds)) }
