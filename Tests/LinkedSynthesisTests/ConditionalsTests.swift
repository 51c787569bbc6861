import Basics
import LinkedSynthesis
import Testing

@Suite struct ConditionalsTests {
  /// The projection is the nearest distribution: no small move along the simplex comes nearer.
  @Test func aDistributionIsTheNearestToTheCounts() {
    var generator = SamplingGenerator(seed: 1)
    for _ in 0..<200 {
      let counts = (0..<(2 + generator.below(6))).map { _ in 10 * generator.unit() - 2 }
      let total = counts.reduce(0, +)
      guard total > 0.5 else { continue }
      let found = Conditionals.distribution(counts)
      #expect(abs(found.reduce(0, +) - 1) < 1e-9 && found.allSatisfy { $0 >= 0 })
      func distance(_ shares: [Double]) -> Double {
        zip(shares, counts).reduce(0) { $0 + ($1.0 * total - $1.1) * ($1.0 * total - $1.1) }
      }
      for first in found.indices {
        for second in found.indices where first != second && found[first] > 1e-4 {
          var moved = found
          moved[first] -= 1e-4
          moved[second] += 1e-4
          #expect(distance(moved) >= distance(found) - 1e-9)
        }
      }
    }
  }

  @Test func noiseAloneLeavesThePriorAndClearCountsReplaceIt() {
    let prior = [0.5, 0.5]
    let faint = Conditionals.refined(prior: prior, counts: [3, -2, 1, 2], variance: 100, own: 2)
    #expect(faint == [0.5, 0.5, 0.5, 0.5])
    let clear = Conditionals.refined(
      prior: prior, counts: [900, 100, 200, 800], variance: 1, own: 2)
    for (value, expected) in zip(clear, [0.9, 0.1, 0.2, 0.8]) {
      #expect(abs(value - expected) < 0.01)
    }
  }

  @Test func groupsCoverEveryCodeInOrder() {
    let grouping = Grouping.neighbours(
      [5, 1, 1, 1, 1, 1, 40, 2, 3], ordered: 8, most: 4, leavesRest: true)
    #expect(grouping.groups.count == 9 && grouping.groups[8] == -1 && grouping.count <= 4)
    #expect(
      zip(grouping.groups, grouping.groups.dropFirst(1).dropLast(1)).allSatisfy { $1 - $0 <= 1 })
    #expect(Grouping.heaviest([1, 9, 5, 7], most: 3).groups == [2, 0, 2, 1])
  }

  @Test func plantedClustersAreFoundAndIndependentCodesHaveNone() {
    func triangle(_ people: [Set<Int>]) -> [Double] {
      (0..<6).flatMap { first in
        (first..<6).map { second in
          Double(people.count { $0.contains(first) && $0.contains(second) })
        }
      }
    }
    var generator = SamplingGenerator(seed: 2)
    let mixed = (0..<2_000).map { _ in Set((0..<6).filter { _ in generator.unit() < 0.3 }) }
    #expect(CodeClusters.find(triangle(mixed), count: 6, variance: 9, people: 2_000).isEmpty)
    let planted = (0..<2_000).map { number in
      Set((0..<6).filter { generator.unit() < ($0 / 3 == number % 2 ? 0.5 : 0.1) })
    }
    let found = CodeClusters.find(triangle(planted), count: 6, variance: 9, people: 2_000)
    #expect(Set(found.map(Set.init)) == [[0, 1, 2], [3, 4, 5]])
  }
}
