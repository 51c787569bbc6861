import Foundation
import Privacy
import Releases
import Tables
import Testing

/// Runs under a policy: what is refused, when, what that costs, and what is left behind.
@Suite struct GateRunTests {
  /// Asks for attacks and takes whatever they show.
  static let loose = """
    version: 1
    policy: loose
    epsilon: any
    delta: any
    unit: any
    provenance: any
    attacks: {risk: any, membership: any, copies: any}
    utility: any

    """

  private func shop(_ policy: String = loose, people: Int = 300) throws -> Workshop {
    let shop = try Workshop()
    try shop.write(Admissions.made(people: people).csv, as: "stays.csv")
    try shop.write(Admissions.schema(unit: Admissions.person), as: "stays.yaml")
    try shop.write(policy, as: "policy.yaml")
    return shop
  }

  private func request(_ shop: Workshop, _ policy: String? = "policy.yaml", output: String = "release") throws -> SynthesisRequest {
    var request = try shop.request("stays.csv", schema: "stays.yaml", epsilon: 3, output: output)
    request.policy = try policy.map {
      try PolicyFile(named: FileManager.default.fileExists(atPath: shop.file($0).path) ? shop.file($0).path : $0)
    }
    return request
  }

  private func refusal(_ request: SynthesisRequest) throws -> GateRefusal {
    try #require(throws: GateRefusal.self) { try Synthesis.run(request) }
  }

  @Test func aReleaseThatPassesSaysSoAndVerifies() throws {
    let shop = try shop()
    let summary = try Synthesis.run(request(shop))
    #expect(summary.policy == "loose" && summary.isPrivate)
    let manifest = try shop.manifest()
    let gate = try #require(manifest.gate)
    #expect(gate.text == Self.loose && gate.lines.allSatisfy { $0.outcome == .met } && gate.lines.map(\.name) == ["noise", "identifiers"])
    #expect(gate.attested.map(\.name) == ["singling-out", "linkability", "inference", "membership"])
    #expect(manifest.trial?.holdOut == 0.2 && manifest.trial?.attacks.count == 4)
    #expect(manifest.hazards.contains(.gateDecision))
    var verification = ReleaseVerification(release: shop.file("release"))
    verification.ledger = shop.file("ledger.sqlite")
    #expect(try verification.run().checks.map(\.name) == ["signature", "files", "events", "policy", "ledger"])
    #expect(try verification.run().isPassed)
    #expect(try shop.text("release/model-card.md").contains("meets every requirement of the policy ‘loose’"))
    #expect(try shop.text("release/report.html").contains("meets every requirement of the policy ‘loose’"))
  }

  /// A policy that the release does not meet, however well it is signed.
  @Test func aPolicyThatIsNotMetFailsVerification() throws {
    let shop = try shop(Self.loose.replacing("epsilon: any", with: "epsilon: {at most: 3}"))
    _ = try Synthesis.run(request(shop))
    let text = try shop.text("release/manifest.json")
    for (found, forged) in [
      ("\"epsilon\" : 3,", "\"epsilon\" : 4,"), ("at most: 3}", "at most: 30}"), ("\"isPrivate\" : true", "\"isPrivate\" : false"),
    ] {
      let changed = text.replacing(found, with: forged)
      #expect(changed != text, "\(found)")
      let manifest = try JSONDecoder().decode(Manifest.self, from: Data(changed.utf8))
      #expect(ReleaseVerification.checkPolicy(manifest)?.outcome == .failed, "\(found)")
    }
  }

  /// What is known beforehand is refused before anything is asked: nothing is charged.
  @Test(arguments: [
    ("epsilon: {at most: 2}", "epsilon"), ("delta: {at most: 1e-12}", "delta"), ("provenance: [declared]", "provenance"),
  ]) func whatIsKnownBeforehandCostsNothing(_ line: String, _ name: String) throws {
    let key = line.prefix { $0 != ":" }
    let shop = try shop(Self.loose.replacing("\(key): any", with: line))
    let refusal = try refusal(request(shop))
    #expect(!refusal.isCharged && refusal.verdict.failures.map(\.name) == [name])
    #expect(refusal.verdict.failures[0].remedy.count > 20)
    #expect(try shop.names() == ["policy.yaml", "stays.csv", "stays.yaml"])
  }

  @Test func aSeededRunPassesNoGate() throws {
    let shop = try shop()
    var request = try request(shop)
    request.seed = 4
    #expect(try refusal(request).verdict.failures.map(\.name) == ["noise"])
    #expect(!shop.exists("release"))
  }

  @Test func anInferredSchemaNeedsAPolicyThatAllowsIt() throws {
    let shop = try shop()
    var request = try request(shop, "partners")
    request.schemaFile = nil
    let names = try refusal(request).verdict.failures.map(\.name)
    #expect(names == ["unit", "provenance"])
  }

  /// The rows were asked, so the attempt stays charged; nothing but the owner's report is left.
  @Test func whatFailsAfterwardsStaysCharged() throws {
    let shop = try shop(Self.loose.replacing("utility: any", with: "utility: {column distance: {at most: 0}}"))
    var request = try request(shop)
    request.comparesWithOriginal = true
    let refusal = try refusal(request)
    #expect(refusal.isCharged && refusal.verdict.failures.map(\.name) == ["column-distance", "pair-distance"])
    #expect(
      try shop.names().filter { !$0.hasPrefix("ledger") } == ["policy.yaml", "release-refused-owner-only", "stays.csv", "stays.yaml"])
    let page = try shop.text("release-refused-owner-only/owner-report.html")
    #expect(page.contains("The release was refused: 2 of") && page.contains("Spend more epsilon"))
    let session = try #require(try Ledger(at: shop.file("ledger.sqlite")).report(furtherDelta: Delta(1e-9)).datasets.first?.sessions.first)
    #expect(session.state == .closed && session.charges.count > 10)
    #expect(throws: LedgerError.self) { try Synthesis.run(self.request(shop)) }
  }

  /// A release by this program that is attacked for the owner's eyes only says so, and takes no hazard on.
  @Test func attacksWithoutAPolicyDecideNothing() throws {
    let shop = try shop()
    var request = try request(shop, nil)
    request.isAttacked = true
    request.comparesWithOriginal = true
    _ = try Synthesis.run(request)
    let manifest = try shop.manifest()
    #expect(manifest.gate == nil && manifest.trial?.holdOut == 0.2 && !manifest.hazards.contains(.gateDecision))
    #expect(try shop.text("release-owner-only/owner-report.html").contains("What attackers could do"))
  }

  @Test func aControlOfTheOwnersIsNotTrainedOn() throws {
    let shop = try shop()
    try shop.write(Admissions(rows: Admissions.made(people: 90, seed: 5).rows.map { ["C" + $0[0]] + $0.dropFirst() }).csv, as: "others.csv")
    var request = try request(shop)
    request.control = shop.file("others.csv")
    let summary = try Synthesis.run(request)
    #expect(!summary.ownerMessages.contains { $0.contains("control") })
    #expect(try shop.manifest().trial?.holdOut == nil)
  }

  /// People who are in both are left out, and nobody but the owner is told.
  @Test func aControlThatHoldsPeopleOfTheTableEndsNoRun() throws {
    let shop = try shop()
    let people = Admissions.made(people: 300).rows.filter { $0[0] < "P1007" }
    let others = Admissions.made(people: 90, seed: 5).rows.map { ["C" + $0[0]] + $0.dropFirst() }
    try shop.write(Admissions(rows: others + people).csv, as: "others.csv")
    var request = try request(shop)
    request.control = shop.file("others.csv")
    #expect(try Synthesis.run(request).ownerMessages.contains { $0.hasPrefix("The control holds 7 people of the table") })
  }

  /// Exit code 3, each failed line with what would mend it, and the same for machines.
  @Test(.enabled(if: Command.built != nil, Command.absence)) func theCommandRefuses() throws {
    let shop = try shop(Self.loose.replacing("epsilon: any", with: "epsilon: {at most: 0.5}"))
    let command = try #require(Command.built)
    let words = ["synthesize", "stays.csv", "--schema", "stays.yaml", "--epsilon", "1", "--policy", "policy.yaml", "-o", "release"]
    let outcome = try command.run(words, in: shop)
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("epsilon is at most 0.5; found: 1.") && outcome.output.contains("Nothing was charged"))
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(command.run(words + ["--json"], in: shop).output.utf8)) as? [String: Any])
    #expect(document["verdict"] as? String == "fail" && (document["failures"] as? [String])?.count == 1)
    try shop.write("version: 1\npolicy: p\nunit: someone\n", as: "policy.yaml")
    let bad = try command.run(words, in: shop)
    #expect(bad.status == 1 && bad.errors.contains("line 3") && bad.errors.contains("Allowed: person, declared, any"))
  }
}
