import Basics
import Encoding
import Ledger

/// The exact counts of marginals, for the curator alone. Counting uses all cores; tables that share
/// their first attributes are counted in one pass over the rows. Counts are cached up to a given
/// number of bytes; any that do not fit are recounted when needed.
package struct ExactCounts {
  /// The default limit of the cache, in bytes.
  package static let defaultLimit = 1 << 30
  /// The number of cells one thread counts in a pass.
  private static let passCells = 1 << 20
  /// The number of passes after which counts are stored.
  private static let wavePasses = 64

  let columns: [CodeColumn]
  let sizes: [Int]
  let rows: Int
  let limit: Int
  private var known: [[Int]: [Int32]] = [:]
  package private(set) var bytes = 0

  package init(columns: [CodeColumn], sizes: [Int], rows: Int, limit: Int = defaultLimit) {
    self.columns = columns
    self.sizes = sizes
    self.rows = rows
    self.limit = limit
  }

  /// Returns the counts over ascending attributes, row-major.
  package mutating func counts(of clique: [Int]) -> [Int32] {
    if let counts = known[clique] { return counts }
    let counts = MarginalCounter.count(columns, attributes: clique, sizes: sizes, rows: rows)
    keep(counts, of: clique)
    return counts
  }

  /// Returns the results of `reduce` on the index and counts of each clique. `reduce` is called on
  /// several threads at once.
  package mutating func map(
    _ cliques: [[Int]], _ reduce: @escaping @Sendable (Int, [Int32]) -> Double
  ) -> [Double] {
    let passes = self.passes(cliques)
    var results = [Double](repeating: 0, count: cliques.count)
    // One wave at a time, so that counts that are not kept are freed before the next.
    for start in stride(from: 0, to: passes.count, by: ExactCounts.wavePasses) {
      let wave = Array(passes[start..<min(start + ExactCounts.wavePasses, passes.count)])
      for (pass, tables) in zip(wave, count(wave, of: cliques, into: &results, reduce)) {
        for (member, counts) in zip(pass.members, tables) { keep(counts, of: cliques[member]) }
      }
    }
    return results
  }

  /// Counts and reduces the cliques of some passes. Returns the fresh counts of each pass while
  /// there is space to keep any.
  private func count(
    _ wave: [Pass], of cliques: [[Int]], into results: inout [Double],
    _ reduce: @escaping @Sendable (Int, [Int32]) -> Double
  ) -> [[[Int32]]] {
    var fresh = [[[Int32]]](repeating: [], count: wave.count)
    let hasSpace = bytes < limit
    results.withUnsafeMutableBufferPointer { results in
      fresh.withUnsafeMutableBufferPointer { fresh in
        nonisolated(unsafe) let (results, fresh) = (results, fresh)
        Concurrently.perform(wave.count) { index in
          let pass = wave[index]
          if let only = pass.members.first, let counts = known[cliques[only]] {
            results[only] = reduce(only, counts)
            return
          }
          let tables = MarginalCounter.count(
            columns, first: pass.first, lasts: pass.lasts, sizes: sizes, rows: rows)
          for (member, counts) in zip(pass.members, tables) {
            results[member] = reduce(member, counts)
          }
          if hasSpace { fresh[index] = tables }
        }
      }
    }
    return fresh
  }

  /// Cliques that are counted together: they share all attributes but the last.
  private struct Pass {
    let first: [Int]
    var lasts: [Int] = []
    var members: [Int] = []
    var cells = 0
  }

  private func passes(_ cliques: [[Int]]) -> [Pass] {
    var passes: [Pass] = []
    var open: [[Int]: Int] = [:]
    for (index, clique) in cliques.enumerated() {
      guard let last = clique.last else { preconditionFailure("a marginal of no attributes") }
      let first = Array(clique.dropLast())
      let cells = clique.reduce(1) { $0 * sizes[$1] }
      if known[clique] != nil {
        passes.append(Pass(first: first, lasts: [last], members: [index], cells: cells))
        continue
      }
      let pass: Int
      if let present = open[first], passes[present].cells + cells <= ExactCounts.passCells {
        pass = present
      } else {
        pass = passes.count
        open[first] = pass
        passes.append(Pass(first: first))
      }
      passes[pass].lasts.append(last)
      passes[pass].members.append(index)
      passes[pass].cells += cells
    }
    return passes
  }

  private mutating func keep(_ counts: [Int32], of clique: [Int]) {
    let size = counts.count * MemoryLayout<Int32>.stride
    guard bytes + size <= limit, known[clique] == nil else { return }
    known[clique] = counts
    bytes += size
  }
}
