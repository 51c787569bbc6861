import GraphicalModels

/// The marginals that a release should keep, with weights: by default all of three variables, those with a target weighing more.
package struct Workload: Sendable {
  /// Marginals and what each weighs.
  package let queries: [(clique: Clique, weight: Double)]

  /// Marginals and what each weighs; weights are positive and matter relative to each other.
  package init(queries: [(clique: Clique, weight: Double)]) {
    self.queries = queries
  }

  /// How much more a marginal weighs that holds a target.
  package static let targetWeight = 2.0

  /// All marginals of `order` of the `count` variables; of fewer where there are fewer.
  package static func all(order: Int = 3, count: Int, targets: Set<Int> = []) -> Workload {
    let order = min(order, count)
    return Workload(
      queries: combinations(count, order).map { attributes in
        (Clique(attributes), targets.isDisjoint(with: attributes) ? 1 : targetWeight)
      })
  }

  /// Every marginal of two or more variables that helps to answer the workload, with the weight of McKenna et al. 2022, section 4:
  /// the sum over the workload of the weight times the number of variables in common; divided by the largest.
  package func candidates() -> [(clique: Clique, weight: Double)] {
    var closure: Set<Clique> = []
    for query in queries {
      for size in 2...max(2, query.clique.count) where size <= query.clique.count {
        for indices in Workload.combinations(query.clique.count, size) {
          closure.insert(Clique(indices.map { query.clique.attributes[$0] }))
        }
      }
    }
    // Σ_s w_s·|r ∩ s| = Σ_{i ∈ r} Σ_{s ∋ i} w_s: one sum a variable is enough.
    var weightOfAttribute: [Int: Double] = [:]
    for query in queries { for attribute in query.clique.attributes { weightOfAttribute[attribute, default: 0] += query.weight } }
    let weighted = closure.map { clique in (clique, clique.attributes.reduce(0) { $0 + (weightOfAttribute[$1] ?? 0) }) }
    let largest = weighted.map(\.1).max() ?? 1
    return weighted.map { ($0, $1 / largest) }.sorted { $0.clique.attributes.lexicographicallyPrecedes($1.clique.attributes) }
  }

  /// All ascending choices of `size` out of 0 ..< `count`.
  static func combinations(_ count: Int, _ size: Int) -> [[Int]] {
    guard size > 0 else { return [[]] }
    guard size <= count else { return [] }
    var result: [[Int]] = []
    var choice = Array(0..<size)
    while true {
      result.append(choice)
      guard let position = choice.indices.last(where: { choice[$0] < count - size + $0 }) else { return result }
      choice[position] += 1
      for next in (position + 1)..<max(size, position + 1) { choice[next] = choice[next - 1] + 1 }
    }
  }
}
