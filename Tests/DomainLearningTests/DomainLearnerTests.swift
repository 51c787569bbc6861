import DomainLearning
import Encoding
import Privacy
import Tables
import Testing

@Suite struct DomainLearnerTests {
  /// A budget that only adds up.
  private final class Purse: BudgetSession {
    var spent = PrivacyCost.zero
    func charge(_ event: PrivacyEvent) { spent = spent + event.cost }
  }

  private let rho = Rho(checked: 0.5)
  private let delta = Delta(checked: 1e-6)

  private func schema(bounds: Knowledge<ClosedRange<Int64>>, isNullable: Bool = false) -> Schema {
    Schema(
      name: "t",
      columns: [
        ColumnSchema(name: "n", type: .integer, isNullable: isNullable, bounds: bounds), ColumnSchema(name: "town", type: .category),
        ColumnSchema(name: "ward", type: .category, categories: .declared(["North", "South", "never seen"])),
        ColumnSchema(name: "ok", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))),
      ])
  }

  private func table(_ numbers: [Int64]) -> Table {
    let rows = numbers.indices
    return Table(columns: [
      Column(name: "n", type: .integer, cells: .ticks(numbers)),
      Column(
        name: "town", type: .category,
        cells: .labels(codes: rows.map { $0 == 5 ? 2 : Int32($0 % 2) }, dictionary: LabelDictionary(["Ashby", "Corby", "Nowhere"]))),
      Column(
        name: "ward", type: .category,
        cells: .labels(codes: rows.map { Int32($0 % 3 == 0 ? 0 : 1) }, dictionary: LabelDictionary(["South", "North"]))),
      Column(name: "ok", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes")), cells: .ticks(rows.map { Int64($0 % 2) })),
    ])
  }

  private func learn(_ numbers: [Int64], _ schema: Schema, purse: Purse = Purse()) throws -> LearnedDomain {
    let blueprint = try Blueprint(schema: schema)
    let curator = Curator(testing: SensitiveTable(table: table(numbers)), blueprint: blueprint, budget: purse, seed: 8)
    let budget = DomainBudget(total: rho, delta: delta, variables: blueprint.variables.count)
    return try DomainLearner(curator: curator, budget: budget, binCount: { _, _ in 12 }).learn()
  }

  private func ordered(_ codec: Codec) throws -> OrderedCodec {
    guard case .ordered(let codec) = codec else { throw WrongCodec() }
    return codec
  }

  private struct WrongCodec: Error {}

  @Test(arguments: [0...99, 0...3, -7...1_000_000_007, 40...60] as [ClosedRange<Int64>])
  func noBinIsOutsideDeclaredBounds(_ bounds: ClosedRange<Int64>) throws {
    // Many values are outside, in the rows; they count with the nearest bin.
    let learned = try learn((0..<5000).map { Int64($0 % 200) - 50 }, schema(bounds: .declared(bounds)))
    let codec = try ordered(learned.domain.codecs[0])
    #expect(!codec.bins.isEmpty)
    for bin in codec.bins { #expect(bounds.contains(bin.range.lowerBound) && bounds.contains(bin.range.upperBound)) }
  }

  @Test func declaredLabelsAreKeptAsTheyAre() throws {
    let learned = try learn((0..<4000).map { Int64($0 % 90) }, schema(bounds: .learned))
    guard case .labels(let ward) = learned.domain.codecs[2] else { throw WrongCodec() }
    #expect(ward.labels == ["North", "South", "never seen"] && ward.otherLabel == nil && !ward.hasMissing)
    let ok = try ordered(learned.domain.codecs[3])
    #expect(ok.bins.map(\.range) == [0...0, 1...1] && !ok.hasMissing)
  }

  @Test func frequentLabelsAreNamedAndARareOneIsNot() throws {
    let learned = try learn((0..<4000).map { Int64($0 % 90) }, schema(bounds: .learned))
    guard case .labels(let town) = learned.domain.codecs[1] else { throw WrongCodec() }
    #expect(Set(town.labels) == ["Ashby", "Corby"])
  }

  @Test func whereValuesLieIsFound() throws {
    let learned = try learn((0..<8000).map { 1_000_000 + Int64($0 % 1000) }, schema(bounds: .learned))
    let codec = try ordered(learned.domain.codecs[0])
    let (low, high) = (try #require(codec.bins.first).range.lowerBound, try #require(codec.bins.last).range.upperBound)
    #expect((999_000...1_000_100).contains(low) && (1_000_900...1_002_000).contains(high), "\(low)...\(high)")
    #expect(codec.bins.count > 4)
    #expect(abs(learned.oneWay[0].values.reduce(0, +) - 8000) < 500)
    #expect(abs(learned.total - 8000) < 200)
  }

  @Test func aSpikeAmongMissingCellsIsFound() throws {
    let numbers = (0..<6000).map { row -> Int64 in
      switch row % 3 {
      case 0: Cells.missingTick
      case 1: 0
      default: Int64(row % 1000) + 1
      }
    }
    let learned = try learn(numbers, schema(bounds: .learned, isNullable: true))
    let codec = try ordered(learned.domain.codecs[0])
    #expect(codec.hasMissing && codec.bins.contains { $0.range == 0...0 })
    #expect(abs((learned.oneWay[0].values.last ?? 0) - 2000) < 200)
  }

  /// No more than its share, whatever the table: the rest belongs to the engine.
  @Test(arguments: [0, 1, 50, 3000]) func theShareIsKept(_ rows: Int) throws {
    let purse = Purse()
    let learned = try learn((0..<rows).map { Int64($0 * 37 % 1000) }, schema(bounds: .learned), purse: purse)
    #expect(purse.spent.rho.value <= 0.43 * rho.value && purse.spent.rho.value > 0.1 * rho.value)
    #expect(purse.spent.delta <= delta)
    #expect(Set(learned.oneWay.map(\.attribute)) == Set(learned.domain.sizes.indices))
    for measurement in learned.oneWay {
      #expect(measurement.values.count == learned.domain.sizes[measurement.attribute])
      #expect(measurement.variances.count == measurement.values.count)
    }
  }
}
