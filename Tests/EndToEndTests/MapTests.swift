import Accounting
import Curation
import DelimitedText
import Examples
import Foundation
import HeatMaps
import Ledger
import Manifests
import PlaceAttacks
import Releases
import Reports
import Tables
import Testing

/// Maps from end to end: what leaves the curator is all that a map shows, the ledger pays, and the
/// folder is what its owner signed.
@Suite struct MapTests {
  private static let town = Workshop.town

  private func workshop(_ table: Table = town.table) throws -> Workshop {
    try Workshop(town: table)
  }

  private func request(_ shop: Workshop, epsilon: Double = 4, output: String = "map") throws
    -> MapRequest
  {
    var request = MapRequest(
      input: shop.file("town.csv"), schema: shop.file("town.yaml"), output: shop.file(output),
      epsilon: try Epsilon(epsilon), ledger: shop.file("ledger.sqlite"))
    request.delta = Delta(checked: 1e-6)
    return request
  }

  /// All that a map shows but the owner's key and keyed marks.
  private func sighting(_ table: Table, _ probe: ReplayProbe, slices: HeatGrid.Slices) throws -> (
    files: [String: Data], questions: [Question]
  ) {
    let shop = try workshop(table)
    try shop.write(Self.districts, as: "areas.geojson")
    var request = try request(shop)
    request.settings.slices = slices
    request.areas = shop.file("areas.geojson")
    request.seed = 5
    request.probe = probe
    request.now = { Date(timeIntervalSince1970: 1_800_000_000) }
    _ = try Mapping.run(request)
    return (try shop.shown(in: "map"), probe.exchanges.map(\.question))
  }

  private static let districts = """
    {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"west"},
    "geometry":{"type":"Polygon","coordinates":[[[0,0],[12800,0],[12800,25600],[0,25600],[0,0]]]}}]}
    """

  /// A person more or fewer, and with the same noisy answers nothing differs by a byte; with the
  /// exact answers something does.
  @Test(arguments: [HeatGrid.Slices.none, .weekday])
  func nothingButTheAnswersTells(_ slices: HeatGrid.Slices) throws {
    let first = ReplayProbe()
    let all = try sighting(Self.town.table, first, slices: slices)
    #expect(all.questions.count >= 2)
    for person in [7, 250] {
      let replay = ReplayProbe(first.exchanges)
      let rest = try sighting(Self.town.table(keeping: { $0 != person }), replay, slices: slices)
      #expect(all.files.keys.sorted() == rest.files.keys.sorted())
      for (name, data) in all.files { #expect(data == rest.files[name], "\(name)") }
      #expect(all.questions == rest.questions)
      #expect(
        zip(first.exchanges, replay.exchanges).contains { $0.exact != $1.exact },
        "nobody made a difference")
    }
  }

  @Test func aMapIsVerified() throws {
    let shop = try workshop()
    let summary = try Mapping.run(try request(shop))
    #expect(summary.isPrivate && summary.cells > 0 && summary.hazards.isEmpty)
    var verification = ReleaseVerification(release: shop.file("map"))
    verification.ledger = shop.file("ledger.sqlite")
    let report = try verification.run()
    #expect(report.isPassed, "\(report.failures)")
    let manifest = try shop.manifest("map")
    #expect(manifest.format == 5 && manifest.engine == "heat-map" && manifest.rows == 0)
    #expect(
      Set(manifest.files.keys) == [
        "heat.geojson", "map.html", "map.tif", "report.html", "report.json",
      ])
    for name in manifest.files.keys.sorted() + ["manifest.json"] {
      let whole = try shop.data("map/\(name)")
      try (whole + Data(" ".utf8)).write(to: shop.file("map/\(name)"))
      #expect(try !verification.run().isPassed, "\(name)")
      try whole.write(to: shop.file("map/\(name)"))
    }
    let page = try shop.text("map/map.html")
    #expect(!page.contains("http://") && !page.contains("https://"), "a page without a network")
  }

  /// The owner's report lies beside the ledger, holds the attacks, and nothing of it travels.
  @Test func theOwnerSeesTheAttacks() throws {
    let shop = try workshop(Self.town.table(keeping: { $0 < 200 }))
    // Somebody of the table is among the strangers, and is left out.
    try CSVWriter.write(
      Self.town.table(keeping: { $0 >= 199 }), to: shop.file("others.csv"),
      format: TownExample.schema.format)
    var request = try request(shop)
    request.control = shop.file("others.csv")
    let summary = try Mapping.run(request)
    let page = try #require(summary.ownerReport)
    #expect(page.path.hasPrefix(shop.file("owner").path))
    let text = try String(contentsOf: page, encoding: .utf8)
    #expect(text.contains("FOR THE OWNER ONLY") && text.contains("Homes that stand alone"))
    let data = try Data(
      contentsOf: page.deletingLastPathComponent().appendingPathComponent("owner-report.json"))
    let report = try JSONDecoder().decode(PlaceOwnerReport.self, from: data)
    #expect(report.attacks.people == 200 && report.attacks.strangers == 100)
    #expect(report.attacks.isLeaky != true)
    for (name, data) in try shop.shown(in: "map") {
      #expect(!String(decoding: data, as: UTF8.self).contains("stand alone"), "\(name)")
    }
    request.isAttacked = false
    (request.output, request.epsilon) = (shop.file("second"), try Epsilon(1))
    request.ledger = shop.file("other.sqlite")
    #expect(try Mapping.run(request).ownerReport == nil)
  }

  /// Two maps of the same people cost twice: after the first grant is used, the second is refused,
  /// whoever is in the table.
  @Test func twoMapsCostTwice() throws {
    for table in [Self.town.table, Self.town.table(keeping: { $0 != 7 })] {
      let shop = try workshop(table)
      _ = try Mapping.run(try request(shop))
      do {
        _ = try Mapping.run(try request(shop, output: "second"))
        Issue.record("a map beyond the budget was drawn")
      } catch let error as LedgerError {
        #expect(error.id == "budget.exhausted")
      }
      #expect(!shop.exists("second"))
    }
  }

  /// A device or two, or nobody in the region: the map is made and says that it is empty.
  @Test func aFewPeopleAreAnEmptyMap() throws {
    let shop = try workshop(Self.town.table(keeping: { $0 < 3 }))
    let summary = try Mapping.run(try request(shop, epsilon: 0.5))
    #expect(summary.cells == 0)
    #expect(try shop.text("map/map.html").contains("Nothing stands out of the noise"))
    #expect(try ReleaseVerification(release: shop.file("map")).run().isPassed)
  }

  @Test func aSeededMapSaysSo() throws {
    let shop = try workshop()
    var request = try request(shop)
    request.seed = 1
    let summary = try Mapping.run(request)
    #expect(!summary.isPrivate && !summary.hazards.isEmpty)
    for name in ["map.html", "report.html"] {
      #expect(try shop.text("map/\(name)").contains("NOT PRIVATE"))
    }
  }

  /// A plan needs no table, and its noise is that of the map.
  @Test func aPlanReadsNoPoint() throws {
    let shop = try Workshop()
    try shop.write(TownExample.schema, as: "town.yaml")
    let plan = try MapPlan(try request(shop))
    #expect(plan.levels.map(\.cellMetres) == [6_400, 3_200, 1_600, 800, 400, 200])
    #expect(plan.unit == "person" && plan.hazards.isEmpty)
    var schema = TownExample.schema
    schema.place = nil
    try shop.write(schema, as: "town.yaml")
    #expect(throws: HeatFault.noPlace) { try MapPlan(try request(shop)) }
  }

  /// The owner is told how many points the public rules leave out, and why.
  @Test func badPointsAreCounted() throws {
    let shop = try workshop(Self.town.table(keeping: { $0 < 3 }))
    var schema = TownExample.schema
    schema.place?.fastest = 20
    try shop.write(schema, as: "town.yaml")
    let lines = try shop.text("town.csv").split(separator: "\n")
    let own = lines[1].split(separator: ",")
    // Far beyond the bounds, and a jump of some kilometres within the same second.
    let bad = ["-9000,5", "999000,5", "24900,24900"].map { place in
      "\(own[0]),\(own[1]),\(own[2]),\(place)"
    }
    try Data((lines.map(String.init) + bad).joined(separator: "\n").utf8).write(
      to: shop.file("town.csv"))
    let check = try TableCheck.of(shop.file("town.csv"), schemaFile: shop.file("town.yaml"))
    let found = check.findings.filter { $0.kind.hasPrefix("place-") }
    #expect(found.map(\.kind) == ["place-outside", "place-jump"])
    #expect(found.first?.sentence.hasPrefix("2 points are beyond") == true)
    #expect(!check.fits)
  }
}
