import Basics
import Foundation

/// A diagnosis of the hospital in several tables, with an official code of ICD-10 and a title of
/// our own.
struct LinkedHospitalCode: Sendable {
  let code: String
  let title: String

  /// The chronic conditions first, in the order of ``LinkedHospitalPatient/Condition``.
  static let all = [
    ("I50", "Heart failure"), ("J44", "Chronic obstructive lung disease"),
    ("E11", "Type 2 diabetes"), ("N18", "Chronic kidney disease"), ("I10", "High blood pressure"),
    ("J18", "Pneumonia"), ("N39", "Infection of the urinary tract"), ("R07", "Pain in the chest"),
    ("S72", "Broken hip"), ("I48", "Atrial fibrillation"), ("K80", "Gallstones"),
    ("R55", "Fainting"), ("I21", "Heart attack"), ("L03", "Cellulitis"), ("A41", "Sepsis"),
    ("I63", "Stroke"), ("K35", "Appendicitis"), ("J20", "Bronchitis"), ("D64", "Anaemia"),
    ("E86", "Loss of fluid"), ("M54", "Pain in the back"), ("N17", "Acute kidney failure"),
    ("K92", "Bleeding of the bowel"), ("G40", "Epilepsy"), ("K57", "Diverticulitis"),
    ("S52", "Broken forearm"), ("I26", "Clot in the lung"), ("F10", "Misuse of alcohol"),
    ("K85", "Pancreatitis"), ("C34", "Lung cancer"), ("C18", "Bowel cancer"),
    ("A09", "Gastroenteritis"),
    ("R10", "Pain in the belly"), ("N20", "Kidney stone"), ("T78", "Allergic reaction"),
  ].map { LinkedHospitalCode(code: $0.0, title: $0.1) }

  /// The places of infections in ``all``.
  static let infections: Set<Int> = [5, 6, 13, 14, 17, 31]
  /// The places of diagnoses that are operated on.
  static let operations: Set<Int> = [8, 10, 16, 25, 33]
  static let acute = LinkedHospitalPatient.Condition.allCases.count..<all.count
}

/// An invented patient and the stays of a life, each caused by what came before.
struct LinkedHospitalPatient {
  enum Condition: Int, CaseIterable { case heart, lungs, diabetes, kidneys, pressure }

  static let districts = ["Harbour", "Hill", "Mill", "North", "Park", "Station"]
  private static let districtChoice = WeightedChoice([30, 25, 20, 12, 8, 5])
  private static let acuteChoice = WeightedChoice.zipf(
    count: LinkedHospitalCode.acute.count, exponent: 1)
  private static let mostStays = 60

  let number: Int
  /// In days since 1970.
  let born: Int
  private(set) var died: Int?
  let isMale: Bool
  let district: Int
  let smokes: Bool
  private(set) var stays: [LinkedHospitalStay] = []
  private let age: Double
  private let conditions: Set<Condition>

  init(number: Int, _ random: inout SplitMix64) {
    self.number = number
    let entry = LinkedHospitalExample.firstDay + random.below(LinkedHospitalExample.entryDays)
    age = min(max(58 + 19 * random.normal(), 18), 96)
    born = entry - Int(age * 365.25)
    isMale = random.chance(0.5)
    district = Self.districtChoice.draw(&random)
    smokes = random.chance(0.15 + 0.05 * Double(district % 3) + (age < 70 ? 0.1 : 0))
    conditions = Self.conditions(age: age, smokes: smokes, &random)
    live(from: entry * LinkedHospitalExample.minutesPerDay + random.below(1_440), &random)
  }

  /// Conditions come with age, of the lungs with smoking, of the kidneys with diabetes.
  private static func conditions(age: Double, smokes: Bool, _ random: inout SplitMix64)
    -> Set<Condition>
  {
    let late = max(age - 40, 0)
    var found: Set<Condition> = []
    if random.chance(0.02 + 0.005 * late) { found.insert(.heart) }
    if random.chance((smokes ? 0.2 : 0.03) + 0.001 * late) { found.insert(.lungs) }
    if random.chance(0.05 + 0.003 * late) { found.insert(.diabetes) }
    if random.chance(0.02 + 0.002 * late + (found.contains(.diabetes) ? 0.15 : 0)) {
      found.insert(.kidneys)
    }
    if random.chance(0.1 + 0.007 * late) { found.insert(.pressure) }
    return found
  }

  private mutating func live(from start: Int, _ random: inout SplitMix64) {
    let serious = Double(conditions.subtracting([.pressure]).count)
    let planned = 1 + random.poisson(random.exponential(mean: 0.8 + 1.2 * serious))
    var minute = start
    for _ in 0..<min(planned, Self.mostStays) {
      let last = stays.last
      let stay = LinkedHospitalStay(
        admitted: minute, isEmergency: random.chance(emergency(after: last)),
        main: mainReason(after: last, &random), after: last, age: age, isMale: isMale,
        conditions: conditions, &random)
      stays.append(stay)
      if stay.outcome == LinkedHospitalStay.died {
        died = stay.discharged / LinkedHospitalExample.minutesPerDay
        return
      }
      let gap = exp(5.5 - 0.4 * serious - (stay.isEmergency ? 0.6 : 0) + random.normal())
      minute = stay.discharged + 60 + Int(min(gap, 1_500) * 1_440)
    }
    if random.chance(0.02 + 0.006 * max(age - 65, 0) + (conditions.contains(.heart) ? 0.1 : 0)),
      let last = stays.last
    {
      died =
        last.discharged / LinkedHospitalExample.minutesPerDay + 1
        + Int(random.exponential(mean: 90))
    }
  }

  /// Emergencies follow emergencies, age and a weak heart.
  private func emergency(after last: LinkedHospitalStay?) -> Double {
    0.2 + (last?.isEmergency == true ? 0.35 : 0) + 0.003 * (age - 18)
      + (conditions.contains(.heart) ? 0.1 : 0)
  }

  /// Half of the stays of the chronically ill are for their condition, often the same as last time.
  private func mainReason(after last: LinkedHospitalStay?, _ random: inout SplitMix64) -> Int {
    let chronic = conditions.subtracting([.pressure]).map(\.rawValue).sorted()
    if !chronic.isEmpty, random.chance(0.5) {
      if let last, chronic.contains(last.codes[0]), random.chance(0.6) { return last.codes[0] }
      return chronic[random.below(chronic.count)]
    }
    return LinkedHospitalCode.acute.lowerBound + Self.acuteChoice.draw(&random)
  }

  /// Returns a further diagnosis.
  static func acuteCode(_ random: inout SplitMix64) -> Int {
    LinkedHospitalCode.acute.lowerBound + acuteChoice.draw(&random)
  }
}

extension SplitMix64 {
  /// Returns a number of events with the given mean, by multiplying uniform numbers (Knuth).
  mutating func poisson(_ mean: Double) -> Int {
    let limit = exp(-min(mean, 100))
    var (count, product) = (0, uniform())
    while product > limit {
      count += 1
      product *= uniform()
    }
    return count
  }
}
