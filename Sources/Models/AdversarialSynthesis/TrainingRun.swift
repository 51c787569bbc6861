import Foundation
import NeuralNetworks
import VectorKernels

/// The progress of a training run. If the real rows are private, losses cover only generated rows:
/// those come from paid-for values.
package struct TrainingProgress: Sendable {
  package let step: Int
  package let steps: Int
  package let criticLoss: Double
  package let generatorLoss: Double
  /// See ``AdversarialTrainer/shareDistance()``.
  package let shareDistance: Double
}

/// Training that went wrong and was stopped.
package enum TrainingError: Error, Equatable, CustomStringConvertible {
  case notFinite(step: Int)
  case astray(step: Int, distance: Double)

  package var description: String {
    let words =
      switch self {
      case .notFinite(let step): "at step \(step) its numbers grew beyond bounds"
      case .astray(let step, let distance):
        "at step \(step) the generated columns were \(Int((100 * distance).rounded())) % away from what is known of them"
      }
    return
      "The training went astray: \(words). Nothing was released. Run it again; if it happens again, choose an engine of marginals."
  }
}

/// Takes a trainer to its end: reports progress, watches for divergence and keeps checkpoints.
package struct TrainingRun {
  let trainer: AdversarialTrainer
  let checkpoint: Checkpoint?
  /// The time between two checkpoints, in seconds.
  package var checkpointInterval: TimeInterval = 20

  /// Steps between two checks.
  static let lookEvery = 50
  /// The distance beyond which a generator is astray; at the start it is within a few hundredths.
  static let largestDistance = 0.4

  package init(_ trainer: AdversarialTrainer, checkpoint: Checkpoint? = nil) {
    self.trainer = trainer
    self.checkpoint = checkpoint
  }

  /// - Parameter progress: Called every ``lookEvery`` steps; its errors end the run.
  /// - Throws: ``TrainingError``, ``Checkpoint/Problem`` and the errors of `progress`.
  package func run(progress: (TrainingProgress) throws -> Void) throws {
    // The first check writes one, so that an unwritable folder is reported at once.
    var saved = -TimeInterval.infinity
    while !trainer.isDone {
      trainer.advance()
      guard trainer.step.isMultiple(of: TrainingRun.lookEvery) || trainer.isDone else { continue }
      let losses = trainer.takeLosses()
      let look = TrainingProgress(
        step: trainer.step, steps: trainer.options.steps, criticLoss: losses.critic,
        generatorLoss: losses.generator,
        shareDistance: trainer.shareDistance())
      try check(look)
      let now = ProcessInfo.processInfo.systemUptime
      if let checkpoint, now - saved >= checkpointInterval {
        try checkpoint.write(trainer.state, options: trainer.options, targets: trainer.targets)
        saved = now
      }
      try progress(look)
    }
  }

  private func check(_ look: TrainingProgress) throws {
    guard trainer.state.isFinite, look.shareDistance.isFinite, look.generatorLoss.isFinite else {
      throw TrainingError.notFinite(step: look.step)
    }
    guard look.shareDistance <= TrainingRun.largestDistance else {
      throw TrainingError.astray(step: look.step, distance: look.shareDistance)
    }
  }
}

extension TrainingError {
  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .notFinite: "training.not-finite"
    case .astray: "training.astray"
    }
  }
}

/// Everything that a step changes: with it, a run continues as if it had never stopped.
package struct TrainingState {
  /// A network's parameters and their optimiser.
  package struct Learner {
    package let parameters: FloatBuffer
    let adam: Adam

    package init(_ network: Chain, rate: Float, stream: inout NoiseStream) {
      parameters = FloatBuffer(count: network.parameterCount)
      network.initialise(parameters.base, using: &stream)
      adam = Adam(
        count: network.parameterCount, settings: Adam.Settings(rate: rate, beta1: 0.5, beta2: 0.99))
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
    generator = Learner(
      Architecture.generator(heads: heads, shape: options.shape), rate: options.generatorRate,
      stream: &stream)
    critic = Learner(
      Architecture.critic(heads: heads, width: options.criticWidth), rate: options.criticRate,
      stream: &stream)
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
      generator.parameters, generator.adam.first, generator.adam.second, critic.parameters,
      critic.adam.first, critic.adam.second, mean,
    ]
  }
}
