import LinkedTables

/// An attribute of rows that is made of the codes of others, in public terms. Every code of a row
/// follows from the tree of its person, on their full history.
package enum PeopleAttribute: Sendable, Equatable {
  /// The group of each code; rows in group -1 do not count.
  case grouped(Int, [Int])
  /// The code of the row before, of the same owner; the last code stands for a first row.
  case previous(Int)
  /// The code of the owner, for the rows of a table.
  case owner(Int, table: Int)
  /// The place among the rows of the owner: 0, 1, … and `most` for all later ones.
  case position(table: Int, most: Int)
  /// Whether the owner's row is a first one of its own owner (0), or a value is new to the person's
  /// earlier events (1) or was there before (2). Events are the rows of the owner's table.
  case novelty(Int)
  /// Whether an earlier row of the same owner has the same code (1) or not (0).
  case repeated(Int)
  /// For each person, the group of codes that is most over-represented among all of their rows; the
  /// last code stands for people with none. Codes of group -1 do not count.
  case mode(Int, groups: [Int], expected: [Double])
  /// For each person, the mean of the codes in so many levels; the last code stands for none.
  case level(Int, levels: Int)
  /// For each person, whether none, some, or at least 60 % of their rows have the code; the last
  /// code stands for people without rows.
  case share(Int, code: Int)
}

extension PeopleCurator {
  /// Makes an attribute and returns its number.
  package func define(_ attribute: PeopleAttribute) -> Int {
    switch attribute {
    case .grouped(let base, let groups):
      let table = groups.map { $0 < 0 ? Self.skipped : UInt16($0) }
      let made = codes[base].map { $0 == Self.skipped ? $0 : table[Int($0)] }
      return store(made, in: attributes[base].table, size: (groups.max() ?? 0) + 1)
    case .previous(let base):
      let (own, table) = (codes[base], attributes[base].table)
      let none = UInt16(attributes[base].size)
      let made = rows.previous[table].map { row in
        row < 0 || own[Int(row)] == Self.skipped ? none : own[Int(row)]
      }
      return store(made, in: table, size: Int(none) + 1)
    case .owner(let base, let table):
      let above = codes[base]
      let made = owners(of: table).map { $0 < 0 ? Self.skipped : above[Int($0)] }
      return store(made, in: table, size: attributes[base].size)
    case .position(let table, let most):
      return store(
        rows.positions[table].map { UInt16(min(Int($0), most)) }, in: table, size: most + 1)
    case .novelty(let base): return store(novelty(base), in: attributes[base].table, size: 3)
    case .repeated(let base): return store(repeated(base), in: attributes[base].table, size: 2)
    case .mode(let base, let groups, let expected):
      return sketch(base, size: expected.count + 1) { counts in
        Self.mode(counts, groups: groups, expected: expected)
      }
    case .level(let base, let levels):
      let top = max(attributes[base].size - 1, 1)
      return sketch(base, size: levels + 1) { counts in
        let total = counts.reduce(0, +)
        guard total > 0 else { return levels }
        let sum = counts.enumerated().reduce(0) { $0 + $1.offset * $1.element }
        return min(levels - 1, sum * levels / (total * top + 1))
      }
    case .share(let base, let code):
      return sketch(base, size: 4) { counts in
        let total = counts.reduce(0, +)
        if total == 0 { return 3 }
        return counts[code] == 0 ? 0 : 10 * counts[code] < 6 * total ? 1 : 2
      }
    }
  }

  private static func mode(_ counts: [Int], groups: [Int], expected: [Double]) -> Int {
    var sums = [Int](repeating: 0, count: expected.count)
    for (code, count) in counts.enumerated() where groups[code] >= 0 { sums[groups[code]] += count }
    var best = expected.count
    for group in sums.indices where sums[group] > 0 {
      if best == expected.count
        || Double(sums[group]) / expected[group] > Double(sums[best]) / expected[best]
      {
        best = group
      }
    }
    return best
  }

  /// Returns the row of the owner of each row of a table.
  private func owners(of table: Int) -> [Int32] {
    zip(rows.data.owners[table], rows.data.people[table]).map { $1 < 0 ? -1 : $0 }
  }

  /// Stores a code for each row of the root from how often each code occurs among a person's rows.
  private func sketch(_ base: Int, size: Int, _ code: ([Int]) -> Int) -> Int {
    let (own, shape) = (codes[base], attributes[base])
    let groups = rows.byPerson[shape.table]
    var counts = [Int](repeating: 0, count: shape.size)
    let made = (0..<groups.count).map { person -> UInt16 in
      for index in counts.indices { counts[index] = 0 }
      for row in groups[person] where own[Int(row)] != Self.skipped {
        counts[Int(own[Int(row)])] += 1
      }
      return UInt16(code(counts))
    }
    return store(made, in: rows.data.rootIndex, size: size)
  }

  private func repeated(_ base: Int) -> [UInt16] {
    let owners = rows.byOwner[attributes[base].table]
    var made = [UInt16](repeating: Self.skipped, count: codes[base].count)
    for owner in 0..<owners.count {
      var seen: Set<UInt16> = []
      for row in owners[owner] where codes[base][Int(row)] != Self.skipped {
        made[Int(row)] = seen.insert(codes[base][Int(row)]).inserted ? 0 : 1
      }
    }
    return made
  }

  private func novelty(_ base: Int) -> [UInt16] {
    let table = attributes[base].table
    var made = [UInt16](repeating: Self.skipped, count: codes[base].count)
    forEachHistory(of: base) { events in
      var seen: Set<UInt16> = []
      for (number, event) in events.enumerated() {
        for row in event {
          let code = codes[base][Int(row)]
          made[Int(row)] = number == 0 ? 0 : seen.contains(code) ? 2 : 1
        }
        for row in event { seen.insert(codes[base][Int(row)]) }
      }
    }
    precondition(made.count == rows.data.people[table].count, "a code for each row")
    return made
  }

  /// Calls `body` for each series of events with the rows of the attribute's table in each event.
  /// Events are the rows of the owner's table that belong to one row of the table above.
  func forEachHistory(of base: Int, _ body: ([ArraySlice<Int32>]) -> Void) {
    let table = attributes[base].table
    let schema = rows.data.schema
    guard let owner = schema.owner(of: schema.tables[table])?.table,
      let events = schema.index(of: owner)
    else { return }
    let (series, children) = (rows.byOwner[events], rows.byOwner[table])
    for group in 0..<series.count where !series[group].isEmpty {
      if events == rows.data.rootIndex {
        for event in series[group] { body([children[Int(event)]]) }
      } else {
        body(series[group].map { children[Int($0)] })
      }
    }
  }
}
