import Tables

/// Bounds what one unit of privacy contributes: of each person's rows at most `maximumRows` are kept, drawn at random.
///
/// Whether a row is kept depends on the secret key and on the rows of the same person only, so that adding or removing one person
/// changes nobody else's rows.
struct UnitSampling {
  let key: (UInt64, UInt64)

  /// The rows that are used, ascending, nil where that is all of them; and which of these belong together. Rows without a person are left
  /// out: nobody could bound what they contribute.
  func rows(of table: Table, unit: PrivacyUnit) -> (kept: [Int]?, units: UnitRows) {
    switch unit {
    case .row: return (nil, UnitRows(rows: table.rowCount))
    case .person(let name, let maximumRows):
      guard let column = table.column(named: name) else { preconditionFailure("the table lacks the column that says who") }
      let groups = groups(column)
      let kept = rows(groupedBy: groups, maximumRows: maximumRows)
      return (kept, UnitRows(units: kept.map { groups[$0] ?? 0 }))
    }
  }

  /// A number for each row that is equal where the person is the same and does not depend on other people's rows, or nil where missing.
  private func groups(_ column: Column) -> [UInt64?] {
    switch column.cells {
    case .ticks(let ticks): return ticks.map { $0 == Cells.missingTick ? nil : UInt64(bitPattern: $0) }
    case .labels(let codes, let dictionary):
      let hashes = dictionary.labels.map { label in label.utf8.reduce(key.0) { mix($0 ^ UInt64($1)) } }
      return codes.map { $0 == Cells.missingCode ? nil : hashes[Int($0)] }
    }
  }

  private func rows(groupedBy groups: [UInt64?], maximumRows: Int) -> [Int] {
    var members: [UInt64: [Int]] = [:]
    for (row, group) in groups.enumerated() { if let group { members[group, default: []].append(row) } }
    var kept: [Int] = []
    for (group, rows) in members {
      if rows.count <= maximumRows {
        kept.append(contentsOf: rows)
      } else {
        let ranked = rows.enumerated().map { (mix(mix(group) ^ UInt64($0)), $1) }.sorted { $0 < $1 }
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
