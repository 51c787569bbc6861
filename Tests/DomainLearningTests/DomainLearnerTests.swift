import Accounting
import Basics
import Curation
import DomainLearning
import Encoding
import Foundation
import Ledger
import Tables
import Testing

@Suite struct DomainLearnerTests {
  /// A budget that only adds up charges.
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
        ColumnSchema(name: "n", type: .integer, isNullable: isNullable, bounds: bounds),
        ColumnSchema(name: "town", type: .category),
        ColumnSchema(
          name: "ward", type: .category, categories: .declared(["North", "South", "never seen"])),
        ColumnSchema(name: "ok", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))),
      ])
  }

  private func table(_ numbers: [Int64]) -> Table {
    let rows = numbers.indices
    return Table(columns: [
      Column(name: "n", type: .integer, cells: .ticks(numbers)),
      Column(
        name: "town", type: .category,
        cells: .labels(
          codes: rows.map { $0 == 5 ? 2 : Int32($0 % 2) },
          dictionary: LabelDictionary(["Ashby", "Corby", "Nowhere"]))),
      Column(
        name: "ward", type: .category,
        cells: .labels(
          codes: rows.map { Int32($0 % 3 == 0 ? 0 : 1) },
          dictionary: LabelDictionary(["South", "North"]))),
      Column(
        name: "ok", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes")),
        cells: .ticks(rows.map { Int64($0 % 2) })),
    ])
  }

  private func learn(
    _ numbers: [Int64], _ schema: Schema, purse: Purse = Purse(), rho: Rho? = nil, seed: UInt64 = 8
  ) throws -> LearnedDomain {
    let blueprint = try Blueprint(schema: schema)
    let curator = Curator(
      seeded: SensitiveTable(table: table(numbers)), blueprint: blueprint, budget: purse, seed: seed
    )
    return try DomainLearner(
      curator: curator, rho: rho ?? self.rho, delta: delta, binCount: { _, _ in 12 }
    ).learn()
  }

  private func ordered(_ codec: Codec) throws -> OrderedCodec {
    guard case .ordered(let codec) = codec else { throw WrongCodec() }
    return codec
  }

  private struct WrongCodec: Error {}

  @Test(arguments: [0...99, 0...3, -7...1_000_000_007, 40...60] as [ClosedRange<Int64>])
  func noBinIsOutsideDeclaredBounds(_ bounds: ClosedRange<Int64>) throws {
    // Many values of the rows are outside; they count for the nearest bin.
    let learned = try learn(
      (0..<5000).map { Int64($0 % 200) - 50 }, schema(bounds: .declared(bounds)))
    let codec = try ordered(learned.domain.codecs[0])
    #expect(!codec.bins.isEmpty)
    for bin in codec.bins {
      #expect(bounds.contains(bin.range.lowerBound) && bounds.contains(bin.range.upperBound))
    }
  }

  /// A small table whose numbers thin out at both ends, with the budget of an epsilon of 1. Ends
  /// that are cut off because they look empty are not empty on average, so the remainder must not
  /// count as the whole table; and the remainder of a noisy row count is not a second count.
  @Test(arguments: [Knowledge.learned, .declared(0...150)] as [Knowledge<ClosedRange<Int64>>])
  func theNumberOfRowsIsRightOnAverage(bounds: Knowledge<ClosedRange<Int64>>) throws {
    let numbers = (0..<400).map { (row: Int) -> Int64 in
      let parts = [row * 7 % 31, row * 11 % 37, row * 13 % 41]
      return Int64(parts.reduce(0, +))
    }
    let totals = try (0..<300).map { (seed: UInt64) in
      try learn(numbers, schema(bounds: bounds), rho: Rho(checked: 0.016), seed: seed).total
    }
    let mean = totals.reduce(0, +) / Double(totals.count)
    let squares = totals.map { (total: Double) -> Double in (total - mean) * (total - mean) }
    let deviation = (squares.reduce(0, +) / Double(totals.count - 1)).squareRoot()
    #expect(
      abs(mean - 400) < 4 * deviation / Double(totals.count).squareRoot(),
      "mean \(mean), standard deviation \(deviation)")
    // A fifth of the noise of the row count alone.
    #expect(deviation < 30, "standard deviation \(deviation)")
  }

  @Test func declaredLabelsAreKeptAsTheyAre() throws {
    let learned = try learn((0..<4000).map { Int64($0 % 90) }, schema(bounds: .learned))
    guard case .labels(let ward) = learned.domain.codecs[2] else { throw WrongCodec() }
    #expect(
      ward.labels == ["North", "South", "never seen"] && ward.otherLabel == nil && !ward.hasMissing)
    let ok = try ordered(learned.domain.codecs[3])
    #expect(ok.bins.map(\.range) == [0...0, 1...1] && !ok.hasMissing)
  }

  @Test func frequentLabelsAreNamedAndARareOneIsNot() throws {
    let learned = try learn((0..<4000).map { Int64($0 % 90) }, schema(bounds: .learned))
    guard case .labels(let town) = learned.domain.codecs[1] else { throw WrongCodec() }
    #expect(Set(town.labels) == ["Ashby", "Corby"])
  }

  /// An end that is too far out needs noise of three standard deviations over the runs beside it.
  /// That happens in less than 1 column in 100, so 4 or more of 10 have a probability below 1e-5.
  /// With seed 8 it happens.
  @Test func whereValuesLieIsFound() throws {
    var outside = 0
    for seed in UInt64(5)..<15 {
      let learned = try learn(
        (0..<8000).map { 1_000_000 + Int64($0 % 1000) }, schema(bounds: .learned), seed: seed)
      let codec = try ordered(learned.domain.codecs[0])
      let (low, high) = (
        try #require(codec.bins.first).range.lowerBound,
        try #require(codec.bins.last).range.upperBound
      )
      if !(999_000...1_000_100).contains(low) || !(1_000_900...1_002_500).contains(high) {
        outside += 1
      }
      #expect(codec.bins.count > 4)
      #expect(abs(learned.oneWay[0].values.reduce(0, +) - 8000) < 500)
      #expect(abs(learned.total - 8000) < 200)
    }
    #expect(outside < 4, "\(outside) of 10")
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

  /// Rounded amounts on a fine scale: no histogram of a hundred runs could separate these ticks
  /// from the billion others.
  @Test func ticksThatManyRowsShareAreNamed() throws {
    let rounded: [Int64] = [899_902_340, 799_926_760, 1_199_951_170]
    let numbers = (0..<9000).map { (row: Int) -> Int64 in
      if row % 9 < 6 { return rounded[row % 3] }
      return 500_000_000 + Int64(row) * 90_001
    }
    let codec = try ordered(learn(numbers, schema(bounds: .learned)).domain.codecs[0])
    for tick in rounded { #expect(codec.bins.contains { $0.range == tick...tick }, "\(tick)") }
    // Without a delta, no tick may be named because of its count alone.
    let blueprint = try Blueprint(schema: schema(bounds: .declared(0...2_000_000_000)))
    let curator = Curator(
      seeded: SensitiveTable(table: table(numbers)), blueprint: blueprint, budget: Purse(), seed: 8)
    _ = try? DomainLearner(curator: curator, rho: rho, delta: .zero, binCount: { _, _ in 12 })
      .learn()
    #expect(
      !curator.events.contains { if case .frequentTicks = $0.question { true } else { false } })
  }

  /// Rows spread over seven powers of two, none of which stands out alone, are not moved to the
  /// first tick of those that do.
  @Test func aTailThatIsSpreadThinIsKept() throws {
    var generator = SamplingGenerator(seed: 5)
    let numbers = (0..<1500).map { row -> Int64 in
      row % 2 == 0 ? 256 + Int64(generator.next() % 256) : Int64(1) << Int64(generator.next() % 8)
    }
    let blueprint = try Blueprint(
      schema: Schema(name: "t", columns: [ColumnSchema(name: "n", type: .integer)]))
    let table = Table(columns: [Column(name: "n", type: .integer, cells: .ticks(numbers))])
    let curator = Curator(
      seeded: SensitiveTable(table: table), blueprint: blueprint, budget: Purse(), seed: 3)
    // About 100 rows per power of two, and noise of about 65 in the first look.
    let learned = try DomainLearner(
      curator: curator, rho: Rho(checked: 0.003), delta: delta, binCount: { _, _ in 12 }
    ).learn()
    let codec = try ordered(learned.domain.codecs[0])
    let low = try #require(codec.bins.first).range.lowerBound
    #expect(low <= 8, "\(low)")
  }

  private func learnCodes(_ codes: [String], rho: Double) throws -> (
    codec: LabelCodec, counts: OneWayMeasurement, spent: PrivacyCost
  ) {
    var dictionary = LabelDictionary()
    var known: [String: Int32] = [:]
    let cells = codes.map { code -> Int32 in
      if let index = known[code] { return index }
      known[code] = dictionary.append(code)
      return known[code]!
    }
    let blueprint = try Blueprint(
      schema: Schema(name: "t", columns: [ColumnSchema(name: "icd", type: .category)]))
    let table = Table(columns: [
      Column(name: "icd", type: .category, cells: .labels(codes: cells, dictionary: dictionary))
    ])
    let purse = Purse()
    let curator = Curator(
      seeded: SensitiveTable(table: table), blueprint: blueprint, budget: purse, seed: 4)
    let learned = try DomainLearner(
      curator: curator, rho: Rho(checked: rho), delta: delta, binCount: { _, _ in 12 }
    ).learn()
    guard case .labels(let codec) = learned.domain.codecs[0] else { throw WrongCodec() }
    return (codec, learned.oneWay[0], purse.spent)
  }

  /// Some codes are frequent and thousands are not: the rare ones keep their first characters, with
  /// counts.
  @Test func rareCodesKeepTheirChapter() throws {
    var generator = SamplingGenerator(seed: 3)
    let chapters = ["E1", "I2", "J4"]
    let codes = (0..<30_000).map { row -> String in
      row % 2 == 0 ? "Z0\(row / 2 % 4)" : "\(chapters[row % 3])\(generator.next() % 3000 + 1000)"
    }
    let (codec, counts, spent) = try learnCodes(codes, rho: 0.02)
    #expect(
      Set(codec.labels).isSuperset(of: ["Z00", "Z01", "Z02", "Z03"])
        && Set(codec.groups.compactMap(\.beginning)) == Set(chapters))
    for (index, _) in codec.groups.enumerated() {
      #expect(abs(counts.values[codec.labels.count + index] - 5_000) < 500)
    }
    #expect(counts.values.count == codec.size && spent.delta <= delta && spent.rho.value <= 0.02)
  }

  /// Ten thousand categories: the number of named ones stays bounded, and the rest is neither lost
  /// nor made up.
  @Test func tenThousandCategoriesStayBounded() throws {
    var generator = SamplingGenerator(seed: 6)
    let names = (0..<10_000).map { "place \($0)" }
    // Ranks with about equal weight on a logarithmic scale: some frequent, most with a handful of
    // rows.
    let labels = (0..<60_000).map { _ in names[min(9_999, Int(pow(10_000, generator.unit())) - 1)] }
    for rho in [0.01, 500] {
      let (codec, counts, _) = try learnCodes(labels, rho: rho)
      #expect(
        codec.size <= 2_001 && codec.labels.count > 20 && codec.groups.isEmpty
          && codec.otherLabel != nil)
      #expect(
        Set(codec.labels).isSubset(of: names) && abs(counts.values.reduce(0, +) - 60_000) < 3_000)
    }
  }

  /// Shares of the budget change with the number of rows as they should.
  @Test func theFewerRowsTheMoreGoesToTheColumns() {
    let budgets = [100, 2_000, 10_000, 1_000_000].map {
      DomainBudget(total: Rho(checked: 0.0125), delta: delta, variables: 40, rows: $0, unitRows: 1)
    }
    for (few, many) in zip(budgets, budgets.dropFirst()) {
      #expect(
        few.thinness >= many.thinness && few.oneWay.value >= many.oneWay.value
          && few.secondLook.value <= many.secondLook.value)
    }
    #expect(budgets[0].thinness == 1 && budgets[3].thinness == 0)
    for budget in budgets {
      let shares =
        40 * (budget.search.value + budget.oneWay.value + budget.crowding.value)
        + budget.frequentTicks.value + budget.secondLook.value
      #expect(shares < 0.95 * 0.0125)
    }
  }

  /// The learner spends no more than its share, whatever the table: the rest belongs to the engine.
  @Test(arguments: [0, 1, 50, 3000]) func theShareIsKept(_ rows: Int) throws {
    let purse = Purse()
    let learned = try learn(
      (0..<rows).map { Int64($0 * 37 % 1000) }, schema(bounds: .learned), purse: purse)
    #expect(purse.spent.rho.value <= 0.9 * rho.value && purse.spent.rho.value > 0.1 * rho.value)
    #expect(purse.spent.delta <= delta)
    #expect(Set(learned.oneWay.map(\.attribute)) == Set(learned.domain.sizes.indices))
    for measurement in learned.oneWay {
      #expect(measurement.values.count == learned.domain.sizes[measurement.attribute])
      #expect(measurement.variances.count == measurement.values.count)
    }
  }
}
