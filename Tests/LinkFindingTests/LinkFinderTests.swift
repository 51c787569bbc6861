import ColumnRoles
import Examples
import LinkFinding
import LinkedTables
import SchemaFiles
import Tables
import Testing

/// The links of an invented hospital, found again from its rows alone, and folders that have none.
@Suite struct LinkFinderTests {
  private static let schema = LinkedHospitalExample.schema

  /// The tables as an inspection reads them.
  private static func hospital(_ change: (String, Table) -> Table = { $1 }) -> [FoundTable] {
    zip(schema.tables, LinkedHospitalExample.make(patients: 300)).map { table, rows in
      found(table.name, change(table.name, rows))
    }
  }

  private static func found(_ name: String, _ table: Table) -> FoundTable {
    let advice = RoleAdvisor.advise(table: table)
    return FoundTable(
      file: "\(name).csv", table: table,
      schema: Schema.inferred(
        from: table, format: TableFormat(), name: name, advice: advice),
      advice: advice)
  }

  private static func labels(_ name: String, _ texts: [String?]) -> Column {
    Column(name: name, type: .category, cells: Cells(labels: texts))
  }

  @Test func theHospitalIsFoundAgain() throws {
    let found = try LinkFinder.find(Self.hospital(), name: "hospital")
    #expect(found.schema.inconsistencies() == [])
    #expect(found.schema.person == "patients")
    for table in Self.schema.tables {
      let same = try #require(found.schema.table(named: table.name))
      #expect(same.isPublic == table.isPublic)
      #expect(same.parents == table.parents, "\(table.name)")
      #expect(same.time == table.time, "\(table.name)")
      #expect(same.end == table.end, "\(table.name)")
    }
    for name in ["patients", "admissions", "codes"] {
      #expect(found.schema.table(named: name)?.key == Self.schema.table(named: name)?.key)
    }
    // Every rule between times holds in the example, so that it is found or follows from others.
    for rule in [
      LinkRule.ordered(
        earlier: ColumnPlace("patients", "born"), later: ColumnPlace("admissions", "admitted")),
      .ordered(
        earlier: ColumnPlace("admissions", "discharged"), later: ColumnPlace("patients", "died")),
      .beforeNext(
        end: ColumnPlace("admissions", "discharged"), start: ColumnPlace("admissions", "admitted")),
      .ordered(
        earlier: ColumnPlace("admissions", "admitted"), later: ColumnPlace("labs", "taken")),
      .ordered(
        earlier: ColumnPlace("prescriptions", "stop"),
        later: ColumnPlace("admissions", "discharged")),
    ] {
      #expect(found.schema.rules.contains(rule), "\(rule.text)")
    }
    for rule in found.schema.rules {
      let check = found.data.check(rule)
      #expect(check.broken == 0 && check.checked >= 20, "\(rule.text)")
    }
    // Nothing of it has been answered for.
    #expect(found.schema.observedLinkFacts.count == found.schema.linkFacts.count)
    let text = SchemaFile.text(found.schema, annotations: found.annotations)
    let back = try SchemaFile.parseLinked(text)
    #expect(back.tables.map(\.parents) == found.schema.tables.map(\.parents))
    #expect(back.rules == found.schema.rules)
    #expect(
      SchemaFile.text(back) == SchemaFile.text(try SchemaFile.parseLinked(SchemaFile.text(back))))
  }

  @Test func lostAndBrokenRowsAreShownAsComments() throws {
    let broken = Self.hospital { name, table in
      guard name == "labs", case .ticks(var keys) = table.columns[0].cells,
        case .ticks(var times) = table.columns[1].cells
      else { return table }
      for row in stride(from: 0, to: keys.count, by: 100) { keys[row] = 900_000_000 }
      for row in stride(from: 1, to: times.count, by: 50) { times[row] -= 100_000 }
      return Table(
        columns: [
          table.columns[0].replacing(cells: .ticks(keys)),
          table.columns[1].replacing(cells: .ticks(times)),
        ] + table.columns.dropFirst(2))
    }
    let found = try LinkFinder.find(broken, name: "hospital")
    let labs = try #require(found.schema.table(named: "labs"))
    #expect(labs.parents == [ParentLink(["admission_id"], to: "admissions")])
    let taken = LinkRule.ordered(
      earlier: ColumnPlace("admissions", "admitted"), later: ColumnPlace("labs", "taken"))
    #expect(!found.schema.rules.contains(taken))
    #expect(found.annotations.rules.contains { $0.contains("\(taken.text)  (broken in ") })
    #expect(
      found.annotations.links["labs", default: []].contains {
        $0.contains("name a row that is not there")
      })
  }

  @Test func aSecondLinkToThePersonIsDropped() throws {
    let people = Self.labels("person_id", (0..<60).map { "P\($0)" })
    let age = Column(name: "age", type: .integer, cells: .ticks((0..<60).map { 20 + $0 }))
    let first = (0..<200).map { "P\($0 % 60)" }
    let second = (0..<200).map { "P\(($0 * 7 + 1) % 60)" }
    let calls = Table(columns: [
      Self.labels("person_id", first), Self.labels("friend_person", second),
    ])
    let found = try LinkFinder.find(
      [
        Self.found("person", Table(columns: [people, age])), Self.found("calls", calls),
      ], name: "calls")
    let table = try #require(found.schema.table(named: "calls"))
    #expect(table.parents == [ParentLink(["person_id"], to: "person")])
    #expect(found.schema.inconsistencies() == [])
  }

  @Test func tablesWithoutLinksAreRefused() {
    let one = Table(columns: [Self.labels("colour", ["red", "blue", "red"])])
    let other = Table(columns: [Self.labels("shape", ["round", "flat", "flat"])])
    #expect(throws: LinkFindingError.noLinks(tables: 2)) {
      try LinkFinder.find([Self.found("a", one), Self.found("b", other)], name: "ab")
    }
  }

  @Test func personsWithoutATableAreRefused() {
    let films = Table(columns: [
      Self.labels("film_id", (0..<40).map { "F\($0)" }),
      Self.labels("genre", (0..<40).map { $0 % 3 == 0 ? "drama" : "comedy" }),
    ])
    let ratings = Table(columns: [
      Column(name: "user_id", type: .integer, cells: .ticks((0..<400).map { Int64($0 / 8) })),
      Self.labels("film_id", (0..<400).map { "F\(($0 * 13) % 40)" }),
    ])
    #expect(throws: LinkFindingError.noTableOfPersons(column: "user_id", table: "ratings")) {
      try LinkFinder.find([Self.found("films", films), Self.found("ratings", ratings)], name: "x")
    }
  }
}
