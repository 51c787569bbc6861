import Foundation
import NeuralNetworks
import VectorKernels

/// Everything that a step changes: with it, a run continues as if it had never stopped.
package struct TrainingState {
  /// A network's parameters and their optimiser.
  package struct Learner {
    package let parameters: FloatBuffer
    let adam: Adam

    package init(_ network: Chain, rate: Float, stream: inout NoiseStream) {
      parameters = FloatBuffer(count: network.parameterCount)
      network.initialise(parameters.base, using: &stream)
      adam = Adam(count: network.parameterCount, settings: Adam.Settings(rate: rate, beta1: 0.5, beta2: 0.99))
    }

    package func step(_ gradient: FloatBuffer) { adam.step(parameters, gradient: gradient) }
  }

  let generator: Learner
  package let critic: Learner
  /// The running mean of the generator, which is the result of training.
  let mean: FloatBuffer
  var stream: NoiseStream
  package internal(set) var step = 0

  /// Begins a run. The generator starts at the known shares.
  package init(options: AdversarialOptions, targets: MomentTargets, seed: UInt64) {
    let heads = targets.heads
    stream = NoiseStream(key: seed)
    generator = Learner(Architecture.generator(heads: heads, shape: options.shape), rate: options.generatorRate, stream: &stream)
    critic = Learner(Architecture.critic(heads: heads, width: options.criticWidth), rate: options.criticRate, stream: &stream)
    let bias = generator.parameters.base + generator.parameters.count - heads.width
    for code in 0..<heads.width { bias[code] = log(max(targets.shares.base[code], 1e-5)) }
    mean = FloatBuffer(generator.parameters.values)
  }

  /// Moves the mean towards the generator, faster in the first steps, so that the start is
  /// forgotten.
  func average(keeping share: Float) {
    let keep = min(share, Float(step + 1) / Float(step + 11))
    fk_approach(mean.base, 1 - keep, generator.parameters.base, mean.count)
  }

  /// Whether all numbers are finite.
  var isFinite: Bool {
    fk_dot(mean.base, mean.base, mean.count).isFinite
      && fk_dot(critic.parameters.base, critic.parameters.base, critic.parameters.count).isFinite
  }

  /// The contents of a checkpoint, in this order.
  var buffers: [FloatBuffer] {
    [
      generator.parameters, generator.adam.first, generator.adam.second, critic.parameters, critic.adam.first, critic.adam.second, mean,
    ]
  }
}
