import Manifests

/// The result of verifying a release.
package struct VerificationReport: Sendable, Codable {
  /// The outcome of a check.
  package enum Outcome: String, Sendable, Codable {
    case passed
    case failed
    case notAssessed = "not-assessed"
  }

  /// One check.
  package struct Check: Sendable, Codable {
    /// `signature`, `trusted-key`, `files`, `events`, `policy` or `ledger`.
    package let name: String
    /// The outcome of the check.
    package let outcome: Outcome
    /// A sentence with the finding, and with a remedy if the check failed.
    package let detail: String
    /// The files that are not as they were signed.
    package let files: [String]
  }

  /// `pass` or `fail`.
  package let verdict: String
  /// The sentences of the checks that failed.
  package let failures: [String]
  /// The checks, in the order in which they were made.
  package let checks: [Check]
  /// The key that signed; nil if the signature cannot be read.
  package let signer: ManifestSigner?
  /// The manifest's promise; nil if it cannot be believed.
  package let guarantee: Manifest.Guarantee?

  /// Whether no check failed.
  package var isPassed: Bool { failures.isEmpty }

  init(checks: [Check], signer: ManifestSigner?, guarantee: Manifest.Guarantee?) {
    self.checks = checks
    self.signer = signer
    self.guarantee = guarantee
    failures = checks.filter { $0.outcome == .failed }.map(\.detail)
    verdict = failures.isEmpty ? "pass" : "fail"
  }
}

extension VerificationReport.Check {
  static func passed(_ name: String, _ detail: String) -> Self {
    Self(name: name, outcome: .passed, detail: detail, files: [])
  }

  static func failed(_ name: String, _ detail: String, files: [String] = []) -> Self {
    Self(name: name, outcome: .failed, detail: detail, files: files)
  }

  static func notAssessed(_ name: String, _ detail: String) -> Self {
    Self(name: name, outcome: .notAssessed, detail: detail, files: [])
  }
}
