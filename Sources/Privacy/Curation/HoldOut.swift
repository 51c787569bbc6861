import Encoding
import Mechanisms
import Tables

/// The rows kept out of training, so that attacks can be compared with people the release never
/// saw.
///
/// A coin is tossed for every privacy unit: for each row, or for each person in the order of their
/// first rows. It comes from the secure generator and depends on nothing in the table, so the
/// training rows of neighbouring tables differ by at most one unit (`docs/proofs/hold-out.md`).
/// Rows that name nobody stay: the curator leaves them out.
package struct HoldOut: Sendable {
  /// Whether each row is held out.
  package let isHeldOut: [Bool]

  /// The positions of the training rows, ascending.
  package var trainingRows: [Int] { isHeldOut.indices.filter { !isHeldOut[$0] } }

  /// - Parameter share: the chance of each unit, 0 to 1.
  package init(
    of table: borrowing SensitiveTable, unit: PrivacyUnit, share: Double, using random: SecureRandom
  ) {
    self.init(of: table.table, unit: unit, share: share, using: random)
  }

  init(of table: Table, unit: PrivacyUnit, share: Double, using random: SecureRandom) {
    let threshold = UInt64(max(0, min(share, 1)) * 0x1p63)
    func toss() -> Bool { random.next() >> 1 < threshold }
    switch unit {
    case .row: isHeldOut = (0..<table.rowCount).map { _ in toss() }
    case .person(let name, _):
      guard let column = table.column(named: name) else {
        preconditionFailure("the table lacks the column that says who")
      }
      var coins: [Int64: Bool] = [:]
      isHeldOut = column.cells.persons.map { person in
        guard let person else { return false }
        if let coin = coins[person] { return coin }
        let coin = toss()
        coins[person] = coin
        return coin
      }
    }
  }
}

extension SensitiveTable {
  /// Returns the held-out rows, or the other rows, as a separate table.
  package borrowing func part(of holdOut: HoldOut, isHeldOut: Bool) -> SensitiveTable {
    keeping(rows: holdOut.isHeldOut.indices.filter { holdOut.isHeldOut[$0] == isHeldOut })
  }

  private borrowing func keeping(rows: [Int]) -> SensitiveTable {
    let columns = table.columns.map { column in
      column.replacing(cells: column.cells.picking(rows))
    }
    return SensitiveTable(table: Table(columns: columns), format: format)
  }

  /// Returns the number of people in both tables, identified by the person column.
  package borrowing func peopleInCommon(with other: borrowing SensitiveTable, column name: String)
    -> Int
  {
    guard let mine = table.column(named: name), let others = other.table.column(named: name) else {
      return 0
    }
    return mine.distinctTexts.intersection(others.distinctTexts).count
  }

  /// Returns the rows of people who are not in the other table, identified by the person column.
  package borrowing func withoutPeople(of other: borrowing SensitiveTable, column name: String)
    -> SensitiveTable
  {
    guard let mine = table.column(named: name), let others = other.table.column(named: name) else {
      return keeping(rows: Array(0..<table.rowCount))
    }
    let known = others.distinctTexts
    var isKnown: [Int64: Bool] = [:]
    return keeping(
      rows: mine.cells.persons.enumerated().compactMap { row, person in
        guard let person else { return row }
        let isOther = isKnown[person] ?? known.contains(mine.text(ofKey: person))
        isKnown[person] = isOther
        return isOther ? nil : row
      })
  }
}

extension Cells {
  /// A number per row, equal for rows of the same person; nil if the row names nobody.
  fileprivate var persons: [Int64?] {
    switch self {
    case .ticks(let ticks): ticks.map { $0 == Cells.missingTick ? nil : $0 }
    case .labels(let codes, _): codes.map { $0 == Cells.missingCode ? nil : Int64($0) }
    }
  }
}

extension Column {
  fileprivate var distinctTexts: Set<String> {
    switch cells {
    case .ticks(let ticks): Set(Set(ticks).filter(Cells.isValue).map { type.format(tick: $0) })
    case .labels(let codes, let dictionary):
      Set(Set(codes).subtracting([Cells.missingCode]).map { dictionary[Int($0)] })
    }
  }
}
