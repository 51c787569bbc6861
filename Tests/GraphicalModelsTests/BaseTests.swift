import Foundation
import GraphicalModels
import Testing

/// A base is the distribution from which a fit starts, and which it leaves as far as measurements
/// demand.
@Suite struct BaseTests {
  private let sizes = [3, 4, 2]
  private let base: [ParameterTable]

  init() {
    var lottery = Lottery(41)
    base = [[0, 1], [1, 2]].map { attributes in
      let cells = attributes.reduce(1) { $0 * [3, 4, 2][$1] }
      return ParameterTable(
        clique: Clique(attributes), values: (0..<cells).map { _ in 1.5 * lottery.gaussian() })
    }
  }

  private func measurement(_ attribute: Int, _ values: [Double]) -> GraphicalModels.Measurement {
    GraphicalModels.Measurement(clique: Clique([attribute]), values: values, variance: 0.01)
  }

  /// Iterative proportional fitting (Deming and Stephan 1940), the slow way to the distribution
  /// with given margins that differs least from another.
  @Test func theFitIsTheNearestDistributionToTheBase() throws {
    let margins: [(Int, [Double])] = [(0, [500, 300, 200]), (1, [100, 400, 300, 200])]
    var whole = BruteForce(sizes: sizes, parameters: base).probabilities.map { $0 * 1_000 }
    for _ in 0..<500 {
      for (attribute, wanted) in margins {
        var sums = [Double](repeating: 0, count: sizes[attribute])
        for cell in whole.indices {
          sums[BruteForce.codes(cell, sizes: sizes)[attribute]] += whole[cell]
        }
        for cell in whole.indices {
          let code = BruteForce.codes(cell, sizes: sizes)[attribute]
          whole[cell] *= wanted[code] / sums[code]
        }
      }
    }
    let model = try Estimator.fit(
      measurements: margins.map { measurement($0.0, $0.1) }, sizes: sizes, total: 1_000, base: base)
    let fitted = try model.marginal(of: Clique([0, 1, 2]))
    for (found, expected) in zip(fitted, whole) { #expect(abs(found - expected) < 0.5) }
    let plain = try Estimator.fit(
      measurements: margins.map { measurement($0.0, $0.1) }, sizes: sizes, total: 1_000)
    #expect(zip(try plain.marginal(of: Clique([0, 1, 2])), whole).contains { abs($0 - $1) > 20 })
  }

  @Test func measurementsOverruleTheBase() throws {
    let clique = Clique([0, 1])
    let values = (0..<12).map { Double(20 + 10 * (($0 * 5) % 12)) }
    let model = try Estimator.fit(
      measurements: [
        GraphicalModels.Measurement(clique: clique, values: values, variance: 0.01)
      ], sizes: sizes,
      base: base)
    for (found, measured) in zip(try model.marginal(of: clique), values) {
      #expect(abs(found - measured) < 0.5)
    }
  }

  @Test func aBaseIsStoredWithItsModelAndStaysInAllThatIsMadeOfIt() throws {
    let model = try Estimator.fit(
      measurements: [measurement(0, [500, 300, 200])], sizes: sizes, total: 1_000, base: base)
    let stored = try JSONEncoder().encode(model)
    let back = try JSONDecoder().decode(GraphicalModel.self, from: stored)
    let all = Clique([0, 1, 2])
    #expect(back.base == model.base)
    for (first, second) in zip(try back.marginal(of: all), try model.marginal(of: all)) {
      #expect(isClose(first, second, relative: 1e-12, absolute: 1e-12))
    }
    let given = try model.conditioned(on: [1: [2]])
    let slice: [Double] = try model.marginal(of: all).enumerated().compactMap { cell, rows in
      BruteForce.codes(cell, sizes: sizes)[1] == 2 ? rows : nil
    }
    let scale = 1_000 / slice.reduce(0, +)
    for (found, expected) in zip(try given.marginal(of: Clique([0, 2])), slice) {
      #expect(isClose(found, expected * scale, relative: 1e-9, absolute: 1e-9))
    }
    // Programs that know no base must refuse the file; without one, its format stays.
    #expect(String(decoding: stored, as: UTF8.self).contains("\"version\":2"))
    let plain = try GraphicalModel.uniform(sizes: sizes, total: 10)
    #expect(
      String(decoding: try JSONEncoder().encode(plain), as: UTF8.self).contains("\"version\":1"))
  }
}
