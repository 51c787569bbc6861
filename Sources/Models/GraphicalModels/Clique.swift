/// A set of attributes, as ascending indices into the domain.
///
/// A table over a clique is stored in row-major order: the last attribute varies fastest.
package struct Clique: Hashable, Sendable {
  /// The attributes, ascending, without repetition.
  package let attributes: [Int]

  /// Creates the set of `attributes`, given in any order.
  package init(_ attributes: some Sequence<Int>) {
    let list = Array(attributes)
    let isAscending = zip(list, list.dropFirst()).allSatisfy(<)
    self.attributes = isAscending ? list : Array(Set(list)).sorted()
  }

  /// The number of attributes.
  package var count: Int { attributes.count }

  /// Returns whether every attribute of this clique is one of `other`.
  package func isSubset(of other: Clique) -> Bool {
    attributes.allSatisfy(other.attributes.contains)
  }

  /// Returns the number of cells of a table over this clique.
  package func cellCount(sizes: [Int]) -> Int { attributes.reduce(1) { $0 * sizes[$1] } }
}
