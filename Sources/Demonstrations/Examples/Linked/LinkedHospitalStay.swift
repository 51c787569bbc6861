import Basics
import Foundation

/// A stay in hospital, and everything that was written down of it.
struct LinkedHospitalStay {
  static let types = ["emergency", "planned"]
  static let wards = ["cardiology", "geriatrics", "medicine", "nephrology", "surgery"]
  static let outcomes = ["home", "care home", "died"]
  static let died = 2
  static let tests = [
    (name: "creatinine", unit: "µmol/l"), (name: "CRP", unit: "mg/l"),
    (name: "glucose", unit: "mmol/l"), (name: "haemoglobin", unit: "g/dl"),
    (name: "troponin", unit: "ng/l"),
  ]
  static let drugs = [
    (name: "furosemide", dose: 40), (name: "salbutamol", dose: 5), (name: "metformin", dose: 1_000),
    (name: "insulin", dose: 1), (name: "amlodipine", dose: 5), (name: "amoxicillin", dose: 1_000),
    (name: "ceftriaxone", dose: 2_000), (name: "apixaban", dose: 5),
    (name: "paracetamol", dose: 500),
    (name: "aspirin", dose: 100),
  ]
  private static let mostDaysOfTests = 6

  struct Lab {
    let minute: Int
    let test: Int
    /// In tenths of the unit.
    let value: Int
  }

  struct Prescription {
    let start: Int
    let stop: Int
    let drug: Int
    let dose: Int
  }

  let admitted: Int
  let discharged: Int
  let isEmergency: Bool
  let ward: Int
  let outcome: Int
  /// The places of the diagnoses in ``LinkedHospitalCode/all``, the reason for the stay first.
  let codes: [Int]
  private(set) var labs: [Lab] = []
  private(set) var prescriptions: [Prescription] = []

  init(
    admitted: Int, isEmergency: Bool, main: Int, after last: LinkedHospitalStay?, age: Double,
    isMale: Bool, conditions: Set<LinkedHospitalPatient.Condition>, _ random: inout SplitMix64
  ) {
    self.admitted = admitted
    self.isEmergency = isEmergency
    let isWeak = conditions.contains(.heart)
    let days = exp(0.6 + (isEmergency ? 0.5 : 0) + (isWeak ? 0.3 : 0) + 0.8 * random.normal())
    discharged = admitted + 120 + Int(min(days, 90) * 1_440)
    ward = Self.ward(main: main, age: age)
    let risk = 0.003 + 0.0006 * max(age - 60, 0) + (isWeak && isEmergency ? 0.03 : 0)
    let needsCare = random.chance(age > 75 ? 0.35 : 0.05)
    outcome = random.chance(risk) ? Self.died : needsCare ? 1 : 0
    codes = Self.codes(
      main: main, after: last, isEmergency: isEmergency, conditions: conditions, &random)
    takeLabs(isMale: isMale, conditions: conditions, &random)
    prescribe(conditions: conditions, &random)
  }

  private static func ward(main: Int, age: Double) -> Int {
    if LinkedHospitalCode.operations.contains(main) { return 4 }
    if [0, 7, 9, 12].contains(main) { return 0 }
    if [3, 21].contains(main) { return 3 }
    return age > 80 ? 1 : 2
  }

  /// A chronic condition that was noted last time is noted again, another one less often.
  private static func codes(
    main: Int, after last: LinkedHospitalStay?, isEmergency: Bool,
    conditions: Set<LinkedHospitalPatient.Condition>, _ random: inout SplitMix64
  ) -> [Int] {
    var codes = [main]
    for condition in conditions.map(\.rawValue).sorted() where condition != main {
      let wasNoted = last?.codes.contains(condition) ?? false
      if random.chance(wasNoted ? 0.9 : 0.55) { codes.append(condition) }
    }
    for _ in 0..<random.poisson(isEmergency ? 1.4 : 0.6) {
      let code = LinkedHospitalPatient.acuteCode(&random)
      if !codes.contains(code) { codes.append(code) }
    }
    return codes
  }

  /// Values follow from the conditions; the CRP of an infection falls from day to day.
  private mutating func takeLabs(
    isMale: Bool, conditions: Set<LinkedHospitalPatient.Condition>, _ random: inout SplitMix64
  ) {
    let isInfected = !LinkedHospitalCode.infections.isDisjoint(with: codes)
    var crp = exp((isInfected ? 4.6 : 1.5) + 0.6 * random.normal())
    let days = min((discharged - admitted) / 1_440 + 1, Self.mostDaysOfTests)
    for day in 0..<days {
      let minute = min(admitted + day * 1_440 + random.below(240), discharged)
      func take(_ test: Int, _ value: Double, _ share: Double, _ random: inout SplitMix64) {
        guard random.chance(share) else { return }
        labs.append(Lab(minute: minute, test: test, value: Int(max(value, 0.1) * 10)))
      }
      let isIll = conditions.contains(.kidneys)
      take(0, (isIll ? 210 : 85) + (isIll ? 55 : 15) * random.normal(), isIll ? 0.9 : 0.4, &random)
      take(1, crp, isInfected ? 0.9 : 0.3, &random)
      let sugar = conditions.contains(.diabetes)
      take(2, (sugar ? 11 : 5.6) + (sugar ? 3 : 0.8) * random.normal(), sugar ? 0.9 : 0.2, &random)
      take(3, (isMale ? 14.2 : 12.8) + 1.3 * random.normal(), day == 0 ? 0.8 : 0.2, &random)
      if ward == 0 { take(4, exp(2.5 + (codes[0] == 12 ? 3 : 0) + random.normal()), 0.7, &random) }
      crp *= isInfected ? 0.7 : 1
    }
  }

  /// Drugs follow from the diagnoses; ill kidneys halve the dose and rule out metformin.
  private mutating func prescribe(
    conditions: Set<LinkedHospitalPatient.Condition>, _ random: inout SplitMix64
  ) {
    let (first, last) = (admitted / 1_440, discharged / 1_440)
    let hasIllKidneys = conditions.contains(.kidneys)
    func give(_ drug: Int, _ share: Double, days: Int? = nil, _ random: inout SplitMix64) {
      guard random.chance(share) else { return }
      let dose = Self.drugs[drug].dose
      prescriptions.append(
        Prescription(
          start: first, stop: min(days.map { first + $0 } ?? last, last), drug: drug,
          dose: hasIllKidneys && dose > 1 ? dose / 2 : dose))
    }
    if codes.contains(0) { give(0, 0.9, &random) }
    if codes.contains(1) { give(1, 0.85, &random) }
    if codes.contains(2) { give(hasIllKidneys ? 3 : 2, 0.8, &random) }
    if codes.contains(4) { give(4, 0.7, &random) }
    if !LinkedHospitalCode.infections.isDisjoint(with: codes) {
      give(isEmergency ? 6 : 5, 0.8, days: 3 + random.below(5), &random)
    }
    if codes.contains(9) { give(7, 0.8, &random) }
    if codes.contains(12) { give(9, 0.95, &random) }
    give(8, LinkedHospitalCode.operations.contains(codes[0]) ? 0.9 : 0.3, days: 4, &random)
  }
}
