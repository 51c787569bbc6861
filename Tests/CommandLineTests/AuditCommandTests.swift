import Audits
import CommandLine
import Foundation
import Testing

/// `understudy audit mechanism`.
@Suite struct AuditCommandTests {
  private struct Document: Decodable {
    struct Entry: Decodable {
      let name: String
      let method: String
      let claimedEpsilon: Double
      let empiricalEpsilon: Double
      let delta: Double
      let runs: Int
      let failures: [String]
    }
    let verdict: String
    let failures: [String]
    let falseAlarm: Double
    let audits: [Entry]
  }

  @Test(.enabled(if: Executable.built != nil, Executable.absence)) func anHonestMechanismPasses()
    throws
  {
    let outcome = try #require(Executable.built).run(
      [
        "audit", "mechanism", "discrete-laplace", "--runs", "5000", "--false-alarm", "1e-8",
        "--json",
      ], in: try Scratch())
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.errors.contains("Auditing"))
    let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
    #expect(document.verdict == "pass" && document.failures.isEmpty && document.falseAlarm == 1e-8)
    let entry = try #require(document.audits.first)
    #expect(
      document.audits.count == 1 && entry.name == "discrete-laplace" && entry.method == "many-runs"
        && entry.runs == 10_000)
    #expect(
      entry.empiricalEpsilon > 0.5 && entry.empiricalEpsilon <= entry.claimedEpsilon
        && entry.claimedEpsilon == 1)
  }

  @Test(.enabled(if: Executable.built != nil, Executable.absence))
  func moreCanariesThanAColumnHolds() throws {
    let outcome = try #require(Executable.built).run(
      ["audit", "mechanism", "gan-canaries", "--runs", "70000"], in: try Scratch())
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("gan-canaries takes at most 60,000 canaries"))
  }

  @Test(.enabled(if: Executable.built != nil, Executable.absence)) func anUnknownMechanismIsNamed()
    throws
  {
    let outcome = try #require(Executable.built).run(
      ["audit", "mechanism", "discrete-laplas"], in: try Scratch())
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("Did you mean 'discrete-laplace'?"))
  }

  /// A broken mechanism is reported clearly, in a sentence, and thrown, which makes the exit code
  /// 3.
  @Test func aRefutedClaimIsLoud() throws {
    let audit = SamplerAudits.discreteGaussian { _ in 0 }
    let report = try AuditReport.run([audit], falseAlarm: 1e-6, runs: 1_000)
    #expect(!report.hasPassed && report.verdict == "fail")
    let text = AuditPage.text(report, terminal: Terminal(width: 100))
    #expect(text.hasPrefix("A CLAIM IS REFUTED"))
    #expect(text.contains("discrete-gaussian: The runs prove an epsilon of at least"))
    #expect(throws: (any Error).self) {
      try AuditPage.show(report, on: Console(terminal: Terminal(), isQuiet: true, isJSON: true))
    }
  }
}
