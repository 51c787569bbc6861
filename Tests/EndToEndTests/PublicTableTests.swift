import Basics
import Curation
import Foundation
import Manifests
import MarginalSynthesis
import Releases
import Synthesis
import Tables
import Testing

/// A table that the owner declares public gives a release its labels, ranges and relations.
@Suite struct PublicTableTests {
  /// Wards whose share of smokers rises or falls by `slope`, and ages beside it.
  private func people(_ count: Int, seed: UInt64, slope: Double) -> String {
    var generator = SplitMix64(seed: seed)
    var lines = ["id,ward,smoker,age"]
    for row in 0..<count {
      let ward = Int(generator.next() % 6)
      let chance = 0.5 + slope * (Double(ward) - 2.5) / 5
      let smokes = generator.uniform() < chance
      lines.append("p\(row),w\(ward),\(smokes ? "yes" : "no"),\(20 + generator.next() % 60)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func schema(_ unit: PrivacyUnit) -> Schema {
    var columns = [
      ColumnSchema(name: "id", type: .identifier, role: .identifier(.code)),
      ColumnSchema(name: "ward", type: .category),
      ColumnSchema(name: "smoker", type: .category, categories: .declared(["no", "yes"])),
      ColumnSchema(name: "age", type: .integer),
    ]
    columns[0].treatment = .drop
    return Schema(name: "people", unit: unit, columns: columns)
  }

  private func shop(unit: PrivacyUnit = .row) throws -> Workshop {
    let shop = try Workshop()
    try shop.write(people(400, seed: 1, slope: 0.9), as: "people.csv")
    try shop.write(people(4_000, seed: 2, slope: 0.9), as: "like.csv")
    try shop.write(people(4_000, seed: 3, slope: -0.9), as: "unlike.csv")
    try shop.write(Self.schema(unit), as: "people.yaml")
    return shop
  }

  private func release(
    _ shop: Workshop, _ table: String?, epsilon: Double, engine: Engine = .aim,
    schema: String? = "people.yaml"
  ) throws -> Double {
    var request = try shop.request(
      "people.csv", schema: schema, epsilon: epsilon, engine: engine, output: "r.\(table ?? "")")
    request.ledger = shop.file("\(table ?? "").\(epsilon).sqlite")
    (request.seed, request.rows, request.publicTable) = (5, 4_000, table.map(shop.file))
    _ = try Synthesis.run(request)
    return slope(try shop.synthetic("r.\(table ?? "")"))
  }

  /// The slope of the share of smokers over the wards.
  private func slope(_ table: Table) -> Double {
    var (rows, product, square) = (0.0, 0.0, 0.0)
    for case (let ward?, let smoker?) in zip(table.texts("ward"), table.texts("smoker")) {
      guard let number = Double(ward.dropFirst()) else { continue }
      let place = (number - 2.5) / 5
      rows += 1
      product += place * (smoker == "yes" ? 0.5 : -0.5)
      square += place * place
    }
    return rows > 0 ? product / square : 0
  }

  @Test func whatIsPublicIsKeptIfTheBudgetTellsLittle() throws {
    let shop = try shop()
    #expect(try release(shop, nil, epsilon: 1) < 0.6)
    #expect(try release(shop, "like.csv", epsilon: 1) > 0.75)
    #expect(
      Set(try shop.synthetic("r.like.csv").texts("ward")).isSuperset(of: (0..<6).map { "w\($0)" }))
    let manifest = try shop.manifest("r.like.csv")
    #expect(manifest.publicTable?.name == "like.csv")
    #expect(manifest.publicTable?.sha256 == (try ContentDigest.sha256(of: shop.file("like.csv"))))
    #expect(try shop.text("r.like.csv/report.html").contains("like.csv"))
    #expect(try ReleaseVerification(release: shop.file("r.like.csv")).run().isPassed)
  }

  /// The budget finds the relation in which the people differ from the public table.
  @Test func theTableOfPeopleOverrulesThePublicOne() throws {
    let shop = try shop()
    #expect(try release(shop, "unlike.csv", epsilon: 3) > 0.4)
  }

  /// Nothing that is asked of public rows is charged or recorded.
  @Test func publicRowsCostNothing() throws {
    let shop = try shop()
    _ = try release(shop, nil, epsilon: 1)
    _ = try release(shop, "like.csv", epsilon: 1)
    let (without, with) = (try shop.manifest("r."), try shop.manifest("r.like.csv"))
    #expect(with.guarantee.rho <= without.guarantee.rho * (1 + 1e-6))
    #expect(with.events.count <= without.events.count + 20)
    #expect(with.events.filter { $0.purpose == .domain }.count <= without.events.count)
  }

  @Test func personsOfThePublicTableNeedNoColumn() throws {
    let shop = try shop(unit: .person(column: "id", maximumRows: 1))
    let lines = try shop.text("like.csv").split(separator: "\n")
    let bare = lines.map { $0.split(separator: ",").dropFirst().joined(separator: ",") }
    try shop.write(bare.joined(separator: "\n") + "\n", as: "bare.csv")
    #expect(try release(shop, "bare.csv", epsilon: 1) > 0.75)
  }

  @Test func tablesThatCannotBeMeantAreRefused() throws {
    let shop = try shop()
    try shop.write(try shop.text("people.csv"), as: "copy.csv")
    try shop.write("id,ward,age\np1,w1,30\n", as: "short.csv")
    try shop.write("id,ward,smoker,age\n", as: "empty.csv")
    #expect(throws: PublicTableFault.isTheTable("copy.csv")) {
      try release(shop, "copy.csv", epsilon: 1)
    }
    #expect(throws: PublicTableFault.lacksColumns("short.csv", ["smoker"])) {
      try release(shop, "short.csv", epsilon: 1)
    }
    #expect(throws: PublicTableFault.noRows("empty.csv")) {
      try release(shop, "empty.csv", epsilon: 1)
    }
    #expect(throws: PublicTableFault.needsSchema) {
      try release(shop, "like.csv", epsilon: 1, schema: nil)
    }
    #expect(throws: PublicTableFault.unused(engine: "mst")) {
      try release(shop, "like.csv", epsilon: 1, engine: .mst)
    }
    #expect(!shop.exists("like.csv.1.0.sqlite"), "a refusal opened the ledger")
  }
}
