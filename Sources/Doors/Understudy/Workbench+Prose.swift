import Basics
import Foundation
import ProseRedaction
import Pseudonyms

extension Workbench {
  /// Finds what names a person in texts and tables, and counts it.
  public func scan(_ request: ProseRequest) async throws -> IdentifierFindings {
    try await perform { _, check in
      let name = request.file.lastPathComponent
      let run = try DocumentRun(request.file, name: name, settings: request.settings()) { _ in
        try check()
      }
      let report = RedactionReport(
        file: name, tally: try run.count(), plan: RedactionPlan(.keep), isSafeHarbor: false,
        linesLeftOut: 0)
      return IdentifierFindings(report: report)
    }
  }

  /// Takes what names a person out of texts and tables, or puts inventions in its place. The new
  /// file is not a release and carries no guarantee.
  ///
  /// - Parameter key: The file of the owner's key, made if there is none: one key, one fake for
  ///   each identifier. Nil for a key of this run alone.
  public func redact(
    _ request: ProseRequest, to output: URL, by treatment: RedactionTreatment = .tag,
    key: URL? = nil
  ) async throws -> IdentifierFindings {
    try await perform { _, check in
      var rule = OutputRule()
      rule.protect(request.file, as: "the file that is read")
      rule.protect(key, as: "the owner's key")
      rule.protect(ledger, as: "the ledger")
      try rule.file(output, replaces: false)
      let (name, isSafeHarbor) = (request.file.lastPathComponent, treatment == .safeHarbor)
      let key = try key.map { try PseudonymKey.open(at: $0) } ?? PseudonymKey.ephemeral()
      let year = Calendar(identifier: .gregorian).component(.year, from: .now)
      let run = try DocumentRun(request.file, name: name, settings: request.settings()) { _ in
        try check()
      }
      let tally = try run.redact(
        to: output, with: Redactor(plan: treatment.plan, key: key, thisYear: year),
        remedyOfUnread: isSafeHarbor
          ? "Take these texts out, or name their words in `always`." : nil)
      return IdentifierFindings(
        report: RedactionReport(
          file: name, tally: tally, plan: treatment.plan, isSafeHarbor: isSafeHarbor,
          linesLeftOut: run.linesAbove))
    }
  }
}

extension RedactionTreatment {
  fileprivate var plan: RedactionPlan {
    self == .safeHarbor
      ? SafeHarbor.plan(usual: .tag) : RedactionPlan(RedactionMode(rawValue: rawValue) ?? .tag)
  }
}
