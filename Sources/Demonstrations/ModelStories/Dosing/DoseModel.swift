import Examples

/// A dose model as an attacker asks it.
package protocol DoseModel {
  /// Returns the square root of the dose for a patient with each pair of genotypes in place of the
  /// patient's own, in the order of ``Genotypes``.
  func roots(of patient: DosingPatient) -> [Double]
}

/// All pairs of a VKORC1 and a CYP2C9 genotype.
package enum Genotypes {
  package static let cypCount = DosingExample.cyp2c9.count
  package static let count = DosingExample.vkorc1.count * cypCount

  package static func index(of patient: DosingPatient) -> Int {
    patient.vkorc1 * cypCount + patient.cyp2c9
  }

  package static func patient(_ patient: DosingPatient, with pair: Int) -> DosingPatient {
    var changed = patient
    (changed.vkorc1, changed.cyp2c9) = (pair / cypCount, pair % cypCount)
    return changed
  }
}

/// The columns of the published models, as numbers: 1 and 0 for each label but the first.
package struct DosingFeatures {
  package static let count = 17
  /// The mean height and weight, in place of those that nobody noted.
  private let height: Double
  private let weight: Double

  package init(_ patients: [DosingPatient]) {
    func mean(_ values: [Int]) -> Double {
      Double(values.reduce(0, +)) / Double(max(values.count, 1))
    }
    height = mean(patients.compactMap(\.height))
    weight = mean(patients.compactMap(\.weight))
  }

  package func numbers(_ patient: DosingPatient) -> [Double] {
    func flags(_ value: Int, _ count: Int) -> [Double] { (1..<count).map { $0 == value ? 1 : 0 } }
    return [
      Double(patient.age), patient.height.map(Double.init) ?? height,
      patient.height == nil ? 1 : 0, patient.weight.map(Double.init) ?? weight,
      patient.weight == nil ? 1 : 0, patient.hasInducer ? 1 : 0, patient.hasAmiodarone ? 1 : 0,
    ] + flags(patient.race, 4) + genes(patient.vkorc1, patient.cyp2c9)
  }

  /// The last of the numbers: those of the genotypes.
  func genes(_ vkorc1: Int, _ cyp2c9: Int) -> [Double] {
    (1..<3).map { $0 == vkorc1 ? 1 : 0 } + (1..<6).map { $0 == cyp2c9 ? 1 : 0 }
  }
}

extension DosingPatient {
  var root: Double { dose.squareRoot() }
}
