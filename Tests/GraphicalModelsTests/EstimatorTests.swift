import GraphicalModels
import Testing

@Suite struct EstimatorTests {
  /// L is convex in p, so L(p) - min L is at most the Frank-Wolfe gap: the gradient's mean under p
  /// minus its minimum over cells.
  @Test func smallModelsReachTheOptimum() throws {
    var lottery = Lottery(31)
    var options = Estimator.Options()
    options.relativeTolerance = 1e-6
    options.maximumPasses = 1000
    var tight = 0
    for _ in 0..<300 {
      let (sizes, parameters) = lottery.smallModel(spread: 1)
      let total = 1000.0
      let truth = BruteForce(sizes: sizes, parameters: parameters)
      let measurements = parameters.map { table in
        let variance = 1 + 50 * lottery.unit()
        let values = truth.marginal(table.clique).map {
          $0 * total + variance.squareRoot() * lottery.gaussian()
        }
        return Measurement(clique: table.clique, values: values, variance: variance)
      }
      let estimate = try Estimator.estimate(
        measurements: measurements, sizes: sizes, total: total, options: options)
      let oracle = BruteForce(sizes: sizes, parameters: estimate.model.parameters)
      var slopes = [Double](repeating: 0, count: oracle.probabilities.count)
      for measurement in measurements {
        let expected = oracle.marginal(measurement.clique)
        for cell in slopes.indices {
          let own = BruteForce.cell(
            BruteForce.codes(cell, sizes: sizes), clique: measurement.clique, sizes: sizes)
          slopes[cell] +=
            total * (total * expected[own] - measurement.values[own]) / measurement.variance[own]
        }
      }
      let mean = zip(slopes, oracle.probabilities).reduce(0) { $0 + $1.0 * $1.1 }
      let gap = mean - slopes.min()!
      if gap <= 0.05 * (1 + estimate.progress.misfit) { tight += 1 }
    }
    #expect(tight >= 270, "\(tight) of 300 certified")
  }

  @Test(arguments: [5.0, 100])
  func noWorseThanAThousandStepsOfMirrorDescent(sigma: Double) throws {
    let population = Population(attributes: 7, rows: 40_000, cells: 4...8, seed: 4)
    let measurements = population.measurements(
      pairs: 10, triples: 3, sigma: sigma, cellLimit: 5000, seed: 5)
    let total = measurements.estimatedTotal()
    #expect(abs(total - 40_000) < 6 * sigma * Double(population.sizes.max()!).squareRoot())
    var options = Estimator.Options()
    options.relativeTolerance = 1e-3
    let estimate = try Estimator.estimate(
      measurements: measurements, sizes: population.sizes, total: total, options: options)
    var slow = try MirrorDescent(measurements: measurements, sizes: population.sizes, total: total)
    try slow.run(maximumPasses: 1000)
    let fast = try measurements.misfit(of: estimate.model)
    print(
      "sigma \(sigma): misfit \(fast) in \(estimate.progress.passes) passes; mirror descent \(slow.misfit) in \(slow.passes)"
    )
    #expect(estimate.hasConverged)
    #expect(abs(fast - estimate.progress.misfit) < 1e-6 * fast)
    #expect(fast <= 1.01 * slow.misfit)
    #expect(estimate.progress.passes <= 250)
    options.relativeTolerance = 1e-5
    var reached: Int?
    _ = try Estimator.fit(
      measurements: measurements, sizes: population.sizes, total: total, options: options
    ) { progress in
      if reached == nil && progress.misfit <= 1.005 * slow.misfit { reached = progress.passes }
      return true
    }
    print("sigma \(sigma): within 0.5 % of mirror descent's misfit after \(reached ?? -1) passes")
    #expect((reached ?? .max) <= 150)
  }

  @Test func repeatedMeasurementsAreCombined() throws {
    let clique = Clique([0])
    let measurements = [
      Measurement(clique: clique, values: [10, 20], variance: 1),
      Measurement(clique: clique, values: [16, 32], variance: .perCell([2, 1])),
    ]
    let merged = measurements.mergedByClique()
    #expect(merged.count == 1)
    #expect(
      isClose(merged[0].values[0], 12, relative: 1e-12, absolute: 0)
        && isClose(merged[0].values[1], 26, relative: 1e-12, absolute: 0))
    #expect(
      isClose(merged[0].variance[0], 2.0 / 3, relative: 1e-12, absolute: 0)
        && merged[0].variance[1] == 0.5)
    // Sums 30 and 48 with variances 2 and 3.
    #expect(
      isClose(measurements.estimatedTotal(), (30 * 3 + 48 * 2) / 5, relative: 1e-12, absolute: 0))
    let model = try Estimator.fit(measurements: measurements, sizes: [2], total: 38)
    #expect(isClose(try model.marginal(of: clique)[0], 12, relative: 1e-2, absolute: 0))
  }

  @Test func degenerateInputsAreOrdinary() throws {
    let empty = try Estimator.fit(measurements: [], sizes: [3, 1, 2])
    #expect(empty.total == 1)
    #expect(
      try empty.marginal(of: Clique([0, 2])).allSatisfy {
        isClose($0, 1.0 / 6, relative: 1e-12, absolute: 0)
      })
    let nothing = try Estimator.fit(measurements: [], sizes: [])
    #expect(try nothing.marginal(of: Clique([])) == [1])
    let negative = Measurement(clique: Clique([0, 1]), values: [-50, -3, -9, -100], variance: 4)
    let model = try Estimator.fit(measurements: [negative], sizes: [2, 2])
    #expect(model.total == 1)
    #expect(try model.marginal(of: Clique([0, 1])).allSatisfy { $0.isFinite && $0 >= 0 })
    let single = Measurement(clique: Clique([0]), values: [12], variance: 4)
    #expect(try Estimator.fit(measurements: [single], sizes: [1]).marginal(of: Clique([0])) == [12])
    let onlyTotal = Measurement(clique: Clique([]), values: [77], variance: 1)
    #expect(
      try Estimator.fit(measurements: [onlyTotal], sizes: [4]).marginal(of: Clique([0])) == [
        77 / 4.0, 77 / 4.0, 77 / 4.0, 77 / 4.0,
      ])
  }

  @Test func structuralZerosStayEmpty() throws {
    let population = Population(attributes: 4, rows: 2000, cells: 3...5, seed: 8)
    let measurements = population.measurements(
      pairs: 4, triples: 0, sigma: 30, cellLimit: 5000, seed: 9)
    let clique = Clique([0, 1])
    let counts = SamplerTests.counts(population.columns, clique: clique, sizes: population.sizes)
    let zeros = StructuralZeros(clique: clique, isPossible: counts.map { $0 > 0 })
    #expect(zeros.isPossible.contains(false))
    let estimate = try Estimator.estimate(
      measurements: measurements, sizes: population.sizes, structuralZeros: [zeros])
    #expect(estimate.hasConverged)
    for (count, isPossible) in zip(try estimate.model.marginal(of: clique), zeros.isPossible) {
      #expect(isPossible || count == 0)
    }
    #expect(throws: GraphicalModelError.impossible) {
      try Estimator.fit(
        measurements: measurements, sizes: population.sizes,
        structuralZeros: [StructuralZeros(clique: clique, isPossible: counts.map { _ in false })])
    }
  }

  @Test func stopsOnRequestAndStartsWarm() throws {
    let population = Population(attributes: 6, rows: 20_000, cells: 4...8, seed: 8)
    let measurements = population.measurements(
      pairs: 7, triples: 2, sigma: 20, cellLimit: 5000, seed: 9)
    #expect(throws: GraphicalModelError.cancelled) {
      try Estimator.fit(measurements: measurements, sizes: population.sizes) { $0.passes < 3 }
    }
    // As in the rounds of synthesis, which start warm; if the fit continued to the last digit, a
    // warm start would have no advantage.
    var options = Estimator.Options()
    options.relativeTolerance = 1e-3
    let cold = try Estimator.estimate(
      measurements: measurements, sizes: population.sizes, options: options)
    let warm = try Estimator.estimate(
      measurements: measurements, sizes: population.sizes, warmStart: cold.model, options: options)
    #expect(warm.progress.passes <= 30)
    let before = try Estimator.estimate(
      measurements: measurements.dropLast(), sizes: population.sizes, options: options)
    let grown = try Estimator.estimate(
      measurements: measurements, sizes: population.sizes, warmStart: before.model, options: options
    )
    #expect(grown.progress.passes <= max(30, cold.progress.passes))
  }
}
