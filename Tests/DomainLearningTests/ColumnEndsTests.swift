import Accounting
import Basics
import Curation
import DomainLearning
import Encoding
import Foundation
import Ledger
import Tables
import Testing

/// Zeros, far-off codes, thin tails and rounded values of columns without declarations.
@Suite struct ColumnEndsTests {
  private final class Purse: BudgetSession {
    func charge(_ event: PrivacyEvent) {}
  }

  private func learn(
    _ ticks: [Int64], name: String = "n", type: ColumnType = .integer, rho: Double, seed: UInt64 = 3
  ) throws -> (codec: OrderedCodec, counts: [Double], events: [RecordedEvent]) {
    let schema = Schema(name: "t", columns: [ColumnSchema(name: name, type: type)])
    let table = Table(columns: [Column(name: name, type: type, cells: .ticks(ticks))])
    let curator = Curator(
      seeded: SensitiveTable(table: table), blueprint: try Blueprint(schema: schema),
      budget: Purse(), seed: seed)
    let learned = try DomainLearner(
      curator: curator, rho: Rho(checked: rho), delta: Delta(checked: 1e-9),
      binCount: { _, _ in 16 }
    ).learn()
    guard case .ordered(let codec) = learned.domain.codecs[0] else {
      preconditionFailure("labels of numbers")
    }
    return (codec, learned.oneWay[0].values, curator.events)
  }

  /// Returns values decoded from the learned column, as many as its counts state.
  private func drawn(_ learned: (codec: OrderedCodec, counts: [Double], events: [RecordedEvent]))
    -> [Int64]
  {
    let codes = learned.counts.enumerated().flatMap {
      [UInt16](repeating: UInt16($0), count: Int(max($1, 0).rounded()))
    }
    var generator = SamplingGenerator(seed: 8)
    return learned.codec.decode(codes, using: &generator)
  }

  private func mean(_ ticks: some Sequence<Int64>) -> Double {
    let values = ticks.map(Double.init)
    return values.reduce(0, +) / Double(values.count)
  }

  /// Codes far from the values of three columns: numbers above and below them, and a date.
  @Test(arguments: [(999, 20, 470), (-99, 150, 400), (99_999, 0, 6000)] as [(Int64, Int64, Int64)])
  func farOffCodesStandAside(code: Int64, low: Int64, high: Int64) throws {
    let ticks = (0..<6000).map { $0 % 20 == 0 ? code : low + Int64($0 * 37) % (high - low + 1) }
    let learned = try learn(ticks, rho: 0.02)
    #expect(learned.codec.bins.contains { $0.range == code...code })
    let others = drawn(learned).filter { $0 != code }
    #expect(
      others.count { $0 < low - 30 || $0 > high + 30 } * 100 < others.count,
      "\(learned.codec.bins.map(\.range))")
    // A value halfway to the code is not taken for the code.
    let between = code > high ? (high + code) / 2 + 1 : (low + code) / 2 - 1
    #expect(learned.codec.encode([between]) != learned.codec.encode([code]))
  }

  @Test func aDateThatStandsForUnknownStandsAside() throws {
    let first = Int64(CivilDate(year: 2016, month: 1, day: 1).daysSince1970)
    let code = Int64(CivilDate(year: 1900, month: 1, day: 1).daysSince1970)
    let ticks = (0..<6000).map { $0 % 20 == 0 ? code : first + Int64($0 * 37 % 1500) }
    let learned = try learn(ticks, type: .date(.iso), rho: 0.02)
    #expect(learned.codec.bins.contains { $0.range == code...code })
    #expect(drawn(learned).filter { $0 != code }.allSatisfy { $0 > first - 700 })
  }

  /// A value of the list of codes that lies inside a column is an ordinary value.
  @Test func aCodeAmongValuesIsAValue() throws {
    let learned = try learn((0..<6000).map { Int64($0 * 37 % 200) }, rho: 0.02)
    #expect(!learned.codec.bins.contains { $0.range == 99...99 })
    #expect(drawn(learned).contains(99))
  }

  /// If noise hides everything, hardly ever is anything reported as found, including the thirty
  /// possible far-off codes.
  @Test func noiseAloneIsNoColumn() throws {
    let found = try (UInt64(0)..<400).count { seed in
      let learned = try learn(
        (0..<60).map { Int64($0) }, type: .decimal(fractionDigits: 2), rho: 1e-8, seed: seed)
      return learned.codec.bins.map(\.range) != [0...10_000]
    }
    #expect(found <= 6)
  }

  /// One row in ten has a value, far from the zero of all others: it is found, and resolved in bins
  /// of its own.
  @Test(arguments: [20.0, 3_000, 400_000]) func zerosDoNotHideTheOthers(center: Double) throws {
    var generator = SamplingGenerator(seed: 5)
    let ticks = (0..<6000).map { $0 % 10 == 0 ? Int64(center * exp(2 * generator.unit() - 1)) : 0 }
    let learned = try learn(ticks, rho: 0.01)
    #expect(learned.codec.bins.contains { $0.range == 0...0 })
    let others = drawn(learned).filter { $0 > 0 }
    let real = mean(ticks.filter { $0 > 0 })
    #expect(
      abs(Double(others.count) - 600) < 150 && abs(mean(others) / real - 1) < 0.3,
      "\(mean(others)) for \(real)")
    #expect(learned.codec.bins.count >= 4)
  }

  /// Exponential and heavy tails: the mean and the largest value stay close to the real ones,
  /// although no run of the tail stands out.
  @Test(arguments: [0.0, 0.4]) func aTailFollowsItsTrend(shape: Double) throws {
    for seed in UInt64(0)..<6 {
      var generator = SamplingGenerator(seed: seed)
      let ticks = (0..<4000).map { _ -> Int64 in
        let rest = 1 - generator.unit()
        return Int64(200 * (shape == 0 ? -log(rest) : (pow(rest, -shape) - 1) / shape))
      }
      let learned = try drawn(learn(ticks, rho: 0.05, seed: seed))
      #expect(abs(mean(learned) / mean(ticks) - 1) < 0.25, "\(mean(learned)) for \(mean(ticks))")
      let (most, real) = (try #require(learned.max()), try #require(ticks.max()))
      #expect(most < 4 * real && most > real / 10, "\(most) for \(real)")
    }
  }

  /// A column that ends abruptly gets no tail, a few values get no neighbours, and nobody is older
  /// than the oldest.
  @Test func whatDoesNotThinOutEnds() throws {
    for seed in UInt64(0)..<10 {
      let even = try drawn(
        learn((0..<6000).map { Int64(100 + $0 * 37 % 400) }, rho: 0.02, seed: seed))
      #expect(even.allSatisfy { $0 > 60 && $0 < 560 })
      let few = try learn(
        (0..<6000).map { Int64([1, 1, 1, 1, 2, 2, 3][$0 % 7]) }, rho: 0.02, seed: seed)
      #expect(few.codec.bins.map(\.range) == [1...1, 2...2, 3...3])
      let ages = (0..<6000).map { row -> Int64 in Int64(100 - Double(row % 100).squareRoot() * 8) }
      #expect(
        try drawn(learn(ages, name: "age_at_visit", rho: 0.004, seed: seed)).allSatisfy {
          $0 >= 0 && $0 <= 127
        })
    }
  }

  // MARK: Grain

  /// Returns the share of values that `step` divides.
  private func share(_ ticks: [Int64], of step: Int64) -> Double {
    Double(ticks.count { $0 % step == 0 }) / Double(ticks.count)
  }

  /// Incomes in tens, hundreds and thousands; times on the hour; prices that end in 99 cents.
  @Test func roundedValuesStayRounded() throws {
    var generator = SamplingGenerator(seed: 5)
    let incomes = (0..<20_000).map { _ -> Int64 in
      let step: Int64 = [1000, 1000, 1000, 100, 10][Int(generator.next(below: 5))]
      return 20_000 + Int64(generator.next(below: 60_000)) / step * step
    }
    let rounded = try drawn(learn(incomes, rho: 0.1))
    for step in [10, 100, 1000] as [Int64] {
      #expect(
        abs(share(rounded, of: step) - share(incomes, of: step)) < 0.03,
        "\(step): \(share(rounded, of: step))")
    }
    let hours = (0..<20_000).map { _ in
      1_700_000_000 / 3600 * 3600 + 3600 * Int64(generator.next(below: 9000))
    }
    #expect(try share(drawn(learn(hours, type: .timestamp(.iso), rho: 0.1)), of: 3600) == 1)
    let prices = (0..<20_000).map { row in
      Int64(generator.next(below: 200)) * 100
        + (row % 4 == 0 ? Int64(generator.next(below: 100)) : 99)
    }
    let sold = try drawn(learn(prices, type: .decimal(fractionDigits: 2), rho: 0.1))
    #expect(abs(Double(sold.count { $0 % 100 == 99 }) / Double(sold.count) - 0.75) < 0.03)
  }

  @Test func chanceIsNotAGrain() throws {
    var generator = SamplingGenerator(seed: 6)
    let learned = try learn(
      (0..<20_000).map { _ in Int64(generator.next(below: 100_000)) }, rho: 0.1)
    #expect(
      learned.codec.grain == nil
        && learned.events.contains { if case .grain = $0.question { true } else { false } })
    // Too few rows for the noise: the question is not asked, and nothing is paid.
    let few = try learn((0..<400).map { Int64($0) * 10 }, rho: 0.002)
    #expect(
      few.codec.grain == nil
        && !few.events.contains { if case .grain = $0.question { true } else { false } })
  }
}
