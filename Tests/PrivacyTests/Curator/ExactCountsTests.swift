import Basics
import Curation
import Encoding
import Testing

@Suite struct ExactCountsTests {
  /// Oracle: the counter that handles one clique at a time and caches nothing.
  @Test(arguments: [0, 700, 1 << 20]) func whatIsRememberedChangesNoCountAndStaysInsideItsLimit(
    _ limit: Int
  ) throws {
    var generator = SamplingGenerator(seed: 31)
    let sizes = [3, 300, 2, 5, 4]
    let rows = 70_001
    let columns = sizes.map { size in
      CodeColumn((0..<rows).map { _ in UInt16(generator.next() % UInt64(size)) }, size: size)
    }
    let cliques = [
      [0], [1], [0, 1], [0, 2], [0, 3], [2, 3], [0, 2, 3], [0, 2, 4], [1, 2, 4], [0, 2, 3],
    ]
    var counts = ExactCounts(columns: columns, sizes: sizes, rows: rows, limit: limit)
    @Sendable func fingerprint(_ counts: [Int32]) -> Double {
      counts.enumerated().reduce(0) { $0 + Double($1.offset + 1) * Double($1.element) }
    }
    let expected = cliques.map {
      MarginalCounter.count(columns, attributes: $0, sizes: sizes, rows: rows)
    }
    for _ in 0..<2 {
      #expect(
        try counts.map(cliques) { fingerprint($1) + Double($0) }
          == expected.enumerated().map { fingerprint($1) + Double($0) })
      #expect(counts.bytes <= limit)
    }
    for (clique, count) in zip(cliques, expected) {
      #expect(try counts.counts(of: clique) == count)
    }
    #expect(counts.bytes <= limit)
  }
}
