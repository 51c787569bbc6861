import Basics
import DelimitedText
import Encoding
import Synthesis
import Tables

/// The rows drawn so far, as far as `unique` rules tell them apart.
struct DistinctRows {
  private let rules: [[String]]
  private var seen: [Set<UInt64>]

  /// Returns nil if no rule asks for it.
  init?(_ schema: Schema) {
    rules = schema.rules.compactMap { if case .unique(let names) = $0 { names } else { nil } }
    guard !rules.isEmpty else { return nil }
    seen = rules.map { _ in [] }
  }

  /// Returns the rows of a table, at most so many, that repeat none of those before, and remembers
  /// them.
  mutating func fresh(_ table: Table, most: Int) -> [Int] {
    let keys = rules.map { names in names.compactMap { table.column(named: $0) }.map(\.rowHashes) }
    var fresh: [Int] = []
    for row in 0..<table.rowCount where fresh.count < most {
      let own = keys.map { Self.hash(of: row, in: $0) }
      guard own.indices.allSatisfy({ !seen[$0].contains(own[$0]) }) else { continue }
      for place in own.indices { seen[place].insert(own[place]) }
      fresh.append(row)
    }
    return fresh
  }

  /// Two rows of the same hash count as repeated, so that at worst a row is drawn again in vain.
  private static func hash(of row: Int, in columns: [[UInt64]]) -> UInt64 {
    var hash = FNV1a()
    for column in columns {
      for shift in stride(from: 0, to: 64, by: 8) { hash.add(column[row] >> shift & 0xff) }
    }
    return hash.value
  }
}

extension Column {
  /// A hash of each cell that depends on its text alone.
  fileprivate var rowHashes: [UInt64] {
    switch cells {
    case .ticks(let ticks): return ticks.map { UInt64(bitPattern: $0) }
    case .labels(let codes, let dictionary):
      let hashes = dictionary.labels.map(FNV1a.of)
      return codes.map { $0 == Cells.missingCode ? 0 : hashes[Int($0)] }
    }
  }
}

extension SyntheticWriter {
  /// The fewest rows of a round, and the rounds in a row with hardly any new row after which no
  /// more are expected.
  private static let leastDrawn = 2_000
  private static let mostInVain = 3

  /// Draws rows until so many differ as the rules ask, leaving out those that repeat others.
  func write(
    _ rows: Int, differing distinct: DistinctRows, _ composer: RowComposer,
    _ sampler: any CodeSampler, _ generator: SamplingGenerator,
    to writer: TableOutput, keeping kept: Int, progress: (SynthesisProgress) throws -> Void
  ) throws -> Written {
    var (distinct, generator) = (distinct, generator)
    var first: [Table] = []
    var (written, drawn, inVain) = (0, 0, 0)
    while written < rows, inVain < Self.mostInVain {
      let asked = max(rows - written, Self.leastDrawn)
      let (seed, before) = (generator.next(), written)
      for block in 0..<sampler.blockCount(rows: asked) where written < rows {
        try progress(
          SynthesisProgress(phase: .sampling, fraction: Double(written) / Double(rows), detail: ""))
        let table = composer.compose(
          try sampler.block(block, rows: asked, seed: seed), firstRow: drawn, seed: generator.next()
        )
        drawn += table.rowCount
        let picked = table.picking(distinct.fresh(table, most: rows - written))
        try writer.append(lines: writer.lines(of: picked))
        try writer.append(rows: [picked])
        if written < kept { first.append(picked) }
        written += picked.rowCount
      }
      inVain = written - before < max(1, asked / 1_000) ? inVain + 1 : 0
    }
    try writer.finish()
    try progress(SynthesisProgress(phase: .sampling, fraction: 1, detail: ""))
    return Written(
      first: first.isEmpty ? composer.emptyTable() : Table(joining: first), rows: written)
  }

  /// Returns a sentence for the owner if fewer rows were written than asked for.
  static func shortage(_ written: Int, of rows: Int, schema: Schema) -> String? {
    guard written < rows else { return nil }
    let rules = schema.rules.compactMap { rule in
      if case .unique = rule { "`\(rule.text)`" } else { nil }
    }
    return
      "\(NumberText.count(written)) of \(NumberText.count(rows)) rows were written: the model gives no more that differ as "
      + "\(rules.joined(separator: " and ")) \(rules.count == 1 ? "asks" : "ask")."
  }
}

extension Table {
  func picking(_ rows: [Int]) -> Table {
    Table(columns: columns.map { $0.replacing(cells: $0.cells.picking(rows)) })
  }
}
