import Foundation
import Testing

/// `understudy attack` on files as other tools write them.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct AttackTests {
  private let understudy: Executable
  private let scratch: Scratch

  init() throws {
    understudy = try #require(Executable.built)
    scratch = try Scratch()
    try scratch.write("original.csv", AttackTests.csv(rows: 0..<1500))
    try scratch.write("control.csv", AttackTests.csv(rows: 1500..<3500))
  }

  /// An arbitrary person, who resembles others only by chance.
  private static func person(_ row: Int) -> (age: Int, town: String, pay: Int?) {
    let hash = InventedPerson.hash(row)
    return (
      20 + hash % 61, "Saint \"\(hash / 61 % 170)\", \(hash % 3)",
      hash / 10_370 % 19 == 0 ? nil : 1000 + hash / 197_030 % 90_001
    )
  }

  private static func csv(rows: Range<Int>) -> String {
    "age,town,pay\n"
      + rows.map { row in
        let (age, town, pay) = person(row)
        return
          "\(age),\"\(town.replacingOccurrences(of: "\"", with: "\"\""))\",\(pay.map(String.init) ?? "")\n"
      }.joined()
  }

  private func attack(_ arguments: String) throws -> (status: Int32, document: [String: Any]) {
    let outcome = try understudy.run(
      ["attack"] + arguments.split(separator: " ").map(String.init) + ["--json"], in: scratch)
    return (
      outcome.status,
      try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    )
  }

  @Test func `a copy written by another tool is a copy`() throws {
    // As pandas writes it: columns in another order, numbers as floats, missing cells as NaN.
    let rows = (0..<1500).map { row -> String in
      let (age, town, pay) = AttackTests.person(row)
      return
        "\(pay.map { "\($0).0" } ?? "NaN"),\"\(town.replacingOccurrences(of: "\"", with: "\"\""))\",\(age).0\n"
    }
    try scratch.write("copy.csv", "pay,town,age\n" + rows.joined())
    let (status, document) = try attack(
      "--original original.csv --synthetic copy.csv --control control.csv")
    #expect(status == 3)
    #expect(document["verdict"] as? String == "fail")
    let copies = try #require(document["copies"] as? [String: Any])
    #expect(copies["exact"] as? Int == 1500 && copies["near"] as? Int == 1500)
    #expect((copies["expectedFromControl"] as? Double ?? 9) < 5)
    #expect((document["failures"] as? [String])?.contains { $0.hasPrefix("copies: 1500") } == true)
    let attacks = try #require(document["attacks"] as? [[String: Any]])
    let univariate = try #require(
      attacks.first { $0["name"] as? String == "singling-out-univariate" })
    #expect((univariate["risk"] as? [String: Any])?["value"] as? Double == 1)
    for key in [
      "attempts", "successes", "controlSuccesses", "baselineSuccesses", "smallestDetectable",
    ] { #expect(univariate[key] != nil) }
  }

  @Test func `other people pass`() throws {
    try scratch.write("other.csv", AttackTests.csv(rows: 4000..<5500))
    let (status, document) = try attack(
      "--original original.csv --synthetic other.csv --control control.csv")
    #expect(status == 0, "\(document["failures"] ?? "")")
    #expect(document["verdict"] as? String == "pass")
    #expect((document["failures"] as? [String]) == [])
  }

  @Test func `without a control the report says what is not told apart`() throws {
    try scratch.write("other.csv", AttackTests.csv(rows: 4000..<5500))
    for release in ["other.csv", "original.csv"] {
      let (status, document) = try attack("--original original.csv --synthetic \(release)")
      #expect(status == 0)
      #expect(
        document["verdict"] as? String == "not-judged" && (document["failures"] as? [String]) == [])
      #expect(
        (document["notes"] as? [String])?.contains { $0.hasPrefix("Without a control") } == true)
      #expect((document["attacks"] as? [Any])?.count == 4, "figures are printed all the same")
    }
    let page = try understudy.run(
      ["attack", "--original", "original.csv", "--synthetic", "other.csv"], in: scratch)
    #expect(page.status == 0 && page.output.hasPrefix("NOT JUDGED: there is no control"))
  }

  @Test func `with fewer than half of the columns there is nothing to say`() throws {
    try scratch.write("little.csv", "age\n" + (0..<1500).map { "\(20 + $0 % 61)\n" }.joined())
    let outcome = try understudy.run(
      [
        "attack", "--original", "original.csv", "--synthetic", "little.csv", "--control",
        "control.csv",
      ], in: scratch)
    #expect(
      outcome.status == 1 && outcome.errors.contains("Only 1 of the original's 3 columns")
        && outcome.errors.contains("'town'"))
  }

  @Test func `with too few people the attacks say nothing, which does not pass`() throws {
    try scratch.write("few.csv", AttackTests.csv(rows: 0..<40))
    try scratch.write("fewer.csv", AttackTests.csv(rows: 1500..<1520))
    try scratch.write("other.csv", AttackTests.csv(rows: 4000..<4040))
    let (status, document) = try attack(
      "--original few.csv --synthetic other.csv --control fewer.csv")
    #expect(
      status == 3 && document["verdict"] as? String == "says-nothing",
      "\(document["failures"] ?? "")")
    #expect((document["failures"] as? [String])?.allSatisfy { $0.contains("says nothing") } == true)
    let page = try understudy.run(
      ["attack", "--original", "few.csv", "--synthetic", "other.csv", "--control", "fewer.csv"],
      in: scratch)
    #expect(
      page.output.hasPrefix("SAYS NOTHING")
        && page.output.contains("Says nothing: it is above the limit"))
  }

  @Test func `a page for people names the verdict first`() throws {
    let outcome = try understudy.run(
      [
        "attack", "--original", "original.csv", "--synthetic", "original.csv", "--control",
        "control.csv", "--quiet",
      ], in: scratch)
    #expect(outcome.status == 3)
    #expect(outcome.output.hasPrefix("FAIL"))
    #expect(outcome.errors.isEmpty)
  }

  @Test func `a sparse table is attacked by what is known of a person`() throws {
    let rows = (0..<3000).map { "\($0 / 30),\($0 * 7919 % 401),\($0 % 5),\($0 * 13 % 900)\n" }
      .joined()
    try scratch.write("ratings.csv", "who,what,stars,day\n" + rows)
    let (status, document) = try attack(
      "--original ratings.csv --synthetic ratings.csv --person who --item what --value stars --time day"
    )
    #expect(status == 3)
    #expect((document["attacks"] as? [[String: Any]])?.first?["name"] as? String == "linkage")
  }

  @Test func `faults are told`() throws {
    let columns = try understudy.run(
      ["attack", "--original", "original.csv", "--synthetic", "control.csv", "--ignore", "agee"],
      in: scratch)
    #expect(columns.status == 1 && columns.errors.contains("'agee'"))
    let half = try understudy.run(
      ["attack", "--original", "original.csv", "--synthetic", "control.csv", "--person", "town"],
      in: scratch)
    #expect(half.status == 2 && half.errors.contains("--item"))
  }
}
