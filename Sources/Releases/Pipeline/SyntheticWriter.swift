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

  /// - Parameter keeping: whether the rows are returned too.
  func write(
    rows: Int, to url: URL, keeping: Bool = false, progress: (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> [Table] {
    var generator = SamplingGenerator(seed: seed)
    var composer = try RowComposer(schema: schema, domain: domain, seed: generator.next())
    let writer = try CSVWriter(to: url, like: composer.emptyTable(), format: schema.format)
    var kept: [Table] = []
    var written = 0
    while written < rows {
      try progress(SynthesisProgress(phase: .sampling, fraction: Double(written) / Double(rows), detail: "rows"))
      let count = min(SyntheticWriter.blockRows, rows - written)
      let block = composer.compose(try ModelSampler.sample(model, rows: count, seed: generator.next()))
      try writer.append(block)
      if keeping { kept.append(block) }
      written += count
    }
    try writer.finish()
    return kept
  }
}
