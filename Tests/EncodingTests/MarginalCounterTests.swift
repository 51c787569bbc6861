import Basics
import Encoding
import Foundation
import Tables
import Testing

@Suite struct MarginalCounterTests {
  @Test func countsAreThoseOfTheObviousLoop() {
    var generator = SamplingGenerator(seed: 11)
    let sizes = [3, 300, 2, 5]
    let rows = 10_007
    let codes = sizes.map { size in (0..<rows).map { _ in UInt16(generator.next() % UInt64(size)) }
    }
    let columns = zip(codes, sizes).map { CodeColumn($0, size: $1) }
    for attributes in [[], [0], [1], [0, 1], [1, 2, 3], [0, 1, 2, 3]] {
      var expected = [Int32](repeating: 0, count: attributes.reduce(1) { $0 * sizes[$1] })
      for row in 0..<rows {
        expected[attributes.reduce(0) { $0 * sizes[$1] + Int(codes[$1][row]) }] += 1
      }
      #expect(
        MarginalCounter.count(columns, attributes: attributes, sizes: sizes, rows: rows) == expected
      )
    }
  }

  @Test func tablesThatShareAPassAreThoseCountedAlone() {
    var generator = SamplingGenerator(seed: 12)
    let sizes = [3, 300, 2, 5]
    let rows = 140_003
    let columns = sizes.map { size in
      CodeColumn((0..<rows).map { _ in UInt16(generator.next() % UInt64(size)) }, size: size)
    }
    for (first, lasts) in [([], [0, 1]), ([0], [1, 2, 3]), ([0, 2], [3, 1])] {
      let alone = lasts.map {
        MarginalCounter.count(columns, attributes: first + [$0], sizes: sizes, rows: rows)
      }
      #expect(
        MarginalCounter.count(columns, first: first, lasts: lasts, sizes: sizes, rows: rows)
          == alone)
    }
  }

  @Test func noRowsGiveZeros() {
    #expect(
      MarginalCounter.count([CodeColumn([], size: 4)], attributes: [0], sizes: [4], rows: 0) == [
        0, 0, 0, 0,
      ])
  }

  @Test func labelsBeyondTheKnownOnesAreOther() {
    let codec = LabelCodec(labels: ["a", "b"], otherLabel: "rest", hasMissing: true)
    #expect(codec.encode([0, 1, 2, -1], dictionary: .init(["b", "zzz", "a"])) == [1, 2, 0, 3])
    let closed = LabelCodec(labels: ["a", "b"], otherLabel: nil, hasMissing: false, fallback: 1)
    #expect(closed.encode([0, 1], dictionary: .init(["zzz", "a"])) == [1, 0])
  }

  /// A rare code belongs to the group with the longest beginning; one equal to a beginning belongs
  /// to that group.
  @Test func rareCodesGoToTheirGroup() throws {
    let codec = LabelCodec(
      labels: ["E11.9"], groups: ["E", "E1", "I2"].map(LabelGroup.init(beginning:)),
      otherLabel: "other", hasMissing: true)
    #expect(codec.size == 6)
    #expect(
      codec.encode(
        [0, 1, 2, 3, 4, 5, -1], dictionary: .init(["E11.9", "E10.1", "E78", "I25", "I2", "Z"])) == [
          0, 2, 1, 3, 3, 4, 5,
        ])
    guard case .labels(let codes, let dictionary) = codec.decode([0, 1, 2, 3, 4, 5]) else { return }
    #expect(
      codes.map { $0 < 0 ? "missing" : dictionary[Int($0)] } == [
        "E11.9", "E*", "E1*", "I2*", "other", "missing",
      ])
    #expect(codec.codes(of: "E1*") == [2])
    // Models of earlier releases say nothing of groups.
    let stored = Data(#"{"labels": ["a"], "hasMissing": false, "fallback": 0}"#.utf8)
    #expect(
      try JSONDecoder().decode(LabelCodec.self, from: stored)
        == LabelCodec(labels: ["a"], otherLabel: nil, hasMissing: false))
    #expect(try JSONDecoder().decode(LabelCodec.self, from: JSONEncoder().encode(codec)) == codec)
  }
}
