import Attacks
import Audits
import Foundation
import Testing

/// The honest build raises no alarm, except with probability 1e-6 for the whole suite, split
/// evenly.
@Suite struct HonestBuildTests {
  /// Few enough runs for every build; `understudy audit mechanism all` makes many more.
  private static func runs(_ audit: Audit) -> Int {
    audit.method == .oneRun ? audit.usualRuns : audit.usualRuns / 40
  }

  @Test(arguments: AuditCatalogue.all.map(\.name)) func noAlarm(_ name: String) throws {
    let audit = try #require(AuditCatalogue.all.first { $0.name == name })
    let share = 1e-6 / Double(AuditCatalogue.all.count)
    let result = try audit.run(AuditEffort(runs: Self.runs(audit), falseAlarm: share))
    print(
      "audit of \(name): claimed \(result.claimedEpsilon) at \(result.delta), at least \(result.empiricalEpsilon), share \(result.ratio),",
      "\(result.runs) runs, \(result.cpuSeconds) s")
    #expect(result.failures == [])
    #expect(result.empiricalEpsilon <= result.claimedEpsilon)
    if let charged = result.chargedEpsilon {
      #expect(charged >= result.claimedEpsilon * (1 - 1e-9))
    }
  }

  /// The adversary is a good one: if the claim is the exact loss, the runs prove most of it. The
  /// shares are eight standard deviations below the mean of 24 audits (.88, .94, .71, .86, .76).
  @Test(
    arguments: [
      ("discrete-gaussian", 0.75), ("discrete-laplace", 0.84), ("exponential-mechanism", 0.56),
      ("partition-selection", 0.66),
      ("partition-selection-new-label", 0.58),
    ])
  func theAdversaryIsGood(_ name: String, _ share: Double) throws {
    let audit = try #require(AuditCatalogue.all.first { $0.name == name })
    let result = try audit.run(AuditEffort(runs: 60_000, falseAlarm: 1e-6))
    #expect(result.ratio > share, "\(result)")
  }

  @Test func namesAreDistinct() {
    let names = AuditCatalogue.all.map(\.name)
    #expect(Set(names).count == names.count && names.count >= 19)
  }
}
