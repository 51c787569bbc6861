import Basics
import LinkedTables
import SchemaFiles
import Tables
import Testing

/// The person that each row belongs to, beside a slow and obvious search.
@Suite struct LinkedDataTests {
  private static func table(_ columns: [(String, [Int64?])]) -> Table {
    Table(
      columns: columns.map { name, cells in
        Column(name: name, type: .integer, cells: .ticks(cells.map { $0 ?? Cells.missingTick }))
      })
  }

  private static func schema() throws -> LinkedSchema {
    try SchemaFile.parseLinked(
      """
      version: 6
      facts: declared
      person: a
      tables:
        - table: c
          parents: [{columns: [x, y], table: b}]
          time: t
          columns: [{name: x, type: integer}, {name: y, type: integer}, {name: t, type: integer}]
        - table: b
          key: [x, y]
          parents: {k: a}
          columns: [{name: x, type: integer}, {name: y, type: integer}, {name: k, type: integer}]
        - {table: a, key: k, columns: [{name: k, type: integer}]}
      """)
  }

  /// Rows with repeated keys, unknown keys and missing cells, all drawn from few values.
  private static func files(_ seed: UInt64) throws -> LinkedData {
    var draws = SplitMix64(seed: seed)
    func cells(_ count: Int, _ range: Int64) -> [Int64?] {
      (0..<count).map { _ in draws.below(9) == 0 ? nil : Int64(draws.below(Int(range))) }
    }
    let schema = try schema()
    return LinkedData(
      schema: schema,
      tables: [
        table([("x", cells(40, 5)), ("y", cells(40, 3)), ("t", cells(40, 6))]),
        table([("x", cells(14, 5)), ("y", cells(14, 3)), ("k", cells(14, 7))]),
        table([("k", cells(8, 6))]),
      ])
  }

  /// Returns the first row of `parent` with the cells of `row`, by looking at all of them.
  private func search(
    _ child: Table, _ row: Int, _ names: [String], in parent: Table, _ key: [String]
  ) -> Int32 {
    func cell(_ table: Table, _ name: String, _ row: Int) -> Int64 {
      if case .ticks(let ticks)? = table.column(named: name)?.cells {
        ticks[row]
      } else {
        Cells.missingTick
      }
    }
    let wanted = names.map { cell(child, $0, row) }
    guard !wanted.contains(Cells.missingTick) else { return -1 }
    let found = (0..<parent.rowCount).first { other in key.map { cell(parent, $0, other) } == wanted
    }
    return found.map { Int32($0) } ?? -1
  }

  @Test func everyRowBelongsToTheFirstRowWithItsKey() throws {
    for seed in 0..<30 as Range<UInt64> {
      let data = try Self.files(seed)
      let (c, b, a) = (data.tables[0], data.tables[1], data.tables[2])
      let people = (0..<a.rowCount).map { row in
        search(a, row, ["k"], in: a, ["k"]) == Int32(row) ? Int32(row) : -1
      }
      #expect(data.people[2] == people)
      #expect(data.personCount == people.count { $0 >= 0 })
      let owners = (0..<b.rowCount).map { search(b, $0, ["k"], in: a, ["k"]) }
      #expect(data.owners[1] == owners)
      #expect(data.people[1] == owners.map { $0 < 0 ? -1 : people[Int($0)] })
      let above = (0..<c.rowCount).map { search(c, $0, ["x", "y"], in: b, ["x", "y"]) }
      #expect(data.owners[0] == above)
      #expect(data.rows(of: "a", for: 0) == above.map { $0 < 0 ? -1 : owners[Int($0)] })
    }
  }

  /// Taking a person's rows out changes nothing about anybody else, also in files with repeated
  /// keys: the premise of every guarantee by person.
  @Test func takingAPersonOutLeavesTheOthers() throws {
    for seed in 0..<30 as Range<UInt64> {
      let data = try Self.files(seed)
      for person in Set(data.people[2]) where person >= 0 {
        // All that has the person's key in the root goes, and all that belongs to it.
        let key = search(data.tables[2], Int(person), ["k"], in: data.tables[2], ["k"])
        let kept = data.tables.indices.map { table in
          (0..<data.tables[table].rowCount).filter { row in
            table == 2
              ? search(data.tables[2], row, ["k"], in: data.tables[2], ["k"]) != key
              : data.people[table][row] != person
          }
        }
        let less = LinkedData(
          schema: data.schema,
          tables: zip(data.tables, kept).map { table, rows in table.keeping(rows) })
        for table in data.tables.indices {
          let now = less.people[table].map { $0 < 0 ? -1 : Int32(kept[2][Int($0)]) }
          #expect(now == kept[table].map { data.people[table][$0] })
        }
      }
    }
  }

  @Test func rowsOfAPersonAreInTheOrderOfTime() throws {
    for seed in 0..<10 as Range<UInt64> {
      let data = try Self.files(seed)
      let groups = data.groups(of: 0, by: "a")
      guard case .ticks(let times)? = data.tables[0].column(named: "t")?.cells else {
        Issue.record("no times")
        return
      }
      #expect(groups.count == 8)
      for group in 0..<groups.count {
        let rows = data.people[0].indices.filter { data.people[0][$0] == Int32(group) }
        let sorted = rows.filter { times[$0] != Cells.missingTick }.sorted {
          (times[$0], $0) < (times[$1], $1)
        }
        let expected = sorted + rows.filter { times[$0] == Cells.missingTick }
        #expect(groups[group].map { Int($0) } == expected)
      }
    }
  }

  @Test func datesAndTimesAreComparedByDay() throws {
    let (date, minute) = (ColumnType.date(.iso), ColumnType.timestamp(.iso))
    let order = try #require(LinkOrder(minute, date))
    let noon = try #require(minute.parse("2164-10-23 12:00:00"))
    let (same, next) = (
      try #require(date.parse("2164-10-23")), try #require(date.parse("2164-10-24"))
    )
    #expect(!order.isAbove(noon, same))
    #expect(!order.isAbove(noon, next))
    #expect(order.isAbove(noon, same - 1))
    let back = try #require(LinkOrder(date, minute))
    #expect(!back.isAbove(same, noon))
    #expect(back.isAbove(next, noon))
    // Days before 1970 too.
    let old = try #require(minute.parse("1899-12-31 23:59:59"))
    #expect(!order.isAbove(old, try #require(date.parse("1899-12-31"))))
    #expect(order.isAbove(old, try #require(date.parse("1899-12-30"))))
    #expect(LinkOrder(.category, date) == nil)
    #expect(LinkOrder(.integer, date) == nil)
  }
}

extension Table {
  fileprivate func keeping(_ rows: [Int]) -> Table {
    Table(
      columns: columns.map { column in
        guard case .ticks(let ticks) = column.cells else { return column }
        return column.replacing(cells: .ticks(rows.map { ticks[$0] }))
      })
  }
}
