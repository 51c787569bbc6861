import Tables

/// The rows of linked tables, and for each row the row and the person that it belongs to.
///
/// Every row belongs to at most one person, whatever the files hold: a row belongs to the *first*
/// row of its owner that has the key it names; a row whose owner is missing or unknown belongs to
/// nobody; a second row of the root with a person's key belongs to nobody. Taking all rows of one
/// person out of the files therefore changes nothing about the rows of the others
/// (docs/decisions/0035-linked-tables.md).
///
/// It is pure: whoever makes one holds the rows already.
package struct LinkedData: Sendable {
  /// No row, or no person.
  package static let nobody: Int32 = -1

  package let schema: LinkedSchema
  /// The tables, in the order of ``LinkedSchema/tables``. Their columns are found by name.
  package let tables: [Table]
  /// For each table the row of its owner's table that each row belongs to, or ``nobody``. Empty for
  /// the root and for public tables.
  package let owners: [[Int32]]
  /// For each table the row of the root's table that each row belongs to, or ``nobody``. Empty for
  /// public tables.
  package let people: [[Int32]]

  /// Links the rows. Requires a schema without inconsistencies, and tables that have the columns of
  /// its keys and links.
  package init(schema: LinkedSchema, tables: [Table]) {
    precondition(schema.tables.count == tables.count, "a table for each of the schema's")
    self.schema = schema
    self.tables = tables
    var owners = [[Int32]](repeating: [], count: tables.count)
    var people = owners
    for index in schema.downward {
      let table = schema.tables[index]
      if let link = schema.owner(of: table), let parent = schema.index(of: link.table) {
        let keys = KeyIndex(tables[parent], schema.tables[parent].key)
        owners[index] = keys.rows(of: tables[index], link.columns)
        let above = people[parent]
        people[index] = owners[index].map { $0 == Self.nobody ? Self.nobody : above[Int($0)] }
      } else {
        let keys = KeyIndex(tables[index], table.key)
        let first = keys.rows(of: tables[index], table.key)
        people[index] = first.enumerated().map { row, first in
          first == Int32(row) ? first : Self.nobody
        }
      }
    }
    (self.owners, self.people) = (owners, people)
  }

  /// The number of persons: of rows of the root with a key that no row above them has.
  package var personCount: Int { people[rootIndex].count { $0 != Self.nobody } }

  /// The place of the root among the tables.
  package var rootIndex: Int { schema.index(of: schema.person) ?? 0 }

  /// Returns the row that each row of a table refers to by one of its links, or ``nobody``; if
  /// several rows have the key, the first.
  package func rows(of link: ParentLink, in table: Int) -> [Int32] {
    guard let parent = schema.index(of: link.table) else { return [] }
    if schema.owner(of: schema.tables[table]) == link { return owners[table] }
    return KeyIndex(tables[parent], schema.tables[parent].key)
      .rows(of: tables[table], link.columns)
  }

  /// Returns, for each row of a table, the row of one of its ancestors that it belongs to.
  package func rows(of ancestor: String, for table: Int) -> [Int32] {
    let name = schema.tables[table].name
    if ancestor == name { return (0..<Int32(tables[table].rowCount)).map(\.self) }
    guard schema.ancestors(of: name).contains(ancestor),
      let owner = schema.owner(of: schema.tables[table])?.table, let above = schema.index(of: owner)
    else { return [] }
    if owner == ancestor { return owners[table] }
    let further = rows(of: ancestor, for: above)
    return owners[table].map { $0 == Self.nobody ? Self.nobody : further[Int($0)] }
  }

  /// Returns the rows of a table in groups: those of each row of an ancestor (or of the root's, for
  /// a person), in the order of the table's `time`. Rows of one time stay in the order of the file;
  /// rows without a time come last.
  package func groups(of table: Int, by ancestor: String) -> RowGroups {
    let groups = ancestor == schema.person ? people[table] : rows(of: ancestor, for: table)
    let count = schema.index(of: ancestor).map { tables[$0].rowCount } ?? 0
    let time = schema.tables[table].time.flatMap { tables[table].column(named: $0) }
    guard case .ticks(let ticks)? = time?.cells else {
      return RowGroups(groups, count: count, order: nil)
    }
    return RowGroups(groups, count: count, order: ticks.map { Cells.isValue($0) ? $0 : .max })
  }
}

/// The rows of a table, in groups that lie one behind another.
package struct RowGroups: Sendable, Equatable {
  /// The rows of group `g` are `rows[starts[g] ..< starts[g + 1]]`.
  package let starts: [Int]
  package let rows: [Int32]

  /// - Parameters:
  ///   - groups: The group of each row; ``LinkedData/nobody`` for none.
  ///   - count: The number of groups.
  ///   - order: A number for each row by which the rows of a group are sorted; nil for the order of
  ///     the rows.
  package init(_ groups: [Int32], count: Int, order: [Int64]?) {
    var starts = [Int](repeating: 0, count: count + 1)
    for group in groups where group >= 0 { starts[Int(group) + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = starts
    var rows = [Int32](repeating: 0, count: starts[count])
    for (row, group) in groups.enumerated() where group >= 0 {
      rows[next[Int(group)]] = Int32(row)
      next[Int(group)] += 1
    }
    if let order {
      for group in 0..<count where starts[group + 1] - starts[group] > 1 {
        rows[starts[group]..<starts[group + 1]].sort {
          (order[Int($0)], $0) < (order[Int($1)], $1)
        }
      }
    }
    (self.starts, self.rows) = (starts, rows)
  }

  /// The number of groups.
  package var count: Int { starts.count - 1 }

  /// The rows of a group.
  package subscript(group: Int) -> ArraySlice<Int32> { rows[starts[group]..<starts[group + 1]] }
}
