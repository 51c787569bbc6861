/// Lattices in an order: a tick counts with the first that holds it, so that classes of ticks are
/// disjoint.
package struct Lattices: Sendable, Equatable {
  /// The lattices, those inside others first.
  package let list: [Lattice]
  /// For each lattice, the last one before it that may hold a tick that this one does not.
  private let nextOutside: [Int]

  package init(_ list: [Lattice]) {
    self.list = list
    nextOutside = list.indices.map { index in
      list[..<index].lastIndex { !$0.isInside(list[index]) } ?? -1
    }
  }

  /// Returns the index of the first lattice that holds a tick; their number if none does.
  package func first(holding tick: Int64) -> Int {
    var found = list.count
    var index = list.count - 1
    while index >= 0 {
      if list[index].contains(tick) {
        found = index
        index -= 1
      } else {
        index = nextOutside[index]
      }
    }
    return found
  }

  /// The share of all ticks that count with each lattice.
  package var chances: [Double] {
    var chances: [Double] = []
    for (index, lattice) in list.enumerated() {
      let inside = list[..<index].indices.reduce(0) {
        list[$1].isInside(lattice) ? $0 + chances[$1] : $0
      }
      chances.append(max(lattice.density - inside, 0))
    }
    return chances
  }
}
