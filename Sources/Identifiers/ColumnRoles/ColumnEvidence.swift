import Basics
import Tables
import Words

/// The evidence in a column: its header, its number of distinct values, and a sample of them.
struct ColumnEvidence: Sendable {
  package let name: String
  package let type: ColumnType
  package let header: HeaderReading
  /// The number of cells that are not missing.
  let present: Int
  package let distinct: Int
  /// The largest number of rows that share a value.
  let largestCount: Int
  /// The growth of the number of distinct values with the number of rows: 1 if twice the rows have
  /// twice the values, as with record numbers; 0 if half the rows have all values, as with
  /// categories.
  let growth: Double
  /// Distinct texts, evenly spread over the dictionary. Includes integers; empty for other ordered
  /// types.
  let sample: [String]
  /// The words of the sample, folded, with letters only.
  package let words: [[String]]
  /// Whether the cells are the integers 0, 1, 2, … or 1, 2, 3, … in row order.
  let countsRows: Bool
  /// The lowest and the highest integer.
  package let range: ClosedRange<Int64>?

  private static let sampleSize = 2000

  init(_ column: Column, header: HeaderReading) {
    name = column.name
    type = column.type
    self.header = header
    let tally = ValueTally(column)
    (present, distinct, largestCount, growth) = (
      tally.present, tally.distinct, tally.largestCount, tally.growth
    )
    let isInteger = column.type == .integer
    let showsText = isInteger || !column.type.isOrdered
    let step = max(1, (tally.keys.count + Self.sampleSize - 1) / Self.sampleSize)
    sample =
      showsText
      ? stride(from: 0, to: tally.keys.count, by: step).map { column.text(ofKey: tally.keys[$0]) }
      : []
    words = isInteger ? [] : sample.map { $0.split { !$0.isLetter }.map { String($0).folded } }
    range = isInteger ? tally.keys.min().flatMap { low in tally.keys.max().map { low...$0 } } : nil
    if isInteger, case .ticks(let ticks) = column.cells, let first = ticks.first,
      first == 0 || first == 1
    {
      countsRows = ticks.indices.allSatisfy { ticks[$0] == first &+ Int64($0) }
    } else {
      countsRows = false
    }
  }

  var isLabels: Bool { !type.isOrdered }

  /// Whether the column could hold a number or name of a person at all.
  var couldIdentify: Bool { isLabels || type == .integer }

  var isTime: Bool {
    switch type {
    case .date: true
    case .timestamp: TimePattern(type)?.isClock == false
    default: false
    }
  }

  var isNumeric: Bool {
    switch type {
    case .integer, .decimal, .scientific: true
    default: false
    }
  }

  /// Distinct values as a share of the present cells; 0 for an empty column.
  var uniqueShare: Double { present == 0 ? 0 : Double(distinct) / Double(present) }

  package var repeats: Bool { distinct < present }

  /// Returns the share of the sample that passes a test.
  func share(_ test: (String) -> Bool) -> Double {
    sample.isEmpty ? 0 : Double(sample.count(where: test)) / Double(sample.count)
  }

  /// Returns the share of the sample with a word that passes a test.
  func shareOfTexts(withWord test: (String) -> Bool) -> Double {
    words.isEmpty ? 0 : Double(words.count { $0.contains(where: test) }) / Double(words.count)
  }

  /// The mean number of words in a distinct text.
  var meanWords: Double {
    isLabels && !sample.isEmpty
      ? Double(sample.reduce(0) { $0 + $1.split(separator: " ").count }) / Double(sample.count) : 0
  }

  /// Returns the share of texts with at least this many digits.
  func share(withDigits least: Int) -> Double {
    share { $0.utf8.count(where: Ascii.isDigit) >= least }
  }

  /// The share of the most common shape, among texts of at least six characters with at least four
  /// digits.
  var commonestCodeShape: Double {
    var counts: [String: Int] = [:]
    for text in sample {
      guard let shape = ValuePattern.codeShape(text), shape.count >= 6,
        shape.count(where: { $0 == "9" }) >= 4
      else { continue }
      counts[shape, default: 0] += 1
    }
    return sample.isEmpty ? 0 : Double(counts.values.max() ?? 0) / Double(sample.count)
  }
}

/// The number of cells for each value of a column.
struct ValueTally {
  /// The values in order.
  let keys: [Int64]
  let present: Int
  let largestCount: Int
  let growth: Double

  package var distinct: Int { keys.count }

  init(_ column: Column) {
    let tally = KeyTally(column.cells)
    // Code words have the least keys, and are no values.
    let words = tally.keys.prefix { !Cells.isValue($0) }.count
    keys = Array(tally.keys.dropFirst(words))
    present = tally.counts.dropFirst(words).reduce(0, +)
    largestCount = tally.counts.dropFirst(words).max() ?? 0
    // The counts among a random half of the rows.
    var halves = [Int](repeating: 0, count: tally.keys.count)
    for (row, place) in tally.places(of: column.cells).enumerated() where place >= words {
      halves[Int(place)] += Int(SplitBits(seed: 0, number: row)[0] & 1)
    }
    let inHalf = halves.count { $0 > 0 }
    let rowsInHalf = halves.reduce(0, +)
    // log(d / d½) / log(n / n½), without logarithms of 0.
    growth =
      inHalf > 0 && rowsInHalf > 0 && rowsInHalf < present
      ? ValueTally.logarithm(Double(keys.count) / Double(inHalf))
        / ValueTally.logarithm(Double(present) / Double(rowsInHalf)) : 1
  }
}
