import Accounting
import AdversarialSynthesis
import Curation
import Foundation
import MarginalSynthesis

/// Estimates for networks, computed from the multiplications in a step.
extension Planner {
  /// Rows of a batch, the same for all network engines.
  private var batch: Double { Double(AdversarialOptions().batchRows) }
  /// Codes of all columns.
  private var width: Double { sizes.reduce(0, +) }
  /// The parameters of the generator: from noise (for `gan`, with a code of the row) through two
  /// layers to codes.
  private var parameters: Double {
    let shape = AdversarialOptions().shape
    let hidden = Double(shape.width)
    return (Double(shape.noiseWidth) + (request.engine == .gan ? width : 0) + 2 * hidden + width) * hidden
  }

  /// The cells of all pairs of columns, and of the pairs that `gan` measures.
  private var pairCells: (all: Double, measured: Double) {
    let squares = sizes.reduce(0) { $0 + $1 * $1 }
    let all = (width * width - squares) / 2
    return (all, min(all, Double(PairMeasurement.mostCellsTogether)))
  }

  /// The number of pairs that `gan` measures: all if there is room.
  var measuredPairs: Double {
    let pairs = count * (count - 1) / 2
    return pairCells.all > 0 ? pairs * pairCells.measured / pairCells.all : pairs
  }

  /// A sentence if there is no room for all pairs.
  var networkLimits: [String] {
    guard request.engine == .gan, pairCells.measured < pairCells.all else { return [] }
    let pairs = Int(count * (count - 1) / 2)
    return ["About \(Int(measuredPairs)) of \(pairs) pairs of columns are measured, those furthest from being independent."]
  }

  /// Forward and backward products take six operations per parameter and row, and as many per cell
  /// of a marginal.
  var trainingSeconds: Double {
    switch request.engine {
    case .gan:
      let steps = Double(request.trainingSteps ?? AdversarialOptions.withGuarantee.steps)
      return steps * operationSeconds(parameters + pairCells.measured) + 2e-9 * measuredPairs * Double(rows)
    case .gem:
      let steps = Double(request.trainingSteps.map { $0 + 2 * min($0, 150) } ?? 3_000)
      return steps * operationSeconds(parameters + 2 * count * usualCells) + 2e-9 * candidates * Double(rows)
    case .aim, .mst, .independent: return 0
    }
  }

  /// Returns the seconds for 512 rows through this many parameters, at about the speed of one core.
  private func operationSeconds(_ parameters: Double) -> Double { batch * 6 * parameters / 7e10 }

  /// Memory for rows of codes and for the shares, weights, sums and gaps of pairs.
  var trainingMegabytes: Double {
    switch request.engine {
    case .gan: 1e-6 * 4 * (12 * pairCells.measured + 12 * batch * width + 6 * parameters)
    case .gem: 1e-6 * (8 * candidates * usualCells + 40 * batch * width)
    case .aim, .mst, .independent: 0
    }
  }

  /// Checks that the training budget suffices for all steps of `gan` with some amount of noise.
  /// - Throws: ``ReleaseError/tooManySteps(_:)``.
  func checkSteps() throws {
    guard request.engine == .gan else { return }
    let options = AdversarialOptions.withGuarantee
    let (steps, hidden) = (request.trainingSteps ?? options.steps, Double(options.criticWidth))
    let share = (shares[Purpose.training.rawValue] ?? 0) / 100
    let isAffordable = NoisyGradientPlan.isAffordable(
      samplingRate: min(1, Double(options.sampledRows) / Double(max(rows, 1))), steps: steps * options.criticSteps,
      coordinates: Int((width + hidden + 3) * hidden), rho: rho.share(share), delta: trainingDelta)
    guard isAffordable else { throw ReleaseError.tooManySteps(steps) }
  }
}
