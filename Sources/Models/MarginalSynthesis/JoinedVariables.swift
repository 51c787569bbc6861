/// The groups of variables joined by the pairs chosen so far: the state of Kruskal's algorithm, and
/// of MST with it.
package struct JoinedVariables {
  private var component: [Int]

  /// Creates `count` variables of which no two are joined.
  package init(count: Int) { component = Array(0..<count) }

  package func areJoined(_ pair: [Int]) -> Bool { component[pair[0]] == component[pair[1]] }

  package mutating func join(_ pair: [Int]) {
    let (kept, joined) = (component[pair[0]], component[pair[1]])
    for index in component.indices where component[index] == joined { component[index] = kept }
  }
}
