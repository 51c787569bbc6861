import Encoding
import Tables
import Testing

/// Coarser views of a variable's codes.
@Suite struct CodeGroupsTests {
  private func ordered(_ bins: Int, words: Int = 0, missing: Bool = false) -> Codec {
    let bins = (0..<bins).map {
      OrderedCodec.Bin(shape: [OrderedCodec.Piece(low: Int64($0), high: Int64($0), weight: 1)])
    }
    return .ordered(OrderedCodec(bins: bins, words: words, hasMissing: missing))
  }

  private func labels(_ count: Int, missing: Bool = false) -> Codec {
    .labels(LabelCodec(labels: (0..<count).map { "l\($0)" }, otherLabel: nil, hasMissing: missing))
  }

  @Test func neighboursShareAGroupOfAFairShare() throws {
    let groups = try #require(
      CodeGroups(
        variable: 3, codec: ordered(12), counts: [Double](repeating: 10, count: 12), most: 4))
    #expect(groups.groups == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])
    #expect(groups.count == 4 && groups.variable == 3)
  }

  /// Groups of ordered values are runs, whatever the counts, and every group has a code.
  @Test(arguments: 0..<200) func groupsOfValuesAreRuns(_ seed: Int) throws {
    var state = UInt64(seed)
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let values = 2 + next(60)
    let counts = (0..<values + 2).map { _ in
      next(3) == 0 ? Double(next(5_000)) : Double(next(20)) - 10
    }
    guard
      let groups = CodeGroups(
        variable: 0, codec: ordered(values, words: 1, missing: true), counts: counts,
        most: 2 + next(12))
    else {
      return
    }
    #expect(
      zip(groups.groups, groups.groups.dropFirst()).prefix(values - 1).allSatisfy {
        $1 == $0 || $1 == $0 + 1
      })
    #expect(Set(groups.groups) == Set(0..<groups.count))
  }

  /// A value that most rows share is a group of its own, and so are missing cells unless they are
  /// rare.
  @Test(arguments: [(40.0, 2), (400.0, 1)]) func heavyValuesAndMissingCellsStandAlone(
    _ missing: Double, _ sharing: Int
  ) throws {
    let counts = [2, 3, 900, 4, 3, 2, missing]
    let groups = try #require(
      CodeGroups(variable: 0, codec: ordered(6, missing: true), counts: counts, most: 3)
    ).groups
    #expect(groups.count { $0 == groups[2] } == 1)
    #expect(
      groups.count { $0 == groups[6] } >= sharing
        && (groups.count { $0 == groups[6] } == 1) == (sharing == 1))
  }

  @Test func frequentLabelsStandAlone() throws {
    let groups = try #require(
      CodeGroups(variable: 0, codec: labels(8), counts: [1, 500, 2, 300, 1, 1, 2, 3], most: 4))
    #expect(groups.groups == [2, 0, 2, 1, 2, 2, 2, 2])
  }

  @Test func oneGroupIsNone() {
    #expect(CodeGroups(variable: 0, codec: labels(6), counts: [0, 0, -3, 0, 0, 0], most: 1) == nil)
  }

  @Test func codesBecomeGroups() {
    let column = CodeColumn([0, 5, 3, 1, 5], size: 6).grouped([0, 0, 1, 1, 2, 2], size: 3)
    #expect((0..<5).map { column[$0] } == [0, 2, 1, 0, 2])
  }

  /// Codes of a chapter share a group, whether named, grouped or beside a description.
  @Test func codesOfAChapterShareAGroup() throws {
    let codec = LabelCodec(
      labels: ["J18.9", "I10", "E11.9", "I50.9"],
      groups: [
        LabelGroup(text: "J44", beginnings: ["J44"]),
        LabelGroup(text: "J40-J4A", beginnings: ["J40", "J41"]),
      ],
      otherLabel: "other", hasMissing: true)
    let counts: [Double] = [50, 60, 70, 80, 90, 100, 5, 5]
    let groups = try #require(
      CodeGroups(variable: 0, codec: .labels(codec), counts: counts, most: 4, hierarchy: .icd10)
    ).groups
    #expect(groups == [0, 1, 2, 1, 0, 0, 3, 3])
    // Without the classification, the first character says the same here.
    #expect(
      CodeGroups(variable: 0, codec: .labels(codec), counts: counts, most: 4)?.groups == groups)
  }
}
