import Attacks
import DelimitedText
import Foundation
import Tables
import TestConditions
import Testing

/// Linkage of sparse tables with outside knowledge.
@Suite struct LinkageTests {
  static let layout = SparseTable.Layout(
    person: "userId", item: "movieId", value: "rating", time: "timestamp")

  /// People with about 30 of 400 items each, few of which are popular.
  private func ratings(people: Int, seed: UInt64, namesFrom first: Int = 0) -> PlainRows {
    var draw = Population(seed: seed)
    var rows: [[String]] = []
    for person in 0..<people {
      var seen = Set<Int>()
      for _ in 0..<30 {
        let item = draw.below(20) * draw.below(20)
        guard seen.insert(item).inserted else { continue }
        rows.append([
          "\(first + person)", "\(item)", "\(1 + draw.below(5))",
          "\(1_000_000_000 + draw.below(100_000_000))",
        ])
      }
    }
    return PlainRows(names: ["userId", "movieId", "rating", "timestamp"], rows: rows)
  }

  @Test func `pseudonyms do not protect, other people do`() throws {
    let original = ratings(people: 300, seed: 1)
    var pseudonyms = original
    for row in pseudonyms.rows.indices {
      pseudonyms.rows[row][0] = "p" + String((Int(original.rows[row][0]) ?? 0) * 7919 % 300 + 1000)
    }
    let found = try LinkageAttack().run(
      original: OwnerTable(original.table), synthetic: pseudonyms.table, layout: LinkageTests.layout
    )
    let attack = try #require(found.attacks.first)
    #expect(attack.risk.value > 0.9, "\(attack)")
    #expect(found.copies.exact == 300)
    #expect(!found.failures().isEmpty)

    let others = ratings(people: 300, seed: 2, namesFrom: 5000)
    let missed = try LinkageAttack().run(
      original: OwnerTable(original.table), synthetic: others.table,
      control: OwnerTable(ratings(people: 300, seed: 3).table),
      layout: LinkageTests.layout)
    let safe = try #require(missed.attacks.first)
    #expect(safe.successes == 0 && safe.risk.value == 0)
    #expect(missed.copies.exact == 0)
    #expect(missed.failures() == [])
  }

  @Test func `columns that are not there are named`() throws {
    let table = ratings(people: 5, seed: 1).table
    #expect(throws: AttackError.missingColumns(["stars"], table: "original")) {
      try LinkageAttack().run(
        original: OwnerTable(table), synthetic: table,
        layout: SparseTable.Layout(person: "userId", item: "movieId", value: "stars"))
    }
    var options = LinkageOptions()
    options.known = 100
    #expect(throws: AttackError.tooFewPeople(0, needed: 1)) {
      try LinkageAttack(options: options).run(
        original: OwnerTable(table), synthetic: table, layout: LinkageTests.layout)
    }
  }

  @Test(
    .enabled(if: Movielens.isPresent, "needs ../shared/data/movielens-small, or UNDERSTUDY_SHARED"))
  func `eight ratings name a viewer`() throws {
    let table = try TableReader.read(Movielens.ratings).table
    let report = try LinkageAttack().run(
      original: OwnerTable(table), synthetic: table, layout: LinkageTests.layout)
    let attack = try #require(report.attacks.first)
    #expect(attack.attempts == 610)
    #expect(Double(attack.successes) / 610 > 0.8, "\(attack)")
    #expect(attack.controlSuccesses == 0)
    #expect(attack.risk.low > 0.7)
  }
}

/// Film ratings by 610 people.
enum Movielens {
  static let ratings = SharedFolder.data("movielens-small/ratings.csv")
  static var isPresent: Bool { SharedFolder.has("movielens-small/ratings.csv") }
}
