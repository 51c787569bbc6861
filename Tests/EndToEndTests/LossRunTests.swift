import Accounting
import AdversarialSynthesis
import Foundation
import Manifests
import MarginalSynthesis
import Releases
import Reports
import Synthesis
import Tables
import Testing

/// The figures for several people, for single columns and at other deltas, from a run to its
/// publication and verification.
@Suite struct LossRunTests {
  private func release(_ engine: Engine = .aim, epsilon: Double = 1, persons: Bool = true) throws
    -> Workshop
  {
    let shop = try Workshop()
    try shop.write(Admissions.made(people: 200).csv, as: "stays.csv")
    try shop.write(Admissions.schema(unit: persons ? Admissions.person : .row), as: "stays.yaml")
    _ = try Synthesis.run(
      shop.request("stays.csv", schema: "stays.yaml", epsilon: epsilon, engine: engine))
    return shop
  }

  @Test(arguments: [Engine.aim, .independent, .gan]) func aReleaseSaysThem(_ engine: Engine) throws
  {
    let shop = try release(engine)
    let manifest = try shop.manifest()
    let loss = try #require(manifest.guarantee.loss)
    #expect(loss.groups.map(\.people) == [2, 5, 10])
    let limits = [manifest.guarantee.epsilon] + loss.groups.map(\.epsilon)
    #expect(zip(limits, limits.dropFirst()).allSatisfy { $0 < $1 })
    // They grow faster than in proportion: each exceeds the multiple of the epsilon for one person.
    #expect(
      loss.groups.allSatisfy {
        $0.epsilon > Double($0.people) * manifest.guarantee.epsilon
          && $0.delta >= manifest.guarantee.delta
      })
    // Every column that reaches the model, and no other.
    let modelled = manifest.columns.filter { $0.treatment == .modelled || $0.treatment == .derived }
      .map(\.name)
    #expect(loss.columns.map(\.name) == modelled && loss.columns.count > 5)
    #expect(
      loss.columns.allSatisfy {
        $0.epsilon > 0 && $0.epsilon <= (loss.groups.first?.epsilon ?? 0) * 1.001
      })
    // A code determines its meaning, and a stay its end, so any question about one is a question
    // about the other.
    let byName = Dictionary(uniqueKeysWithValues: loss.columns.map { ($0.name, $0.epsilon) })
    #expect(byName["code"] == byName["meaning"])
    #expect(try #require(byName["admitted"]) >= #require(byName["discharged"]))
    let own = try #require(loss.curve.points.first { $0.delta == manifest.guarantee.delta })
    #expect(own.epsilon <= manifest.guarantee.epsilon * (1 + 1e-9))
    #expect(try ReleaseVerification(release: shop.file("release")).run().isPassed)
  }

  @Test func reportAndCardSayWhatTheManifestDoes() throws {
    let shop = try release()
    let loss = try #require(shop.manifest().guarantee.loss)
    struct Report: Decodable { let guarantee: ReportGuarantee }
    let report = try JSONDecoder().decode(Report.self, from: shop.data("release/report.json"))
    #expect(report.guarantee.loss == loss)
    for name in ["report.html", "model-card.md"] {
      let text = try shop.text("release/\(name)")
      #expect(text.contains("Several people, and single columns"), "\(name)")
      #expect(text.contains("Of several people who belong together"), "\(name)")
      for group in loss.groups {
        #expect(text.contains(Self.rounded(group.epsilon)), "\(name): \(group)")
      }
      for column in loss.columns {
        #expect(
          text.contains(column.name) && text.contains(Self.rounded(column.epsilon)),
          "\(name): \(column)")
      }
    }
  }

  /// Three digits, rounded up, as the pages write them.
  private static func rounded(_ epsilon: Double) -> String {
    let unit = pow(10, floor(log10(epsilon)) - 2)
    return String(format: "%g", (epsilon / unit - 1e-9).rounded(.up) * unit)
  }

  @Test func whatIsSaidTooLowFailsVerification() throws {
    let shop = try release(.independent)
    let text = try shop.text("release/manifest.json")
    let manifest = try shop.manifest()
    #expect(ReleaseVerification.checkEvents(manifest).outcome == .passed)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    func outcome(_ change: (inout [String: Any]) -> Void) throws -> VerificationReport.Outcome {
      var (forged, guarantee) = (json, json["guarantee"] as? [String: Any] ?? [:])
      var loss = guarantee["loss"] as? [String: Any] ?? [:]
      change(&loss)
      guarantee["loss"] = loss
      forged["guarantee"] = guarantee
      let data = try JSONSerialization.data(withJSONObject: forged)
      return ReleaseVerification.checkEvents(try JSONDecoder().decode(Manifest.self, from: data))
        .outcome
    }
    /// Halves the epsilon of the last entry of a list.
    func halved(_ list: Any?) -> [[String: Any]] {
      var list = list as? [[String: Any]] ?? []
      let last = list.indices.last ?? 0
      list[last]["epsilon"] = (list[last]["epsilon"] as? Double ?? 0) / 2
      return list
    }
    #expect(try outcome { _ in } == .passed)
    #expect(try outcome { $0["groups"] = halved($0["groups"]) } == .failed)
    #expect(try outcome { $0["columns"] = halved($0["columns"]) } == .failed)
    #expect(
      try outcome { $0["columns"] = Array((($0["columns"] as? [[String: Any]]) ?? []).dropLast()) }
        == .failed)
    #expect(
      try outcome { $0["curve"] = ["points": halved(($0["curve"] as? [String: Any])?["points"])] }
        == .failed)
    // More reserved than the claim allows, or less than the cost of the events.
    for factor in [0.5, 1.01] {
      let changed = try outcome { loss in
        var reserved = loss["reserved"] as? [String: Any] ?? [:]
        reserved["rho"] = (reserved["rho"] as? Double ?? 0) * factor
        loss["reserved"] = reserved
      }
      #expect(changed == .failed, "\(factor)")
    }
  }
}
