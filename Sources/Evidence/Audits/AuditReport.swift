/// What a suite of audits found, for people and for machines.
package struct AuditReport: Sendable, Codable {
  /// `pass`, or `fail` where one of the audits failed.
  package let verdict: String
  /// A sentence for each failure, which begins with the audit's name.
  package let failures: [String]
  /// The probability that any of the audits raises an alarm though all claims are kept: all lower bounds hold together but for it.
  package let falseAlarm: Double
  package let audits: [AuditResult]

  package init(audits: [AuditResult], falseAlarm: Double) {
    failures = audits.flatMap { audit in audit.failures.map { "\(audit.name): \($0)" } }
    verdict = failures.isEmpty ? "pass" : "fail"
    self.falseAlarm = falseAlarm
    self.audits = audits
  }

  package var hasPassed: Bool { failures.isEmpty }

  /// Runs audits one after the other, the false-alarm probability split evenly among them.
  /// - Parameters:
  ///   - runs: instead of each audit's usual number.
  ///   - progress: called with the audit at work and the share of all audits that is done; what it throws ends the run.
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
