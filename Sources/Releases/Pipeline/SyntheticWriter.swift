import Encoding
import Foundation
import GraphicalModels
import MarginalSynthesis
import Tables

/// Samples rows from a model in blocks and writes them as a stream.
struct SyntheticWriter {
  let schema: Schema
  let domain: Domain
  let model: GraphicalModel
  let seed: UInt64

  private static let blockRows = 500_000

  /// Returns the first block, which stands for all of them in reports: each block keeps the model's proportions.
  @discardableResult
  func write(rows: Int, to url: URL, progress: (SynthesisProgress) throws -> Void = { _ in }) throws -> Table {
    var generator = SamplingGenerator(seed: seed)
    var composer = try RowComposer(schema: schema, domain: domain, seed: generator.next())
    var first = composer.emptyTable()
    let writer = try CSVWriter(to: url, like: first.columns.map(\.shape), format: schema.format)
    var written = 0
    while written < rows {
      try progress(SynthesisProgress(phase: .sampling, fraction: Double(written) / Double(rows), detail: "rows"))
      let count = min(SyntheticWriter.blockRows, rows - written)
      let block = composer.compose(try ModelSampler.sample(model, rows: count, seed: generator.next()))
      try writer.append(block)
      if written == 0 { first = block }
      written += count
    }
    try writer.finish()
    try progress(SynthesisProgress(phase: .sampling, fraction: 1, detail: "rows"))
    return first
  }
}
