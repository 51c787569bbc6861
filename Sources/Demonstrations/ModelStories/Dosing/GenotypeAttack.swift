import Examples
import Foundation
import Quality

/// What one model of one table gave away, and how well it doses.
struct DosingTrial {
  let members: Double
  let strangers: Double
  var membership: Double?
  var doseError: Double?
}

/// Fredrikson's attack on a dose model: who knows a patient's origin, age, body, medicines and dose
/// asks the model for the dose of every pair of genotypes, and takes the VKORC1 genotype that
/// explains the true dose best, by how frequent genotypes are among strangers.
struct GenotypeAttack {
  private let table: DosingTable
  /// The shares of the genotypes among strangers.
  private let vkorc1: [Double]
  private let cyp2c9: [Double]

  /// A model that answers exactly is taken at its word up to this, in roots of milligrams a week.
  private static let leastError = 0.05

  init(_ table: DosingTable) {
    self.table = table
    func shares(_ count: Int, _ value: (DosingPatient) -> Int) -> [Double] {
      var shares = [Double](repeating: 0.5, count: count)
      for patient in table.strangers { shares[value(patient)] += 1 }
      return shares.map { $0 / shares.reduce(0, +) }
    }
    vkorc1 = shares(DosingExample.vkorc1.count, \.vkorc1)
    cyp2c9 = shares(DosingExample.cyp2c9.count, \.cyp2c9)
  }

  func trial(_ model: DosingStory.Model, _ settings: DosingStorySettings) throws -> DosingTrial {
    switch model {
    case .origin: byOrigin
    case .linear: trial(LinearDose(table.members))
    case .tree: trial(GrownTree(table.members))
    case .neighbour: trial(NearestPatient(table.members))
    case .privately: trial(try PointsDose(table.trained(settings)))
    }
  }

  private func trial(_ model: some DoseModel) -> DosingTrial {
    let (members, strangers) = (
      table.members.map(model.roots), table.strangers.map(model.roots)
    )
    let (own, other) = (
      Self.residuals(table.members, members), Self.residuals(table.strangers, strangers)
    )
    // The owner of a model states its error on the table that it was made from.
    let squares = own.reduce(0) { $0 + $1 * $1 }
    let error = max((squares / Double(own.count)).squareRoot(), Self.leastError)
    let doses = zip(table.strangers, strangers).map { patient, roots in
      let root = max(roots[Genotypes.index(of: patient)], 0)
      return abs(root * root - patient.dose)
    }
    return DosingTrial(
      members: share(table.members, members, error: error),
      strangers: share(table.strangers, strangers, error: error),
      membership: Scores.areaUnderCurve(
        (own + other).map { -abs($0) },
        isPositive: own.map { _ in true } + other.map { _ in false }),
      doseError: doses.reduce(0, +) / Double(doses.count))
  }

  private static func residuals(_ patients: [DosingPatient], _ roots: [[Double]]) -> [Double] {
    zip(patients, roots).map { $1[Genotypes.index(of: $0)] - $0.root }
  }

  /// Returns the share of patients whose genotype is guessed.
  private func share(_ patients: [DosingPatient], _ roots: [[Double]], error: Double) -> Double {
    let hits = zip(patients, roots).count { patient, roots in
      guess(patient.root, roots, error: error) == patient.vkorc1
    }
    return Double(hits) / Double(patients.count)
  }

  private func guess(_ root: Double, _ roots: [Double], error: Double) -> Int? {
    // Likelihoods are compared with the best, so that none of them is 0 for all.
    let distances = roots.map { ($0 - root) * ($0 - root) / (2 * error * error) }
    let least = distances.min() ?? 0
    let beliefs = vkorc1.indices.map { own in
      vkorc1[own]
        * cyp2c9.indices.reduce(0) { sum, other in
          sum + cyp2c9[other] * exp(least - distances[own * Genotypes.cypCount + other])
        }
    }
    return beliefs.indices.max { beliefs[$0] < beliefs[$1] }
  }

  /// The most frequent genotype among strangers of the same origin, for everybody.
  private var byOrigin: DosingTrial {
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: vkorc1.count), count: DosingExample.races.count)
    for patient in table.strangers { counts[patient.race][patient.vkorc1] += 1 }
    let guesses = counts.map { own in own.indices.max { own[$0] < own[$1] } }
    func share(_ patients: [DosingPatient]) -> Double {
      Double(patients.count { guesses[$0.race] == $0.vkorc1 }) / Double(patients.count)
    }
    return DosingTrial(members: share(table.members), strangers: share(table.strangers))
  }
}
