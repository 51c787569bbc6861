import Basics
import Curation
import DomainLearning
import Encoding
import Tables
import Testing

@Suite struct OrderedBinsTests {
  typealias Leaf = OrderedSearch.Leaf

  /// Ascending disjoint leaves, with gaps, with any counts that noise can produce.
  private func randomLeaves(_ generator: inout SamplingGenerator) -> [Leaf] {
    var low = Int64(generator.next() % 2000) - 1000
    return (0..<1 + Int(generator.next() % 40)).map { _ in
      let width = generator.next() % 3 == 0 ? 1 : 1 + Int64(generator.next() % 50)
      let leaf = Leaf(range: low...low + width - 1, count: Double(generator.next() % 300) - 20)
      low += width + (generator.next() % 4 == 0 ? Int64(generator.next() % 30) : 0)
      return leaf
    }
  }

  @Test func runsHoldTheTicksOfTheirLeaves() throws {
    var generator = SamplingGenerator(seed: 2)
    for _ in 0..<2000 {
      let leaves = randomLeaves(&generator)
      let runs = OrderedBins.runs(from: leaves, count: 16)
      for (run, next) in zip(runs, runs.dropFirst()) { #expect(run.upperBound < next.lowerBound) }
      #expect(runs.reduce(0) { $0 + $1.count } == leaves.reduce(0) { $0 + $1.range.count })
      #expect(
        runs.first?.lowerBound == leaves.first?.range.lowerBound
          && runs.last?.upperBound == leaves.last?.range.upperBound)
    }
  }

  /// Each named tick inside a leaf becomes a leaf; no tick is lost, and the remaining count is
  /// spread over the rest.
  @Test func cuttingAroundTicksLosesNoTick() {
    var generator = SamplingGenerator(seed: 7)
    for _ in 0..<2000 {
      let leaves = randomLeaves(&generator)
      let all = leaves.flatMap { Array($0.range) }
      let ticks = Set((0..<5).map { _ in all[Int(generator.next() % UInt64(all.count))] }).sorted()
        .map { TickCount(tick: $0, count: 9) }
      let parts = OrderedBins.cut(leaves, around: ticks)
      #expect(parts.flatMap { Array($0.range) } == all)
      for tick in ticks { #expect(parts.contains { $0.range == tick.tick...tick.tick }) }
    }
    let whole = Leaf(range: Int64.min + 1...Int64.max, count: 100)
    let parts = OrderedBins.cut(
      [whole], around: [Int64.min + 1, 0, Int64.max].map { TickCount(tick: $0, count: 20) })
    #expect(
      parts.count { $0.range.lowerBound == $0.range.upperBound } == 3
        && abs(parts.reduce(0) { $0 + $1.count } - 100) < 1e-6)
  }

  @Test func territoriesHoldEveryTickOnceAndTheirRuns() {
    var generator = SamplingGenerator(seed: 3)
    for _ in 0..<2000 {
      let runs = OrderedBins.runs(from: randomLeaves(&generator), count: 12)
      let territories = OrderedBins.territories(of: runs)
      #expect(
        territories.first?.lowerBound == Cells.lowestValue
          && territories.last?.upperBound == Int64.max)
      for (one, next) in zip(territories, territories.dropFirst()) {
        #expect(one.upperBound + 1 == next.lowerBound)
      }
      for (run, territory) in zip(runs, territories) {
        #expect(territory.lowerBound <= run.lowerBound && run.upperBound <= territory.upperBound)
      }
    }
    #expect(OrderedBins.territories(of: []).isEmpty)
  }

  /// The codec encodes exactly the ticks of a measured territory into its run's bin: the two rules
  /// agree on every tick.
  @Test func territoriesAreWhatTheCodecEncodes() {
    var generator = SamplingGenerator(seed: 4)
    for _ in 0..<200 {
      let runs = OrderedBins.runs(from: randomLeaves(&generator), count: 12)
      let codec = OrderedCodec(
        bins: runs.map {
          OrderedCodec.Bin(shape: [.init(low: $0.lowerBound, high: $0.upperBound, weight: 1)])
        }, hasMissing: false)
      for (index, territory) in OrderedBins.territories(of: runs).enumerated() {
        #expect(
          codec.encode([territory.lowerBound, territory.upperBound]) == [
            UInt16(index), UInt16(index),
          ])
      }
    }
  }

  @Test func binsPartitionTheRunsAndCarryTheirWeights() {
    var generator = SamplingGenerator(seed: 5)
    for _ in 0..<2000 {
      let runs = randomLeaves(&generator)
      let bins = OrderedBins.bins(runs, count: 8, sigma: 2)
      #expect(bins.flatMap { Array($0.members) } == Array(runs.indices))
      for (bin, members) in bins {
        let counted = members.reduce(0) { $0 + max(runs[$1].count, 0) }
        #expect(abs(bin.shape.reduce(0) { $0 + $1.weight } - counted) <= 1e-6 * (1 + counted))
        #expect(bin.shape.count == members.count && bin.shape.allSatisfy { $0.weight >= 0 })
        #expect(
          bin.range == runs[members.lowerBound].range
            .lowerBound...runs[members.upperBound - 1].range.upperBound)
      }
    }
  }

  @Test func aTickThatManyRowsShareIsAloneInItsBin() {
    let runs = [
      Leaf(range: 0...9, count: 50), Leaf(range: 10...10, count: 400),
      Leaf(range: 11...19, count: 60), Leaf(range: 20...29, count: 40),
    ]
    let bins = OrderedBins.bins(runs, count: 4, sigma: 2)
    #expect(bins.contains { $0.bin.range == 10...10 })
  }
}
