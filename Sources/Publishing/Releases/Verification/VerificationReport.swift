/// The result of verifying a release.
public struct VerificationReport: Sendable, Codable {
  /// The outcome of a check.
  public enum Outcome: String, Sendable, Codable {
    case passed
    case failed
    case notAssessed = "not-assessed"
  }

  /// One check.
  public struct Check: Sendable, Codable {
    /// `signature`, `trusted-key`, `files`, `events`, `policy` or `ledger`.
    public let name: String
    /// The outcome of the check.
    public let outcome: Outcome
    /// A sentence with the finding, and with a remedy if the check failed.
    public let detail: String
    /// The files that are not as they were signed.
    public let files: [String]
  }

  /// `pass` or `fail`.
  public let verdict: String
  /// The sentences of the checks that failed.
  public let failures: [String]
  /// The checks, in the order in which they were made.
  public let checks: [Check]
  /// The key that signed; nil if the signature cannot be read.
  public let signer: ManifestSigner?
  /// The manifest's promise; nil if it cannot be believed.
  public let guarantee: Manifest.Guarantee?

  /// Whether no check failed.
  public var isPassed: Bool { failures.isEmpty }

  init(checks: [Check], signer: ManifestSigner?, guarantee: Manifest.Guarantee?) {
    self.checks = checks
    self.signer = signer
    self.guarantee = guarantee
    failures = checks.filter { $0.outcome == .failed }.map(\.detail)
    verdict = failures.isEmpty ? "pass" : "fail"
  }
}

extension VerificationReport.Check {
  static func passed(_ name: String, _ detail: String) -> Self { Self(name: name, outcome: .passed, detail: detail, files: []) }

  static func failed(_ name: String, _ detail: String, files: [String] = []) -> Self {
    Self(name: name, outcome: .failed, detail: detail, files: files)
  }

  static func notAssessed(_ name: String, _ detail: String) -> Self { Self(name: name, outcome: .notAssessed, detail: detail, files: []) }
}
