import Accounting
import LinkedSynthesis
import Testing

/// The factors of a column of several contexts, fitted to drawn rows.
@Suite struct ChainFitTests {
  /// Two contexts of two codes each: one says that the first value is frequent, the other that it
  /// is rare, and both that their code matters.
  private static let contradicting: ChainLink = {
    func parent(_ variable: Int, _ first: [Double]) -> ChainParent {
      ChainParent(
        context: .previous(variable), size: 2, shares: first.flatMap { [$0, 1 - $0] },
        factors: [1, 1, 1, 1])
    }
    return ChainLink(
      variable: 0, drawn: Grouping(groups: [0, 1]), weights: [1, 1], base: [0.5, 0.5],
      parents: [parent(0, [0.8, 0.5]), parent(1, [0.45, 0.25])])
  }()

  private static let even: Combinations = {
    var combinations = Combinations()
    for codes in [[0, 0], [0, 1], [1, 0], [1, 1]] {
      (combinations.rows[codes], combinations.shortened[codes]) = (100, 100)
    }
    return combinations
  }()

  /// Noise makes contexts contradict each other about all rows. A fit that follows one after the
  /// other then raises one's factors against the other's until they are as large as they may be.
  @Test func contradictionsEnd() {
    var link = Self.contradicting
    for _ in 0..<3 { link = ChainFit.fitted(link, to: Self.even) }
    let factors = link.parents.flatMap(\.factors)
    #expect(factors.allSatisfy { $0 > 0.2 && $0 < 5 }, "\(factors)")
    let drawn = Self.even.rows.keys.map { ($0, link.distribution($0)[0]) }
    let all = drawn.reduce(0) { $0 + $1.1 } / 4
    #expect(abs(all - 0.5) < 0.01, "\(all)")
    for place in 0..<2 {
      let means = (0..<2).map { code in
        drawn.filter { $0.0[place] == code }.reduce(0) { $0 + $1.1 } / 2
      }
      #expect(means[0] - means[1] > 0.15, "\(means) by context \(place)")
    }
  }

  /// A single context is fitted to the count of the column alone, too.
  @Test func aContextAgreesWithTheColumn() {
    var link = Self.contradicting
    link.parents.removeLast()
    var combinations = Combinations()
    for code in 0..<2 { (combinations.rows[[code]], combinations.shortened[[code]]) = (100, 100) }
    link = ChainFit.fitted(link, to: combinations)
    #expect(abs(link.distribution([0])[0] + link.distribution([1])[0] - 1) < 0.01)
  }

  /// Each doubling of the people is one more context, up to four.
  @Test func contextsGrowWithPeople() throws {
    let rho = Rho(checked: 0.0175)
    let fewest = Double(LinkedBudget.fewPeople(rho: rho))
    #expect(
      [1, 1.3, 2, 4, 8, 1_000].map { LinkedBudget.mostContexts(people: $0 * fewest, rho: rho) }
        == [1, 1, 2, 3, 4, 4])
  }
}
