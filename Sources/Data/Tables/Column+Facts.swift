extension Cells {
  /// Returns the tick or code of a row as one kind of key; nil if the cell is missing.
  package func key(_ row: Int) -> Int64? {
    switch self {
    case .ticks(let ticks): ticks[row] == Cells.missingTick ? nil : ticks[row]
    case .labels(let codes, _): codes[row] == Cells.missingCode ? nil : Int64(codes[row])
    }
  }
}

extension Column {
  /// The number of missing cells.
  package var missingCount: Int {
    switch cells {
    case .ticks(let ticks): ticks.count { $0 == Cells.missingTick }
    case .labels(let codes, _): codes.count { $0 == Cells.missingCode }
    }
  }

  /// Returns the text of a key from ``Cells/key(_:)``.
  package func text(ofKey key: Int64) -> String {
    switch cells {
    case .ticks: Cells.code(key).map { codes[$0] } ?? type.format(tick: key)
    case .labels(_, let dictionary): dictionary[Int(key)]
    }
  }

  /// Returns the number of cells with each present value, by key.
  package func counts() -> [Int64: Int] {
    let tally = KeyTally(cells)
    return Dictionary(uniqueKeysWithValues: zip(tally.keys, tally.counts))
  }

  /// The number of different values of the present cells.
  package var distinctCount: Int { KeyTally(cells).keys.count }

  /// Returns the number of present cells that match none of `labels`.
  package func cellCount(outside labels: Set<String>) -> Int {
    counts().reduce(0) { $0 + (labels.contains(text(ofKey: $1.key)) ? 0 : $1.value) }
  }
}
