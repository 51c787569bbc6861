import Accounting
import Basics
import Curation
import DelimitedText
import Examples
import Foundation
import HeatMaps
import Ledger
import Manifests
import Policies
import Releases
import Tables
import Testing
import Trips

/// Trips from end to end: the curator's answers are all that they show, the ledger pays, and the
/// folder is as its owner signed it.
@Suite struct TripTests {
  private static let town = Workshop.town

  private func workshop(_ table: Table = town.table) throws -> Workshop {
    try Workshop(town: table)
  }

  private func request(_ shop: Workshop, epsilon: Double = 4, output: String = "trips") throws
    -> TripRequest
  {
    var request = TripRequest(
      input: shop.file("town.csv"), schema: shop.file("town.yaml"), output: shop.file(output),
      epsilon: try Epsilon(epsilon), ledger: shop.file("ledger.sqlite"), settings: TripSettings())
    request.delta = Delta(checked: 1e-6)
    return request
  }

  /// All that trips show but the owner's key and keyed marks.
  private func sighting(_ table: Table, _ probe: ReplayProbe) throws -> (
    files: [String: Data], questions: [Question]
  ) {
    let shop = try workshop(table)
    var request = try request(shop, epsilon: 20)
    request.seed = 5
    request.probe = probe
    request.now = { Date(timeIntervalSince1970: 1_800_000_000) }
    #expect(try TripSynthesis.run(request).trips > 0)
    return (try shop.shown(in: "trips"), probe.exchanges.map(\.question))
  }

  /// A person more or fewer, and with the same noisy answers nothing differs by a byte; with the
  /// exact answers something does.
  @Test func nothingButTheAnswersTells() throws {
    let first = ReplayProbe()
    let all = try sighting(Self.town.table, first)
    #expect(all.questions.count >= 15)
    for person in [7, 250] {
      let replay = ReplayProbe(first.exchanges)
      let rest = try sighting(Self.town.table(keeping: { $0 != person }), replay)
      #expect(all.files.keys.sorted() == rest.files.keys.sorted())
      for (name, data) in all.files { #expect(data == rest.files[name], "\(name)") }
      #expect(all.questions == rest.questions)
      #expect(
        zip(first.exchanges, replay.exchanges).contains { $0.exact != $1.exact },
        "nobody made a difference")
    }
  }

  @Test func tripsAreVerified() throws {
    let shop = try workshop()
    let summary = try TripSynthesis.run(try request(shop, epsilon: 8))
    #expect(summary.isPrivate && summary.trips > 0 && summary.fastest == 70)
    var verification = ReleaseVerification(release: shop.file("trips"))
    verification.ledger = shop.file("ledger.sqlite")
    let report = try verification.run()
    #expect(report.isPassed, "\(report.failures)")
    let manifest = try shop.manifest("trips")
    #expect(manifest.format == 6 && manifest.engine == "trips")
    #expect(manifest.rows == summary.points)
    #expect(Set(manifest.files.keys) == ["report.html", "report.json", "synthetic.csv"])
    for name in manifest.files.keys.sorted() + ["manifest.json"] {
      let whole = try shop.data("trips/\(name)")
      try (whole + Data(" ".utf8)).write(to: shop.file("trips/\(name)"))
      #expect(try !verification.run().isPassed, "\(name)")
      try whole.write(to: shop.file("trips/\(name)"))
    }
    let page = try shop.text("trips/report.html")
    #expect(!page.contains("http://") && !page.contains("https://"), "a page without a network")
  }

  /// Declared roads are named in the manifest and the report, and all points lie on them.
  @Test func declaredRoadsAreNamed() throws {
    let shop = try workshop()
    let lines = (0..<32).flatMap { number in
      let along = number * 800 + 100
      return ["[[0,\(along)],[25500,\(along)]]", "[[\(along),0],[\(along),25500]]"]
    }
    let features = lines.map {
      "{\"type\":\"Feature\",\"geometry\":{\"type\":\"LineString\",\"coordinates\":\($0)}}"
    }
    try shop.write(
      "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}",
      as: "roads.geojson")
    var request = try request(shop, epsilon: 8)
    request.roads = shop.file("roads.geojson")
    let summary = try TripSynthesis.run(request)
    #expect(summary.trips > 0 && summary.ownerReport != nil)
    let manifest = try shop.manifest("trips")
    #expect(manifest.roads?.name == "roads.geojson")
    #expect(
      manifest.roads?.sha256 == ContentDigest.sha256(of: try shop.data("roads.geojson")))
    #expect(try ReleaseVerification(release: shop.file("trips")).run().isPassed)
    #expect(try shop.text("trips/report.html").contains("along the roads of roads.geojson"))
    let points = try shop.text("trips/synthetic.csv").split(separator: "\n").dropFirst()
    func isOnRoad(_ cell: Substring) -> Bool { Int(cell).map { $0 / 200 % 4 == 0 } ?? false }
    #expect(
      points.allSatisfy { row in row.split(separator: ",").suffix(2).contains(where: isOnRoad) })
  }

  /// A map and trips of the same people cost twice.
  @Test func tripsAndAMapCostTwice() throws {
    let shop = try workshop()
    var map = MapRequest(
      input: shop.file("town.csv"), schema: shop.file("town.yaml"), output: shop.file("map"),
      epsilon: try Epsilon(4), ledger: shop.file("ledger.sqlite"))
    map.delta = Delta(checked: 1e-6)
    _ = try Mapping.run(map)
    do {
      _ = try TripSynthesis.run(try request(shop))
      Issue.record("trips beyond the budget were made")
    } catch let error as LedgerError {
      #expect(error.id == "budget.exhausted")
    }
    #expect(!shop.exists("trips"))
  }

  /// A few people, or nobody in the region: the table has no rows and the report says so. The run
  /// is seeded: noise alone stands out now and then, which is no fault.
  @Test func aFewPeopleAreNoTrips() throws {
    let shop = try workshop(Self.town.table(keeping: { $0 < 3 }))
    var request = try request(shop, epsilon: 0.5)
    request.seed = 1
    let summary = try TripSynthesis.run(request)
    #expect(summary.trips == 0)
    #expect(try shop.text("trips/report.html").contains("Nothing stands out of the noise"))
    #expect(try shop.text("trips/synthetic.csv") == "person,trip,time,x,y\n")
    #expect(try ReleaseVerification(release: shop.file("trips")).run().isPassed)
  }

  private static let policy = """
    version: 2
    policy: places
    epsilon: {at most: 1}
    delta: {at most: 1e-5}
    unit: person
    provenance: [declared]
    identifiers: absent
    other people: absent
    attacks: any
    utility: {column distance: any, pair distance: any, prediction: any}

    """

  /// A policy is kept like that of a table: a forbidden release is refused before anything is
  /// charged, and an allowed one names the policy in its manifest.
  @Test func aPolicyIsKept() throws {
    let shop = try workshop()
    try Data(Self.policy.utf8).write(to: shop.file("policy.yaml"))
    var tooMuch = try request(shop, epsilon: 2)
    tooMuch.policy = try PolicyFile(named: shop.file("policy.yaml").path)
    do {
      _ = try TripSynthesis.run(tooMuch)
      Issue.record("a release beyond its policy was made")
    } catch let refusal as GateRefusal {
      #expect(refusal.verdict.failures.map(\.name) == ["epsilon"] && !refusal.isCharged)
    }
    #expect(!shop.exists("trips") && !shop.exists("ledger.sqlite"))
    var map = MapRequest(
      input: shop.file("town.csv"), schema: shop.file("town.yaml"), output: shop.file("map"),
      epsilon: try Epsilon(1), ledger: shop.file("ledger.sqlite"))
    (map.delta, map.policy) = (Delta(checked: 1e-6), tooMuch.policy)
    _ = try Mapping.run(map)
    let gate = try #require(try shop.manifest("map").gate)
    #expect(gate.policy == "places" && gate.attested.isEmpty)
    #expect(Set(gate.lines.map(\.name)).isSuperset(of: ["epsilon", "delta", "unit", "people"]))
    #expect(try ReleaseVerification(release: shop.file("map")).run().isPassed)
    map.policy = try PolicyFile(named: "open")
    map.output = shop.file("other")
    #expect(throws: HeatFault.policyOnTables("open")) { try Mapping.run(map) }
  }

  /// A plan needs no table.
  @Test func aPlanReadsNoPoint() throws {
    let shop = try Workshop()
    try shop.write(TownExample.schema, as: "town.yaml")
    let plan = try TripPlanDocument(try request(shop))
    #expect(abs(plan.parts.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    #expect(plan.unit == "person" && plan.fastest == 70 && plan.hazards.isEmpty)
  }
}
