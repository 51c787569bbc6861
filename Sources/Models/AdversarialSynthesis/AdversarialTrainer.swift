import Basics
import Foundation
import NeuralNetworks
import VectorKernels

/// Trains a generator against a critic and towards moments. A step touches one batch, regardless of
/// the number of rows of the table, and allocates nothing.
///
/// The result depends only on seed, options and answers, not on the number of cores: a batch is
/// split into the same shards everywhere, and their gradients are added in order.
package final class AdversarialTrainer {
  package let options: AdversarialOptions
  package let heads: ColumnHeads
  let input: GeneratorInput
  let targets: MomentTargets
  private let real: RealSide?
  /// The state that a checkpoint holds.
  var state: TrainingState
  private let shards: [TrainingShard]
  private let generatorGradient: FloatBuffer
  private let criticGradient: FloatBuffer
  private let totals: (shares: FloatBuffer, pairs: FloatBuffer)
  private let chosen: UnsafeMutableBufferPointer<Int32>

  /// - Parameters:
  ///   - targets: The known moments of the rows.
  ///   - real: The source of real rows; nil to learn from moments alone.
  ///   - state: The state of an earlier run to continue; by default the run begins.
  package init(
    options: AdversarialOptions, targets: MomentTargets, state: TrainingState, real: RealSide?
  ) {
    precondition(
      options.batchRows.isMultiple(of: AdversarialOptions.shardCount), "a batch has equal parts")
    self.options = options
    self.targets = targets
    self.real = options.criticWeight > 0 ? real : nil
    self.state = state
    heads = targets.heads
    input = GeneratorInput(heads: heads, shape: options.shape, shares: targets.shares.values)
    let generator = Architecture.generator(heads: heads, shape: options.shape)
    let critic = Architecture.critic(heads: heads, width: options.criticWidth)
    let (input, layout) = (input, targets.layout)
    shards = (0..<AdversarialOptions.shardCount).map { _ in
      TrainingShard(
        rows: options.batchRows / AdversarialOptions.shardCount, generator: generator,
        critic: critic, input: input, pairs: layout)
    }
    generatorGradient = FloatBuffer(count: generator.parameterCount)
    criticGradient = FloatBuffer(count: critic.parameterCount)
    totals = (FloatBuffer(count: heads.width), FloatBuffer(count: layout.count))
    chosen = .allocate(capacity: options.batchRows)
    chosen.initialize(repeating: 0)
  }

  deinit { chosen.deallocate() }

  package var step: Int { state.step }
  package var isDone: Bool { step >= options.steps }
  /// The critic's parameters. With a guarantee they follow from the start and the answers: anyone
  /// who sees all answers knows them.
  package var critic: FloatBuffer { state.critic.parameters }

  /// Takes the critic's steps, if there are real rows, and one generator step.
  package func advance() {
    setRates()
    if real != nil {
      for _ in 0..<options.criticSteps { teachCritic() }
    } else {
      generate()
    }
    sum(\.shareSums, into: totals.shares)
    sum(\.pairSums, into: totals.pairs)
    let critic = real == nil ? nil : state.critic.parameters
    each { [self] _, shard in
      shard.generatorGradient.fill(0)
      shard.teachGenerator(
        input, options: options, targets: targets, totals: totals, critic: critic,
        generator: state.generator.parameters)
    }
    sum(\.generatorGradient, into: generatorGradient)
    state.generator.step(generatorGradient)
    state.average(keeping: options.averaging)
    state.step += 1
  }

  /// Slows the second half of the training down to a halt, so that the last batches do not weigh
  /// more than the others.
  private func setRates() {
    let rate = min(1, 2 * (1 - Float(step) / Float(max(options.steps, 1))))
    state.generator.adam.settings.rate = options.generatorRate * rate
    state.critic.adam.settings.rate = options.criticRate * rate
  }

  private func generate() {
    let draws = UInt64(TrainingShard.draws(input, rows: shards[0].rows))
    let start = state.stream.take(Int(draws) * shards.count)
    each { [self] index, shard in
      let stream = state.stream.from(start + UInt64(index) * draws)
      shard.generate(
        input, parameters: state.generator.parameters, temperature: options.temperature,
        stream: stream)
      shard.sumMoments(targets.layout, width: heads.width)
    }
  }

  private func teachCritic() {
    generate()
    if case .rows(let rows) = real {
      for index in chosen.indices { chosen[index] = Int32(state.stream.index(below: rows.count)) }
    }
    each { [self] index, shard in
      shard.criticGradient.fill(0)
      var clip: Float?
      switch real {
      case .rows(let rows):
        let own = UnsafeBufferPointer(
          rebasing: chosen[index * shard.rows..<(index + 1) * shard.rows])
        rows.write(own, heads: heads, to: shard.critic.input.base)
        shard.criticiseReal(parameters: state.critic.parameters, batchRows: options.batchRows)
      case .noisy(let criticism): clip = criticism.clip
      case nil: break
      }
      shard.criticiseDraws(
        parameters: state.critic.parameters, width: heads.width, batchRows: options.batchRows,
        penalty: options.slopePenalty, clip: clip)
    }
    sum(\.criticGradient, into: criticGradient)
    if case .noisy(let criticism) = real { criticism.addGradient(to: criticGradient) }
    state.critic.step(criticGradient)
  }

  /// Returns the mean losses per row since the last call. The critic's covers only generated rows
  /// if the real ones are private.
  package func takeLosses() -> (critic: Double, generator: Double) {
    let rows = shards.reduce((0, 0)) {
      ($0.0 + $1.losses.criticRows, $0.1 + $1.losses.generatorRows)
    }
    let losses = shards.reduce((0.0, 0.0)) { ($0.0 + $1.losses.critic, $0.1 + $1.losses.generator) }
    for shard in shards { shard.losses = TrainingShard.Losses() }
    return (losses.0 / Double(max(rows.0, 1)), losses.1 / Double(max(rows.1, 1)))
  }

  /// Returns the distance of the last batch's shares from the known ones: the mean over columns of
  /// their total variation distance.
  package func shareDistance() -> Double {
    var distance = 0.0
    for code in 0..<heads.width {
      distance += abs(
        Double(totals.shares.base[code]) / Double(options.batchRows)
          - Double(targets.shares.base[code]))
    }
    return distance / 2 / Double(heads.count)
  }

  /// Returns the model learned so far.
  /// - Parameter total: The approximate number of rows in the original.
  package func model(total: Double) -> NetworkModel {
    NetworkModel(
      sizes: heads.sizes, total: total, shape: options.shape, shares: targets.shares.values,
      parameters: state.mean.values)
  }

  /// Runs each shard on its core: it writes its own memory, and reads parameters and totals that do
  /// not change meanwhile.
  private func each(_ body: (Int, TrainingShard) -> Void) {
    let shards = shards
    nonisolated(unsafe) let body = body
    Concurrently.perform(shards.count) { body($0, shards[$0]) }
  }

  private func sum(_ part: KeyPath<TrainingShard, FloatBuffer>, into total: FloatBuffer) {
    total.fill(0)
    for shard in shards { fk_axpy(total.base, 1, shard[keyPath: part].base, total.count) }
  }
}

extension AdversarialTrainer {
  /// The seed for drawing rows, so that a repeated or resumed run draws the same ones.
  package var samplingSeed: UInt64 { state.stream.key ^ 0x5bf0_3635_0ad5_3c19 }
}

/// The source from which the critic learns about real rows.
package enum RealSide {
  /// Unprotected rows: the owner chose to train without a guarantee.
  case rows(TrainingRows)
  /// Sums of clipped gradients with noise from the curator.
  case noisy(any NoisyCriticism)
}

/// The real rows' part of the critic's gradient, as a private mechanism releases it.
package protocol NoisyCriticism: AnyObject {
  /// The norm to which the gradient of a unit is clipped.
  var clip: Float { get }
  /// Takes a step: adds the mean gradient of the real rows' losses at the critic's current
  /// parameters, with noise.
  func addGradient(to gradient: FloatBuffer)
}
