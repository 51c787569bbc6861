/// The graph whose edges join attributes that share a clique, and its blocks: the largest parts
/// that fall apart at no single attribute (Hopcroft and Tarjan 1973). An edge that alone links two
/// parts is a block of its own; an attribute without edges is in none.
///
/// No clique of a good triangulation reaches across blocks, so each is triangulated alone, and an
/// addition changes only the blocks between its attributes.
struct AttributeGraph: Sendable {
  let sizes: [Int]
  /// The neighbours of each attribute.
  private(set) var neighbours: [Set<Int>]
  /// The attributes of each block.
  private(set) var blocks: [[Int]] = []
  /// Each block's attribute nearest the root of its component.
  private var tops: [Int] = []
  /// For each attribute, the block that links it to the root; -1 for a root.
  private var upward: [Int]
  /// The number of blocks between an attribute and its root.
  private var depths: [Int]
  /// An attribute that stands for the component.
  private(set) var roots: [Int]

  init(cliques: [Clique], sizes: [Int]) {
    self.sizes = sizes
    neighbours = [Set<Int>](repeating: [], count: sizes.count)
    for clique in cliques {
      for attribute in clique.attributes where clique.count > 1 {
        neighbours[attribute].formUnion(clique.attributes)
      }
    }
    for attribute in neighbours.indices { neighbours[attribute].remove(attribute) }
    upward = [Int](repeating: -1, count: sizes.count)
    depths = [Int](repeating: 0, count: sizes.count)
    roots = Array(sizes.indices)
    findBlocks()
  }

  /// Searches depth first. `low` is the earliest attribute that an attribute and those found after
  /// it reach past their way in.
  private mutating func findBlocks() {
    let adjacent = neighbours.map { $0.sorted() }
    var entry = [Int](repeating: -1, count: sizes.count)
    var (low, next) = (entry, [Int](repeating: 0, count: sizes.count))
    var (clock, path, waiting): (Int, [Int], [Int]) = (0, [], [])
    for root in sizes.indices where entry[root] < 0 {
      path = [root]
      while let v = path.last {
        if entry[v] < 0 {
          (entry[v], low[v], roots[v]) = (clock, clock, root)
          clock += 1
          waiting.append(v)
        }
        if next[v] < adjacent[v].count {
          let u = adjacent[v][next[v]]
          next[v] += 1
          if entry[u] < 0 { path.append(u) } else { low[v] = min(low[v], entry[u]) }
          continue
        }
        path.removeLast()
        guard let above = path.last else { break }
        low[above] = min(low[above], low[v])
        if low[v] >= entry[above] { close(&waiting, from: v, at: above) }
      }
      waiting = []
    }
    measureDepths(inOrderOf: entry)
  }

  /// Makes a block of `top` and the attributes that wait since `first`.
  private mutating func close(_ waiting: inout [Int], from first: Int, at top: Int) {
    var members = [top]
    while let last = waiting.popLast() {
      members.append(last)
      upward[last] = blocks.count
      if last == first { break }
    }
    blocks.append(members.sorted())
    tops.append(top)
  }

  private mutating func measureDepths(inOrderOf entry: [Int]) {
    for v in sizes.indices.sorted(by: { entry[$0] < entry[$1] }) where upward[v] >= 0 {
      depths[v] = depths[tops[upward[v]]] + 1
    }
  }

  /// Returns the blocks on the way between the attributes, without those of other components.
  func blocks(between attributes: [Int]) -> Set<Int> {
    var found: Set<Int> = []
    for (index, first) in attributes.enumerated() {
      for second in attributes[(index + 1)...] where roots[first] == roots[second] {
        var (x, y) = (first, second)
        while x != y {
          if depths[x] < depths[y] { swap(&x, &y) }
          let block = upward[x]
          found.insert(block)
          if depths[x] == depths[y], upward[y] == block { break }
          x = tops[block]
        }
      }
    }
    return found
  }

  /// The maximal cliques of a triangulation, and their cells; `Int.max` on overflow.
  struct Triangulation: Sendable {
    let cliques: [Clique]
    let cells: Int
  }

  /// Triangulates the part of the graph between these ascending attributes, with `addition` joined
  /// too.
  func triangulation(of members: [Int], adding addition: Clique? = nil) -> Triangulation {
    let elimination = Elimination(sizes: members.map { sizes[$0] })
    var place = [Int](repeating: -1, count: sizes.count)
    for (index, attribute) in members.enumerated() { place[attribute] = index }
    var rows = elimination.emptyGraph()
    for (index, attribute) in members.enumerated() {
      for other in neighbours[attribute] where place[other] >= 0 {
        rows[index * elimination.words + place[other] >> 6] |= 1 << UInt64(place[other] & 63)
      }
    }
    if let addition {
      elimination.connect(Clique(addition.attributes.map { place[$0] }), in: &rows)
    }
    let (cliques, cells) = elimination.maximalCliques(rows: &rows)
    return Triangulation(
      cliques: cliques.map { Clique($0.attributes.map { members[$0] }) }, cells: cells)
  }

  /// Triangulates all blocks; attributes without edges are cliques of their own.
  func triangulations() -> (blocks: [Triangulation], alone: [Int]) {
    (blocks.map { triangulation(of: $0) }, sizes.indices.filter { neighbours[$0].isEmpty })
  }
}

extension Elimination {
  /// Returns the maximal cliques of the graph in `rows`, which is overwritten, and their cells.
  fileprivate func maximalCliques(rows: inout [UInt64]) -> ([Clique], cells: Int) {
    var isMaximal = [Bool](repeating: false, count: count)
    return rows.withUnsafeMutableBufferPointer { rows in
      isMaximal.withUnsafeMutableBufferPointer { isMaximal in
        guard let row = rows.baseAddress, let flags = isMaximal.baseAddress else { return ([], 0) }
        let cells = run(rows: row, isMaximal: flags)
        let cliques = (0..<count).filter { flags[$0] }.map { v in
          var members = [v]
          forEachBit(row + v * words) { members.append($0) }
          return Clique(members)
        }
        return (cliques, cells)
      }
    }
  }
}

func saturatingSum(_ a: Int, _ b: Int) -> Int {
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? Int.max : sum
}
