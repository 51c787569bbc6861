import Accounting
import AdversarialSynthesis
import Basics
import Foundation
import Manifests
import MarginalSynthesis
import Policies
import Releases
import Synthesis
import Tables
import Testing

/// Releases of a table in which people have many rows, bounded by their number or by the length of
/// their counts.
@Suite struct PersonNormTests {
  private static let items = 40

  private static let schema = """
    version: 5
    facts: declared
    unit: {person: who, at most: 60}
    columns:
      - {name: who, type: integer, role: identifier(code)}
      - {name: item, type: category}
      - {name: shop, type: category, categories: [a, b, c]}
      - {name: price, type: integer, bounds: [0, 99]}
    """

  /// 400 people with 20 to 139 rows each. Everybody buys of many items, some of some more.
  private static let csv: String = {
    var generator = SamplingGenerator(seed: 9)
    var lines = ["who,item,shop,price"]
    for who in 0..<400 {
      let taste = generator.below(items)
      for _ in 0..<20 + generator.below(120) {
        let step = generator.below(items) * generator.below(items) / items
        let item = generator.below(4) == 0 ? taste : step
        let place = ["a", "b", "c"][(who + item) % 3]
        lines.append("\(who),i\(item),\(place),\((item * 2 + generator.below(20)) % 100)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }()

  private func shop() throws -> Workshop {
    let shop = try Workshop()
    try shop.write(Self.csv, as: "baskets.csv")
    try shop.write(Self.schema, as: "baskets.yaml")
    return shop
  }

  private func request(_ shop: Workshop, _ bound: PersonBound, seed: UInt64 = 5) throws
    -> SynthesisRequest
  {
    var request = try shop.request(
      "baskets.csv", schema: "baskets.yaml", epsilon: 2, engine: .aim, output: bound.rawValue)
    request.delta = try Delta(1e-6)
    request.ledger = shop.file("\(bound.rawValue).sqlite")
    request.personBound = bound
    request.seed = seed
    return request
  }

  /// The manifest and the report say how a person was bounded, and about as many rows are drawn as
  /// the original has.
  @Test func aReleaseSaysItsBound() throws {
    let shop = try shop()
    let original = Self.csv.utf8.count { $0 == UInt8(ascii: "\n") } - 1
    for bound in PersonBound.allCases {
      let summary = try Synthesis.run(try request(shop, bound))
      #expect(abs(Double(summary.rows) / Double(original) - 1) < 0.5)
      let guarantee = try shop.manifest(bound.rawValue).guarantee
      #expect(guarantee.personBound == (bound == .norm ? .norm : nil))
      let report = try shop.text("\(bound.rawValue)/report.html")
      #expect(report.contains("shortened") == (bound == .norm))
    }
  }

  /// A release of lengths is verified like any other.
  @Test func aReleaseOfLengthsIsWhole() throws {
    let shop = try shop()
    var request = try request(shop, .norm)
    request.seed = nil
    let summary = try Synthesis.run(request)
    #expect(summary.isPrivate)
    #expect(try ReleaseVerification(release: shop.file("norm")).run().isPassed)
  }

  /// Engines, policies and schemas that need a bound on rows are refused before a charge.
  @Test func whatNeedsABoundOnRowsIsRefused() throws {
    let shop = try shop()
    var network = try request(shop, .norm)
    network.engine = .gan
    #expect(throws: ReleaseError.lengthWithNetwork("gan")) { try Synthesis.run(network) }
    try shop.write(
      Self.schema.replacingOccurrences(of: "unit: {person: who, at most: 60}", with: "unit: row"),
      as: "rows.yaml")
    var rows = try request(shop, .norm)
    rows.schemaFile = shop.file("rows.yaml")
    #expect(throws: ReleaseError.lengthOfRows) { try Synthesis.run(rows) }
    #expect(throws: ReleaseError.lengthOfRows) { try Synthesis.plan(rows) }
    var judged = try request(shop, .norm)
    try shop.write(
      GateRunTests.loose.replacingOccurrences(
        of: "utility: any",
        with: "utility: {column distance: {at most: 0.9}, pair distance: any, prediction: any}"),
      as: "policy.yaml")
    judged.policy = try PolicyFile(named: shop.file("policy.yaml").path)
    #expect(throws: ReleaseError.lengthWithDistances) { try Synthesis.run(judged) }
    #expect(!shop.exists("norm"))
  }
}
