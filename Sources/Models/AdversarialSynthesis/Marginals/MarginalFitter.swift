import Basics
import Foundation
import NeuralNetworks
import VectorKernels

/// Fits a generator to noisy marginals by gradient descent. Everything here is post-processing.
final class MarginalFitter {
  /// Batches of the mixture used to compute marginals.
  private static let answerBatches = 4
  private static let workers = 2

  let heads: ColumnHeads
  let shape: GeneratorShape
  /// Rows of the mixture in a step.
  private let rows: Int
  private let network: Chain
  private let input: GeneratorInput
  private let pass: NetworkPass
  private let parameters: FloatBuffer
  private let mean: FloatBuffer
  private let gradient: FloatBuffer
  private let adam: Adam
  private let probabilities: FloatBuffer
  private let signal: FloatBuffer
  private let scratch: FloatBuffer
  private let mixtures: [ProductMixture]
  private var stream: NoiseStream
  private var conditions: [Int32]
  private let shares: [Float]

  /// - Parameter shares: The share of each code of each column; the generator starts there.
  init(sizes: [Int], shares: [Float], scale: GenerativeMechanism.Scale, seed: UInt64) {
    let heads = ColumnHeads(sizes: sizes)
    let (shape, rows) = (scale.shape, scale.batchRows)
    (self.heads, self.shape, self.rows, self.shares) = (heads, shape, rows, shares)
    network = Architecture.generator(heads: heads, shape: shape)
    input = GeneratorInput(heads: heads, shape: shape, shares: shares)
    pass = NetworkPass(network, capacity: rows)
    parameters = FloatBuffer(count: network.parameterCount)
    gradient = FloatBuffer(count: network.parameterCount)
    stream = NoiseStream(key: seed)
    network.initialise(parameters.base, using: &stream)
    let bias = parameters.base + parameters.count - heads.width
    for code in 0..<heads.width { bias[code] = log(max(shares[code], 1e-5)) }
    mean = FloatBuffer(parameters.values)
    adam = Adam(count: network.parameterCount, settings: Adam.Settings(rate: 1e-3))
    probabilities = FloatBuffer(count: rows * heads.width)
    signal = FloatBuffer(count: rows * heads.width)
    scratch = FloatBuffer(count: rows * input.drawsPerRow)
    conditions = [Int32](repeating: -1, count: rows)
    let columns = sizes.map { FloatBuffer(count: rows * $0) }
    mixtures = (0..<Self.workers).map { _ in
      ProductMixture(sizes: sizes, rows: rows, columns: columns)
    }
  }

  /// Takes `steps` steps at a learning rate that falls from `rate.upperBound` to `rate.lowerBound`,
  /// and moves the running mean along.
  /// - Returns: The mean loss of the last tenth of the steps.
  @discardableResult
  func fit(_ targets: [MarginalTarget], steps: Int, rate: ClosedRange<Float>) -> Float {
    var (loss, counted): (Float, Int) = (0, 0)
    for step in 0..<steps {
      let progress = Float(step) / Float(max(steps - 1, 1))
      adam.settings.rate =
        rate.lowerBound + (rate.upperBound - rate.lowerBound) * (1 + cos(Float.pi * progress)) / 2
      let stepLoss = takeStep(targets)
      if step * 10 >= steps * 9 { (loss, counted) = (loss + stepLoss, counted + 1) }
    }
    return loss / Float(max(counted, 1))
  }

  private func takeStep(_ targets: [MarginalTarget]) -> Float {
    spread(parameters)
    // Each worker writes its own signals.
    let mixtures = mixtures
    let losses = Concurrently.map(mixtures.count) { worker in
      for signals in mixtures[worker].signals { signals.fill(0) }
      return stride(from: worker, to: targets.count, by: mixtures.count).reduce(Float(0)) {
        $0 + mixtures[worker].addSignals(targets[$1])
      }
    }
    join()
    pass.outputSignal.fill(0)
    heads.addSoftmaxSignal(
      signal.base, softmax: probabilities.base, rows: pass.rows, to: pass.outputSignal.base)
    pass.backward(parameters: parameters)
    gradient.fill(0)
    pass.addGradient(parameters: parameters, to: gradient)
    adam.step(parameters, gradient: gradient)
    fk_approach(mean.base, 0.02, parameters.base, mean.count)
    return losses.reduce(0, +)
  }

  /// Draws fresh rows of the generator and separates their columns.
  private func spread(_ parameters: FloatBuffer) {
    input.write(
      rows: rows, stream: &stream, scratch: scratch.base, input: pass.input.base,
      conditions: &conditions)
    pass.forward(rows: rows, parameters: parameters)
    heads.softmax(pass.output.base, rows: rows, into: probabilities.base)
    for column in 0..<heads.count {
      let (start, size) = (Int(heads.starts[column]), heads.sizes[column])
      for row in 0..<rows {
        (mixtures[0].columns[column].base + row * size).update(
          from: probabilities.base + row * heads.width + start, count: size)
      }
    }
  }

  /// Adds up the workers' signals, as rows.
  private func join() {
    for column in 0..<heads.count {
      let (start, size) = (Int(heads.starts[column]), heads.sizes[column])
      let sum = mixtures[0].signals[column]
      for other in mixtures.dropFirst() {
        fk_axpy(sum.base, 1, other.signals[column].base, sum.count)
      }
      for row in 0..<pass.rows {
        (signal.base + row * heads.width + start).update(from: sum.base + row * size, count: size)
      }
    }
  }

  /// Returns each marginal of the generator's running mean, as shares.
  func marginals(_ cliques: [[Int]]) -> [[Double]] {
    var sums = cliques.map { [Double](repeating: 0, count: $0.reduce(1) { $0 * heads.sizes[$1] }) }
    let turns = Self.answerBatches
    for _ in 0..<turns {
      spread(mean)
      // Each worker mixes in memory of its own.
      let mixtures = mixtures
      let shares = Concurrently.map(mixtures.count) { worker in
        stride(from: worker, to: cliques.count, by: mixtures.count).map {
          mixtures[worker].marginal(cliques[$0])
        }
      }
      for index in cliques.indices {
        for (cell, share) in shares[index % mixtures.count][index / mixtures.count].enumerated() {
          sums[index][cell] += Double(share) / Double(turns)
        }
      }
    }
    return sums
  }

  /// Whether all numbers are finite.
  var isFinite: Bool { fk_dot(mean.base, mean.base, mean.count).isFinite }

  /// Returns the model that a release keeps.
  func model(total: Double) -> NetworkModel {
    NetworkModel(
      sizes: heads.sizes, total: total, shape: shape, shares: shares, parameters: mean.values)
  }
}
