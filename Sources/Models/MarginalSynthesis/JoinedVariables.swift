/// Which variables the pairs that were chosen so far have joined: what Kruskal's algorithm keeps, and MST with it.
package struct JoinedVariables {
  private var component: [Int]

  /// No two of `count` variables are joined.
  package init(count: Int) { component = Array(0..<count) }

  package func areJoined(_ pair: [Int]) -> Bool { component[pair[0]] == component[pair[1]] }

  package mutating func join(_ pair: [Int]) {
    let (kept, joined) = (component[pair[0]], component[pair[1]])
    for index in component.indices where component[index] == joined { component[index] = kept }
  }
}
