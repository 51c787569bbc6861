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
    precondition(samplingRate > 0 && samplingRate <= 1, "a sampling rate lies above 0 and is at most 1")
    precondition(steps >= 1 && coordinates >= 1, "a run has a step and a parameter at least")
    precondition(GradientNoise.sensitivities.contains(sensitivity), "a noise multiplier out of range")
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
      question: question, samplingRate: samplingRate, sensitivity: sensitivity, steps: steps, coordinates: coordinates, tail: tail)
  }
}
