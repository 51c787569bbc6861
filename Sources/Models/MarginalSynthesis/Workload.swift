import GraphicalModels

/// The marginals that a release should keep, and those worth measuring for them: all of `order`
/// variables, weighted towards those with a target.
package struct Workload: Sendable {
  /// The relative weight of a marginal that holds a target.
  package static let targetWeight = 2.0
  /// The number of candidates above which only those suggested by earlier measurements are offered.
  package static let mostCandidates = 5_000

  let order: Int
  let count: Int
  /// For each variable, the sum of the weights of the workload's marginals that hold it.
  private let variableWeights: [Double]
  /// The largest sum over the variables of a marginal.
  private let largestWeight: Double

  /// Creates all marginals of `order` of the `count` variables, or of fewer if there are fewer.
  package init(order: Int = 3, count: Int, targets: Set<Int> = []) {
    self.order = min(order, count)
    self.count = count
    // Among the marginals that hold a variable, those without a target take their other variables
    // from the non-targets.
    let all = Workload.choices(of: self.order - 1, from: count - 1)
    let withoutTarget = Workload.choices(of: self.order - 1, from: count - 1 - targets.count)
    variableWeights = (0..<count).map { variable in
      targets.contains(variable)
        ? Workload.targetWeight * all
        : Workload.targetWeight * all - (Workload.targetWeight - 1) * withoutTarget
    }
    largestWeight = variableWeights.sorted(by: >).prefix(self.order).reduce(0, +)
  }

  /// Whether there are too many marginals of up to `order` of `count` variables to ask about all of
  /// them.
  package static func isWide(order: Int, count: Int) -> Bool {
    guard order >= 2 else { return false }
    return (2...order).reduce(0) { $0 + choices(of: $1, from: count) } > Double(mostCandidates)
  }

  /// Returns the value of measuring a marginal: the sum over the workload of the weight times the
  /// number of variables in common (McKenna et al. 2022, section 4), divided by the largest.
  package func weight(of clique: Clique) -> Double {
    // Σ_s w_s·|r ∩ s| = Σ_{i ∈ r} Σ_{s ∋ i} w_s: one sum per variable is enough.
    largestWeight > 0 ? clique.attributes.reduce(0) { $0 + variableWeights[$1] } / largestWeight : 1
  }

  /// Returns the marginals of two to `order` variables that can be measured next, in a fixed order.
  ///
  /// All of them, if there are at most ``mostCandidates``. In a wider table those of more than two
  /// variables are left out unless measured marginals link their variables to each other: a
  /// relation of three variables of which two pairs show nothing is rare, and asking about all
  /// triples of 100 variables would cost more than everything else. The choice so far is public,
  /// and so is the rule.
  package func candidates(measured: [Clique]) -> [Clique] {
    guard order >= 2 else { return [] }
    let pairs = Workload.combinations(count, 2).map { Clique($0) }
    if !Workload.isWide(order: order, count: count) {
      return pairs
        + (3..<max(order + 1, 3)).flatMap { Workload.combinations(count, $0).map { Clique($0) } }
    }
    var linked = [Set<Int>](repeating: [], count: count)
    for clique in measured {
      for variable in clique.attributes { linked[variable].formUnion(clique.attributes) }
    }
    for variable in linked.indices { linked[variable].remove(variable) }
    var candidates = pairs
    var growing = Set(pairs.filter { linked[$0.attributes[0]].contains($0.attributes[1]) })
    for _ in 2..<order {
      growing = Set(
        growing.flatMap { clique in
          Set(clique.attributes.flatMap { linked[$0] }).subtracting(clique.attributes).map {
            Clique(clique.attributes + [$0])
          }
        })
      candidates += growing.sorted { $0.attributes.lexicographicallyPrecedes($1.attributes) }
    }
    return candidates
  }

  /// Returns all ascending choices of `size` out of 0 ..< `count`.
  package static func combinations(_ count: Int, _ size: Int) -> [[Int]] {
    guard size > 0 else { return [[]] }
    guard size <= count else { return [] }
    var result: [[Int]] = []
    var choice = Array(0..<size)
    while true {
      result.append(choice)
      guard let position = choice.indices.last(where: { choice[$0] < count - size + $0 }) else {
        return result
      }
      choice[position] += 1
      for next in (position + 1)..<max(size, position + 1) { choice[next] = choice[next - 1] + 1 }
    }
  }

  /// Returns the number of choices of `size` out of `count`.
  private static func choices(of size: Int, from count: Int) -> Double {
    guard size >= 0, size <= count else { return 0 }
    return (0..<size).reduce(1) { $0 * Double(count - $1) / Double($1 + 1) }
  }
}
