import GraphicalModels

/// Entropic mirror descent with a line search (McKenna, Sheldon, Miklau 2019, algorithm 2): the
/// slow and obvious optimiser that estimation is compared with. One inference pass per trial step.
struct MirrorDescent {
  let measurements: [Measurement]
  let sizes: [Int]
  let total: Double
  private(set) var parameters: [ParameterTable]
  private(set) var misfit: Double
  private(set) var passes = 1
  private var model: GraphicalModel
  private var stepSize: Double

  init(measurements: [Measurement], sizes: [Int], total: Double) throws {
    self.measurements = measurements
    self.sizes = sizes
    self.total = total
    parameters = measurements.map {
      ParameterTable(clique: $0.clique, values: [Double](repeating: 0, count: $0.values.count))
    }
    model = try GraphicalModel(sizes: sizes, total: total, parameters: parameters)
    misfit = try measurements.misfit(of: model)
    stepSize = 1 / total
  }

  /// Runs until `maximumPasses`, or until the misfit is at most `target`.
  mutating func run(maximumPasses: Int, target: Double = 0) throws {
    while passes < maximumPasses && misfit > target {
      let expected = try measurements.map { try model.marginal(of: $0.clique) }
      let gradients = zip(measurements, expected).map { item, counts in
        counts.indices.map { (counts[$0] - item.values[$0]) / item.variance[$0] }
      }
      stepSize *= 2
      while passes < maximumPasses {
        let trial = zip(parameters, gradients).map { table, gradient in
          ParameterTable(
            clique: table.clique,
            values: zip(table.values, gradient).map { $0 - stepSize * total * $1 })
        }
        let next = try GraphicalModel(sizes: sizes, total: total, parameters: trial)
        passes += 1
        let nextMisfit = try measurements.misfit(of: next)
        var linear = 0.0
        for (index, item) in measurements.enumerated() {
          let counts = try next.marginal(of: item.clique)
          for cell in counts.indices {
            linear += gradients[index][cell] * (expected[index][cell] - counts[cell])
          }
        }
        if misfit - nextMisfit >= 0.5 * linear {
          (model, parameters, misfit) = (next, trial, nextMisfit)
          break
        }
        stepSize /= 2
      }
    }
  }
}
