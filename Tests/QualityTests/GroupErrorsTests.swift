import Quality
import Tables
import Testing

@Suite struct GroupErrorsTests {
  /// People of two sexes and some ages, of whom a share is ill; the shares differ by sex.
  private func people(women: Int, ill: Int, men: Int, illMen: Int, others: Int = 0) -> Table {
    let sexes =
      Array(repeating: "F", count: women) + Array(repeating: "M", count: men)
      + Array(repeating: "X", count: others)
    let state =
      (0..<women).map { $0 < ill ? "yes" : "no" } + (0..<men).map { $0 < illMen ? "yes" : "no" }
      + Array(repeating: "no", count: others)
    let ages = sexes.indices.map { "\(20 + $0 % 60)" }
    return PlainTable(names: ["sex", "age", "ill"], cells: [sexes, ages, state]).table
  }

  @Test func theGroupThatIsWrongComesFirst() throws {
    let original = people(women: 1000, ill: 100, men: 100, illMen: 50, others: 10)
    // Right about all people, and wrong about men.
    let synthetic = people(women: 1000, ill: 130, men: 100, illMen: 20, others: 10)
    let report = try QualityReport.measure(
      original: OwnerTable(original), synthetic: synthetic,
      options: QualityOptions(target: "ill", groupColumns: ["sex", "age"]))
    let bySex = try #require(report.groups?.first)
    #expect(bySex.by == "sex" && bySex.target == "ill" && bySex.smallGroups == 1)
    #expect(bySex.groups.map(\.name) == ["M", "F"])
    let men = try #require(bySex.worst)
    #expect(men.rows == 100 && men.syntheticRows == 100)
    #expect(abs(men.distance - 0.3) < 1e-12)
    // Half the sum over two cells of √(2/π · ¼ · 2/100).
    #expect(abs(men.noise - (2 / Double.pi * 0.25 * 0.02).squareRoot()) < 1e-12)
    #expect(abs(bySex.groups[1].distance - 0.03) < 1e-12)
    let byAge = try #require(report.groups?.last)
    #expect(byAge.groups.allSatisfy { $0.rows >= 30 && $0.name.contains(" to ") })
  }

  @Test func aGroupThatIsGoneIsWhollyWrong() throws {
    let original = people(women: 200, ill: 20, men: 100, illMen: 50)
    let synthetic = people(women: 300, ill: 70, men: 0, illMen: 0)
    let report = try QualityReport.measure(
      original: OwnerTable(original), synthetic: synthetic,
      options: QualityOptions(target: "ill", groupColumns: ["sex"]))
    #expect(report.groups?.first?.worst?.name == "M")
    #expect(report.groups?.first?.worst?.distance == 1)
  }

  @Test func groupsNeedATargetAndOtherColumns() throws {
    let table = people(women: 50, ill: 5, men: 50, illMen: 5)
    for (options, error) in [
      (QualityOptions(groupColumns: ["sex"]), QualityError.groupsWithoutTarget),
      (QualityOptions(target: "ill", groupColumns: ["ill"]), .unknownGroups("ill")),
      (QualityOptions(target: "ill", groupColumns: ["ward"]), .unknownGroups("ward")),
    ] {
      #expect(throws: error) {
        try QualityReport.measure(original: OwnerTable(table), synthetic: table, options: options)
      }
    }
  }
}
