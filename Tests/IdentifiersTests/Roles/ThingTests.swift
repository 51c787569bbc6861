import ColumnRoles
import Tables
import Testing

/// Columns of firms, courses, codes and drives, which contain personal names and street words but
/// name no person.
@Suite struct ThingTests {
  private func advice(_ header: String, _ values: [String], rows: Int) throws -> ColumnAdvice {
    let cells = (0..<rows).map { values[($0 &* 7 &+ $0 / values.count) % values.count] }
    let type: ColumnType = Set(cells).count * 2 > rows ? .identifier : .category
    let table = Table(columns: [
      Column(integers: (0..<rows).map { Int64($0 * 3 % 11) }, named: "row"),
      Column(labels: cells, named: header, type: type),
    ])
    return try #require(RoleAdvisor.advise(table: table).first { $0.column == header })
  }

  private static let firms = [
    "Morgan Stanley Inc", "Wells Fargo", "Goldman Sachs Group", "Charles Schwab Corporation",
    "Johnson Controls", "Morgan Holdings",
    "Thomas Cook Group", "Warner Brothers", "Martin Marietta Corp", "Ralph Lauren Corporation",
    "Scott Industries", "Taylor Partners",
    "Parker Hannifin Corp", "Harris Corporation", "Baker Hughes Company",
  ]
  private static let courses = [
    "Intro to Statistics", "Martin Method", "Organic Chemistry", "Modern Art History",
    "Taylor Series", "Linear Algebra",
    "Creative Writing",
    "Grant Writing", "Applied Physics", "Marine Biology", "Cell Biology", "Lewis Structures",
    "Macroeconomics Honors", "Spanish Literature",
  ]
  private static let codes = [
    "BEN", "JAN", "ARM", "ALA", "DEU", "ESP", "GAB", "TON", "LEE", "KAY", "MAX", "ROY", "SAM",
    "DAN",
  ]
  private static let drives = [
    "2-Wheel Drive, Rear", "2-Wheel Drive, Front", "4-Wheel Drive", "4-Wheel Drive, Part-time",
    "All Wheel Drive",
  ]
  private static let parking = [
    "1 Car Driveway", "2 Cars, Street", "3 Cars, Court", "2 Cars, Lane",
  ]

  @Test(arguments: [
    ("name_of_x", firms, 60), ("company", firms, 45), ("lender", firms, 300),
    ("title_x", courses, 60), ("course", courses, 200),
    ("iso", codes, 80), ("ccy", codes, 300), ("drive_desc", drives, 120),
    ("transmission", drives, 400), ("garage", parking, 200),
  ])
  func aThingIsNoPerson(header: String, values: [String], rows: Int) throws {
    let advice = try advice(header, values, rows: rows)
    if case .identifier(let kind) = advice.role {
      Issue.record("\(header) is taken for \(kind): \(advice.reason)")
    }
  }

  /// Persons and their addresses are still recognised under headers that reveal nothing.
  @Test func personsStay() throws {
    let names = [
      "Morgan Hale", "Wanda Fargo", "Gerald Sachs", "Charles Schwab", "Joan Controls",
      "Thomas Cook", "Hope Young", "Ralph Lauren",
      "Martin Scott", "Taylor Harris", "Parker Baker", "Ruth Osterholm", "Peter Grant",
    ]
    guard case .identifier = try advice("x1", names, rows: 39).role else {
      Issue.record("names are no longer found")
      return
    }
    let streets = (1...80).map { "\($0 * 7) Maple Drive" }
    guard case .identifier = try advice("x2", streets, rows: 80).role else {
      Issue.record("streets are no longer found")
      return
    }
  }
}
