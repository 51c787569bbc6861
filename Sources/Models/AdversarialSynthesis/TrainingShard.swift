import Foundation
import NeuralNetworks
import VectorKernels

/// The memory and the work of one core in a step: a part of the batch goes through both networks.
/// Nothing is allocated after the start.
final class TrainingShard: @unchecked Sendable {
  let rows: Int
  let generator: NetworkPass
  let critic: NetworkPass
  let tangent: NetworkPass
  let generatorGradient: FloatBuffer
  let criticGradient: FloatBuffer
  /// The generator's probabilities, [rows, width].
  let probabilities: FloatBuffer
  /// Relaxed draws from them, which the critic sees.
  let draws: FloatBuffer
  /// Sums over the rows of probabilities and of their products in pairs.
  let shareSums: FloatBuffer
  let pairSums: FloatBuffer
  private let shareGaps: FloatBuffer
  private let pairGaps: FloatBuffer
  private let signal: FloatBuffer
  private let factors: FloatBuffer
  private let scratch: FloatBuffer
  private let conditions: UnsafeMutableBufferPointer<Int32>
  var losses = Losses()

  /// Sums over rows since they were last read.
  struct Losses {
    var critic = 0.0
    var criticRows = 0
    var generator = 0.0
    var generatorRows = 0
  }

  init(rows: Int, generator: Chain, critic: Chain, input: GeneratorInput, pairs: PairLayout) {
    let width = input.heads.width
    self.rows = rows
    self.generator = NetworkPass(generator, capacity: rows)
    self.critic = NetworkPass(critic, capacity: rows)
    tangent = NetworkPass(critic, capacity: rows)
    generatorGradient = FloatBuffer(count: generator.parameterCount)
    criticGradient = FloatBuffer(count: critic.parameterCount)
    probabilities = FloatBuffer(count: rows * width)
    draws = FloatBuffer(count: rows * width)
    signal = FloatBuffer(count: rows * width)
    shareSums = FloatBuffer(count: width)
    shareGaps = FloatBuffer(count: width)
    pairSums = FloatBuffer(count: pairs.count)
    pairGaps = FloatBuffer(count: pairs.count)
    factors = FloatBuffer(count: rows)
    scratch = FloatBuffer(count: rows * input.drawsPerRow)
    conditions = .allocate(capacity: rows)
    conditions.initialize(repeating: -1)
  }

  deinit { conditions.deallocate() }

  /// Generates rows: probabilities, relaxed draws and the sums that the moments need.
  func generate(
    _ input: GeneratorInput, parameters: FloatBuffer, temperature: Float, stream: NoiseStream
  ) {
    let heads = input.heads
    var stream = stream
    input.write(
      rows: rows, stream: &stream, scratch: scratch.base, input: generator.input.base,
      conditions: conditions.baseAddress!)
    generator.forward(rows: rows, parameters: parameters)
    heads.softmax(generator.output.base, rows: rows, into: probabilities.base)
    stream.gumbel(into: draws.base, count: rows * heads.width)
    heads.relax(generator.output.base, temperature: temperature, rows: rows, noiseInto: draws.base)
    input.keepConditions(conditions.baseAddress!, rows: rows, in: probabilities.base)
    input.keepConditions(conditions.baseAddress!, rows: rows, in: draws.base)
  }

  static func draws(_ input: GeneratorInput, rows: Int) -> Int {
    rows * (input.drawsPerRow + input.heads.width)
  }

  /// Adds the critic's gradient at the rows in `critic.input`: those of the table.
  func criticiseReal(parameters: FloatBuffer, batchRows: Int) {
    critic.outputSignal.fill(1)
    critic.forward(rows: rows, parameters: parameters)
    critic.backward(parameters: parameters)
    for row in 0..<rows {
      let score = critic.output.base[row]
      losses.critic += Double(TrainingShard.softplus(-score))
      factors.base[row] = -TrainingShard.sigmoid(-score) / Float(batchRows)
    }
    losses.criticRows += rows
    critic.addGradient(factors: factors.base, parameters: parameters, to: criticGradient)
  }

  /// Adds the critic's gradient at the generated rows, with the penalty on its slope there.
  /// - Parameter clip: The norm to which a row's gradient is clipped: the same as for real rows, or
  ///   the critic would be biased.
  func criticiseDraws(
    parameters: FloatBuffer, width: Int, batchRows: Int, penalty: Float, clip: Float?
  ) {
    passDraws(parameters: parameters, width: width)
    if clip != nil {
      critic.squaredGradientNorms(groups: .rows(rows), parameters: parameters, into: scratch.base)
    }
    for row in 0..<rows {
      let score = critic.output.base[row]
      losses.critic += Double(TrainingShard.softplus(score))
      var factor = TrainingShard.sigmoid(score)
      if let clip { factor *= min(1, clip / max(factor * scratch.base[row].squareRoot(), 1e-12)) }
      factors.base[row] = factor / Float(batchRows)
    }
    losses.criticRows += rows
    critic.addGradient(factors: factors.base, parameters: parameters, to: criticGradient)
    guard penalty > 0 else { return }
    tangent.input.fill(0)
    fk_axpy(tangent.input.base, penalty / Float(batchRows), critic.inputSignal.base, rows * width)
    critic.addTangentGradient(tangent, parameters: parameters, to: criticGradient)
  }

  private func passDraws(parameters: FloatBuffer, width: Int) {
    critic.input.base.update(from: draws.base, count: rows * width)
    critic.outputSignal.fill(1)
    critic.forward(rows: rows, parameters: parameters)
    critic.backward(parameters: parameters)
  }

  /// Sums probabilities and their products, for the moments.
  func sumMoments(_ pairs: PairLayout, width: Int) {
    shareSums.fill(0)
    fk_add_column_sums(shareSums.base, probabilities.base, nil, rows, width)
    pairs.sum(probabilities.base, rows: rows, into: pairSums)
  }

  /// Adds the generator's gradient: from the critic through the draws, and from the moments through
  /// the probabilities.
  ///
  /// The gaps are those of the other shards' rows, so that the gradient of the squares is unbiased:
  /// a row's own deviation would be pulled towards the mean.
  func teachGenerator(
    _ input: GeneratorInput, options: AdversarialOptions, targets: MomentTargets,
    totals: (shares: FloatBuffer, pairs: FloatBuffer),
    critic parameters: FloatBuffer?, generator generatorParameters: FloatBuffer
  ) {
    let heads = input.heads
    let width = heads.width
    generator.outputSignal.fill(0)
    if let parameters {
      passDraws(parameters: parameters, width: width)
      for row in 0..<rows {
        let score = critic.output.base[row]
        losses.generator += Double(TrainingShard.softplus(-score))
        factors.base[row] =
          -options.criticWeight * TrainingShard.sigmoid(-score) / Float(options.batchRows)
      }
      fk_scale_rows(signal.base, critic.inputSignal.base, factors.base, rows, width)
      losses.generatorRows += rows
      heads.addSoftmaxSignal(
        signal.base, softmax: draws.base, scale: 1 / options.temperature, rows: rows,
        to: generator.outputSignal.base)
    }
    let others = 1 / Float(options.batchRows - rows)
    fk_weighted_gap(
      shareGaps.base, totals.shares.base, shareSums.base, targets.shares.base,
      targets.shareWeights.base, others, width)
    signal.fill(0)
    fk_add_to_rows(signal.base, shareGaps.base, rows, width)
    fk_weighted_gap(
      pairGaps.base, totals.pairs.base, pairSums.base, targets.pairs.base, targets.pairWeights.base,
      others, pairGaps.count)
    targets.layout.addSignal(
      pairGaps, probabilities: probabilities.base, rows: rows, to: signal.base)
    let weight = options.momentWeight / Float(options.batchRows)
    heads.addSoftmaxSignal(
      signal.base, softmax: probabilities.base, scale: weight, rows: rows,
      to: generator.outputSignal.base)
    input.dropSignals(conditions.baseAddress!, rows: rows, in: generator.outputSignal.base)
    generator.backward(parameters: generatorParameters)
    generator.addGradient(parameters: generatorParameters, to: generatorGradient)
  }

  private static func sigmoid(_ x: Float) -> Float { 1 / (1 + expf(-x)) }
  private static func softplus(_ x: Float) -> Float { max(x, 0) + log1pf(expf(-abs(x))) }
}
