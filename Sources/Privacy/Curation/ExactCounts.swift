import Basics
import CountedTables
import Encoding
import Ledger

/// The exact counts of marginals, for the curator alone. Counting uses all cores; tables that share
/// their first attributes are counted in one pass over the rows. Counts are cached up to a given
/// number of bytes; any that do not fit are recounted when needed.
///
/// Rows that stay in their database are counted there, a block of attributes in one pass. The
/// counts are the same, and nothing above this can tell.
package struct ExactCounts {
  /// The default limit of the cache, in bytes.
  package static let defaultLimit = 1 << 30
  /// The number of cells one thread counts in a pass.
  private static let passCells = 1 << 20
  /// The number of passes after which counts are stored.
  private static let wavePasses = 64

  /// Where the rows are.
  private enum Rows {
    case codes([CodeColumn])
    case elsewhere(any CountedRows, [CountedAttribute])
  }

  let sizes: [Int]
  let rows: Int
  let limit: Int
  private let source: Rows
  private var known: [[Int]: [Int32]] = [:]
  /// Cliques that will be asked for, if the rows are elsewhere.
  private var expected: Set<[Int]> = []
  /// The number of statements that count them, as announced; nil if none were announced, or once
  /// they were made.
  private var statements: Int?
  private var isScheduled = false
  package private(set) var bytes = 0

  package init(columns: [CodeColumn], sizes: [Int], rows: Int, limit: Int = defaultLimit) {
    self.init(source: .codes(columns), sizes: sizes, rows: rows, limit: limit)
  }

  /// Counts rows where they are.
  package init(rows: any CountedRows, domain: Domain, limit: Int = defaultLimit) {
    let attributes = domain.variables.indices.map {
      CountedAttribute(
        variable: domain.variables[$0].name, place: $0, codec: domain.codecs[$0],
        size: domain.sizes[$0])
    }
    self.init(
      source: .elsewhere(rows, attributes), sizes: domain.sizes, rows: rows.rowCount, limit: limit)
  }

  private init(source: Rows, sizes: [Int], rows: Int, limit: Int) {
    self.source = source
    self.sizes = sizes
    self.rows = rows
    self.limit = limit
  }

  /// The codes of rows that are here.
  var columns: [CodeColumn] {
    guard case .codes(let columns) = source else {
      preconditionFailure("codes of rows that are not here")
    }
    return columns
  }

  /// Returns counts by attributes some of which have groups of codes instead: the group of each
  /// code, by attribute.
  func grouping(_ groups: [Int: [Int]], sizes: [Int]) -> ExactCounts {
    switch source {
    case .codes(let columns):
      let grouped = columns.enumerated().map { index, column in
        groups[index].map { column.grouped($0, size: sizes[index]) } ?? column
      }
      return ExactCounts(columns: grouped, sizes: sizes, rows: rows, limit: limit)
    case .elsewhere(let elsewhere, let attributes):
      let grouped = attributes.enumerated().map { index, attribute in
        groups[index].map { attribute.grouped($0, size: sizes[index]) } ?? attribute
      }
      var counts = ExactCounts(
        source: .elsewhere(elsewhere, grouped), sizes: sizes, rows: rows, limit: limit)
      // Attributes alone are not asked for again.
      for (clique, known) in known where clique.count == 1 {
        var sums = known
        if let groups = groups[clique[0]] {
          sums = [Int32](repeating: 0, count: sizes[clique[0]])
          for (code, count) in known.enumerated() { sums[groups[code]] += count }
        }
        counts.keep(sums, of: clique)
      }
      return counts
    }
  }

  /// Returns counts with a further attribute for each grouping of a variable's codes.
  func adding(_ groupings: [CodeGroups]) -> ExactCounts {
    let sizes = sizes + groupings.map(\.count)
    switch source {
    case .codes(let columns):
      let grouped = groupings.map { columns[$0.variable].grouped($0.groups, size: $0.count) }
      return ExactCounts(columns: columns + grouped, sizes: sizes, rows: rows, limit: limit)
    case .elsewhere(let elsewhere, let attributes):
      let grouped = groupings.map { attributes[$0.variable].grouped($0.groups, size: $0.count) }
      var counts = ExactCounts(
        source: .elsewhere(elsewhere, attributes + grouped), sizes: sizes, rows: rows, limit: limit)
      for (clique, known) in known { counts.keep(known, of: clique) }
      return counts
    }
  }

  /// Notes cliques that may be asked for. Rows that are elsewhere are then counted by several of
  /// them in one pass, in the number of statements that follows from the schema.
  mutating func expect(_ cliques: [[Int]], _ blueprint: Blueprint) {
    guard case .elsewhere = source else { return }
    expected.formUnion(cliques)
    guard !isScheduled, let order = cliques.map(\.count).max(), order > 1 else { return }
    isScheduled = true
    let schedule = RelationSchedule(blueprint, order: order)
    statements = schedule.passes.isEmpty ? nil : schedule.passes.count
  }

  /// Returns the counts over ascending attributes, row-major.
  package mutating func counts(of clique: [Int]) throws -> [Int32] {
    if let counts = known[clique] { return counts }
    if case .elsewhere = source {
      // All attributes alone are counted in one pass.
      let wanted = clique.count == 1 ? sizes.indices.map { [$0] } : [clique]
      return try fetch([clique], wanted: wanted)[clique] ?? []
    }
    let counts = MarginalCounter.count(columns, attributes: clique, sizes: sizes, rows: rows)
    keep(counts, of: clique)
    return counts
  }

  /// Returns the results of `reduce` on the index and counts of each clique. `reduce` is called on
  /// several threads at once.
  package mutating func map(
    _ cliques: [[Int]], _ reduce: @escaping @Sendable (Int, [Int32]) -> Double
  ) throws -> [Double] {
    if case .elsewhere = source {
      let fetched = try fetch(cliques, wanted: Array(expected))
      return cliques.enumerated().map { reduce($0, known[$1] ?? fetched[$1] ?? []) }
    }
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

  /// Has cliques counted where the rows are, those that are known left out, and whatever else is
  /// `wanted` with them in the same passes.
  private mutating func fetch(_ cliques: [[Int]], wanted: [[Int]]) throws -> [[Int]: [Int32]] {
    guard case .elsewhere(let elsewhere, let attributes) = source else { return [:] }
    guard cliques.contains(where: { known[$0] == nil }) else { return [:] }
    var fetched: [[Int]: [Int32]] = [:]
    func count(_ blocks: [[[Int]]]) throws {
      let counts = try elsewhere.counts(
        of: blocks.map { $0.map { $0.map { attributes[$0] } } }, among: attributes)
      for (set, counts) in zip(blocks.joined(), counts) {
        fetched[set] = counts
        keep(counts, of: set)
      }
    }
    let asked = Set(cliques)
    // Large ones are not fetched before they are needed.
    let missing = Set(
      (cliques + wanted).filter {
        known[$0] == nil && (asked.contains($0) || cells($0) <= BlockCover.mostCells)
      })
    let bytesOfAll = missing.reduce(0.0) { $0 + cells($1) } * Double(MemoryLayout<Int32>.stride)
    // What would not be kept is not fetched before it is needed.
    let fits = bytesOfAll <= Double(limit - bytes)
    if let statements, fits, cliques.allSatisfy({ $0.count > 1 }) {
      self.statements = nil
      let small = missing.filter { $0.count > 1 && cells($0) <= BlockCover.mostCells }
      var cover = BlockCover(wanted: small, sizes: sizes, variables: attributes.map(\.place))
      for blocks in cover.passes(count: statements) { try count(blocks) }
    }
    var cover = BlockCover(
      wanted: missing.filter { fetched[$0] == nil }, sizes: sizes,
      variables: attributes.map(\.place))
    for clique in cliques where known[clique] == nil && fetched[clique] == nil {
      try count(cover.pass(with: clique, ahead: fits))
    }
    return fetched
  }

  private func cells(_ clique: [Int]) -> Double { clique.reduce(1.0) { $0 * Double(sizes[$1]) } }

  /// Counts and reduces the cliques of some passes. Returns the fresh counts of each pass while
  /// there is space to keep any.
  private func count(
    _ wave: [Pass], of cliques: [[Int]], into results: inout [Double],
    _ reduce: @escaping @Sendable (Int, [Int32]) -> Double
  ) -> [[[Int32]]] {
    var fresh = [[[Int32]]](repeating: [], count: wave.count)
    let (hasSpace, columns, sizes, rows, known) = (bytes < limit, columns, sizes, rows, known)
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
