/// Noisy counts of one marginal: a mechanism's answer and the variance of its noise.
package struct Measurement: Sendable {
  /// The variance of the noise in each cell, in counts squared; positive and finite.
  package enum Variance: Sendable {
    case uniform(Double)
    case perCell([Double])

    package subscript(cell: Int) -> Double {
      switch self {
      case .uniform(let value): value
      case .perCell(let values): values[cell]
      }
    }
  }

  package let clique: Clique
  /// Row-major over the clique's ascending attributes; may be negative.
  package let values: [Double]
  package let variance: Variance
  /// Whether every row is in one of the cells, so that their sum tells the number of rows.
  package let countsAllRows: Bool

  package init(clique: Clique, values: [Double], variance: Double) {
    self.init(clique: clique, values: values, variance: .uniform(variance))
  }

  package init(clique: Clique, values: [Double], variance: Variance, countsAllRows: Bool = true) {
    precondition(values.allSatisfy(\.isFinite), "noisy counts are finite")
    switch variance {
    case .uniform(let value):
      precondition(value > 0 && value.isFinite, "a variance is positive and finite")
    case .perCell(let list):
      precondition(
        list.count == values.count && list.allSatisfy { $0 > 0 && $0.isFinite },
        "one positive variance per cell")
    }
    self.clique = clique
    self.values = values
    self.variance = variance
    self.countsAllRows = countsAllRows
  }
}

extension [Measurement] {
  /// Returns the total number of rows by the inverse-variance weighted mean of the sums of the
  /// measurements that count all rows, at least 1 (McKenna et al. 2019, private-pgm); 1 if there
  /// are none. Assumes noise that is independent between measurements.
  ///
  /// - Parameter rowCount: A separate noisy count of the rows, with its variance.
  package func estimatedTotal(beside rowCount: (value: Double, variance: Double)? = nil) -> Double {
    var weights = rowCount.map { 1 / $0.variance } ?? 0
    var sum = rowCount.map { $0.value / $0.variance } ?? 0
    for measurement in self where measurement.countsAllRows && !measurement.values.isEmpty {
      let variance = measurement.values.indices.reduce(0) { $0 + measurement.variance[$1] }
      weights += 1 / variance
      sum += measurement.values.reduce(0, +) / variance
    }
    return weights > 0 ? Swift.max(1, sum / weights) : 1
  }

  /// Returns one measurement per clique, in order of first appearance: repeated ones are combined
  /// cell by cell with inverse-variance weights, without loss.
  package func mergedByClique() -> [Measurement] {
    var order: [Clique] = []
    var groups: [Clique: [Measurement]] = [:]
    for measurement in self {
      if groups[measurement.clique] == nil { order.append(measurement.clique) }
      groups[measurement.clique, default: []].append(measurement)
    }
    return order.map { clique in
      let group = groups[clique]!
      guard group.count > 1 else { return group[0] }
      if let combined = combinedUniform(group) { return combined }
      var values = [Double](repeating: 0, count: group[0].values.count)
      var variances = values
      for cell in values.indices {
        let weights = group.map { 1 / $0.variance[cell] }
        variances[cell] = 1 / weights.reduce(0, +)
        values[cell] =
          zip(group, weights).reduce(0) { $0 + $1.0.values[cell] * $1.1 } * variances[cell]
      }
      return Measurement(clique: clique, values: values, variance: .perCell(variances))
    }
  }

  private func combinedUniform(_ group: [Measurement]) -> Measurement? {
    var weights = 0.0
    var values = [Double](repeating: 0, count: group[0].values.count)
    for measurement in group {
      guard case .uniform(let variance) = measurement.variance else { return nil }
      weights += 1 / variance
      for cell in values.indices { values[cell] += measurement.values[cell] / variance }
    }
    return Measurement(
      clique: group[0].clique, values: values.map { $0 / weights }, variance: 1 / weights)
  }

  /// Returns ½ Σ (expected − measured)² / variance over all cells, the objective that estimation
  /// minimises.
  package func misfit(of model: GraphicalModel) throws -> Double {
    var total = 0.0
    for measurement in self {
      let expected = try model.marginal(of: measurement.clique)
      for cell in expected.indices {
        let residual = expected[cell] - measurement.values[cell]
        total += 0.5 * residual * residual / measurement.variance[cell]
      }
    }
    return total
  }
}
