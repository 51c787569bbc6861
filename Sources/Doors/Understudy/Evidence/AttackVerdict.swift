import Attacks

/// The findings of attacks on a synthetic table. For the owner of the data: they are measured on
/// the original and not private, and no guarantee follows from them.
public struct AttackVerdict: Reported {
  package struct Report: Sendable, Codable {
    package let verdict: AttackDocument.Verdict
    package let failures: [String]
    package let attacks: AttackReport
  }

  package let report: Report
  package init(report: Report) { self.report = report }

  /// Whether every attack stays within the limit; nil if nothing is judged, since there is nobody
  /// to compare with.
  public var isPassed: Bool? { report.verdict == .notJudged ? nil : report.verdict == .pass }
  /// `pass`, `fail`, `says-nothing`, `not-assessed` or `not-judged`.
  public var verdict: String { report.verdict.rawValue }
  /// A sentence for each attack that does not stay within the limit.
  public var failures: [String] { report.failures }
  /// How much more often each attack succeeds against the original's people than against others, 0
  /// to 1, by the attack's name.
  public var risks: [String: Double] {
    Dictionary(report.attacks.attacks.map { ($0.name, $0.risk.value) }) { first, _ in first }
  }
  /// Anything that the attacks could not do or assess, in sentences.
  public var notes: [String] { report.attacks.notes + (report.attacks.notAssessed ?? []) }
}
