import Basics

/// Synthetic rows that equal an original row in every compared cell, and how many of them chance
/// explains.
package struct RowCopies: Codable, Sendable, Equatable {
  /// The share of synthetic rows that equal some original row.
  package var ofOriginal: Double
  /// The share of synthetic rows that equal some hold-out row, which no generator has seen.
  package var ofHoldout: Double?
  /// The share of hold-out rows that equal some original row: the coincidences among rows that copy
  /// nothing.
  package var coincidence: Double?

  package init(ofOriginal: Double, ofHoldout: Double? = nil, coincidence: Double? = nil) {
    self.ofOriginal = ofOriginal
    self.ofHoldout = ofHoldout
    self.coincidence = coincidence
  }

  init(columns: [AlignedColumn]) {
    let synthetic = RowCopies.keys(columns.map(\.synthetic))
    let original = Set(RowCopies.keys(columns.map(\.original)))
    ofOriginal = RowCopies.share(synthetic, in: original)
    let heldColumns = columns.compactMap(\.holdout)
    guard !columns.isEmpty, heldColumns.count == columns.count else { return }
    let held = RowCopies.keys(heldColumns)
    ofHoldout = RowCopies.share(synthetic, in: Set(held))
    coincidence = RowCopies.share(held, in: original)
  }

  private static func share(_ rows: [UInt64], in others: Set<UInt64>) -> Double {
    rows.isEmpty ? 0 : Double(rows.count { others.contains($0) }) / Double(rows.count)
  }

  /// Returns a 64-bit hash of each row: two of a million rows collide with a chance of 3e-8.
  package static func keys(_ columns: [ColumnValues]) -> [UInt64] {
    var keys = [UInt64](repeating: 0, count: columns.first?.count ?? 0)
    for column in columns {
      switch column {
      case .numbers(let values):
        for row in keys.indices {
          keys[row] = RowHash.mix(
            keys[row] ^ (values[row].isNaN ? 1 : (values[row] + 0).bitPattern))
        }
      case .labels(let codes):
        for row in keys.indices {
          keys[row] = RowHash.mix(keys[row] ^ UInt64(bitPattern: Int64(codes[row])))
        }
      }
    }
    return keys
  }
}

/// A fixed, even hash of a row's number: the same split of the same table every time.
package enum RowHash {
  /// Returns a number from 0 to 1 (SplitMix64's finaliser, Steele, Lea and Flood 2014).
  package static func share(_ row: Int, salt: UInt64) -> Double {
    Double(mix(UInt64(truncatingIfNeeded: row) &+ salt &* SplitMix64.step) >> 11) * 0x1p-53
  }

  package static func mix(_ value: UInt64) -> UInt64 { SplitMix64.mixed(value &+ SplitMix64.step) }
}
