import Synthesis

/// Estimates for networks, computed from the multiplications in a step.
extension PlannedTable {
  /// Rows of a batch, the same for all network engines.
  var batch: Double { Double(AdversarialOptions().batchRows) }
  /// Codes of all columns.
  var width: Double { sizes.reduce(0, +) }

  /// Returns the parameters of the generator: from noise, with a code of the row if it is
  /// conditional, through two layers to codes.
  func generatorParameters(isConditional: Bool) -> Double {
    let shape = AdversarialOptions().shape
    let hidden = Double(shape.width)
    return (Double(shape.noiseWidth) + (isConditional ? width : 0) + 2 * hidden + width) * hidden
  }

  /// Returns the seconds for a batch of rows through this many parameters, at about the speed of
  /// one core: forward and backward products take six operations per parameter and row, and as many
  /// per cell of a marginal.
  func operationSeconds(_ parameters: Double) -> Double { batch * 6 * parameters / 7e10 }

  /// The cells of all pairs of columns, and of the pairs that are measured together.
  var pairCells: (all: Double, measured: Double) {
    let squares = sizes.reduce(0) { $0 + $1 * $1 }
    let all = (width * width - squares) / 2
    return (all, min(all, Double(PairMeasurement.mostCellsTogether)))
  }

  /// The number of pairs that are measured: all if there is room.
  var measuredPairs: Double {
    let pairs = count * (count - 1) / 2
    return pairCells.all > 0 ? pairs * pairCells.measured / pairCells.all : pairs
  }
}
