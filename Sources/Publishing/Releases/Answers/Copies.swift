import Analyses
import Basics
import Foundation
import MarginalSynthesis
import Mechanisms
import Synthesis

/// A request for several stand-ins of one release: tables drawn from models that might have been
/// learned instead, so that their differences show the limits of its knowledge.
package struct CopiesRequest: Sendable {
  /// A release folder, or its `model.json`.
  package var release: URL
  /// The number of copies, at least 2.
  package var copies: Int
  /// The folder to create.
  package var output: URL
  /// A seed that repeats the same copies. Costs no privacy.
  package var seed: UInt64?

  package init(release: URL, copies: Int, output: URL) {
    (self.release, self.copies, self.output) = (release, copies, output)
  }
}

extension Synthesis {
  /// Writes `copy-01.csv`, `copy-02.csv` …, each with about as many rows as the original, and
  /// returns the number of rows of each. Post-processing of a release: it costs no privacy.
  /// - Throws: ``ReleaseError``, ``AnalysisFault``, ``OutputFault``.
  @discardableResult
  package static func copies(
    _ request: CopiesRequest, progress: (SynthesisProgress) throws -> Void = { _ in }
  ) throws -> Int {
    var rule = OutputRule()
    rule.protect(request.release, as: "the release that is sampled")
    let folder = try ReleaseFolder(at: request.output, replaces: false, rule: rule)
    let release = try ReleaseReader(request.release)
    let seed = request.seed ?? SecureRandom().next()
    let draws = try Draws(release.evidence(), seed: seed)
    let width = max(2, String(request.copies).count)
    for index in 0..<request.copies {
      try progress(
        SynthesisProgress(
          phase: .sampling, fraction: Double(index) / Double(request.copies), detail: "copies"))
      let name =
        String(repeating: "0", count: max(0, width - String(index + 1).count)) + String(index + 1)
      try SyntheticWriter(
        schema: release.schema, domain: release.file.domain,
        model: MarginalFit(model: try draws.model(index), measurements: []),
        unlearned: release.file.unlearned ?? [], seed: seed &+ UInt64(index) &+ 1
      ).write(rows: release.file.rows, to: folder.url("copy-\(name).csv"))
    }
    try folder.publish()
    return release.file.rows
  }
}
