/// Sets of attributes to be counted, and the blocks that count several of them in one pass over the
/// rows.
///
/// A block's attributes are counted together once, and its sets from its cells, which are far fewer
/// than the rows. Blocks grow greedily, by the attribute that brings in the most sets.
package struct BlockCover {
  private var wanted: Set<[Int]>
  private let sizes: [Int]
  /// The variable behind each attribute: two of one variable tell nothing together.
  private let variables: [Int]
  /// The attributes that occur in ``wanted``.
  private let attributes: [Int]

  /// The most cells of a block: the time of a pass hardly depends on it from 50,000 to 200,000
  /// (docs/decisions/0041-counts-pushed-down.md).
  package static let mostCells = 200_000.0
  /// The most blocks of a pass, and the most cells of all its blocks: an engine holds about a
  /// hundred bytes for each cell that is not empty.
  private static let (mostBlocks, mostCellsOfPass) = (32, 2_000_000.0)
  /// The most attributes that are each counted alone in one pass.
  package static let mostAlone = 24
  /// The most attributes of a block; engines name no more than 31 in a set of groupings.
  private static let mostTogether = 8

  /// - Parameters:
  ///   - wanted: Sets of ascending attributes.
  ///   - sizes: The number of codes of each attribute.
  ///   - variables: The variable behind each attribute.
  package init(wanted: Set<[Int]>, sizes: [Int], variables: [Int]) {
    (self.wanted, self.sizes, self.variables) = (wanted, sizes, variables)
    attributes = Set(wanted.joined()).sorted()
  }

  /// Returns the blocks of one pass over the rows, and takes their sets out. The first one holds
  /// `first`; the others are of further sets, in order, if they are to be fetched `ahead`.
  package mutating func pass(with first: [Int], ahead: Bool = true) -> [[[Int]]] {
    var blocks = [take(with: first)]
    guard ahead, first.count > 1 else { return blocks }
    var cells = cells(of: blocks[0])
    while blocks.count < Self.mostBlocks, let next = self.next {
      let rest = wanted
      let block = take(with: next)
      cells += self.cells(of: block)
      guard cells <= Self.mostCellsOfPass else {
        wanted = rest
        return blocks
      }
      blocks.append(block)
    }
    return blocks
  }

  /// Returns all sets of several attributes that are left, pass by pass.
  package mutating func passes() -> [[[[Int]]]] {
    var passes: [[[[Int]]]] = []
    while let next = self.next { passes.append(pass(with: next)) }
    return passes
  }

  /// Returns all sets of several attributes that are left, dealt into exactly `count` passes of
  /// about as many cells each; into fewer only if there are fewer sets.
  package mutating func passes(count: Int) -> [[[[Int]]]] {
    var blocks: [[[Int]]] = []
    while let next = self.next { blocks.append(take(with: next)) }
    while blocks.count < count,
      let place = blocks.indices.max(by: { blocks[$0].count < blocks[$1].count }),
      blocks[place].count > 1
    {
      let sets = blocks[place]
      blocks[place] = Array(sets.prefix(sets.count / 2))
      blocks.append(Array(sets.dropFirst(sets.count / 2)))
    }
    let weights = blocks.map(cells)
    var passes = [[[[Int]]]](repeating: [], count: min(count, blocks.count))
    var loads = passes.map { _ in 0.0 }
    // The largest first, each to the pass that has the least.
    for block in blocks.indices.sorted(by: { (weights[$1], $0) < (weights[$0], $1) }) {
      let pass = loads.indices.min { (loads[$0], $0) < (loads[$1], $1) } ?? 0
      passes[pass].append(blocks[block])
      loads[pass] += weights[block]
    }
    return passes
  }

  /// The first set of several attributes that is left.
  private var next: [Int]? {
    wanted.lazy.filter { $0.count > 1 }.min { $0.lexicographicallyPrecedes($1) }
  }

  /// Returns the number of cells that a block's attributes have together.
  private func cells(of block: [[Int]]) -> Double {
    Set(block.joined()).reduce(1.0) { $0 * Double(sizes[$1]) }
  }

  /// Returns the sets of a block that holds `first`, and takes them out.
  package mutating func take(with first: [Int]) -> [[Int]] {
    wanted.insert(first)
    let sets = first.count == 1 ? alone(first) : together(first)
    wanted.subtract(sets)
    return sets
  }

  private func alone(_ first: [Int]) -> [[Int]] {
    let others = wanted.filter { $0.count == 1 && $0 != first }.sorted { $0[0] < $1[0] }
    return ([first] + others.prefix(Self.mostAlone - 1)).sorted { $0[0] < $1[0] }
  }

  private func together(_ first: [Int]) -> [[Int]] {
    var block = Set(first)
    var cells = first.reduce(1.0) { $0 * Double(sizes[$1]) }
    while block.count < Self.mostTogether {
      let taken = Set(block.map { variables[$0] })
      let candidates = attributes.filter {
        !taken.contains(variables[$0]) && cells * Double(sizes[$0]) <= Self.mostCells
      }
      let gains = candidates.map {
        (attribute: $0, gain: sets(in: block.union([$0]), with: $0).count)
      }
      guard
        let best = gains.max(by: {
          ($0.gain, sizes[$1.attribute], $1.attribute) < (
            $1.gain, sizes[$0.attribute], $0.attribute
          )
        }), best.gain > 0
      else { break }
      block.insert(best.attribute)
      cells *= Double(sizes[best.attribute])
    }
    return sets(in: block, with: nil).sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Returns the wanted sets of several attributes within a block, those with an attribute if one
  /// is given.
  private func sets(in block: Set<Int>, with needed: Int?) -> [[Int]] {
    let members = block.sorted()
    var found: [[Int]] = []
    for bits in 1..<(1 << members.count) where bits.nonzeroBitCount > 1 {
      let set = members.indices.filter { bits >> $0 & 1 == 1 }.map { members[$0] }
      if needed.map(set.contains) ?? true, wanted.contains(set) { found.append(set) }
    }
    return found
  }
}
