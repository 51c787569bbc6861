import ProseRedaction
import Testing
import Words

/// Overlapping findings: one rule, and no byte left uncovered.
@Suite struct OverlapTests {
  private func span(_ range: Range<Int>, _ type: IdentifierType, _ confidence: Double) -> ProseSpan
  {
    ProseSpan(range: range, type: type, confidence: confidence, reason: "")
  }

  @Test func whatALoserCoversBesideTheWinnerStaysFound() {
    let found = [span(0..<10, .person, 0.7), span(5..<14, .organization, 0.9)]
    #expect(
      OverlapRule.settled(found).map { "\($0.type.rawValue) \($0.range)" } == [
        "PERSON 0..<5", "ORGANIZATION 5..<14",
      ])
  }

  @Test func aWinnerInsideALoserSplitsIt() {
    let found = [span(0..<20, .address, 0.7), span(8..<12, .date, 0.9)]
    #expect(OverlapRule.settled(found).map(\.range) == [0..<8, 8..<12, 12..<20])
  }

  @Test func overlapsOfOneTypeBecomeOne() {
    let found = [span(0..<9, .phone, 0.7), span(4..<14, .phone, 0.9)]
    #expect(OverlapRule.settled(found).map(\.range) == [0..<14])
  }

  @Test func aRestWithoutAWordGoesToItsNeighbour() {
    // "(212) 555" is found as a number from its first digit, and as a telephone number with its
    // parenthesis by a weaker detector.
    let text = Array("(212) 555".utf8)
    let found = [span(0..<9, .phone, 0.6), span(1..<9, .fax, 0.9)]
    let settled = OverlapRule.settled(found) { (48...57).contains(text[$0]) }
    #expect(settled.map { "\($0.type.rawValue) \($0.range)" } == ["FAX 0..<9"])
  }

  @Test func equalConfidenceGoesToTheLongerThenTheEarlier() {
    let longer = OverlapRule.settled([span(0..<4, .person, 0.8), span(2..<9, .location, 0.8)])
    #expect(longer.map { "\($0.type.rawValue) \($0.range)" } == ["PERSON 0..<2", "LOCATION 2..<9"])
    let earlier = OverlapRule.settled([span(2..<6, .location, 0.8), span(0..<4, .person, 0.8)])
    #expect(
      earlier.map { "\($0.type.rawValue) \($0.range)" } == ["PERSON 0..<4", "LOCATION 4..<6"])
  }

  /// Compared with the obvious way: each byte takes the first finding by precedence that covers it.
  @Test(arguments: 0..<200)
  func coversWhatTheFindingsCover(seed: Int) {
    var state = UInt64(seed &* 2_654_435_761 &+ 1)
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let types: [IdentifierType] = [.person, .date, .phone]
    let found = (0..<(1 + next(12))).map { _ in
      let start = next(60)
      return span(start..<(start + 1 + next(15)), types[next(3)], Double(next(4)) / 4)
    }
    let settled = OverlapRule.settled(found)
    #expect(
      zip(settled, settled.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound })
    for place in 0..<80 {
      let covering = found.filter { $0.range.contains(place) }
      let best = covering.min {
        ($1.confidence, $1.range.count, $0.range.lowerBound) < (
          $0.confidence, $0.range.count, $1.range.lowerBound
        )
      }
      let there = settled.first { $0.range.contains(place) }
      #expect((there == nil) == covering.isEmpty)
      // Findings that tie in all three respects have the same range: either type is right.
      let types = covering.filter { $0.confidence == best?.confidence && $0.range == best?.range }
        .map(\.type)
      if let there { #expect(types.contains(there.type)) }
    }
  }
}
