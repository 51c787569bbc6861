import Attacks
import Basics
import LinkedAttacks
import LinkedTables
import Tables
import Testing

/// The linkage of a few known events to the most similar person (Narayanan and Shmatikov 2008).
@Suite struct LinkageTests {
  private static let schema: LinkedSchema = {
    let people = Schema(
      name: "people", columns: [ColumnSchema(name: "who", type: .integer, role: .identifier(.code))]
    )
    let ratings = Schema(
      name: "ratings",
      columns: [
        ColumnSchema(name: "who", type: .integer, role: .identifier(.code)),
        ColumnSchema(name: "film", type: .category),
        ColumnSchema(name: "day", type: .date(.iso)),
      ])
    return LinkedSchema(
      name: "films",
      tables: [
        LinkedTable(schema: people, file: "people.csv", key: ["who"]),
        LinkedTable(
          schema: ratings, file: "ratings.csv", parents: [ParentLink(["who"], to: "people")],
          time: "day"),
      ],
      person: "people", rules: [])
  }()

  private typealias Event = (film: Int, day: Int64)

  /// 200 people with 20 to 60 ratings each of 300 films in three years.
  private static func people(seed: UInt64) -> [[Event]] {
    var generator = SamplingGenerator(seed: seed)
    return (0..<200).map { _ in
      (0..<20 + generator.below(40)).map { _ in
        (generator.below(300), 16_000 + Int64(generator.below(1_000)))
      }
    }
  }

  private static func data(_ people: [[Event]]) -> LinkedData {
    let rows = people.enumerated().flatMap { who, events in events.map { (Int64(who), $0) } }
    let columns = schema.tables[1].schema.columns
    return LinkedData(
      schema: schema,
      tables: [
        Table(columns: [
          schema.tables[0].schema.columns[0].filled(
            with: .ticks(people.indices.map { Int64($0) }))
        ]),
        Table(columns: [
          columns[0].filled(with: .ticks(rows.map(\.0))),
          columns[1].filled(with: Cells(labels: rows.map { "film \($0.1.film)" as String? })),
          columns[2].filled(with: .ticks(rows.map(\.1.day))),
        ]),
      ])
  }

  /// People whose days were moved by a week and whose order was changed are all found again; among
  /// other people nobody is.
  @Test func peopleWhoAreThereAreLinkedAndOthersAreNot() throws {
    let original = Self.people(seed: 1)
    let moved = original.reversed().enumerated().map { number, events in
      events.map { Event($0.film, $0.day + Int64(number % 15) - 7) }
    }
    let strangers = Self.data(Self.people(seed: 2))
    let leaky = LinkedAttack().run(
      original: Self.data(original), release: Self.data(moved), control: strangers)
    let found = try #require(leaky.attacks.first { $0.name == "linkage-of-events" })
    #expect(found.attempts > 150)
    #expect(found.successes > found.attempts * 9 / 10)
    #expect(found.controlSuccesses == 0)
    let safe = LinkedAttack().run(
      original: Self.data(original), release: Self.data(Self.people(seed: 3)), control: strangers)
    let none = try #require(safe.attacks.first { $0.name == "linkage-of-events" })
    #expect(none.attempts == found.attempts && none.successes == 0)
    #expect(safe.notes.contains { $0.contains("link \(found.attempts) of \(found.attempts)") })
  }
}
