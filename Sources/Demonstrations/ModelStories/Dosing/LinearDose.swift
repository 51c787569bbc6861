import Analyses
import EncryptedScoring
import Examples
import Prediction

/// Least squares on the square root of the dose, as the consortium fitted it.
package struct LinearDose: DoseModel {
  private let features: DosingFeatures
  private let weights: [Double]

  package init(_ patients: [DosingPatient]) {
    features = DosingFeatures(patients)
    var squares = SymmetricMatrix(count: DosingFeatures.count + 1)
    var products = [Double](repeating: 0, count: squares.count)
    for patient in patients {
      let row = [1] + features.numbers(patient)
      squares.add(row, weight: 1)
      for index in row.indices { products[index] += row[index] * patient.root }
    }
    let inverse = squares.inverse()
    weights = products.indices.map { row in
      products.indices.reduce(0) { $0 + inverse[row, $1] * products[$1] }
    }
  }

  package func roots(of patient: DosingPatient) -> [Double] {
    (0..<Genotypes.count).map { pair in
      let row = features.numbers(Genotypes.patient(patient, with: pair))
      return zip(row, weights[1...]).reduce(weights[0]) { $0 + $1.0 * $1.1 }
    }
  }
}

/// A private model, by the points that it publishes.
struct PointsDose: DoseModel {
  private let card: Scorecard

  init(_ model: PredictiveModel) throws { card = try model.scorecard() }

  package func roots(of patient: DosingPatient) -> [Double] {
    (0..<Genotypes.count).map { root(Genotypes.patient(patient, with: $0)) }
  }

  private func root(_ patient: DosingPatient) -> Double {
    card.columns.reduce(card.intercept) { sum, column in
      switch column.layout.shape {
      case .number(let minimum, let maximum):
        guard let number = Self.number(column.layout.name, patient) else {
          return sum + (column.otherwise ?? 0)
        }
        return sum + column.points[0] * min(max(Double(number), minimum), maximum)
      case .bins(let edges):
        guard let number = Self.number(column.layout.name, patient) else {
          return sum + (column.otherwise ?? 0)
        }
        return sum + column.points[edges.count { $0 <= Double(number) }]
      case .categories(let texts):
        let text = Self.text(column.layout.name, patient)
        return sum
          + (texts.firstIndex(of: text).map { column.points[$0] } ?? column.otherwise ?? 0)
      }
    }
  }

  private static func number(_ column: String, _ patient: DosingPatient) -> Int? {
    switch column {
    case "age": patient.age
    case "height": patient.height
    default: patient.weight
    }
  }

  private static func text(_ column: String, _ patient: DosingPatient) -> String {
    switch column {
    case "race": DosingExample.races[patient.race]
    case "vkorc1": DosingExample.vkorc1[patient.vkorc1]
    case "cyp2c9": DosingExample.cyp2c9[patient.cyp2c9]
    case "inducer": patient.hasInducer ? "yes" : "no"
    default: patient.hasAmiodarone ? "yes" : "no"
    }
  }
}
