import Analyses
import Foundation

/// Conclusions from a release alone, at no cost.
package struct Estimation: Sendable, Codable {
  package let analysis: Analysis
  package let findings: Findings
  package let basis: Evidence.Basis
  /// False if the release was seeded or watched.
  package let isPrivate: Bool
  /// A sentence on the grounds.
  package let note: String

  /// - Throws: ``AnalysisFault``, ``ReleaseError``.
  package init(_ analysis: Analysis, release: URL) throws {
    let reader = try ReleaseReader(release)
    (findings, basis) = try reader.evidence().findings(analysis)
    self.analysis = analysis
    isPrivate = reader.file.isPrivate
    note = Self.note(basis)
  }

  private static func note(_ basis: Evidence.Basis) -> String {
    switch basis {
    case .measured:
      "From noisy counts that the release published. Intervals include sampling, noise and the release's bins."
    case .draws:
      "From models that might have been learned instead: no single published table holds all these columns, but every two of them were "
        + "measured together. A relation of three columns at once is not in it."
    case .open:
      "From models that might have been learned instead. Some of these columns were measured in groups of values only, or never together "
        + "because no relation of theirs stood out: intervals include what the release can have missed. A relation of three columns at "
        + "once is not in it."
    case .unknown:
      "The release never measured some of these columns together, so it says nothing about how they go together. Its owner can ask the "
        + "real table, at a price that a plan predicts for nothing."
    }
  }
}
