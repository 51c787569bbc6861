import Basics
import Encoding
import Tables
import Testing

@Suite struct OrderedCodecTests {
  private let codec = OrderedCodec(
    bins: [
      .init(shape: [.init(low: 0, high: 0, weight: 10)]),
      .init(shape: [.init(low: 1, high: 4, weight: 1), .init(low: 5, high: 9, weight: 3)]),
      .init(shape: [.init(low: 100, high: 199, weight: 2)]),
    ], hasMissing: true)

  @Test func everyTickGoesToItsBinOrTheNearest() {
    let ticks: [Int64] = [
      -5, 0, 1, 9, 10, 54, 55, 99, 100, 199, 5_000, .max, Cells.missingTick, Cells.lowestValue,
    ]
    #expect(codec.encode(ticks) == [0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 0])
  }

  @Test func encodingIsTheNearestBinOnEveryTick() {
    // Oracle: the distance to each bin, and the lower bin if two are equally near.
    for tick in Int64(-20)...260 {
      let nearest = codec.bins.indices.min { distance(tick, $0) < distance(tick, $1) }
      #expect(Int(codec.encode([tick])[0]) == nearest)
    }
  }

  @Test func columnsHoldTheCodesOfThePlainSearch() {
    // Oracle: `encode`, which uses binary search, for as many bins as fit in a byte and for more.
    for count in [0, 1, 2, 3, 7, 255, 256, 300] {
      let bins = (0..<count).map {
        OrderedCodec.Bin(shape: [.init(low: Int64($0) * 3, high: Int64($0) * 3 + 1, weight: 1)])
      }
      let codec = OrderedCodec(bins: bins, hasMissing: true)
      let ticks = Array(Int64(-5)...Int64(3 * count + 5)) + [Cells.missingTick, .max, .min + 1]
      let column = Codec.ordered(codec).encode(.ticks(ticks))
      #expect(column.count == ticks.count)
      #expect(ticks.indices.map { column[$0] } == codec.encode(ticks).map(Int.init))
    }
  }

  private func distance(_ tick: Int64, _ bin: Int) -> Int64 {
    let range = codec.bins[bin].range
    return max(range.lowerBound - tick, tick - range.upperBound, 0)
  }

  @Test func decodedTicksAreEncodedBack() {
    var generator = SamplingGenerator(seed: 4)
    let codes: [UInt16] = (0..<4_000).map { UInt16($0 % 4) }
    let ticks = codec.decode(codes, using: &generator)
    #expect(codec.encode(ticks) == codes)
    #expect(zip(codes, ticks).allSatisfy { ($0 == 3) == ($1 == Cells.missingTick) })
  }

  @Test func decodingFollowsTheShape() {
    var generator = SamplingGenerator(seed: 5)
    let draws = 40_000
    let ticks = codec.decode([UInt16](repeating: 1, count: draws), using: &generator)
    let light = ticks.count { $0 <= 4 }
    // Binomial(40,000, 1/4) within 6 standard deviations: false alarm below 2e-9.
    #expect(abs(Double(light) - 10_000) < 6 * 87, "n \(draws) k \(light) p 0.25")
  }

  @Test func restrictionKeepsTheShareOfEachBin() {
    let (restricted, shares) = codec.restricted(to: 3...7)
    #expect(shares == [0, (0.5 + 1.8) / 4, 0, 0])
    var generator = SamplingGenerator(seed: 6)
    #expect(
      restricted.decode([UInt16](repeating: 1, count: 500), using: &generator).allSatisfy {
        (3...7).contains($0)
      })
  }

  @Test func extremeBoundsDoNotOverflow() {
    let wide = OrderedCodec(
      bins: [.init(shape: [.init(low: -Int64.max, high: .max, weight: 0)])], hasMissing: false)
    var generator = SamplingGenerator(seed: 7)
    let ticks = wide.decode([UInt16](repeating: 0, count: 1_000), using: &generator)
    #expect(ticks.contains { $0 < 0 } && ticks.contains { $0 > 0 })
    #expect(wide.encode([.min + 1, .max]) == [0, 0])
  }
}
