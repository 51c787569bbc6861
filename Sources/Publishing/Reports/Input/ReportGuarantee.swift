import Curation
import Foundation
import Manifests
import Policies
import Tables

/// The promise, and whom it protects.
package struct ReportGuarantee: Codable, Sendable, Equatable {
  /// The unit that the guarantee protects.
  package enum Unit: Codable, Sendable, Equatable {
    case row
    case person(column: String, maximumRows: Int)
  }

  package enum Neighbours: String, Codable, Sendable {
    /// Tables with and without one unit.
    case addOrRemove = "add-or-remove"
    /// Tables in which one unit has other values.
    case replaceOne = "replace-one"
  }

  package var epsilon: Double
  package var delta: Double
  package var unit: Unit
  package var neighbours: Neighbours
  /// The method of accounting: `zCDP, converted after Canonne, Kamath and Steinke (2020)`.
  package var accounting: String
  /// False for a seeded run, which promises nothing.
  package var isPrivate: Bool
  /// Whether δ is larger than a strong promise allows; nil means false.
  package var hasLargeDelta: Bool?
  /// Whether the owner declares that each row is a separate person; nil means false.
  package var eachRowIsAPerson: Bool?
  /// How the contribution of a person is bounded; nil means by the number of rows. If it is the
  /// norm, `maximumRows` is the length to which the counts of all rows of a person were shortened.
  package var personBound: PersonBound?
  /// The promise at other deltas, for several people and for single columns; nil for releases
  /// before format 4.
  package var loss: LossRecord?

  package init(
    epsilon: Double, delta: Double, unit: Unit, neighbours: Neighbours = .addOrRemove,
    accounting: String, isPrivate: Bool = true,
    hasLargeDelta: Bool? = nil, eachRowIsAPerson: Bool? = nil, loss: LossRecord? = nil
  ) {
    self.epsilon = epsilon
    self.delta = delta
    self.unit = unit
    self.neighbours = neighbours
    self.accounting = accounting
    self.isPrivate = isPrivate
    self.hasLargeDelta = hasLargeDelta
    self.eachRowIsAPerson = eachRowIsAPerson
    self.loss = loss
  }

  /// Whether ε or δ is larger than a strong promise allows.
  var isWeak: Bool { hasLargeDelta == true || epsilon > PromiseLimits.strongEpsilon }
  /// Whether they are so large that the owner had to accept them explicitly.
  var isHardlyAny: Bool { PromiseLimits.needAcceptance(epsilon: epsilon, delta: delta) }

  /// The largest factor by which an attacker's odds about one unit can change: e to the ε.
  var oddsFactor: Double { exp(epsilon) }

  /// Returns the highest belief that an attacker with the belief `prior` can reach.
  func highestBelief(from prior: Double) -> Double { 1 / (1 + (1 - prior) / prior * exp(-epsilon)) }

  /// Returns the lowest belief that an attacker with the belief `prior` can be brought to.
  func lowestBelief(from prior: Double) -> Double { 1 / (1 + (1 - prior) / prior * exp(epsilon)) }
}

extension ReportGuarantee {
  package init(_ manifest: Manifest) {
    let guarantee = manifest.guarantee
    let training = manifest.events.contains { $0.purpose == .training }
    let old =
      "zero-concentrated differential privacy, converted after Canonne, Kamath and Steinke (2020)"
    let gaussian =
      "Gaussian differential privacy (Dong, Roth and Su 2022), by a filter that allows each question to depend on all answers"
    self.init(
      epsilon: guarantee.epsilon, delta: guarantee.delta,
      unit: guarantee.unit == PrivacyUnit.row.name
        ? .row : .person(column: guarantee.unit, maximumRows: guarantee.maximumRowsPerUnit),
      accounting: (guarantee.loss == nil ? old : gaussian)
        + (training ? "; of the training, what its distribution of privacy losses comes to" : ""),
      isPrivate: guarantee.isPrivate,
      hasLargeDelta: manifest.hazards.contains(.largeDelta) ? true : nil,
      eachRowIsAPerson: guarantee.eachRowIsAPerson, loss: guarantee.loss)
    personBound = guarantee.personBound
  }
}
