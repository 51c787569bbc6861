import Foundation
import Manifests
import Releases
import Synthesis

/// A release that was made.
public struct Release: Reported {
  package let report: SynthesisSummary
  package init(report: SynthesisSummary) { self.report = report }

  /// The folder that may be shared, as a whole.
  public var folder: URL { report.release }
  /// The synthetic table in it.
  public var table: URL { report.release.appendingPathComponent(ReleaseArtefact.table.name) }
  /// Rows of the synthetic table.
  public var rows: Int { report.rows }
  /// The ε of the guarantee.
  public var epsilon: Double { report.epsilon }
  /// Whether the guarantee holds: false if a seed made the run repeatable.
  public var isPrivate: Bool { report.isPrivate }
  /// The columns about which nothing was learned: their cells are empty.
  public var unlearned: [String] { report.unlearned }
  /// The weaknesses of the guarantee, a sentence or two each; empty if there are none.
  public var hazards: [String] { report.hazards }
  /// Requirements of the policy that the release was found not to meet after publication, for its
  /// owner.
  public var laterFailures: [String] { report.laterFailures }
  /// Sentences for the owner, such as a first grant. They never travel.
  public var notes: [String] { report.ownerMessages }
  /// The comparison with the original, if it was made. It is for the owner alone and not private.
  public var ownerReport: URL? { report.ownerReport }
}

/// The cost and the expected result of a release, before any budget is spent.
public struct ReleasePlan: Reported {
  package let report: SynthesisPlan
  package init(report: SynthesisPlan) { self.report = report }

  /// The engine that would be used.
  public var engine: String { report.engine }
  /// The time of the whole run, on one core, for the largest table that the schema leaves open;
  /// within about a factor of three.
  public var cpuSeconds: Double { report.estimates.last?.cpuSeconds ?? 0 }
  /// The peak for the same table, in 10^6 bytes.
  public var memoryMegabytes: Double { report.estimates.last?.memoryMegabytes ?? 0 }
  /// The mean total variation distance of pairs of columns of the same table, 0 to 1, from noise
  /// alone.
  public var pairError: Double { report.estimates.last?.meanPairError ?? 0 }
  /// The relations between columns that will not be examined, a sentence or two each.
  public var limits: [String] { report.limits }
  /// The weaknesses that the guarantee would have, a sentence or two each.
  public var hazards: [String] { report.hazards }
}

/// The progress of a piece of work. It follows from public values and answers that were paid for,
/// never from a row alone.
public struct WorkProgress: Sendable, Codable, Equatable {
  /// The stage: `domain`, `fitting`, `training`, `sampling`, `attacking`, or a step of the attacks
  /// in words.
  public let phase: String
  /// The fraction of the stage that is done, 0 to 1.
  public let fraction: Double
  /// A detail in words; empty if there is nothing to say.
  public let detail: String
}

extension WorkProgress {
  init(_ progress: SynthesisProgress) {
    self.init(phase: progress.phase.rawValue, fraction: progress.fraction, detail: progress.detail)
  }
}

/// The checks of a release by its recipient or its owner.
public struct Verification: Reported {
  package let report: VerificationReport
  package init(report: VerificationReport) { self.report = report }

  /// Whether no check failed.
  public var isPassed: Bool { report.isPassed }
  /// A sentence for each check that failed, with a remedy.
  public var failures: [String] { report.failures }
  /// A sentence for each check, in the order in which they were made.
  public var findings: [String] { report.checks.map(\.detail) }
  /// The short name of the key that signed; nil if the signature cannot be read.
  public var signer: String? { report.signer?.keyID }
}
