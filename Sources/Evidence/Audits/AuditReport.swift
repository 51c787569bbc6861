/// The findings of a suite of audits, for people and for machines.
package struct AuditReport: Sendable, Codable {
  /// `pass`, or `fail` if any audit failed.
  package let verdict: String
  /// One sentence per failure, beginning with the audit's name.
  package let failures: [String]
  /// The probability that any audit raises an alarm although all claims are kept. Except with this
  /// probability, all lower bounds hold together.
  package let falseAlarm: Double
  package let audits: [AuditResult]

  package init(audits: [AuditResult], falseAlarm: Double) {
    failures = audits.flatMap { audit in audit.failures.map { "\(audit.name): \($0)" } }
    verdict = failures.isEmpty ? "pass" : "fail"
    self.falseAlarm = falseAlarm
    self.audits = audits
  }

  package var hasPassed: Bool { failures.isEmpty }

  /// Runs audits one after the other and splits the false-alarm probability evenly among them.
  /// - Parameters:
  ///   - runs: replaces each audit's usual number.
  ///   - progress: called with the current audit and the completed share of all audits; an error
  ///     thrown here ends the run.
  package static func run(
    _ audits: [Audit], falseAlarm: Double, runs: Int? = nil, progress: @escaping (String, Double) throws -> Void = { _, _ in }
  ) throws -> AuditReport {
    let share = 1 / Double(max(audits.count, 1))
    let results = try audits.enumerated().map { index, audit in
      try audit.run(
        AuditEffort(runs: runs ?? audit.usualRuns, falseAlarm: falseAlarm * share) { done in
          try progress(audit.name, (Double(index) + done) * share)
        })
    }
    return AuditReport(audits: results, falseAlarm: falseAlarm)
  }
}
