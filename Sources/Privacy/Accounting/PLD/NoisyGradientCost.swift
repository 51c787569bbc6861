import Synchronization

/// Caches the costs of noisy gradient runs. A cost takes a Fourier transform or two and is needed
/// at every charge, record and check.
final class NoisyGradientCost: Sendable {
  package static let shared = NoisyGradientCost()

  private struct Question: Hashable {
    let run: SubsampledGaussian
    let isGaussian: Bool
  }

  private let known = Mutex<[Question: Double]>([:])
  private static let mostKnown = 1000

  /// Returns the cost of a run. Numbers out of range, as a record may hold, cost more than any
  /// grant.
  ///
  /// - Parameter isGaussian: Whether rho is half the squared mean of a Gaussian mechanism that
  ///   reveals as much, or that of zero-concentration.
  package func cost(
    samplingRate: Double, sensitivity: Int, steps: Int, coordinates: Int, tail: Delta,
    isGaussian: Bool = false
  ) -> PrivacyCost {
    let tooMuch = PrivacyCost(rho: Rho(checked: .greatestFiniteMagnitude), delta: Delta(checked: 1))
    guard samplingRate > 0, samplingRate <= 1, GradientNoise.sensitivities.contains(sensitivity),
      (1...1 << 30).contains(steps),
      (1...1 << 40).contains(coordinates), tail.value > 0, tail.value < 0.5
    else { return tooMuch }
    let multiplier = (Double(GradientNoise.sigma) / Double(sensitivity)).nextDown
    let run = SubsampledGaussian(
      samplingRate: samplingRate, noiseMultiplier: multiplier, steps: steps, tail: tail.value)
    guard let rho = rho(of: Question(run: run, isGaussian: isGaussian)) else { return tooMuch }
    // The possible deviation of noise and sample draws from their distributions: 2^-120 per
    // coordinate and step, 2^-88 per step.
    let numerical = Double(steps) * (Double(coordinates) * 0x1p-120 + 0x1p-88)
    return PrivacyCost(rho: Rho(checked: rho), delta: tail + Delta(checked: numerical))
  }

  private func rho(of question: Question) -> Double? {
    if let rho = known.withLock({ $0[question] }) { return rho }
    guard let rho = question.isGaussian ? question.run.gaussianRho : question.run.rho, rho.isFinite
    else { return nil }
    known.withLock { known in
      if known.count >= Self.mostKnown { known.removeAll() }
      known[question] = rho
    }
    return rho
  }
}
