import Accounting
import Curation
import Foundation
import NeuralNetworks
import VectorKernels

/// The strongest adversary that noisy gradients are designed for. It sees every noisy sum, so it
/// knows the critic at every step, and tests for each canary whether its clipped gradient is in the
/// sum.
///
/// It looks at the first layer alone, at the weights of codes that one canary has and nobody else.
/// They hold this canary's gradient or none, plus noise. Those parts of two canaries are
/// orthogonal, so that no canary hides another.
final class CriticAdversary {
  /// The logarithm of each canary's likelihood ratio over all sums so far, in over out.
  private(set) var scores: [Double]
  private let critic: FloatBuffer
  /// The number of values in a row of the first layer's weights.
  private let width: Int
  private let inputWidth: Int
  /// The layers after the first, with all canaries at once.
  private let rest: NetworkPass
  private let restParameters: FloatBuffer
  /// The weight rows that only one canary's codes touch, `columns` of them for each canary.
  private let ownRows: [Int]
  private let columns: Int
  /// Weight rows that no row of the table touches, so that they hold only noise.
  private let spareRows: [Int]
  private let rate: Double
  private let clip: Double
  private let sensitivity: Double
  private let norms: FloatBuffer

  /// - Parameters:
  ///   - network: begins with a linear layer that takes one-hot codes.
  ///   - parameters: the network's parameters, which the run changes as it goes on.
  ///   - ownRows: `[canaries, columns]`.
  ///   - rate: the probability with which each row takes part in a step.
  ///   - clip: the length to which gradients are clipped, in the network's own unit.
  ///   - sensitivity: the same length in the unit of the sums.
  init(
    network: Chain, parameters: FloatBuffer, ownRows: [[Int]], spareRows: [Int], rate: Double,
    clip: Double, sensitivity: Double
  ) {
    critic = parameters
    inputWidth = network.layers[0].inputWidth
    width = network.layers[0].outputWidth
    let rest = Chain(Array(network.layers.dropFirst()))
    self.rest = NetworkPass(rest, capacity: ownRows.count)
    restParameters = FloatBuffer(count: rest.parameterCount)
    columns = ownRows[0].count
    self.ownRows = ownRows.flatMap { $0 }
    self.spareRows = spareRows
    (self.rate, self.clip, self.sensitivity) = (rate, clip, sensitivity)
    scores = [Double](repeating: 0, count: ownRows.count)
    norms = FloatBuffer(count: ownRows.count)
  }

  /// Weighs the sums of one step before the critic learns from them.
  func look(at sums: [Int]) {
    differentiate()
    let variance = noise(in: sums)
    for canary in scores.indices {
      let signal = rest.inputSignal.base + canary * width
      // The signal at the first layer is the gradient of the score: its square counts for each code
      // and for the bias. The slope of the loss scales it, then clipping does.
      let slope = -1 / (1 + exp(Double(rest.output.base[canary])))
      let square = Double(fk_dot(signal, signal, width))
      let length = -slope * (Double(columns + 1) * square + Double(norms.base[canary])).squareRoot()
      let scale = slope * min(1, clip / max(length, 1e-12)) * sensitivity / clip
      let product = ownRows[canary * columns..<(canary + 1) * columns].reduce(0.0) { sum, row in
        (0..<width).reduce(sum) { $0 + Double(sums[row * width + $1]) * Double(signal[$1]) }
      }
      let ratio = (scale * product - scale * scale * Double(columns) * square / 2) / variance
      scores[canary] += mixed(ratio)
    }
  }

  /// Returns the log likelihood ratio of a step in which the canary takes part only with the
  /// sampling rate.
  private func mixed(_ ratio: Double) -> Double {
    let (out, taken) = (log1p(-rate), log(rate) + ratio)
    return max(out, taken) + log1p(exp(-abs(out - taken)))
  }

  /// Returns the variance of the noise on a coordinate, measured on coordinates that hold nothing
  /// else, not assumed. Whole numbers vary by at least one.
  private func noise(in sums: [Int]) -> Double {
    var squares = 0.0
    for row in spareRows {
      for place in row * width..<(row + 1) * width {
        squares += Double(sums[place]) * Double(sums[place])
      }
    }
    return max(1, squares / Double(spareRows.count * width))
  }

  /// Carries every canary forward, and the derivative of its score back to the first layer.
  private func differentiate() {
    restParameters.base.update(
      from: critic.base + (inputWidth + 1) * width, count: restParameters.count)
    let bias = critic.base + inputWidth * width
    for canary in scores.indices {
      let input = rest.input.base + canary * width
      input.update(from: bias, count: width)
      for row in ownRows[canary * columns..<(canary + 1) * columns] {
        fk_axpy(input, 1, critic.base + row * width, width)
      }
    }
    rest.outputSignal.fill(1)
    rest.forward(rows: scores.count, parameters: restParameters)
    rest.backward(parameters: restParameters)
    rest.squaredGradientNorms(
      groups: .rows(scores.count), parameters: restParameters, into: norms.base)
  }
}

/// A probe that shows an adversary the sums of a training run, one step at a time, and keeps none
/// of them, because a run's sums are larger than its table. It records all other answers.
final class CriticProbe: CuratorProbe {
  let transcript: TranscriptProbe
  /// The adversary, which sees the sums from the moment it is set.
  var adversary: CriticAdversary?
  private let purse: Purse
  private let fault: PlantedFault.Alteration?
  private var steps = 0

  init(purse: Purse, fault: PlantedFault.Alteration?) {
    transcript = TranscriptProbe(purse: purse, fault: fault)
    self.purse = purse
    self.fault = fault
  }

  func answer(to question: Question, exact: Answer, noisy: Answer) -> Answer {
    guard case .gradients = question else {
      return transcript.answer(to: question, exact: exact, noisy: noisy)
    }
    steps += 1
    let answer = fault?(question, exact, noisy) ?? noisy
    if case .counts(let sums) = answer { adversary?.look(at: sums) }
    return answer
  }

  var answers: Int { transcript.exchanges.count + steps }

  /// The number of answers without a prior charge. A run of steps is charged as a whole.
  var unpaid: Int {
    let paid = purse.charges.reduce(0) { sum, event in
      if case .noisyGradients(_, _, _, let steps, _, _) = event { sum + steps } else { sum }
    }
    return transcript.unpaid + max(0, steps - paid)
  }
}
