import Basics
import Encoding
import Tables

/// A small invented table of stays with one column of every kind; people have one to four rows
/// each.
struct Admissions {
  typealias Row = [String]

  static let header = "who,mail,age,income,town,ward,admitted,discharged,code,meaning,ill,note"

  /// Declares everything that can be declared and leaves the rest to be learned.
  static func schema(unit: PrivacyUnit) -> Schema {
    Schema(
      name: "stays", approximateRows: 500, unit: unit,
      columns: [
        ColumnSchema(name: "who", type: .identifier, role: .identifier(.code)),
        ColumnSchema(name: "mail", type: .identifier, role: .identifier(.email)),
        ColumnSchema(name: "age", type: .integer, bounds: .declared(0...110)),
        ColumnSchema(name: "income", type: .decimal(fractionDigits: 2), isNullable: true),
        ColumnSchema(name: "town", type: .category, isNullable: true),
        ColumnSchema(
          name: "ward", type: .category, categories: .declared(["North", "South", "West"])),
        ColumnSchema(name: "admitted", type: .date(.iso)),
        ColumnSchema(name: "discharged", type: .date(.iso), isNullable: true),
        ColumnSchema(name: "code", type: .category),
        ColumnSchema(name: "meaning", type: .category),
        ColumnSchema(
          name: "ill", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes")),
          role: .target),
        ColumnSchema(name: "note", type: .text, role: .prose, isNullable: true),
      ],
      rules: [
        .ordered(earlier: "admitted", later: "discharged"),
        .determines(determinant: "code", dependent: "meaning"),
      ])
  }

  static let person = PrivacyUnit.person(column: "who", maximumRows: 3)

  let rows: [Row]

  /// `people` people, every seventh of whom has four rows, more than the schema allows.
  static func made(people: Int, seed: UInt64 = 11) -> Admissions {
    var generator = SamplingGenerator(seed: seed)
    func draw(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }
    let towns = ["Ashby", "Corby", "Derby", "Selby"]
    let meanings = ["asthma", "burn", "cough", "diabetes", "eczema"]
    var rows: [Row] = []
    for person in 0..<people {
      let age = 15 + draw(80)
      for _ in 0..<(person % 7 == 0 ? 4 : 1 + draw(2)) {
        let code = min(draw(6), draw(6), 4)
        let day = 1 + draw(27)
        rows.append([
          "P\(1000 + person)", "p\(person)@example.org", "\(age)",
          draw(12) == 0 ? "" : "\(900 + age * 20 + draw(500)).\(10 + draw(90))",
          draw(9) == 0 ? "" : towns[min(draw(4), draw(4))], ["North", "South", "West"][draw(3)],
          "2024-0\(1 + draw(9))-\(two(day))",
          draw(20) == 0 ? "" : "2024-1\(draw(3))-\(two(day))", "K\(code)", meanings[code],
          draw(110) < age ? "yes" : "no",
          draw(3) == 0 ? "" : "\"seen on day \(day), \(code)\"",
        ])
      }
    }
    return Admissions(rows: rows)
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Rows of a person who shares no value with anybody, as far as the schema allows.
  static let stranger: [Row] = [
    [
      "Q-new", "stranger@else.where", "110", "9999999999.99", "Atlantis", "West", "1871-01-01",
      "2099-12-31", "Z99", "unheard of", "yes",
      "\"says, \"\"hello\"\"\"",
    ],
    [
      "Q-new", "other@else.where", "0", "-8888888888.88", "Lemuria", "North", "1750-05-05",
      "1750-05-05", "Y98", "unseen", "no", "",
    ],
    ["Q-new", "", "0", "", "", "South", "2222-02-22", "", "Z99", "unheard of", "yes", "x"],
    [
      "Q-new", "", "1", "0.01", "Atlantis", "South", "2222-02-22", "", "X97", "unknown", "yes", "x",
    ],
  ]

  func without(_ who: String) -> Admissions { Admissions(rows: rows.filter { $0[0] != who }) }

  func without(row: Int) -> Admissions {
    Admissions(rows: Array(rows[..<row] + rows[(row + 1)...]))
  }

  /// The new rows come first, so that dictionaries and everything else ordered by first appearance
  /// shift.
  func adding(_ new: some Sequence<Row>) -> Admissions { Admissions(rows: Array(new) + rows) }

  var csv: String {
    Admissions.header + "\n" + rows.map { $0.joined(separator: ",") + "\n" }.joined()
  }
}
