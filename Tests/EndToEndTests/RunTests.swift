import Accounting
import Basics
import Engines
import Foundation
import Ledger
import Manifests
import MarginalSynthesis
import Policies
import Releases
import Synthesis
import Tables
import Testing

/// How runs begin and end: budgets, refusals, cancellation, and what remains on disk.
@Suite struct RunTests {
  private func workshop(people: Int = 300) throws -> Workshop {
    let shop = try Workshop()
    try shop.write(Admissions.made(people: people).csv, as: "stays.csv")
    try shop.write(Admissions.schema(unit: Admissions.person), as: "stays.yaml")
    return shop
  }

  private func request(_ shop: Workshop, engine: Engine = .mst, output: String = "release") throws
    -> SynthesisRequest
  {
    try shop.request("stays.csv", schema: "stays.yaml", epsilon: 3, engine: engine, output: output)
  }

  private func account(_ shop: Workshop) throws -> LedgerReport.Account {
    try #require(
      try Ledger(at: shop.file("ledger.sqlite")).report(furtherDelta: Delta(1e-9)).datasets.first)
  }

  @Test func rowsAreThoseAskedFor() throws {
    let shop = try workshop()
    var request = try request(shop)
    request.rows = 77
    #expect(try Synthesis.run(request).rows == 77)
    #expect(try shop.synthetic().rowCount == 77)
    #expect(try shop.manifest().guarantee.isPrivate)
    #expect(try !shop.text("release/report.html").localizedCaseInsensitiveContains("not private"))
  }

  @Test func twoRunsDiffer() throws {
    let (first, second) = (try workshop(), try workshop())
    _ = try Synthesis.run(request(first))
    _ = try Synthesis.run(request(second))
    #expect(try first.data("release/synthetic.csv") != second.data("release/synthetic.csv"))
    #expect(try first.data("release/model.json") != second.data("release/model.json"))
  }

  @Test func aSeedRepeatsEveryByte() throws {
    let shops = try (0..<2).map { _ in try workshop() }
    for shop in shops {
      var request = try request(shop, engine: .aim)
      request.seed = 9
      request.now = { Date(timeIntervalSince1970: 0) }
      _ = try Synthesis.run(request)
    }
    for name in ["synthetic.csv", "model.json", "report.html"] {
      #expect(try shops[0].data("release/\(name)") == shops[1].data("release/\(name)"), "\(name)")
    }
    // The keyed marks and the key belong to the owner and differ in each folder.
    let manifests = try shops.map { shop in
      var manifest = try #require(
        try JSONSerialization.jsonObject(with: shop.data("release/manifest.json"))
          as? [String: any Sendable])
      for key in ["marks", "signer"] { #expect(manifest.removeValue(forKey: key) != nil) }
      return try JSONSerialization.data(withJSONObject: manifest, options: .sortedKeys)
    }
    #expect(manifests[0] == manifests[1])
  }

  @Test(arguments: Engine.ofMarginals) func theLedgerHoldsWhatTheManifestSays(_ engine: Engine)
    throws
  {
    let shop = try workshop()
    _ = try Synthesis.run(request(shop, engine: engine))
    let manifest = try shop.manifest()
    let account = try account(shop)
    let session = try #require(account.sessions.first)
    #expect(session.state == .closed)
    #expect(session.charges.map(\.event) == manifest.events.map(\.event))
    #expect(
      session.counted.rho.value <= session.reserved.rho.value
        && session.counted.delta.value <= session.reserved.delta.value)
    #expect(
      abs(session.counted.rho.value - manifest.guarantee.rho) <= 1e-9 * manifest.guarantee.rho)
    #expect(ReleaseVerification.checkEvents(manifest).outcome == .passed)
  }

  @Test func asMuchAgainIsRefusedAndNothingIsWritten() throws {
    let shop = try workshop()
    _ = try Synthesis.run(request(shop))
    let before = try shop.names()
    let spent = try account(shop).used
    #expect(throws: LedgerError.self) { try Synthesis.run(request(shop, output: "second")) }
    #expect(try shop.names() == before)
    #expect(try account(shop).used == spent)
  }

  @Test func whatExistsIsLeftAlone() throws {
    let shop = try workshop()
    _ = try Synthesis.run(request(shop))
    let before = try shop.data("release/synthetic.csv")
    #expect(throws: OutputFault.exists(path: shop.file("release").path)) {
      try Synthesis.run(request(shop))
    }
    #expect(try shop.data("release/synthetic.csv") == before)
  }

  /// Cancelled in each phase: nothing is written, the session is settled, and charges stand.
  @Test(arguments: [SynthesisProgress.Phase.domain, .fitting, .sampling])
  func cancellingLeavesNothing(_ phase: SynthesisProgress.Phase)
    throws
  {
    let shop = try workshop()
    let before = try shop.names()
    let request = try request(shop, engine: .aim)
    #expect(throws: CancellationError.self) {
      try Synthesis.run(request) {
        if $0.phase == phase, $0.fraction > 0 || phase != .domain { throw CancellationError() }
      }
    }
    #expect(try shop.names().filter { !$0.hasPrefix("ledger.sqlite") } == before)
    let session = try #require(try account(shop).sessions.first)
    #expect(session.state == .closed)
    let charged = session.charges.reduce(0) { $0 + $1.cost.rho.value }
    #expect(charged > 0 && abs(session.counted.rho.value - charged) <= 1e-9)
    #expect(phase == .sampling || session.counted.rho < session.reserved.rho)
  }

  @Test func aTableThatDoesNotFitSpendsNothingWhereTheOwnerIsStrict() throws {
    let shop = try workshop()
    try shop.write(
      Admissions.made(people: 30).csv.replacing("yes", with: "perhaps"), as: "stays.csv")
    var request = try request(shop)
    request.isStrict = true
    #expect(throws: ReleaseError.self) { try Synthesis.run(request) }
    #expect(try shop.names() == ["stays.csv", "stays.yaml"])
  }
}
