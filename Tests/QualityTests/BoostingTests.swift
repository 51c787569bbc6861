import Quality
import Testing

@Suite struct BoostingTests {
  /// A fixed, uneven sequence.
  private func noise(_ row: Int) -> Double { Double((row &* 2_654_435_761) % 1000) / 1000 }

  @Test func `ranks ties and opposites as counting pairs does`() {
    let scores = (0..<60).map { Double(($0 * 7) % 11) }
    let isPositive = (0..<60).map { ($0 * 5) % 7 < 3 }
    var wins = 0.0
    var pairs = 0.0
    for first in scores.indices where isPositive[first] {
      for second in scores.indices where !isPositive[second] {
        pairs += 1
        wins += scores[first] > scores[second] ? 1 : scores[first] == scores[second] ? 0.5 : 0
      }
    }
    #expect(abs(Scores.areaUnderCurve(scores, isPositive: isPositive) - wins / pairs) < 1e-12)
    #expect(Scores.areaUnderCurve([1, 2], isPositive: [true, true]) == 0.5)
  }

  @Test func `learns a step, a set of categories and what missing means`() {
    let rows = 2000
    let number = (0..<rows).map { $0 % 7 == 0 ? Double.nan : noise($0) }
    let label = (0..<rows).map { Int32(($0 / 3) % 12) }
    let targets = (0..<rows).map { row in
      (number[row].isNaN ? 5 : number[row] > 0.4 ? 2 : -1)
        + ([1, 4, 7, 11].contains(label[row]) ? 10.0 : 0)
    }
    let columns: [ColumnValues] = [.numbers(number), .labels(label)]
    let model = BoostedTrees(
      columns: columns, labelCounts: [0, 12], targets: targets, objective: .squaredError)
    let predictions = model.predict(columns, rowCount: rows)
    #expect(Scores.explainedVariance(predictions, targets) > 0.999)
    let unknown = model.predict([.numbers([.nan]), .labels([-1])], rowCount: 1)
    #expect(unknown[0].isFinite)
  }

  @Test func `finds nothing where there is nothing, and does not split below 20 rows`() {
    let constant = BoostedTrees(
      columns: [.numbers([Double](repeating: 3, count: 100))], labelCounts: [0],
      targets: (0..<100).map { Double($0 % 2) },
      objective: .logLoss)
    #expect(constant.predict([.numbers([3])], rowCount: 1).allSatisfy { abs($0) < 1e-12 })
    let few = BoostedTrees(
      columns: [.numbers((0..<39).map(Double.init))], labelCounts: [0],
      targets: (0..<39).map { $0 < 20 ? 0 : 1 }, objective: .logLoss)
    let scores = few.predict([.numbers([0, 38])], rowCount: 2)
    #expect(scores[0] == scores[1])
  }
}
