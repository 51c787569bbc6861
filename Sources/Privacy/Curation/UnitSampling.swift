import Ledger
import Tables

/// Bounds the contribution of one privacy unit: at most `maximumRows` of each person's rows are
/// kept, drawn at random.
///
/// Whether a row is kept depends only on the secret key and on the rows of the same person, so
/// adding or removing one person changes nobody else's rows.
package struct UnitSampling {
  let key: (UInt64, UInt64)

  package init(key: (UInt64, UInt64)) { self.key = key }

  /// Returns the rows in use, ascending, or nil if that is all of them; and which of them belong
  /// together. Rows without a person are left out: nobody could bound their contribution.
  func rows(of table: Table, unit: PrivacyUnit) -> (kept: [Int]?, units: UnitRows) {
    switch unit {
    case .row: return (nil, UnitRows(rows: table.rowCount))
    case .person(let name, let maximumRows):
      guard let column = table.column(named: name) else { preconditionFailure("the table lacks the column that says who") }
      switch column.cells {
      case .ticks(let ticks):
        let people = ticks.map { $0 == Cells.missingTick ? nil : $0 }
        let kept = rows(of: people, maximumRows: maximumRows) { mix(UInt64(bitPattern: $0)) }
        return (kept, UnitRows(units: kept.map { UInt64(bitPattern: ticks[$0]) }))
      case .labels(let codes, let dictionary):
        // A code depends on the other people, so it identifies the person but does not decide which
        // rows are drawn; a label's mark does.
        let marks = dictionary.labels.map { label in label.utf8.reduce(key.0) { mix($0 ^ UInt64($1)) } }
        let people = codes.map { $0 == Cells.missingCode ? nil : $0 }
        let kept = rows(of: people, maximumRows: maximumRows) { marks[Int($0)] }
        return (kept, UnitRows(units: kept.map { UInt64(codes[$0]) }))
      }
    }
  }

  /// Returns the rows in use. `people` holds the person of each row, nil if unknown.
  ///
  /// - Parameter mark: a number that depends on the person alone. Two people with the same mark
  ///   stay two.
  package func rows<Person: Hashable>(of people: [Person?], maximumRows: Int, mark: (Person) -> UInt64) -> [Int] {
    var members: [Person: [Int]] = [:]
    for (row, person) in people.enumerated() { if let person { members[person, default: []].append(row) } }
    var kept: [Int] = []
    for (person, rows) in members {
      if rows.count <= maximumRows {
        kept.append(contentsOf: rows)
      } else {
        let mark = mark(person)
        let ranked = rows.enumerated().map { (mix(mark ^ UInt64($0)), $1) }.sorted { $0 < $1 }
        kept.append(contentsOf: ranked.prefix(maximumRows).map(\.1))
      }
    }
    return kept.sorted()
  }

  /// A keyed pseudorandom function of a word.
  private func mix(_ word: UInt64) -> UInt64 {
    var word = word ^ key.0
    for constant: UInt64 in [0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB, 0xD6E8_FEB8_6659_FD93] {
      word = (word ^ (word >> 32)) &* constant
      word = (word ^ (word >> 29)) &+ key.1
    }
    return word ^ (word >> 32)
  }
}

/// The grouping of the rows in use by privacy unit.
struct UnitRows: Sendable {
  /// The number of units that have a row.
  let count: Int
  /// The rows, unit by unit; nil if every row is a unit.
  private let order: [Int32]?
  private let starts: [Int32]

  /// Makes every row a unit.
  init(rows: Int) {
    count = rows
    order = nil
    starts = []
  }

  /// Groups rows by a number per row, in order, equal for rows of the same unit.
  init(units: [UInt64]) {
    precondition(units.count < Int(Int32.max), "too many rows")
    let order = units.indices.sorted { (units[$0], $0) < (units[$1], $1) }
    var starts: [Int32] = []
    for (place, row) in order.enumerated() where place == 0 || units[row] != units[order[place - 1]] { starts.append(Int32(place)) }
    count = starts.count
    self.order = order.map { Int32($0) }
    self.starts = starts + [Int32(units.count)]
  }

  /// Returns the places of the rows of a unit.
  func rows(of unit: Int) -> Range<Int> {
    order == nil ? unit..<unit + 1 : Int(starts[unit])..<Int(starts[unit + 1])
  }

  /// Returns the row at a place.
  func row(at place: Int) -> Int { order.map { Int($0[place]) } ?? place }
}
