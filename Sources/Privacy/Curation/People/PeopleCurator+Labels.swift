import Accounting
import BigInt
import Encoding
import Ledger
import LinkedTables
import Mechanisms
import Tables

/// Labels of tables in which a person has many rows.
extension PeopleCurator {
  /// Returns the labels of a variable of a view that enough people have to be named, and noisy
  /// numbers of people, weighed: somebody with k different labels counts as 1/√k for each of them,
  /// so that the vector of everybody has a length of at most 1.
  ///
  /// It is charged as a selection with the same noise and a lower threshold, which reveals more
  /// (`docs/proofs/person-sums.md`).
  /// - Parameter known: labels that do not count, so that those beside them weigh more; public or
  ///   named by an earlier question.
  package func labels(
    of variable: Int, in view: TreeView, beside known: Set<String> = [], rho: Rho, delta: Delta
  ) throws -> DiscoveredLabels {
    let blueprint = try Blueprint(schema: view.schema)
    let name = "\(view.schema.name).\(blueprint.variables[variable].name)"
    let selection = try WeightedSelection(rho: rho, delta: delta)
    guard case .labels(let codes, let dictionary) = blueprint.prepare(table(of: view))[variable]
    else {
      preconditionFailure("labels of an ordered variable")
    }
    let composed = dictionary.labels.map(\.canonicallyComposed)
    let groups = rows.byPerson[view.table]
    return try desk.labels(.labels(variable: name), by: selection, units: groups.count) { person in
      Set(
        groups[person].compactMap { row -> String? in
          codes[Int(row)] == Cells.missingCode ? nil : composed[Int(codes[Int(row)])]
        }
      ).subtracting(known)
    }
  }
}

extension Curator {
  /// Returns the labels that enough units have to be named, and noisy numbers of units, weighed.
  /// - Parameter own: The different labels of a unit.
  func labels(
    _ question: Question, by selection: WeightedSelection, units: Int, own: (Int) -> Set<String>
  ) throws -> DiscoveredLabels {
    try charge(selection.event(question.summary), for: question, purpose: .domain)
    var sums: [String: Int] = [:]
    for unit in 0..<units {
      let own = own(unit)
      let weight = WeightedSelection.weight(labels: own.count)
      for label in own.sorted().prefix(WeightedSelection.mostLabels) {
        sums[label, default: 0] += weight
      }
    }
    let present = sums.sorted { $0.key < $1.key }
    func discovered(_ counts: [(String, Int)]) -> DiscoveredLabels {
      DiscoveredLabels(
        labels: counts.map { LabelCount(label: $0.0, count: $0.1 / WeightedSelection.steps) }
          .sorted { ($1.count, $0.label) < ($0.count, $1.label) },
        missing: 0, variance: selection.variance)
    }
    let chosen = present.compactMap { label, sum -> (String, Int)? in
      let noisy = sum + selection.noise.sample(using: random)
      return noisy > selection.threshold ? (label, noisy) : nil
    }
    let answer = answer(
      question, exact: .labels(discovered(present.map { ($0.key, $0.value) })),
      noisy: .labels(discovered(chosen)))
    guard case .labels(let labels) = answer else {
      preconditionFailure("an answer of another kind")
    }
    return labels
  }
}

/// The noise and the threshold for labels that people count by weights.
package struct WeightedSelection {
  /// The weight of a person with one label, in steps.
  static let steps = 1 << 10
  /// The labels of one person that count.
  package static let mostLabels = 1 << 12

  /// The selection that is charged, in people with one label.
  private let charged: PartitionSelection
  /// In steps.
  let noise: DiscreteGaussian
  /// In steps; a label is named if its noisy sum is above this.
  package let threshold: Int

  package init(rho: Rho, delta: Delta) throws {
    let noise = try DiscreteGaussian.calibrated(sensitivity: Sensitivity(1), rho: rho)
    charged = try PartitionSelection(
      maximumRowsPerUnit: 1, sigmaSquared: noise.sigmaSquared, delta: delta)
    let square = PositiveRational(lowestTerms: BigUInt(Self.steps * Self.steps), 1)
    self.noise = try DiscreteGaussian(sigmaSquared: noise.sigmaSquared * square)
    let allowed = LabelDisclosure.delta(
      maximumRowsPerUnit: 1, sigmaSquared: charged.noise.sigmaSquared, threshold: charged.threshold
    ).value
    let sigmaSquared = self.noise.sigmaSquared
    var (low, high) = (0, Self.steps)
    func suffices(_ threshold: Int) -> Bool {
      Self.risk(threshold: threshold, sigmaSquared: sigmaSquared) <= allowed
    }
    while !suffices(high) { (low, high) = (high, high * 2) }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if suffices(middle) { high = middle } else { low = middle }
    }
    threshold = high
  }

  /// Returns a bound on the chance that any label of only one person is named, whatever number of
  /// labels they have. Between powers of two the number is rounded up and the weight is that of the
  /// lower one, so that the bound holds for all.
  package static func risk(threshold: Int, sigmaSquared: PositiveRational) -> Double {
    var risk = 0.0
    var labels = 1
    while labels <= mostLabels {
      let one = GaussianTail.probability(
        atLeast: threshold + 1 - weight(labels: labels), sigmaSquared: sigmaSquared)
      risk = max(risk, Double(2 * labels - 1) * one)
      labels *= 2
    }
    return risk
  }

  /// Returns the weight of each label of a person with so many, in steps, rounded down.
  package static func weight(labels: Int) -> Int {
    var weight = steps
    while weight * weight * labels > steps * steps { weight -= 1 }
    return weight
  }

  func event(_ question: String) -> PrivacyEvent { charged.event(question: question) }

  /// The variance of the noise, in people with one label.
  package var variance: Double { charged.noise.variance }
}
