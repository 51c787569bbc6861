import Accounting
import Mechanisms

extension NoisyGradientPlan {
  /// Returns the run of these steps with the least noise whose cost is at most `rho`, along with
  /// its delta of slightly more than ``tail``.
  ///
  /// - Parameters:
  ///   - samplingRate: above 0 and at most 1; public.
  ///   - delta: the probability the run may leave out, most of which becomes ``tail``. Above 0.
  /// - Throws: ``MechanismError/tooManySteps(steps:)`` if even the largest noise costs more.
  package static func calibrated(samplingRate: Double, steps: Int, coordinates: Int, rho: Rho, delta: Delta) throws -> NoisyGradientPlan {
    func plan(_ sensitivity: Int) -> NoisyGradientPlan {
      NoisyGradientPlan(samplingRate: samplingRate, steps: steps, coordinates: coordinates, sensitivity: sensitivity, delta: delta)
    }
    func fits(_ sensitivity: Int) -> Bool { plan(sensitivity).costs(atMost: rho, delta) }
    var (low, high) = (GradientNoise.sensitivities.lowerBound, GradientNoise.sensitivities.upperBound + 1)
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
  package static func isAffordable(samplingRate: Double, steps: Int, coordinates: Int, rho: Rho, delta: Delta) -> Bool {
    NoisyGradientPlan(
      samplingRate: samplingRate, steps: steps, coordinates: coordinates, sensitivity: GradientNoise.sensitivities.lowerBound, delta: delta
    ).costs(atMost: rho, delta)
  }

  private init(samplingRate: Double, steps: Int, coordinates: Int, sensitivity: Int, delta: Delta) {
    self.init(
      samplingRate: samplingRate, steps: steps, coordinates: coordinates, sensitivity: sensitivity, tail: delta.share(1 - 1e-9))
  }

  private func costs(atMost rho: Rho, _ delta: Delta) -> Bool {
    let cost = event(question: "").price(left: rho)
    return cost.rho <= rho && cost.delta <= delta
  }
}
