#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Greedy vertex elimination: triangulates the graph whose edges join attributes that share a
/// clique.
///
/// Each step eliminates the attribute whose clique (itself and its remaining neighbours) has the
/// fewest cells; ties go to the smaller index. Rows of the adjacency matrix are bitsets, so
/// hundreds of attributes are cheap.
struct Elimination {
  let count: Int
  /// Words in a row of the adjacency matrix.
  let words: Int
  let sizes: [Int]
  private let logSizes: [Double]

  init(sizes: [Int]) {
    self.sizes = sizes
    count = sizes.count
    words = max(1, (sizes.count + 63) / 64)
    logSizes = sizes.map { log(Double($0)) }
  }

  /// Returns the adjacency rows of an edgeless graph.
  func emptyGraph() -> [UInt64] { [UInt64](repeating: 0, count: count * words) }

  func connect(_ clique: Clique, in rows: inout [UInt64]) {
    for a in clique.attributes {
      for b in clique.attributes where a != b { rows[a * words + b >> 6] |= 1 << UInt64(b & 63) }
    }
  }

  /// Eliminates every attribute of the graph in `rows`, which is overwritten by the resulting
  /// cliques: row `v` holds the neighbours of `v` at its elimination. Returns the cells of all
  /// maximal cliques, and in `isMaximal` whether each attribute's clique is maximal.
  func run(rows: UnsafeMutablePointer<UInt64>, isMaximal: UnsafeMutablePointer<Bool>) -> Int {
    withScratch { scratch in
      for v in 0..<count {
        scratch.position[v] = -1
        scratch.weights[v] = weight(of: v, rows: rows)
        isMaximal[v] = true
      }
      for step in 0..<count {
        let best = lightest(scratch.weights)
        scratch.position[best] = step
        scratch.weights[best] = .infinity
        scratch.members[best] = eliminate(best, rows: rows, weights: scratch.weights)
      }
      return totalCells(
        rows: rows, position: scratch.position, members: scratch.members, isMaximal: isMaximal)
    }
  }

  /// An elimination's state for each attribute.
  private struct Scratch {
    /// The logarithm of the cells of its clique so far; infinite once it is eliminated. Padded with
    /// infinities to whole vectors.
    let weights: UnsafeMutablePointer<Double>
    /// The step at which it was eliminated, or -1.
    let position: UnsafeMutablePointer<Int>
    /// The size of its clique.
    let members: UnsafeMutablePointer<Int>
  }

  private func withScratch<Result>(_ body: (Scratch) -> Result) -> Result {
    let padded = paddedCount
    return withUnsafeTemporaryAllocation(of: SIMD8<Double>.self, capacity: padded / 8) { vectors in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: 2 * padded) { integers in
        vectors.initialize(repeating: SIMD8(repeating: .infinity))
        let base = integers.baseAddress!
        return vectors.withMemoryRebound(to: Double.self) { weights in
          body(Scratch(weights: weights.baseAddress!, position: base, members: base + padded))
        }
      }
    }
  }

  private var paddedCount: Int { max(8, (count + 7) / 8 * 8) }

  /// Returns the first attribute of the least weight.
  @inline(__always)
  private func lightest(_ weights: UnsafeMutablePointer<Double>) -> Int {
    let vectors = UnsafeRawPointer(weights)
    var least = SIMD8<Double>(repeating: .infinity)
    for start in stride(from: 0, to: paddedCount, by: 8) {
      let lanes = vectors.loadUnaligned(fromByteOffset: start * 8, as: SIMD8<Double>.self)
      least.replace(with: lanes, where: lanes .< least)
    }
    let minimum = least.min()
    var v = 0
    while weights[v] != minimum { v += 1 }
    return v
  }

  private func weight(of v: Int, rows: UnsafeMutablePointer<UInt64>) -> Double {
    var total = logSizes[v]
    forEachBit(rows + v * words) { total += logSizes[$0] }
    return total
  }

  /// Joins the neighbours of `v` to each other and removes `v` from their rows; its own row is its
  /// clique from now on.
  private func eliminate(
    _ v: Int, rows: UnsafeMutablePointer<UInt64>, weights: UnsafeMutablePointer<Double>
  ) -> Int {
    let own = rows + v * words
    var members = 1
    forEachBit(own) { u in
      members += 1
      let row = rows + u * words
      for w in 0..<words { row[w] |= own[w] }
      row[u >> 6] &= ~(1 << UInt64(u & 63))
      row[v >> 6] &= ~(1 << UInt64(v & 63))
      weights[u] = weight(of: u, rows: rows)
    }
    return members
  }

  /// A clique is not maximal exactly if it is all but one attribute of a clique whose next
  /// attribute is its own.
  private func totalCells(
    rows: UnsafeMutablePointer<UInt64>, position: UnsafeMutablePointer<Int>,
    members: UnsafeMutablePointer<Int>,
    isMaximal: UnsafeMutablePointer<Bool>
  ) -> Int {
    for v in 0..<count {
      var next = -1
      forEachBit(rows + v * words) { u in
        if next < 0 || position[u] < position[next] { next = u }
      }
      if next >= 0 && members[next] == members[v] - 1 { isMaximal[next] = false }
    }
    var total = 0
    for v in 0..<count where isMaximal[v] {
      var cells = sizes[v]
      forEachBit(rows + v * words) { cells = saturatingProduct(cells, sizes[$0]) }
      let (sum, overflow) = total.addingReportingOverflow(cells)
      total = overflow ? Int.max : sum
    }
    return total
  }

  @inline(__always)
  func forEachBit(_ row: UnsafeMutablePointer<UInt64>, _ body: (Int) -> Void) {
    for w in 0..<words {
      var bits = row[w]
      while bits != 0 {
        body(w << 6 + bits.trailingZeroBitCount)
        bits &= bits - 1
      }
    }
  }
}

func saturatingProduct(_ a: Int, _ b: Int) -> Int {
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  return overflow ? Int.max : product
}
