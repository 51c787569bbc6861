import Crypto
import Foundation
import Ledger
import Tables

/// Bounds the contribution of one privacy unit: at most `maximumRows` of each person's rows are
/// kept, drawn at random.
///
/// Whether a row is kept depends only on the secret key and on the contents of the rows of the same
/// person. Adding or removing one person therefore changes nobody else's rows, and the order of the
/// table, which a database does not have, changes nothing (`docs/proofs/unit-sampling.md`).
package struct UnitSampling {
  let key: (UInt64, UInt64)

  package init(key: (UInt64, UInt64)) { self.key = key }

  /// Returns the rows in use, ascending, or nil if that is all of them; and which of them belong
  /// together. Rows without a person are left out: nobody could bound their contribution.
  package func rows(of table: Table, unit: PrivacyUnit) -> (kept: [Int]?, units: UnitRows) {
    switch unit {
    case .row: return (nil, UnitRows(rows: table.rowCount))
    case .person(let name, let maximumRows):
      guard let column = table.column(named: name) else {
        preconditionFailure("the table lacks the column that says who")
      }
      let people = (0..<table.rowCount).map { column.cells.key($0) }
      let texts = RowTexts(of: table)
      let kept = rows(of: people, maximumRows: maximumRows) { rank(texts.text(of: $0)) }
      return (kept, UnitRows(units: kept.map { UInt64(bitPattern: people[$0] ?? 0) }))
    }
  }

  /// Returns the rows in use. `people` holds the person of each row, nil if unknown.
  ///
  /// - Parameter rank: A number that depends on the contents of the row alone. Rows of a person
  ///   with the same rank are kept in their order.
  package func rows<Person: Hashable>(
    of people: [Person?], maximumRows: Int, rank: (Int) -> RowRank
  ) -> [Int] {
    var members: [Person: [Int]] = [:]
    for (row, person) in people.enumerated() {
      if let person { members[person, default: []].append(row) }
    }
    var kept: [Int] = []
    for rows in members.values {
      if rows.count <= maximumRows {
        kept.append(contentsOf: rows)
      } else {
        let ranked = rows.map { (rank: rank($0), row: $0) }.sorted {
          ($0.rank, $0.row) < ($1.rank, $1.row)
        }
        kept.append(contentsOf: ranked.prefix(maximumRows).map(\.row))
      }
    }
    return kept.sorted()
  }

  /// Returns SHA-256 of the key and the row.
  package func rank(_ row: [UInt8]) -> RowRank {
    var hash = SHA256()
    withUnsafeBytes(of: (key.0.bigEndian, key.1.bigEndian)) { hash.update(bufferPointer: $0) }
    hash.update(data: row)
    return RowRank(hash.finalize())
  }
}

/// The place of a row among a person's rows: a digest, compared byte by byte.
package struct RowRank: Comparable {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  fileprivate init(_ digest: SHA256Digest) {
    words = digest.withUnsafeBytes { bytes in
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
      }
      return (word(0), word(1), word(2), word(3))
    }
  }

  package static func < (first: RowRank, second: RowRank) -> Bool { first.words < second.words }
  package static func == (first: RowRank, second: RowRank) -> Bool { first.words == second.words }
}

/// The contents of rows as bytes: the cells in the order of their columns' names, each as its
/// length and its text. Ticks are written in digits, labels as they are; a missing cell is a minus
/// sign. The order of columns and rows, and the codes of labels, which depend on other rows, do not
/// matter.
package struct RowTexts {
  private let columns: [Column]

  package init(of table: Table) {
    columns = table.columns.sorted {
      Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8))
    }
  }

  package func text(of row: Int) -> [UInt8] {
    var text: [UInt8] = []
    for column in columns {
      switch column.cells {
      case .ticks(let ticks) where ticks[row] != Cells.missingTick:
        append("\(ticks[row])".utf8, to: &text)
      case .labels(let codes, let dictionary) where codes[row] != Cells.missingCode:
        dictionary.withUTF8(Int(codes[row])) { append($0, to: &text) }
      case .ticks, .labels: text.append(UInt8(ascii: "-"))
      }
    }
    return text
  }

  private func append(_ cell: some Collection<UInt8>, to text: inout [UInt8]) {
    text.append(contentsOf: "\(cell.count):".utf8)
    text.append(contentsOf: cell)
  }
}

/// The grouping of the rows in use by privacy unit.
package struct UnitRows: Sendable {
  /// The number of units that have a row.
  package let count: Int
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
    for (place, row) in order.enumerated() where place == 0 || units[row] != units[order[place - 1]]
    { starts.append(Int32(place)) }
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
