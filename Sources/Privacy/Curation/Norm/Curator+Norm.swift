import Accounting
import BigInt
import Encoding
import Foundation
import Ledger
import Mechanisms
import Tables

/// Questions to all rows of every person, whose counts are shortened to a length
/// (`docs/proofs/person-norm.md`).
///
/// The domain is asked of one row of each person, drawn at random, so that a row is a person. Then
/// ``countEveryRow(shortenedTo:total:lengthening:)`` begins the second part.
extension Curator {
  /// Whether what a person adds is bounded by its length, and not by the number of rows.
  package var boundsLength: Bool { everyRow != nil }

  /// Returns how many people have each length of the vector of counts of up to three variables
  /// together, or each number of rows if there are none: up to 1, up to √2, up to 2, and so on in
  /// `classes`, the last without limit. Everybody is in one.
  package func lengths(of variables: [Int], classes: Int, rho: Rho) throws -> NoisyCounts {
    precondition(variables.count <= 3, "codes that fit in a word")
    guard let every = everyRow else { preconditionFailure("rows that are bounded by their number") }
    let names = variables.map { blueprint.variables[$0].name }.joined(separator: ", ")
    let about =
      names.isEmpty ? "numbers of rows of people" : "lengths of people's counts of \(names)"
    return try counts(
      .personSum(about: about, coordinates: classes),
      exact: every.lengths(of: variables, classes: classes), sensitivity: Sensitivity(1), rho: rho)
  }

  /// The share of a question about labels that names them; the rest counts them.
  private static let namingShare = 0.6

  /// Returns the labels that enough people have in any of their rows, and their numbers in the
  /// table of one row of each person.
  func labelsOfEveryRow(of variable: Int, rho: Rho, delta: Delta) throws -> DiscoveredLabels {
    guard let every = everyRow, case .labels(let codes, let dictionary) = every.values(of: variable)
    else { preconditionFailure("labels of an ordered variable") }
    let selection = try WeightedSelection(rho: rho.share(Self.namingShare), delta: delta)
    let composed = dictionary.labels.map(\.canonicallyComposed)
    let found = try labels(
      .labels(variable: blueprint.variables[variable].name), by: selection, units: every.units.count
    ) { unit in
      Set(
        every.units.rows(of: unit).compactMap { place -> String? in
          let code = codes[every.units.row(at: place)]
          return code == Cells.missingCode ? nil : composed[Int(code)]
        })
    }
    let other = blueprint.otherLabel(of: blueprint.variables[variable])
    let codec = LabelCodec(labels: found.labels.map(\.label), otherLabel: other, hasMissing: true)
    let counted = try histogram(of: variable, by: codec, rho: rho.share(1 - Self.namingShare))
    return DiscoveredLabels(
      labels: zip(found.labels, counted.values).map {
        LabelCount(label: $0.label, count: $1)
      }.sorted { ($1.count, $0.label) < ($0.count, $1.label) },
      missing: counted.values.last ?? 0, variance: counted.variance)
  }

  /// Returns the counts of all combinations of codes, each person's shortened to ``unitRows``, and
  /// made longer to the total of all rows. Noise and event are in steps, of which a row has a whole
  /// number.
  func shortenedCounts(
    _ question: Question, of attributes: [Int], among every: EveryRow, rho: Rho, purpose: Purpose
  ) throws -> NoisyCounts {
    let stepsOfRow = ClippedVector.sensitivity / unitRows
    let sensitivity = try Sensitivity(Double(ClippedVector.sensitivity))
    let noise = try DiscreteGaussian.calibrated(sensitivity: sensitivity, rho: rho)
    let event = PrivacyEvent.discreteGaussian(
      question: question.summary, sensitivity: sensitivity, sigmaSquared: noise.sigmaSquared)
    try charge(event, for: question, purpose: purpose)
    let exact = every.steps(of: attributes, among: exactCounts, clip: unitRows)
    guard
      case .counts(let values) = answer(
        question, exact: .counts(exact),
        noisy: .counts(noise.noisy(counts: exact, using: random)))
    else { preconditionFailure("an answer of another kind") }
    let counts = values.map { Double($0) / Double(stepsOfRow) }
    let variance = noise.variance / Double(stepsOfRow) / Double(stepsOfRow)
    let factor = lengthening(counts.reduce(0, +), noise: variance * Double(counts.count), every)
    update { $0.lengthen(by: factor) }
    return NoisyCounts(
      values: counts.map { Int(($0 * factor).rounded()) }, variance: variance * factor * factor)
  }

  /// Returns the factor that makes a total as large as that of all rows: the last one if noise
  /// hides it.
  private func lengthening(_ total: Double, noise: Double, _ every: EveryRow) -> Double {
    guard let rows = every.total, total > 4 * noise.squareRoot() else { return every.lengthening }
    return min(max(rows / total, Self.factors.lowerBound), Self.factors.upperBound)
  }

  private static let factors = 0.8...5_000.0

  // MARK: Choices

  /// Returns the scores of candidates: the length of what the shortened counts have beside a
  /// multiple of the expectation, less the same of noise. One person moves a score by at most
  /// ``unitRows`` times its weight.
  func lengthScores(of candidates: [MarginalCandidate], among every: EveryRow) -> [Double] {
    candidates.map { candidate in
      let steps = every.steps(of: candidate.attributes, among: exactCounts, clip: unitRows)
      update { $0.keep(steps, of: candidate.attributes) }
      let length = ProjectedLength.of(steps, beside: candidate.expected)
      let cells = Double(max(candidate.expected.count, 1))
      // The penalty is the sum of the cells' mean absolute errors, √(2 / π) of a deviation each.
      let noise =
        candidate.penalty * (Double.pi / 2).squareRoot() / cells.squareRoot()
        / every.usualLengthening
      return candidate.weight
        * (length * Double(unitRows) / Double(ClippedVector.sensitivity) - noise)
    }
  }
}

extension PrivacyEvent {
  /// Returns the variance of the noise on counts, in rows; nil for other events.
  /// - Parameter length: to which the counts of all rows of a person were shortened, in rows; nil
  ///   if the number of rows is bounded. Shortened counts are counted in steps.
  package func varianceInRows(shortenedTo length: Int?) -> Double? {
    guard case .discreteGaussian(_, let sensitivity, let sigmaSquared) = self else { return nil }
    guard let length, sensitivity.value == Double(ClippedVector.sensitivity) else {
      return sigmaSquared.roundedUp
    }
    let step = Double(length) / Double(ClippedVector.sensitivity)
    return sigmaSquared.roundedUp * step * step
  }
}

/// The length of a vector beside a direction.
package enum ProjectedLength {
  private static let largest = 0x1p24

  /// Returns the length of the part of `steps` that is orthogonal to `direction`. A projection
  /// makes no difference of two vectors longer. Products are exact, and the root is rounded once.
  package static func of(_ steps: [Int], beside direction: [Double]) -> Double {
    precondition(steps.count == direction.count, "an expectation for each cell")
    let most = direction.reduce(0) { max($0, abs($1)) }
    var (square, product, length) = (Int128(0), Int128(0), Int128(0))
    for (own, other) in zip(steps, direction) {
      let rounded = most > 0 && most.isFinite ? Int((other / most * largest).rounded()) : 0
      square += Int128(own) * Int128(own)
      product += Int128(own) * Int128(rounded)
      length += Int128(rounded) * Int128(rounded)
    }
    guard length > 0 else { return Double(square).squareRoot() }
    let beside = BigInt(square) * BigInt(length) - BigInt(product) * BigInt(product)
    return (Double((beside << 32) / BigInt(length)) * 0x1p-32).squareRoot()
  }
}
