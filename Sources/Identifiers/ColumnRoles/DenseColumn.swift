import Tables

/// A column of labels or integers with repeated values, as small codes.
struct DenseColumn {
  package let name: String
  let isLabels: Bool
  let valueCount: Int
  /// The code of each cell, or -1 if it is missing.
  package let codes: [Int32]

  init?(_ column: Column) {
    let isInteger = column.type == .integer
    guard isInteger || column.type == .category || column.type == .identifier else { return nil }
    let tally = KeyTally(column.cells)
    guard tally.keys.count * 2 <= column.count else { return nil }
    name = column.name
    isLabels = !isInteger
    valueCount = tally.keys.count
    codes = tally.places(of: column.cells)
  }

  /// Whether this column determines the other in every row, and values recur in a twentieth of the
  /// rows, for three different partners.
  func determines(_ other: DenseColumn) -> Bool {
    var partner = [Int32](repeating: -1, count: valueCount)
    var repeated = 0
    var confirmed: Set<Int32> = []
    for (code, value) in zip(codes, other.codes) where code >= 0 && value >= 0 {
      let known = partner[Int(code)]
      if known < 0 {
        partner[Int(code)] = value
      } else if known == value {
        repeated += 1
        if confirmed.count < 3 { confirmed.insert(value) }
      } else {
        return false
      }
    }
    return repeated >= max(RuleFinder.leastRows, codes.count / 20) && confirmed.count >= 3
  }

  /// Whether no row of a sample shows that this column does not determine the other.
  func determines(_ other: DenseColumn, in sample: [Int]) -> Bool {
    var partner = [Int32](repeating: -1, count: valueCount)
    for row in sample where codes[row] >= 0 && other.codes[row] >= 0 {
      let known = partner[Int(codes[row])]
      if known >= 0, known != other.codes[row] { return false }
      partner[Int(codes[row])] = other.codes[row]
    }
    return true
  }
}
