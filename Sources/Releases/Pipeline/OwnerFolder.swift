import Attacks
import Foundation
import Tables

/// Where the owner's report goes: a folder beside the release, never inside it, so that it does not travel by accident.
struct OwnerFolder {
  let url: URL

  /// - Parameter isRefused: the report of an attempt that was not published goes to a folder of its own, so that the report of an earlier
  ///   release stays.
  init(beside release: URL, isRefused: Bool = false) {
    let name = release.lastPathComponent + (isRefused ? "-refused" : "") + "-owner-only"
    url = release.deletingLastPathComponent().appendingPathComponent(name, isDirectory: true)
  }

  /// Writes the report, as a page and for machines. Returns where the page is.
  func write(_ trial: ReleaseTrial, verdict: GateVerdict?, manifest: Manifest) throws -> URL {
    guard let quality = trial.quality else { throw trial.comparisonFault }
    let limits = manifest.gate?.attackRules?.thresholds ?? AttackThresholds()
    let figures = EvidenceBasis.Figures(attacks: trial.attacks, limits: limits, verdict: verdict)
    let report = OwnerReport(
      title: manifest.table, software: "\(manifest.software.name) \(manifest.software.version)", date: String(manifest.created.prefix(10)),
      guarantee: ReportGuarantee(manifest), quality: quality, attacks: trial.attacks, limits: limits, verdict: verdict,
      evidence: EvidenceTable(basis: EvidenceBasis(manifest, figures: figures)).lines, budget: ReleaseReport.budget(manifest))
    let file = url.appendingPathComponent("owner-report.html")
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try Data(try report.html().utf8).write(to: file, options: .atomic)
      try JSON.encode(report).write(to: url.appendingPathComponent("owner-report.json"), options: .atomic)
    } catch let error as CocoaError {
      throw ReleaseError.cannotWrite(file.path, reason: error.localizedDescription)
    }
    return file
  }
}
