import GraphicalModels
import MarginalSynthesis
import Testing

/// The weights of candidates against the formula of McKenna et al. 2022, section 4, computed the slow and obvious way.
@Suite struct WorkloadTests {
  /// Σ over the workload of the weight times the number of variables in common.
  private func weight(_ clique: Clique, _ workload: Workload) -> Double {
    workload.queries.reduce(0) { sum, query in
      sum + query.weight * Double(Set(query.clique.attributes).intersection(clique.attributes).count)
    }
  }

  @Test(arguments: [(2, 3, [Int]()), (3, 3, []), (5, 3, [1]), (6, 2, [0, 5]), (7, 3, [2, 3]), (6, 4, [1])])
  func weightsAreThoseOfTheFormula(_ count: Int, _ order: Int, _ targets: [Int]) throws {
    let workload = Workload.all(order: order, count: count, targets: Set(targets))
    let candidates = workload.candidates()
    // Every set of two or more variables inside a marginal of the workload, each once.
    let expected = (0..<(1 << count)).map { bits in (0..<count).filter { bits >> $0 & 1 == 1 } }
      .filter { (2...min(order, count)).contains($0.count) }
    #expect(Set(candidates.map(\.clique.attributes)) == Set(expected) && candidates.count == expected.count)
    let largest = try #require(candidates.map { weight($0.clique, workload) }.max())
    for candidate in candidates {
      #expect(abs(candidate.weight - weight(candidate.clique, workload) / largest) < 1e-12)
      #expect(candidate.weight > 0 && candidate.weight <= 1)
    }
  }

  @Test func marginalsWithATargetWeighMore() {
    let workload = Workload.all(order: 3, count: 4, targets: [2])
    #expect(workload.queries.count == 4)
    for query in workload.queries { #expect(query.weight == (query.clique.attributes.contains(2) ? Workload.targetWeight : 1)) }
  }
}
