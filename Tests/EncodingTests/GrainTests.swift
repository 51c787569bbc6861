import Basics
import Encoding
import Foundation
import Tables
import Testing

@Suite struct GrainTests {
  private static let numbers =
    [100, 50, 10, 5, 2].map { Lattice.every(step: $0, offset: 0) } + [.every(step: 100, offset: 99)]
  private static let days: [Lattice] = [
    .years(ticksPerDay: 1), .months(ticksPerDay: 1), .every(step: 7, offset: 4),
  ]
  private static let minutes: [Lattice] = [
    .years(ticksPerDay: 1440), .months(ticksPerDay: 1440), .every(step: 1440, offset: 0),
    .every(step: 60, offset: 0),
    .every(step: 15, offset: 0),
  ]

  /// Oracle: the first lattice of the list that holds the tick, one by one.
  @Test(arguments: [numbers, days, minutes]) func ticksCountWithTheFirstThatHoldsThem(
    _ list: [Lattice]
  ) {
    let lattices = Lattices(list)
    for tick in Int64(-3_000)...3_000 {
      #expect(lattices.first(holding: tick) == list.firstIndex { $0.contains(tick) } ?? list.count)
    }
    for tick in [.max, .min + 1] as [Int64] { #expect(lattices.first(holding: tick) <= list.count) }
  }

  /// Oracle: counts over a long run of ticks.
  @Test(arguments: [numbers, days, minutes]) func chancesAreSharesOfTicks(_ list: [Lattice]) {
    let lattices = Lattices(list)
    var counts = [Int](repeating: 0, count: list.count + 1)
    let ticks = 1_461 * 1_440
    for tick in 0..<Int64(ticks) { counts[lattices.first(holding: tick)] += 1 }
    for (count, chance) in zip(counts, lattices.chances) {
      #expect(abs(Double(count) / Double(ticks) - chance) < 0.06)
    }
  }

  @Test func datesAreOnTheirCalendar() {
    func day(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
      Int64(CivilDate(year: year, month: month, day: day).daysSince1970)
    }
    #expect(
      Lattice.months(ticksPerDay: 1).contains(day(1950, 3, 1))
        && !Lattice.months(ticksPerDay: 1).contains(day(1950, 3, 2)))
    #expect(
      Lattice.years(ticksPerDay: 24).contains(day(2024, 1, 1) * 24)
        && !Lattice.years(ticksPerDay: 24).contains(day(2024, 1, 1) * 24 + 1))
    #expect(Lattice.every(step: 7, offset: 4).contains(day(2026, 11, 30)))
  }

  /// Every value stays in its bin, and the shares are kept, even by bins narrower than a step.
  @Test func decodingKeepsTheMixture() {
    let grain = Grain(
      lattices: [.every(step: 100, offset: 0), .every(step: 10, offset: 0)],
      shares: [0.6, 0.3, 0.1])
    let bins = (0..<40).map {
      OrderedCodec.Bin(shape: [.init(low: Int64($0) * 250, high: Int64($0) * 250 + 249, weight: 1)])
    }
    let codec = OrderedCodec(bins: bins, hasMissing: false, grain: grain)
    let codes = (0..<40_000).map { UInt16($0 % 40) }
    var generator = SamplingGenerator(seed: 2)
    let ticks = codec.decode(codes, using: &generator)
    #expect(codec.encode(ticks) == codes)
    func share(_ step: Int64) -> Double { Double(ticks.count { $0 % step == 0 }) / 40_000 }
    #expect(
      abs(share(100) - 0.6) < 0.04 && abs(share(10) - 0.9) < 0.02, "\(share(100)) \(share(10))")
  }

  /// If a piece of a bin has no tick of the only lattice, a tick elsewhere in the bin is taken.
  @Test func ifAllLieOnALatticeSoDoTheDecoded() {
    let grain = Grain(lattices: [.every(step: 60, offset: 0)], shares: [1, 0])
    let shape = (0..<9).map { OrderedCodec.Piece(low: $0 * 20, high: $0 * 20 + 19, weight: 1) }
    let codec = OrderedCodec(bins: [.init(shape: shape)], hasMissing: false, grain: grain)
    var generator = SamplingGenerator(seed: 2)
    let ticks = codec.decode([UInt16](repeating: 0, count: 900), using: &generator)
    #expect(ticks.allSatisfy { $0 % 60 == 0 && $0 >= 0 && $0 < 180 } && Set(ticks).count == 3)
    #expect(
      codec.restricted(to: 0...99).codec.decode([0, 0, 0], using: &generator).allSatisfy {
        $0 % 60 == 0 && $0 < 100
      })
  }

  @Test func oldCodecsHaveNoGrain() throws {
    let codec = OrderedCodec(
      bins: [.init(shape: [.init(low: 0, high: 9, weight: 1)])], hasMissing: false)
    let text = try JSONEncoder().encode(codec)
    #expect(!String(decoding: text, as: UTF8.self).contains("grain"))
    #expect(try JSONDecoder().decode(OrderedCodec.self, from: text) == codec)
    let grained = OrderedCodec(
      bins: codec.bins, hasMissing: false,
      grain: Grain(lattices: Self.days, shares: [0.1, 0.2, 0.3, 0.4]))
    #expect(
      try JSONDecoder().decode(OrderedCodec.self, from: JSONEncoder().encode(grained)) == grained)
  }

  @Test func extremeTicksDoNotOverflow() {
    let grain = Grain(
      lattices: [.every(step: 1_000, offset: 0), .every(step: 10, offset: 9)],
      shares: [0.5, 0.3, 0.2])
    let wide = OrderedCodec(
      bins: [.init(shape: [.init(low: -Int64.max, high: .max, weight: 1)])], hasMissing: false,
      grain: grain)
    var generator = SamplingGenerator(seed: 7)
    let ticks = wide.decode([UInt16](repeating: 0, count: 1_000), using: &generator)
    #expect(ticks.count { $0 % 1_000 == 0 } > 400)
  }
}
