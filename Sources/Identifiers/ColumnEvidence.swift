import Tables

/// What there is to see in a column: the header, how many values differ, and a sample of them.
struct ColumnEvidence: Sendable {
  let name: String
  let type: ColumnType
  let header: HeaderMeaning
  /// Cells that are not missing.
  let present: Int
  let distinct: Int
  /// The most rows that share a value.
  let largestCount: Int
  /// Distinct texts of a column of labels, evenly spread over the dictionary; empty for ticks.
  let sample: [String]
  /// Integers 1, 2, 3, … in the order of the rows.
  let countsRows: Bool

  private static let sampleSize = 2000

  init(_ column: Column) {
    name = column.name
    type = column.type
    header = HeaderMeaning(column.name)
    let counts = column.counts()
    present = counts.values.reduce(0, +)
    distinct = counts.count
    largestCount = counts.values.max() ?? 0
    switch column.cells {
    case .labels:
      let keys = counts.keys.sorted()
      let step = max(1, keys.count / Self.sampleSize)
      sample = stride(from: 0, to: keys.count, by: step).map { column.text(ofKey: keys[$0]) }
      countsRows = false
    case .ticks(let ticks):
      sample = []
      countsRows = column.type == .integer && ticks.indices.allSatisfy { ticks[$0] == Int64($0) + 1 }
    }
  }

  var isLabels: Bool { !type.isOrdered }

  /// Whether the column could hold a number or name of a person at all.
  var couldIdentify: Bool { isLabels || type == .integer }

  /// Distinct values as a share of the present cells; 0 for an empty column.
  var uniqueShare: Double { present == 0 ? 0 : Double(distinct) / Double(present) }

  var repeats: Bool { distinct < present }

  /// The share of the sample that a test accepts.
  func share(_ test: (String) -> Bool) -> Double {
    sample.isEmpty ? 0 : Double(sample.count(where: test)) / Double(sample.count)
  }

  /// Mean number of words in a distinct text.
  var meanWords: Double {
    sample.isEmpty ? 0 : Double(sample.reduce(0) { $0 + $1.split(separator: " ").count }) / Double(sample.count)
  }

  /// The share of the commonest shape among texts of at least six characters with at least four digits.
  var commonestCodeShape: Double {
    var counts: [String: Int] = [:]
    for text in sample {
      guard let shape = ValuePattern.codeShape(text), shape.count >= 6, shape.count(where: { $0 == "9" }) >= 4 else { continue }
      counts[shape, default: 0] += 1
    }
    return sample.isEmpty ? 0 : Double(counts.values.max() ?? 0) / Double(sample.count)
  }
}
