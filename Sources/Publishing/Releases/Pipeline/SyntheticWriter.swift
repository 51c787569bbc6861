import Basics
import DelimitedText
import Encoding
import Foundation
import Synthesis
import Tables

/// Samples rows from a model in blocks, composes the blocks on all cores, and writes them in order.
/// Memory holds a few blocks, however many rows there are.
struct SyntheticWriter {
  let schema: Schema
  let domain: Domain
  let model: any FittedModel
  /// The columns that are left empty.
  var unlearned: [String] = []
  let seed: UInt64

  /// Blocks in memory at once.
  private static var waveBlocks: Int { 2 * max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// The rows that were written.
  struct Written {
    /// The first of them.
    let first: Table
    /// The number of all.
    let rows: Int
  }

  /// Writes `rows` rows and returns the first of them, about `kept` at most. They stand for all
  /// rows in reports, since each block keeps the model's proportions. Fewer are written if rules
  /// allow no more that differ.
  /// - Parameter parquet: The file of Parquet that is written too, or alone if `url` is nil.
  @discardableResult
  func write(
    rows: Int, to url: URL?, parquet: URL? = nil, keeping kept: Int = 0,
    progress: (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> Written {
    var generator = SamplingGenerator(seed: seed)
    let composer = try RowComposer(
      schema: schema, domain: domain, unlearned: unlearned, seed: generator.next())
    let rules = CodeRules(composer.blueprint, domain: domain, unlearned: Set(unlearned))
    let sampler = try model.sampler(keeping: rules)
    let samplerSeed = generator.next()
    let empty = composer.emptyTable()
    let writer = try TableOutput(
      delimited: url, parquet: parquet, like: empty.columns.map(\.shape), format: schema.format)
    if let distinct = DistinctRows(schema) {
      return try write(
        rows, differing: distinct, composer, sampler, generator, to: writer, keeping: kept,
        progress: progress)
    }
    let blockRows = sampler.blockRows
    let blocks = sampler.blockCount(rows: rows)
    var first: [Table] = []
    for start in stride(from: 0, to: blocks, by: SyntheticWriter.waveBlocks) {
      try progress(
        SynthesisProgress(phase: .sampling, fraction: Double(start) / Double(blocks), detail: ""))
      let wave = start..<min(start + SyntheticWriter.waveBlocks, blocks)
      let seeds = wave.map { _ in generator.next() }
      // Making lines reads only state that the writer never changes.
      nonisolated(unsafe) let lineWriter = writer
      let composed = try Concurrently.map(wave.count) { index -> (lines: [UInt8], table: Table?) in
        let block = wave.lowerBound + index
        let codes = try sampler.block(block, rows: rows, seed: samplerSeed)
        let table = composer.compose(codes, firstRow: block * blockRows, seed: seeds[index])
        let isKept = block * blockRows < kept || lineWriter.needsRows
        return (lineWriter.lines(of: table), isKept ? table : nil)
      }
      for (block, place) in zip(composed, wave) {
        try writer.append(lines: block.lines)
        if let table = block.table, place * blockRows < kept { first.append(table) }
      }
      try writer.append(rows: composed.compactMap(\.table))
    }
    try writer.finish()
    try progress(SynthesisProgress(phase: .sampling, fraction: 1, detail: ""))
    return Written(first: first.isEmpty ? empty : Table(joining: first), rows: rows)
  }
}

extension Table {
  /// Joins the rows of tables with the same columns, one table after the other.
  init(joining tables: [Table]) {
    self.init(
      columns: (tables.first?.columns ?? []).indices.map { index in
        tables[0].columns[index].filled(joining: tables.map { $0.columns[index].cells })
      })
  }
}

extension Column {
  fileprivate func filled(joining parts: [Cells]) -> Column {
    replacing(cells: Cells(joining: parts))
  }
}

extension Cells {
  /// Labels keep their text; a part with another dictionary has its codes changed to those of the
  /// whole.
  fileprivate init(joining parts: [Cells]) {
    guard case .labels(_, var dictionary)? = parts.first else {
      self = .ticks(
        parts.flatMap { part -> [Int64] in
          guard case .ticks(let ticks) = part else { preconditionFailure("labels among ticks") }
          return ticks
        })
      return
    }
    let shared = dictionary
    var codeOfLabel = Dictionary(
      shared.labels.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    var joined: [Int32] = []
    for part in parts {
      guard case .labels(let codes, let own) = part else {
        preconditionFailure("ticks among labels")
      }
      if own == shared {
        joined += codes
        continue
      }
      let changed = own.labels.map { label -> Int32 in
        if let code = codeOfLabel[label] { return code }
        let code = dictionary.append(label)
        codeOfLabel[label] = code
        return code
      }
      joined += codes.map { $0 == Cells.missingCode ? $0 : changed[Int($0)] }
    }
    self = .labels(codes: joined, dictionary: dictionary)
  }
}
