import Foundation
import Testing

/// Releases whose cells are written in other ways than the original's, or have another type:
/// further cases of two kinds of fault.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct AttackReadingTests {
  private typealias Person = (age: Int, town: String, pay: Int, born: String)

  private func people(_ rows: Range<Int>) -> [Person] {
    rows.map { row in
      let hash = InventedPerson.hash(row)
      let born = "19\(30 + hash / 7 % 70)-0\(1 + hash / 490 % 9)-\(10 + hash / 4410 % 18)"
      return (
        20 + hash % 61, ["Leeds", "Hull", "New York"][hash / 61 % 3], 1000 + hash / 183 % 90_000,
        born
      )
    }
  }

  private func csv(_ people: [Person], _ line: (Person) -> String) -> String {
    "age,town,pay,born\n" + people.map { line($0) + "\n" }.joined()
  }

  private func plain(_ person: Person) -> String {
    "\(person.age),\(person.town),\(person.pay),\(person.born)"
  }

  private func attack(_ release: String) throws -> [String: Any] {
    let scratch = try Scratch()
    try scratch.write("original.csv", csv(people(0..<600), plain))
    try scratch.write("control.csv", csv(people(600..<1200), plain))
    try scratch.write("release.csv", release)
    let words =
      "attack --original original.csv --synthetic release.csv --control control.csv --queries 200 --json"
    let outcome = try #require(Executable.built).run(
      words.split(separator: " ").map(String.init), in: scratch)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private static func thousands(_ number: Int, _ mark: String) -> String {
    number < 1000
      ? "\(number)" : "\(number / 1000)\(mark)" + String(String(1000 + number % 1000).dropFirst())
  }

  private static let writings: [@Sendable (Int, String, Int, String) -> String] = [
    { "\($0),\($1),\"\(AttackReadingTests.thousands($2, ","))\",\($3)" },
    { "\($0),\($1.uppercased()),£\(AttackReadingTests.thousands($2, " ")),\($3)" },
    {
      "\($0) years, \($1.replacing(" ", with: "  ")) ,€\(AttackReadingTests.thousands($2, "'")),\($3)"
    },
  ]

  @Test(arguments: writings.indices) func `copies are those that a person reads as copies`(
    _ place: Int
  ) throws {
    let writing = Self.writings[place]
    let document = try attack(csv(people(0..<600)) { writing($0.age, $0.town, $0.pay, $0.born) })
    let copies = try #require(document["copies"] as? [String: Any])
    // Thousands separators and units are read as part of a number, other spellings as the same
    // cell.
    #expect(max(copies["exact"] as? Int ?? 0, copies["asRead"] as? Int ?? 0) == 600)
    #expect(document["verdict"] as? String == "fail")
    // Other people's rows in this spelling are not copies.
    let others = try attack(csv(people(4000..<4600)) { writing($0.age, $0.town, $0.pay, $0.born) })
    #expect((others["copies"] as? [String: Any])?["asReadIsBeyondChance"] as? Bool == false)
  }

  @Test(arguments: ["age", "pay", "born", "town"]) func `a column of another type is named`(
    _ column: String
  ) throws {
    let document = try attack(
      csv(people(4000..<4600)) { person in
        let age = column == "age" ? "aged \(person.age)" : "\(person.age)"
        return
          "\(age),\(column == "town" ? "\(person.age)" : person.town),\(column == "pay" ? "a \(person.pay)" : "\(person.pay)"),"
          + (column == "born" ? "in \(person.born)" : person.born)
      })
    let notes = try #require(document["notes"] as? [String])
    #expect(
      notes.contains { $0.hasPrefix("Of another type") && $0.contains("'\(column)'") }, "\(notes)")
  }
}
