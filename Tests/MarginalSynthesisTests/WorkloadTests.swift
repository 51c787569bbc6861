import GraphicalModels
import MarginalSynthesis
import Testing

/// Candidates and their weights compared with the formula of McKenna et al. 2022, section 4,
/// computed in the slow and obvious way.
@Suite struct WorkloadTests {
  /// All sets out of `count` variables whose size is in `sizes`.
  private func sets(_ count: Int, _ sizes: ClosedRange<Int>) -> [[Int]] {
    (0..<(1 << count)).map { bits in (0..<count).filter { bits >> $0 & 1 == 1 } }.filter {
      sizes.contains($0.count)
    }
  }

  @Test(arguments: [
    (2, 3, [Int]()), (3, 3, []), (5, 3, [1]), (6, 2, [0, 5]), (7, 3, [2, 3]), (6, 4, [1]),
  ])
  func weightsAreThoseOfTheFormula(_ count: Int, _ order: Int, _ targets: [Int]) throws {
    let workload = Workload(order: order, count: count, targets: Set(targets))
    let queries = sets(count, min(order, count)...min(order, count))
    /// Σ over the workload of the weight times the number of variables in common.
    func weight(_ clique: Clique) -> Double {
      queries.reduce(0) { sum, query in
        let own = Set(query).isDisjoint(with: targets) ? 1 : Workload.targetWeight
        return sum + own * Double(Set(query).intersection(clique.attributes).count)
      }
    }
    let candidates = workload.candidates(measured: [])
    // Every set of two or more variables inside a marginal of the workload, each once.
    let expected = sets(count, 2...min(order, count))
    #expect(
      Set(candidates.map(\.attributes)) == Set(expected) && candidates.count == expected.count)
    let largest = try #require(candidates.map(weight).max())
    for candidate in candidates {
      #expect(abs(workload.weight(of: candidate) - weight(candidate) / largest) < 1e-12)
      #expect(workload.weight(of: candidate) > 0 && workload.weight(of: candidate) <= 1 + 1e-12)
    }
  }

  @Test func aWideTableAsksAboutTriplesThatMeasuredPairsLink() {
    let workload = Workload(order: 3, count: 60)
    let pairs = 60 * 59 / 2
    #expect(workload.candidates(measured: []).count == pairs)
    let chain = [Clique([3, 9]), Clique([9, 20]), Clique([40, 41]), Clique([7])]
    #expect(
      workload.candidates(measured: chain).dropFirst(pairs).map(\.attributes) == [[3, 9, 20]])
    // A measured triple links all three: each of its pairs extends to 41.
    let triple = [Clique([1, 2, 40]), Clique([40, 41])]
    #expect(
      workload.candidates(measured: triple).dropFirst(pairs).map(\.attributes) == [
        [1, 2, 40], [1, 40, 41], [2, 40, 41],
      ])
    let deeper = Workload(order: 4, count: 60).candidates(measured: chain + [Clique([20, 21])])
    #expect(
      deeper.filter { $0.count > 2 }.map(\.attributes) == [
        [3, 9, 20], [9, 20, 21], [3, 9, 20, 21],
      ])
  }
}
