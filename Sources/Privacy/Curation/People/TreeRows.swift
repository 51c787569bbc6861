import LinkedTables
import Tables

/// The rows of linked tables in the order of their people, and the values of views on them. A row
/// of nobody is left out everywhere: a public rule that reads one row and those it names.
struct TreeRows {
  let data: LinkedData
  private let anchor: TreeAnchor
  /// The rows of each person, by table; people are numbered by their row in the root.
  let byPerson: [RowGroups]
  /// The rows of each owner in order, by table.
  let byOwner: [RowGroups]
  /// The row before, of the same owner, by table; -1 for a first row.
  let previous: [[Int32]]
  /// The place of a row among those of its owner, by table.
  let positions: [[Int32]]
  /// The start of each person in microseconds.
  private let starts: [Int64]

  /// The microseconds of a moment that is missing.
  static let never = Int64.min

  init(_ data: LinkedData, anchor: TreeAnchor) {
    (self.data, self.anchor) = (data, anchor)
    let schema = data.schema
    let empty = RowGroups([], count: 0, order: nil)
    var byPerson = [RowGroups](repeating: empty, count: schema.tables.count)
    var byOwner = byPerson
    var previous = [[Int32]](repeating: [], count: schema.tables.count)
    var positions = previous
    let people = data.tables[data.rootIndex].rowCount
    for index in schema.downward {
      let rows = data.tables[index].rowCount
      let owner = schema.owner(of: schema.tables[index])?.table ?? schema.person
      let ownerIndex = schema.index(of: owner) ?? data.rootIndex
      let isRoot = index == data.rootIndex
      byPerson[index] = RowGroups(data.people[index], count: people, order: nil)
      byOwner[index] =
        isRoot ? byPerson[index] : data.groups(of: index, byOwner: ownerIndex)
      var (before, place) = (
        [Int32](repeating: -1, count: rows), [Int32](repeating: 0, count: rows)
      )
      if !isRoot {
        for group in 0..<byOwner[index].count {
          var last: Int32 = -1
          for (position, row) in byOwner[index][group].enumerated() {
            (before[Int(row)], place[Int(row)], last) = (last, Int32(position), row)
          }
        }
      }
      (previous[index], positions[index]) = (before, place)
    }
    (self.byPerson, self.byOwner, self.previous, self.positions) = (
      byPerson, byOwner, previous, positions
    )
    starts = TreeRows.starts(data, anchor: anchor, byPerson: byPerson)
  }

  private static func starts(_ data: LinkedData, anchor: TreeAnchor, byPerson: [RowGroups])
    -> [Int64]
  {
    let root = data.rootIndex
    var starts = [Int64](repeating: never, count: data.tables[root].rowCount)
    if let place = anchor.events, let table = data.schema.index(of: place.table) {
      let moments = moments(data, place)
      for (row, person) in data.people[table].enumerated()
      where person >= 0 && moments[row] != never {
        let known = starts[Int(person)]
        starts[Int(person)] = known == never ? moments[row] : min(known, moments[row])
      }
    }
    for name in anchor.own {
      let moments = moments(data, ColumnPlace(data.schema.person, name))
      for person in starts.indices where starts[person] == never {
        starts[person] = moments[person]
      }
    }
    return starts
  }

  /// Returns the microseconds of a column of times.
  static func moments(_ data: LinkedData, _ place: ColumnPlace) -> [Int64] {
    guard let table = data.schema.index(of: place.table),
      let column = data.tables[table].column(named: place.column),
      case .ticks(let ticks) = column.cells, let unit = column.type.microsecondsPerTick
    else { return [] }
    return ticks.map { tick in
      guard Cells.isValue(tick) else { return never }
      let (moment, overflow) = tick.multipliedReportingOverflow(by: unit)
      return overflow ? never : moment
    }
  }

  /// Returns a view's column, except for attributes.
  func cells(_ value: TreeValue, in table: Int) -> Cells {
    switch value {
    case .cell(let name):
      guard let column = data.tables[table].column(named: name) else {
        preconditionFailure("a view of a column that is not there")
      }
      return column.cells
    case .start(let place):
      let unit = unit(of: place)
      return .ticks(
        starts.map { $0 == TreeRows.never ? Cells.missingTick : TreeRows.floor($0, by: unit) })
    case .since(let name, let base): return .ticks(since(name, base, in: table, sign: 1))
    case .until(let name, let base): return .ticks(since(name, base, in: table, sign: -1))
    case .children(let child):
      let groups = byOwner[child]
      return .ticks((0..<groups.count).map { Int64(groups.starts[$0 + 1] - groups.starts[$0]) })
    case .attribute: preconditionFailure("attributes are made of codes")
    }
  }

  private func unit(of place: ColumnPlace) -> Int64 {
    data.schema.column(place)?.type.microsecondsPerTick ?? 1
  }

  private func since(_ name: String, _ base: TreeBase, in table: Int, sign: Int64) -> [Int64] {
    let place = ColumnPlace(data.schema.tables[table].name, name)
    let unit = unit(of: place)
    let moments = TreeRows.moments(data, place)
    let bases = self.bases(base, in: table)
    return moments.indices.map { row in
      guard moments[row] != TreeRows.never, bases[row] != TreeRows.never else {
        return Cells.missingTick
      }
      return sign * (TreeRows.floor(moments[row], by: unit) - TreeRows.floor(bases[row], by: unit))
    }
  }

  /// Returns the base of each row in microseconds.
  private func bases(_ base: TreeBase, in table: Int) -> [Int64] {
    let name = data.schema.tables[table].name
    func moments(_ column: String) -> [Int64] {
      TreeRows.moments(data, ColumnPlace(name, column))
    }
    func ofOwner(_ column: String) -> [Int64] {
      guard let owner = data.schema.owner(of: data.schema.tables[table])?.table else { return [] }
      let above = TreeRows.moments(data, ColumnPlace(owner, column))
      return data.owners[table].map { $0 < 0 ? TreeRows.never : above[Int($0)] }
    }
    func ofPerson(_ values: [Int64]) -> [Int64] {
      data.people[table].map { $0 < 0 ? TreeRows.never : values[Int($0)] }
    }
    func first(_ values: [Int64]) -> [Int64] {
      values.indices.map { previous[table][$0] < 0 ? values[$0] : TreeRows.never }
    }
    switch base {
    case .column(let column): return moments(column)
    case .owner(let column): return ofOwner(column)
    case .firstOfOwner(let column): return first(ofOwner(column))
    case .start: return ofPerson(starts)
    case .firstOfStart: return first(ofPerson(starts))
    case .previous(let columns):
      let all = columns.map(moments)
      return previous[table].map { row in
        row < 0 ? TreeRows.never : all.reduce(TreeRows.never) { max($0, $1[Int(row)]) }
      }
    case .latest(let places): return ofPerson(latest(places))
    }
  }

  private func latest(_ places: [ColumnPlace]) -> [Int64] {
    var latest = [Int64](repeating: TreeRows.never, count: starts.count)
    for place in places {
      guard let table = data.schema.index(of: place.table) else { continue }
      let moments = TreeRows.moments(data, place)
      for (row, person) in data.people[table].enumerated() where person >= 0 {
        latest[Int(person)] = max(latest[Int(person)], moments[row])
      }
    }
    return zip(latest, starts).map { $0 == TreeRows.never ? $1 : $0 }
  }

  static func floor(_ moment: Int64, by unit: Int64) -> Int64 {
    let (quotient, rest) = moment.quotientAndRemainder(dividingBy: unit)
    return rest < 0 ? quotient - 1 : quotient
  }
}

extension LinkedData {
  /// Returns the rows of each row of the owner, in order of time.
  fileprivate func groups(of table: Int, byOwner owner: Int) -> RowGroups {
    let time = schema.tables[table].time.flatMap { tables[table].column(named: $0) }
    let ticks: [Int64]? =
      if case .ticks(let ticks)? = time?.cells { ticks } else { nil }
    return RowGroups(
      owners[table].indices.map { people[table][$0] < 0 ? Self.nobody : owners[table][$0] },
      count: tables[owner].rowCount, order: ticks?.map { Cells.isValue($0) ? $0 : .max })
  }
}
