import Accounting
import BigInt
import Mechanisms

/// The fixed numbers of a training run on noisy gradients, settled and charged before its first
/// step.
///
/// Gradients lie on a whole-number grid. A clipped gradient is at most ``sensitivity`` steps long,
/// and the noise on every coordinate of a sum is ``FlooredGaussian``, of 2^24 steps.
package struct NoisyGradientPlan: Sendable, Hashable {
  /// The exact probability that a unit takes part in a step, independently of all other units and
  /// steps: above 0, at most 1.
  package let samplingRate: Double
  /// The number of steps, at least 1. There are no more.
  package let steps: Int
  /// The number of parameters.
  package let coordinates: Int
  /// The length of a unit's longest gradient, in steps of the grid.
  package let sensitivity: Int
  /// The probability that the cost leaves out; see
  /// ``PrivacyEvent/noisyGradients(question:samplingRate:sensitivity:steps:coordinates:tail:)``.
  package let tail: Delta

  package init(samplingRate: Double, steps: Int, coordinates: Int, sensitivity: Int, tail: Delta) {
    precondition(
      samplingRate > 0 && samplingRate <= 1, "a sampling rate lies above 0 and is at most 1")
    precondition(steps >= 1 && coordinates >= 1, "a run has a step and a parameter at least")
    precondition(
      GradientNoise.sensitivities.contains(sensitivity), "a noise multiplier out of range")
    self.samplingRate = samplingRate
    self.steps = steps
    self.coordinates = coordinates
    self.sensitivity = sensitivity
    self.tail = tail
  }

  /// The standard deviation of the noise on a coordinate of the sum, divided by the length of the
  /// longest gradient.
  package var noiseMultiplier: Double { Double(GradientNoise.sigma) / Double(sensitivity) }

  /// Returns the event charged for the run, before its first step.
  package func event(question: String) -> PrivacyEvent {
    .noisyGradients(
      question: question, samplingRate: samplingRate, sensitivity: sensitivity, steps: steps,
      coordinates: coordinates, tail: tail)
  }
}

extension NoisyGradientPlan {
  /// Returns the run of these steps with the least noise whose cost is at most `rho`, along with
  /// its delta of slightly more than ``tail``.
  ///
  /// - Parameters:
  ///   - samplingRate: above 0 and at most 1; public.
  ///   - delta: the probability the run may leave out, most of which becomes ``tail``. Above 0.
  /// - Throws: ``MechanismError/tooManySteps(steps:)`` if even the largest noise costs more.
  package static func calibrated(
    samplingRate: Double, steps: Int, coordinates: Int, rho: Rho, delta: Delta
  ) throws -> NoisyGradientPlan {
    func plan(_ sensitivity: Int) -> NoisyGradientPlan {
      NoisyGradientPlan(
        samplingRate: samplingRate, steps: steps, coordinates: coordinates,
        sensitivity: sensitivity, delta: delta)
    }
    func fits(_ sensitivity: Int) -> Bool { plan(sensitivity).costs(atMost: rho, delta) }
    var (low, high) = (
      GradientNoise.sensitivities.lowerBound, GradientNoise.sensitivities.upperBound + 1
    )
    guard fits(low) else { throw MechanismError.tooManySteps(steps: steps) }
    // The cost grows with the sensitivity; four digits of it are enough.
    while high - low > max(1, low / 4000) {
      let middle = low + (high - low) / 2
      if fits(middle) { low = middle } else { high = middle }
    }
    return plan(low)
  }

  /// Returns whether ``calibrated(samplingRate:steps:coordinates:rho:delta:)`` finds a plan: the
  /// one with the largest noise is cheap enough.
  package static func isAffordable(
    samplingRate: Double, steps: Int, coordinates: Int, rho: Rho, delta: Delta
  ) -> Bool {
    NoisyGradientPlan(
      samplingRate: samplingRate, steps: steps, coordinates: coordinates,
      sensitivity: GradientNoise.sensitivities.lowerBound, delta: delta
    ).costs(atMost: rho, delta)
  }

  private init(samplingRate: Double, steps: Int, coordinates: Int, sensitivity: Int, delta: Delta) {
    self.init(
      samplingRate: samplingRate, steps: steps, coordinates: coordinates, sensitivity: sensitivity,
      tail: delta.share(1 - 1e-9))
  }

  private func costs(atMost rho: Rho, _ delta: Delta) -> Bool {
    let cost = event(question: "").price(left: rho)
    return cost.rho <= rho && cost.delta <= delta
  }
}
