import Accounting
import Curation
import DomainLearning
import Encoding
import Ledger
import Tables
import Testing

@Suite struct LabelGroupTests {
  private static let delta = Delta(checked: 1e-9)

  private final class Purse: BudgetSession {
    var spent = PrivacyCost.zero
    func charge(_ event: PrivacyEvent) { spent = spent + event.cost }
  }

  private func learn(_ columns: [[String?]], _ schema: Schema, rho: Double) throws -> LearnedDomain
  {
    let cells = zip(schema.columns, columns).map { $0.filled(with: Cells(labels: $1)) }
    let curator = Curator(
      seeded: SensitiveTable(table: Table(columns: cells)),
      blueprint: try Blueprint(schema: schema), budget: Purse(), seed: 4)
    return try DomainLearner(
      curator: curator, rho: Rho(checked: rho), delta: Self.delta, binCount: { _, _ in 12 }
    ).learn()
  }

  private static func diagnoses(described: Bool) -> Schema {
    var code = ColumnSchema(name: "code", type: .category)
    code.hierarchy = .icd10
    let text = ColumnSchema(name: "text", type: .category)
    return Schema(
      name: "t", columns: described ? [code, text] : [code],
      rules: described ? [.determines(determinant: "code", dependent: "text")] : [])
  }

  /// 200 codes of lung diseases, each too rare to be named, beside one that is frequent.
  private static let codes = (0..<20_000).map {
    $0 % 2 == 0 ? "I10" : "J4\(($0 / 2) % 8).\(($0 / 16) % 25)"
  }

  @Test func rareCodesBecomeTheFinestGroupThatIsSeen() throws {
    let learned = try learn([Self.codes], Self.diagnoses(described: false), rho: 0.004)
    guard case .labels(let codec) = learned.domain.codecs[0] else { throw WrongCodec() }
    #expect(codec.labels == ["I10"])
    let texts = codec.groups.map(\.text)
    // Seven of the eight beginnings are categories of the classification, all in one block.
    let lungs = texts.filter { $0.hasPrefix("J4") }
    #expect(lungs.count >= 6 && lungs.contains("J44"), "\(texts)")
    // 2,200 groups stand above 2.5 deviations with probability 0.6 % each; more than 35 of them do
    // so once in ten million runs.
    #expect(
      texts.count - lungs.count <= 35,
      "more groups taken in by mistake than noise explains: \(texts)")
    let cells = codec.encode([0, 1, 2], dictionary: LabelDictionary(["J44.9", "J49.9", "I10"])).map
    { codec.texts[Int($0)] }
    #expect(cells[0] == "J44" && cells[2] == "I10")
  }

  /// Fewer rows: categories drown in noise, their block does not.
  @Test func scarceCodesBecomeTheirBlock() throws {
    let codes = (0..<4_000).map { $0 % 2 == 0 ? "I10" : "J4\(($0 / 2) % 5).\(($0 / 16) % 25)" }
    let learned = try learn(
      [codes, codes.map { $0 == "I10" ? "Essential hypertension" : "a lung disease" }],
      Self.diagnoses(described: true), rho: 0.002)
    guard case .labels(let codec) = learned.domain.codecs[0] else { throw WrongCodec() }
    let block = try #require(codec.groups.first { LabelCodec.leading($0.text) == "J40-J4A" })
    #expect(LabelCodec.parts(block.text) == ["J40-J4A", "Chronic lower respiratory diseases"])
  }

  @Test func prefixesOfACodeBesideItsDescriptionAreSeen() throws {
    let codes = (0..<20_000).map { $0 % 2 == 0 ? "Q1" + "00" : "X7\(100 + ($0 / 2) % 800)" }
    var schema = Self.diagnoses(described: true)
    schema.columns[0].hierarchy = nil
    let learned = try learn([codes, codes.map { "about \($0)" }], schema, rho: 0.01)
    guard case .labels(let codec) = learned.domain.codecs[0] else { throw WrongCodec() }
    #expect(codec.groups.map { LabelCodec.parts($0.text) } == [["X7*", "other"]])
  }

  /// 30 rows a place are far too few to learn a region from; a map needs none.
  @Test func aMapIsNeverLearned() throws {
    let places = (0..<30).map { "P\($0)" }
    var schema = Schema(
      name: "t",
      columns: [
        ColumnSchema(name: "place", type: .category, categories: .declared(places)),
        ColumnSchema(name: "region", type: .category, categories: .declared(["north", "south"])),
      ], rules: [.determines(determinant: "place", dependent: "region")])
    let map = Dictionary(
      uniqueKeysWithValues: places.enumerated().map { ($1, $0 < 15 ? "north" : "south") })
    let rows = (0..<900).map { places[$0 % 30] }
    // The rows say the opposite of the map, which counts.
    let regions = rows.map { map[$0] == "north" ? "south" : "north" }
    schema.maps[schema.rules[0]] = map
    let learned = try learn([rows, regions], schema, rho: 0.001)
    guard case .labels(let codec) = learned.domain.codecs[0] else { throw WrongCodec() }
    #expect(codec.labels.count == 30)
    for label in codec.labels {
      let parts = LabelCodec.parts(label)
      #expect(parts.count == 2 && parts[1] == map[parts[0] ?? ""])
    }
  }

  /// Both columns are declared and no map is there: pairs are counted, which needs no label to be
  /// frequent enough to be named.
  @Test func partnersOfDeclaredLabelsAreFoundByCounting() throws {
    let places = (0..<30).map { "P\($0)" }
    let schema = Schema(
      name: "t",
      columns: [
        ColumnSchema(name: "place", type: .category, categories: .declared(places)),
        ColumnSchema(name: "region", type: .category, categories: .declared(["north", "south"])),
      ], rules: [.determines(determinant: "place", dependent: "region")])
    let rows = (0..<12_000).map { places[$0 % 30] }
    let learned = try learn([rows, rows.map { $0 < "P2" ? "north" : "south" }], schema, rho: 0.002)
    guard case .labels(let codec) = learned.domain.codecs[0] else { throw WrongCodec() }
    #expect(codec.labels.count == 30)
    for label in codec.labels {
      let parts = LabelCodec.parts(label)
      #expect(parts[1] == ((parts[0] ?? "") < "P2" ? "north" : "south"))
    }
  }

  private struct WrongCodec: Error {}
}
