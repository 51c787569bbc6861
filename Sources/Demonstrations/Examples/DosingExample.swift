import Basics
import Tables

/// A patient whose dose of an anticoagulant was found by trial.
package struct DosingPatient: Sendable, Equatable {
  /// The age in decades.
  package var age: Int
  /// In centimetres and kilograms; nil if nobody noted it.
  package var height: Int?
  package var weight: Int?
  /// Indices into the lists of ``DosingExample``.
  package var race: Int
  package var vkorc1: Int
  package var cyp2c9: Int
  package var hasInducer: Bool
  package var hasAmiodarone: Bool
  /// In milligrams a week.
  package var dose: Double

  package init(
    age: Int, height: Int?, weight: Int?, race: Int, vkorc1: Int, cyp2c9: Int, hasInducer: Bool,
    hasAmiodarone: Bool, dose: Double
  ) {
    (self.age, self.height, self.weight, self.race) = (age, height, weight, race)
    (self.vkorc1, self.cyp2c9, self.dose) = (vkorc1, cyp2c9, dose)
    (self.hasInducer, self.hasAmiodarone) = (hasInducer, hasAmiodarone)
  }
}

/// Invented patients under warfarin. Their doses follow the equation that the International
/// Warfarin Pharmacogenetics Consortium published (NEJM 2009; 360:753), with chance around it; how
/// frequent genotypes are differs by origin, as it does in the world.
package enum DosingExample {
  package static let races = ["White", "Asian", "Black or African American", "Unknown"]
  package static let vkorc1 = ["A/A", "A/G", "G/G"]
  package static let cyp2c9 = ["*1/*1", "*1/*2", "*1/*3", "*2/*2", "*2/*3", "*3/*3"]

  /// The bounds that everybody knows.
  private static let (ages, heights, weights) = (1...9, 120...210, 30...180)
  private static let mostDose = 120.0

  /// The same numbers and seed give the same patients everywhere.
  package static func patients(_ count: Int, seed: UInt64) -> [DosingPatient] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in patient(&random) }
  }

  private static func patient(_ random: inout SplitMix64) -> DosingPatient {
    let race = pick([0.54, 0.30, 0.11, 0.05], &random)
    let isTall = random.chance(0.57)
    let length = [(170.0, 161.0), (164, 154), (173, 161), (168, 158)][race]
    let height = Int(((isTall ? length.0 : length.1) + 7 * random.normal()).rounded())
    let mass = 0.9 * Double(height - 160) + [80.0, 62, 86, 74][race] + 14 * random.normal()
    let allele = [0.39, 0.89, 0.11, 0.45][race]
    let copies = (random.chance(allele) ? 1 : 0) + (random.chance(allele) ? 1 : 0)
    var patient = DosingPatient(
      age: min(max(Int((6.3 + 1.5 * random.normal()).rounded()), 1), 9),
      height: random.chance(0.2) ? nil : min(max(height, 120), 210),
      weight: random.chance(0.06) ? nil : min(max(Int(mass.rounded()), 30), 180),
      race: race, vkorc1: 2 - copies,
      cyp2c9: pick(
        race == 0
          ? [0.65, 0.19, 0.11, 0.02, 0.02, 0.01] : [0.92, 0.02, 0.05, 0.004, 0.003, 0.003],
        &random), hasInducer: random.chance(0.01), hasAmiodarone: random.chance(0.05), dose: 0)
    let root = max(publishedRoot(patient, height: height, weight: mass) + 1.1 * random.normal(), 1)
    // Tablets come in steps of half a milligram a day.
    patient.dose = min(max((root * root / 3.5).rounded(), 1) * 3.5, 115.5)
    return patient
  }

  /// The square root of the published dose.
  private static func publishedRoot(_ patient: DosingPatient, height: Int, weight: Double)
    -> Double
  {
    let genes =
      [-1.6974, -0.8677, 0][patient.vkorc1]
      + [0, -0.5211, -0.9357, -1.0616, -1.9206, -2.3312][patient.cyp2c9]
    let medicines = (patient.hasInducer ? 1.1816 : 0) - (patient.hasAmiodarone ? 0.5503 : 0)
    let body = 0.0087 * Double(height) + 0.0128 * weight - 0.2614 * Double(patient.age)
    return 5.6044 + body + [0, -0.1092, -0.2760, -0.1032][patient.race] + genes + medicines
  }

  private static func pick(_ weights: [Double], _ random: inout SplitMix64) -> Int {
    WeightedChoice(weights).draw(&random)
  }

  /// The knowledge of such patients without looking at them.
  package static let schema: Schema = {
    func number(_ name: String, _ bounds: ClosedRange<Int>) -> ColumnSchema {
      ColumnSchema(
        name: name, type: .integer,
        bounds: .declared(Int64(bounds.lowerBound)...Int64(bounds.upperBound)))
    }
    func labels(_ name: String, _ labels: [String]) -> ColumnSchema {
      ColumnSchema(name: name, type: .category, categories: .declared(labels))
    }
    var schema = Schema(
      name: "dosing",
      columns: [
        number("age", ages), number("height", heights), number("weight", weights),
        labels("race", races), labels("inducer", ["no", "yes"]),
        labels("amiodarone", ["no", "yes"]), labels("vkorc1", vkorc1), labels("cyp2c9", cyp2c9),
        ColumnSchema(
          name: "dose", type: .decimal(fractionDigits: 2), role: .target,
          bounds: .declared(0...Int64(mostDose * 100))),
      ])
    for index in [1, 2] { schema.columns[index].isNullable = true }
    return schema
  }()

  /// The patients as a table of this schema.
  package static func table(of patients: [DosingPatient]) -> Table {
    func ticks(_ value: (DosingPatient) -> Int?) -> Cells {
      .ticks(patients.map { value($0).map(Int64.init) ?? Cells.missingTick })
    }
    func labels(_ label: (DosingPatient) -> String) -> Cells {
      Cells(labels: patients.map { label($0) })
    }
    let cells = [
      ticks(\.age), ticks(\.height), ticks(\.weight), labels { races[$0.race] },
      labels { $0.hasInducer ? "yes" : "no" }, labels { $0.hasAmiodarone ? "yes" : "no" },
      labels { vkorc1[$0.vkorc1] }, labels { cyp2c9[$0.cyp2c9] },
      ticks { Int(($0.dose * 100).rounded()) },
    ]
    return Table(columns: zip(schema.columns, cells).map { $0.filled(with: $1) })
  }
}
