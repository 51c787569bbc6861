/// One question put to the sensitive table: the question, the mechanism that answered it, and the
/// numbers that set its noise.
///
/// The cost is computed from those numbers alone, so the charge matches the draw. Two tables are
/// neighbours if one is the other with all rows of one privacy unit added or removed. Reading an
/// event of an unknown kind throws.
package indirect enum PrivacyEvent: Hashable, Sendable, Codable {
  /// Whole-number answers, each with discrete Gaussian noise of variance parameter `sigmaSquared`;
  /// `sensitivity` is in the L2 norm. Costs rho = sensitivity² / (2 sigmaSquared) (Canonne, Kamath
  /// and Steinke 2020, Theorem 14).
  case discreteGaussian(question: String, sensitivity: Sensitivity, sigmaSquared: PositiveRational)
  /// Whole-number answers, each with discrete Laplace noise; `sensitivity` is in the L1 norm. It is
  /// epsilon-differentially private with epsilon = sensitivity / scale and costs rho = epsilon² / 2
  /// (Bun and Steinke 2016, Proposition 1.4).
  case discreteLaplace(question: String, sensitivity: Sensitivity, scale: PositiveRational)
  /// One of `candidates` chosen by the exponential mechanism with exp(epsilon score / (2
  /// sensitivity)). It has bounded range epsilon and costs rho = epsilon² / 8 (Cesar and Rogers
  /// 2021; bounded range is from Durfee and Rogers 2019).
  case exponentialMechanism(question: String, candidates: Int, sensitivity: Sensitivity, epsilon: Epsilon)
  /// The noisy counts above `threshold` of undeclared categories. Costs rho = maximumRowsPerUnit² /
  /// (2 sigmaSquared) and the delta of
  /// ``LabelDisclosure/delta(maximumRowsPerUnit:sigmaSquared:threshold:)``.
  case partitionSelection(question: String, maximumRowsPerUnit: Int, sigmaSquared: PositiveRational, threshold: Int)
  /// `steps` vectors of whole numbers, each the sum over a fresh sample of the units. A sample
  /// includes every unit with probability `samplingRate`, independently of all else. A unit changes
  /// a sum by at most `sensitivity` in the L2 norm, and each of the `coordinates` has a draw of
  /// ``FlooredGaussian`` added. The cost is that of ``SubsampledGaussian``: apart from events of
  /// probability `tail` and a little for numerical errors, which are its delta, no Rényi divergence
  /// of order alpha is above rho alpha. See `docs/proofs/noisy-gradient.md`.
  case noisyGradients(question: String, samplingRate: Double, sensitivity: Int, steps: Int, coordinates: Int, tail: Delta)
  /// Several questions charged at once; costs their sum.
  case composed(question: String, events: [PrivacyEvent])

  /// The question in words. Never holds a value of the table.
  package var question: String {
    switch self {
    case .discreteGaussian(let question, _, _), .discreteLaplace(let question, _, _),
      .exponentialMechanism(let question, _, _, _), .partitionSelection(let question, _, _, _), .composed(let question, _),
      .noisyGradients(let question, _, _, _, _, _):
      question
    }
  }
}
