import ColumnRoles
import LinkedTables
import SchemaFiles
import Tables

/// Finds how the tables of a folder are linked, for their owner: keys, parents, the table of
/// persons, public tables, times, and the rules that hold in every row.
///
/// Everything comes from the rows and from names, so all of it is marked as observed.
package struct LinkFinder {
  private var tables: [FoundTable]
  private var notes: [String] = []
  private var links: [KeySearch.Candidate] = []
  private var keys: [[String]]
  /// Columns that would share a row between two persons.
  private var dropped: [(table: Int, column: String)] = []

  /// - Throws: ``LinkFindingError`` if no table refers to another, or none is of persons.
  package static func find(_ tables: [FoundTable], name: String) throws -> FoundLinks {
    var finder = LinkFinder(tables)
    return try finder.find(name: name)
  }

  private init(_ tables: [FoundTable]) {
    self.tables = tables
    keys = tables.map { _ in [] }
  }

  private mutating func find(name: String) throws -> FoundLinks {
    makeCodes()
    let search = KeySearch(tables)
    links = withoutCircles(onePartner(search.links()))
    guard !links.isEmpty else { throw LinkFindingError.noLinks(tables: tables.count) }
    settleKeys(search.keys)
    let root = try root()
    let people = reaching(root).union([root])
    let lookups = lookups(of: people)
    leaveOut(people.union(lookups))
    harmonise()
    let owned = owners(people, root: root)
    var described: [LinkedTable] = []
    for index in tables.indices where people.contains(index) || lookups.contains(index) {
      described.append(
        describe(index, links: owned[index], isPublic: lookups.contains(index), people: people))
    }
    var schema = LinkedSchema(name: name, tables: described, person: tables[root].name)
    schema.facts = .observed
    for index in schema.tables.indices { schema.tables[index].schema.provenance.facts = .observed }
    let order = tables.indices.filter { people.contains($0) || lookups.contains($0) }
    return FoundSchema(schema, order.map { tables[$0] }, notes: notes).finished()
  }

  /// Whole numbers in a column that is called a code are names of things, not amounts.
  private mutating func makeCodes() {
    for index in tables.indices {
      for column in tables[index].schema.columns
      where column.type == .integer && column.isModelled
        && column.name.lowercased().hasSuffix("code")
      {
        tables[index].makeLabels(column.name)
        tables[index].change(column.name) { $0.type = .category }
      }
    }
  }

  /// Keeps one of two links that lead to one another, which two tables with the same keys have.
  private func onePartner(_ links: [KeySearch.Candidate]) -> [KeySearch.Candidate] {
    func incoming(_ table: Int, _ key: String) -> Int {
      links.count { $0.parent == table && $0.key == key }
    }
    return links.filter { link in
      let back = links.first {
        $0.child == link.parent && $0.parent == link.child && $0.column == link.key
          && $0.key == link.column
      }
      guard let back else { return true }
      let (one, other) = (incoming(link.parent, link.key), incoming(back.parent, back.key))
      return (link.size, one, -link.parent) > (back.size, other, -back.parent)
    }
  }

  private func withoutCircles(_ links: [KeySearch.Candidate]) -> [KeySearch.Candidate] {
    var kept: [KeySearch.Candidate] = []
    let strongest = links.enumerated().sorted {
      (-$0.element.nameEvidence, $0.element.unknown, $0.offset)
        < (-$1.element.nameEvidence, $1.element.unknown, $1.offset)
    }
    for (_, link) in strongest where !Self.leads(from: link.parent, to: link.child, by: kept) {
      kept.append(link)
    }
    return kept.sorted { ($0.child, $0.column) < ($1.child, $1.column) }
  }

  private static func leads(from: Int, to: Int, by links: [KeySearch.Candidate]) -> Bool {
    var (seen, waiting): (Set<Int>, [Int]) = ([], [from])
    while let table = waiting.popLast() {
      if table == to { return true }
      guard seen.insert(table).inserted else { continue }
      waiting += links.filter { $0.child == table }.map(\.parent)
    }
    return false
  }

  /// Gives each table the key that most links refer to; a table without references has the column
  /// that numbers its rows, if there is one.
  private mutating func settleKeys(_ candidates: [[String]]) {
    for table in tables.indices {
      let incoming = links.filter { $0.parent == table }
      if let key = Set(incoming.map(\.key)).max(by: { one, other in
        (incoming.count { $0.key == one }, other) < (incoming.count { $0.key == other }, one)
      }) {
        keys[table] = [key]
        links.removeAll { $0.parent == table && $0.key != key }
      } else {
        let own = candidates[table].filter { name in
          KeyNames.isNumbering(name) && !links.contains { $0.child == table && $0.column == name }
        }
        keys[table] = own.first.map { [$0] } ?? []
      }
    }
  }

  /// Returns the tables that have a way up to one.
  private func reaching(_ root: Int) -> Set<Int> {
    Set(tables.indices.filter { $0 != root && Self.leads(from: $0, to: root, by: links) })
  }

  private func root() throws -> Int {
    func score(_ table: Int) -> (Int, Int, Int) {
      let isNamed = links.contains { $0.parent == table && tables[$0.child].namesPerson($0.column) }
      let isPersonal = tables[table].personalColumns > 0 ? 1 : 0
      return (isPersonal + (isNamed ? 1 : 0), reaching(table).count, -table)
    }
    let tops = tables.indices.filter { table in
      !links.contains { $0.child == table } && links.contains { $0.parent == table }
    }
    guard let best = tops.max(by: { score($0) < score($1) }) else {
      throw LinkFindingError.noLinks(tables: tables.count)
    }
    if score(best).0 == 0 {
      for (index, table) in tables.enumerated() {
        let stray = table.table.columns.first { column in
          table.namesPerson(column.name)
            && !links.contains { $0.child == index && $0.column == column.name }
        }
        if let stray {
          throw LinkFindingError.noTableOfPersons(column: stray.name, table: table.name)
        }
      }
    }
    return best
  }

  /// Returns the tables that people's rows refer to and that are about nobody.
  private mutating func lookups(of people: Set<Int>) -> Set<Int> {
    var found: Set<Int> = []
    var waiting = Array(people)
    while let child = waiting.popLast() {
      for link in links where link.child == child && !people.contains(link.parent) {
        guard !tables[link.parent].namesPeople, found.insert(link.parent).inserted else { continue }
        waiting.append(link.parent)
      }
    }
    return found
  }

  /// Says which tables are not described, and takes out the links to them.
  private mutating func leaveOut(_ kept: Set<Int>) {
    for table in tables.indices where !kept.contains(table) {
      let name = tables[table].name
      notes.append(
        links.contains { $0.parent == table } && tables[table].namesPeople
          ? "'\(name)' was left out: it names people, and they are not the persons of this schema."
          : "'\(name)' was left out: nothing links it to the persons. If it is public and needed, describe it with `public: yes`."
      )
    }
    links.removeAll { !kept.contains($0.parent) || !kept.contains($0.child) }
  }

  /// Gives both ends of a link one type.
  private mutating func harmonise() {
    for link in links {
      let types = [
        tables[link.child].table.column(named: link.column)?.type,
        tables[link.parent].table.column(named: link.key)?.type,
      ]
      guard types.contains(where: { $0.map { !$0.isOrdered } ?? false }) else { continue }
      tables[link.child].makeLabels(link.column)
      tables[link.parent].makeLabels(link.key)
      // Every other link to this key now refers to labels.
      for other in links where other.parent == link.parent && other.key == link.key {
        tables[other.child].makeLabels(other.column)
      }
    }
  }
}

extension LinkFinder {
  /// One row in so many may lose its person for the sake of a deeper owner.
  private static let mostLost = 20

  /// Returns each table's links, the owner's first: of the links in which nearly every row finds
  /// its row (else in which most do) the one that leads to the deepest table.
  private mutating func owners(_ people: Set<Int>, root: Int) -> [[KeySearch.Candidate]] {
    var depth = [Int](repeating: 0, count: tables.count)
    for _ in tables {
      for table in people where table != root {
        depth[table] =
          (links.filter { $0.child == table && people.contains($0.parent) }
            .map { depth[$0.parent] }.max() ?? 0) + 1
      }
    }
    return tables.indices.map { table in
      let own = links.filter { $0.child == table }
      let rows = tables[table].table.rowCount
      func rank(_ link: KeySearch.Candidate) -> (Int, Int, Int) {
        let lost = link.missing + link.unknown
        return (
          lost * Self.mostLost <= rows ? 0 : lost, -depth[link.parent], -link.nameEvidence
        )
      }
      let up = own.filter { people.contains($0.parent) }.sorted { rank($0) < rank($1) }
      var seen: Set<Int> = []
      var kept: [KeySearch.Candidate] = []
      for link in up {
        if seen.insert(link.parent).inserted {
          kept.append(link)
        } else {
          dropped.append((table, link.column))
          notes.append(
            "'\(tables[table].name).\(link.column)' refers to '\(tables[link.parent].name)' too. A row must belong to one person, so the "
              + "column has the role drop."
          )
        }
      }
      return kept + own.filter { !people.contains($0.parent) }
    }
  }

  /// Returns the description of a table, with the roles that its links ask for.
  private mutating func describe(
    _ index: Int, links: [KeySearch.Candidate], isPublic: Bool, people: Set<Int>
  ) -> LinkedTable {
    for link in links {
      if people.contains(link.parent) {
        makeNumber(index, link.column)
      } else {
        makeCode(index, link.column)
      }
    }
    for key in keys[index] {
      if isPublic { makeCode(index, key) } else { makeNumber(index, key) }
    }
    for (table, column) in dropped where table == index {
      tables[index].change(column) { $0.role = .drop }
    }
    return LinkedTable(
      schema: tables[index].schema, file: tables[index].file, key: keys[index],
      parents: links.map { ParentLink([$0.column], to: tables[$0.parent].name) },
      isPublic: isPublic)
  }

  /// A column that names a row of people: made anew, never modelled.
  private mutating func makeNumber(_ table: Int, _ column: String) {
    tables[table].change(column) { column in
      column.role = .identifier(.code)
      if !column.type.isOrdered { column.type = .identifier }
    }
  }

  /// A column that names a public row: modelled as a category.
  private mutating func makeCode(_ table: Int, _ column: String) {
    tables[table].makeLabels(column)
    tables[table].change(column) { column in
      if !column.isModelled { column.role = .ordinary }
      column.type = .category
    }
  }
}
