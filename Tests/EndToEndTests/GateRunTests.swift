import Accounting
import Foundation
import Ledger
import Manifests
import Policies
import Releases
import Tables
import Testing

/// Runs under a policy: which are refused, at which point and at which cost, and which files
/// remain.
@Suite struct GateRunTests {
  /// Requests attacks and accepts any result.
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

  private func request(
    _ shop: Workshop, _ policy: String? = "policy.yaml", output: String = "release"
  ) throws -> SynthesisRequest {
    var request = try shop.request("stays.csv", schema: "stays.yaml", epsilon: 3, output: output)
    request.policy = try policy.map {
      try PolicyFile(
        named: FileManager.default.fileExists(atPath: shop.file($0).path) ? shop.file($0).path : $0)
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
    #expect(
      gate.text == Self.loose && gate.lines.allSatisfy { $0.outcome == .met }
        && gate.lines.map(\.name) == ["noise", "identifiers"])
    #expect(
      gate.attested.map(\.name) == ["singling-out", "linkability", "inference", "membership"])
    #expect(manifest.trial?.holdOut == 0.2 && manifest.trial?.attacks.count == 4)
    #expect(manifest.hazards.contains(.gateDecision))
    var verification = ReleaseVerification(release: shop.file("release"))
    verification.ledger = shop.file("ledger.sqlite")
    #expect(
      try verification.run().checks.map(\.name) == [
        "signature", "files", "events", "policy", "ledger",
      ])
    #expect(try verification.run().isPassed)
    #expect(
      try shop.text("release/model-card.md").contains(
        "meets every requirement of the policy ‘loose’"))
    #expect(
      try shop.text("release/report.html").contains("meets every requirement of the policy ‘loose’")
    )
  }

  /// A release that does not meet its policy fails verification even if its signature is valid.
  @Test func aPolicyThatIsNotMetFailsVerification() throws {
    let shop = try shop(Self.loose.replacing("epsilon: any", with: "epsilon: {at most: 3}"))
    _ = try Synthesis.run(request(shop))
    let text = try shop.text("release/manifest.json")
    for (found, forged) in [
      ("\"epsilon\" : 3,", "\"epsilon\" : 4,"), ("at most: 3}", "at most: 30}"),
      ("\"isPrivate\" : true", "\"isPrivate\" : false"),
    ] {
      let changed = text.replacing(found, with: forged)
      #expect(changed != text, "\(found)")
      let manifest = try JSONDecoder().decode(Manifest.self, from: Data(changed.utf8))
      #expect(ReleaseVerification.checkPolicy(manifest)?.outcome == .failed, "\(found)")
    }
  }

  /// Failures that are known beforehand are refused before any question is asked, and nothing is
  /// charged.
  @Test(arguments: [
    ("epsilon: {at most: 2}", "epsilon"), ("delta: {at most: 1e-12}", "delta"),
    ("provenance: [declared]", "provenance"),
  ]) func whatIsKnownBeforehandCostsNothing(_ line: String, _ name: String) throws {
    let key = line.prefix { $0 != ":" }
    let shop = try shop(Self.loose.replacing("\(key): any", with: line))
    let refusal = try refusal(request(shop))
    #expect(!refusal.isCharged && refusal.verdict.failures.map(\.name) == [name])
    #expect(refusal.verdict.failures[0].remedy.count > 20)
    #expect(try shop.names() == ["policy.yaml", "stays.csv", "stays.yaml"])
  }

  /// Only the declared number of rows is known before the charge. If there are very many, the
  /// number of rows compared stays capped.
  @Test(arguments: [(300, true), (20_000, false), (50_000_000, false)])
  func tooFewStrangersAreRefusedBeforeTheCharge(_ rows: Int, _ isRefused: Bool) throws {
    let shop = try shop()
    var schema = Admissions.schema(unit: Admissions.person)
    schema.approximateRows = rows
    try shop.write(schema, as: "stays.yaml")
    let before = try shop.names()
    var failures: [String] = []
    do {
      _ = try Synthesis.plan(request(shop, "partners"))
    } catch let refusal as GateRefusal {
      #expect(!refusal.isCharged)
      failures = refusal.verdict.failures.map(\.name)
    }
    #expect(failures.contains("membership-power") == isRefused, "\(failures)")
    #expect(try shop.names() == before)
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
    #expect(names == ["unit", "repeated-persons", "provenance"])
  }

  /// A limit on attacks that nothing meets.
  private static let strict = loose.replacing("risk: any", with: "risk: {at most: 0.0001}")

  /// The rows were asked, so the attempt stays charged. Only the owner's report remains.
  @Test func whatFailsAfterwardsStaysCharged() throws {
    let shop = try shop(Self.strict)
    var request = try request(shop)
    request.comparesWithOriginal = true
    let refusal = try refusal(request)
    #expect(
      refusal.isCharged && refusal.verdict.failures.allSatisfy { $0.name.hasPrefix("attack ") })
    #expect(refusal.verdict.failures.count >= 3)
    #expect(
      try shop.names().filter { !$0.hasPrefix("ledger") } == [
        "owner", "policy.yaml", "stays.csv", "stays.yaml",
      ])
    let report = try #require(refusal.ownerReport)
    #expect(report.deletingLastPathComponent().lastPathComponent.hasPrefix("release-refused-2"))
    let page = try String(contentsOf: report, encoding: .utf8)
    #expect(
      page.contains("The release was refused: \(refusal.verdict.failures.count) of")
        && page.contains("Stays with you: not private"))
    #expect(page.contains("hold out more, give more with --control"))
    let session = try #require(
      try Ledger(at: shop.file("ledger.sqlite")).report(furtherDelta: Delta(1e-9)).datasets.first?
        .sessions.first)
    #expect(session.state == .closed && session.charges.count > 10)
    #expect(throws: LedgerError.self) { try Synthesis.run(self.request(shop)) }
  }

  /// If a release by this program is attacked only for the owner's information, its manifest
  /// records that and nothing else, and it gains no hazard.
  @Test func attacksWithoutAPolicyDecideNothing() throws {
    let shop = try shop()
    var request = try request(shop, nil)
    request.isAttacked = true
    request.comparesWithOriginal = true
    let summary = try Synthesis.run(request)
    let manifest = try shop.manifest()
    #expect(
      manifest.gate == nil && manifest.trial?.holdOut == 0.2
        && !manifest.hazards.contains(.gateDecision))
    let page = try String(contentsOf: try #require(summary.ownerReport), encoding: .utf8)
    #expect(page.contains("What attackers could do"))
  }

  /// The release is published whatever the attacks find. The owner is told, and nothing that
  /// travels reveals their result.
  @Test func judgedAfterwardsItIsPublished() throws {
    let after = Self.strict.replacing("version: 1", with: "version: 2").replacing(
      "{risk", with: "{judged: after publication, risk")
    let shop = try shop(after)
    let summary = try Synthesis.run(request(shop))
    #expect(summary.laterFailures.count >= 3 && summary.policy == "loose")
    let manifest = try shop.manifest()
    #expect(!manifest.hazards.contains(.gateDecision))
    #expect(manifest.gate?.attested == [])
    #expect(
      manifest.gate?.assessedAfterwards?.map(\.name) == [
        "singling-out", "linkability", "inference", "membership",
      ])
    for name in ["report.html", "model-card.md"] {
      let text = try shop.text("release/\(name)")
      #expect(
        text.contains("that is judged before publication")
          && !text.contains("Attested by the owner"), "\(name)")
    }
    // Whether the limit is met afterwards or not, the folder is the same.
    let other = try self.shop(after.replacing("risk: {at most: 0.0001}", with: "risk: any"))
    #expect(try Synthesis.run(request(other)).laterFailures.isEmpty)
    #expect(try other.manifest().gate?.assessedAfterwards?.count == 4)
  }

  @Test(.enabled(if: Command.built != nil, Command.absence))
  func theCommandTellsWhatWasFoundAfterwards() throws {
    let shop = try shop(
      Self.strict.replacing("version: 1", with: "version: 2").replacing(
        "{risk", with: "{judged: after publication, risk"))
    let command = try #require(Command.built)
    let words = [
      "synthesize", "stays.csv", "--schema", "stays.yaml", "--epsilon", "1", "--policy",
      "policy.yaml", "--engine", "independent",
    ]
    let outcome = try command.run(words + ["-o", "release", "--quiet"], in: shop)
    #expect(outcome.status == 3 && shop.exists("release/manifest.json"))
    #expect(outcome.output.contains("Published, but does not pass all of the policy 'loose'"))
  }

  // MARK: Attempts

  /// Refused attempts count as part of what the next release reveals, until one is published.
  @Test func theManifestCountsAttempts() throws {
    let shop = try shop(Self.strict)
    let ledger = try Ledger(at: shop.file("ledger.sqlite"))
    _ = try refusal(request(shop))
    let dataset = try #require(try ledger.report(furtherDelta: Delta(1e-9)).datasets.first?.dataset)
    try ledger.grant(dataset, epsilon: Epsilon(20), delta: Delta(1e-6))
    _ = try refusal(request(shop))
    try shop.write(Self.loose, as: "policy.yaml")
    _ = try Synthesis.run(request(shop))
    let manifest = try shop.manifest()
    let attempts = try #require(manifest.attempts)
    #expect(attempts.count == 3)
    #expect(
      attempts.rho > 2 * manifest.guarantee.rho
        && attempts.epsilon > 1.2 * manifest.guarantee.epsilon)
    #expect(
      attempts.delta > manifest.guarantee.delta
        && attempts.eventsDelta > manifest.guarantee.eventsDelta)
    for name in ["report.html", "model-card.md"] {
      #expect(
        try shop.text("release/\(name)").contains(
          "2 other attempts asked the rows and were not published"), "\(name)")
    }
    #expect(try ReleaseVerification(release: shop.file("release")).run().isPassed)
    _ = try Synthesis.run(request(shop, output: "second"))
    #expect(try shop.manifest("second").attempts?.count == 1)
    #expect(try !shop.text("second/report.html").contains("other attempt"))
  }

  @Test func aControlOfTheOwnersIsNotTrainedOn() throws {
    let shop = try shop()
    try shop.write(
      Admissions(
        rows: Admissions.made(people: 90, seed: 5).rows.map { ["C" + $0[0]] + $0.dropFirst() }
      ).csv, as: "others.csv")
    var request = try request(shop)
    request.control = shop.file("others.csv")
    let summary = try Synthesis.run(request)
    #expect(!summary.ownerMessages.contains { $0.contains("control") })
    #expect(try shop.manifest().trial?.holdOut == nil)
  }

  /// People in both tables are left out, and only the owner is told.
  @Test func aControlThatHoldsPeopleOfTheTableEndsNoRun() throws {
    let shop = try shop()
    let people = Admissions.made(people: 300).rows.filter { $0[0] < "P1007" }
    let others = Admissions.made(people: 90, seed: 5).rows.map { ["C" + $0[0]] + $0.dropFirst() }
    try shop.write(Admissions(rows: others + people).csv, as: "others.csv")
    var request = try request(shop)
    request.control = shop.file("others.csv")
    #expect(
      try Synthesis.run(request).ownerMessages.contains {
        $0.hasPrefix("The control holds 7 people of the table")
      })
  }

  /// Exit code 3, each failed line with its remedy, and the same in machine-readable form.
  @Test(.enabled(if: Command.built != nil, Command.absence)) func theCommandRefuses() throws {
    let shop = try shop(Self.loose.replacing("epsilon: any", with: "epsilon: {at most: 0.5}"))
    let command = try #require(Command.built)
    let words = [
      "synthesize", "stays.csv", "--schema", "stays.yaml", "--epsilon", "1", "--policy",
      "policy.yaml", "-o", "release",
    ]
    let outcome = try command.run(words, in: shop)
    #expect(outcome.status == 3)
    #expect(
      outcome.output.contains("epsilon is at most 0.5; found: 1.")
        && outcome.output.contains("Nothing was charged"))
    let document = try #require(
      try JSONSerialization.jsonObject(
        with: Data(command.run(words + ["--json"], in: shop).output.utf8)) as? [String: Any])
    #expect(
      document["verdict"] as? String == "fail" && (document["failures"] as? [String])?.count == 1)
    try shop.write("version: 1\npolicy: p\nunit: someone\n", as: "policy.yaml")
    let bad = try command.run(words, in: shop)
    #expect(
      bad.status == 1 && bad.errors.contains("line 3")
        && bad.errors.contains("Allowed: person, declared, any"))
  }
}
