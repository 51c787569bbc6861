import Basics
import Foundation
import Ledger
import Tables

extension PeopleSketch {
  /// Sketches a table under the owner's key, on all cores. Complexity: two passes over the cells.
  ///
  /// - Parameter persons: the columns that name persons; others are ignored.
  package static func compute(table: Table, persons: [String], key: FingerprintKey) -> PeopleSketch
  {
    let hashes = NormalColumn.Hashes(key: key)
    let columns = Concurrently.map(table.columns.count) { index in
      let column = NormalColumn(table.columns[index], hashes: hashes)
      return (column: column, form: form(of: table.columns[index], column, key))
    }
    let telling = columns.map(\.column).filter(\.isVaried)
    let parts = max(
      1, min(ProcessInfo.processInfo.activeProcessorCount, table.rowCount / RowPass.blockRows))
    let passes = Concurrently.map(parts) { part in
      let rows = table.rowCount * part / parts..<table.rowCount * (part + 1) / parts
      var pass = RowPass(columns: telling, rowCount: table.rowCount, key: key)
      pass.run(rows)
      return pass
    }
    var sums = passes[0]
    for pass in passes.dropFirst() { sums.merge(pass) }
    return PeopleSketch(
      version: currentVersion, rowCount: table.rowCount, columnCount: telling.count,
      traits: sums.traits, rows: sums.rows,
      rowsWithoutOne: sums.rowsWithoutOne.sorted { $0.isOrderedBefore($1) },
      difference: sums.difference, contents: sums.contentDigests(key: key),
      forms: columns.compactMap(\.form).sorted { ($0.first ?? "") < ($1.first ?? "") },
      persons: table.columns.filter { persons.contains($0.name) }.map { PersonSketch($0, key: key) }
        .sorted { $0.persons.isOrderedBefore($1.persons) })
  }

  private static func form(of column: Column, _ normal: NormalColumn, _ key: FingerprintKey)
    -> [String]?
  {
    guard normal.isInformative, let range = normal.range, case .ticks(let ticks) = column.cells
    else { return nil }
    return DistributionForm(ticks, within: range)?.digests(key: key)
  }
}

extension PersonSketch {
  static let capacity = 256

  init(_ column: Column, key: FingerprintKey) {
    let words = key.words(for: "understudy sketch 2 person", count: 2)
    let hash = SipHash128(key: (words[0], words[1]))
    var sketch = CountedSketch(capacity: Self.capacity)
    var (low, high, areNumbers) = (Int64.max, Int64.min, true)
    func insert(_ person: [UInt8]) {
      guard !person.isEmpty else { return }
      sketch.insert(person.withUnsafeBytes { hash.hash($0).low })
      guard areNumbers, let number = LabelForm.number(person) else {
        areNumbers = false
        return
      }
      (low, high) = (min(low, number.mantissa), max(high, number.mantissa))
    }
    switch column.cells {
    case .labels(_, let dictionary):
      for code in 0..<dictionary.count {
        insert(dictionary.withUTF8(code) { LabelForm.person(Array($0)) })
      }
    case .ticks(let ticks):
      for tick in ticks where tick != Cells.missingTick {
        insert(LabelForm.person(Array(String(tick).utf8)))
      }
    }
    self.init(
      persons: sketch,
      density: areNumbers && low <= high
        ? min(1, sketch.distinct / (Double(high) - Double(low) + 1)) : 0)
  }
}

/// The form of a column's distribution, its skewness and kurtosis, which no shift or change of unit
/// affects.
///
/// Both are rounded to a grid before they are digested, in four positions of the grid, so that two
/// columns share a digest if they differ only by the rounding of converted numbers. In most
/// columns, two halves of a table of at most 200,000 rows do not share one: by chance, their forms
/// differ by more than a cell of the grid.
private struct DistributionForm: Sendable {
  private let skewness: Double
  private let logKurtosis: Double

  private static let steps = 4095.0
  private static let cell = 4e-3

  /// Nil if nothing varies or the distribution is even, as for numbers assigned consecutively.
  /// Complexity: two passes.
  init?(_ ticks: [Int64], within range: ClosedRange<Int64>) {
    let width = Double(range.upperBound) - Double(range.lowerBound)
    guard width > 0 else { return nil }
    let scale = Self.steps / width
    // Whole steps of the range.
    func step(_ tick: Int64) -> Int64 {
      Int64(((Double(tick) - Double(range.lowerBound)) * scale).rounded())
    }
    var (count, sum) = (Int64(0), Int64(0))
    for tick in ticks where Cells.isValue(tick) { (count, sum) = (count + 1, sum + step(tick)) }
    guard count > 1 else { return nil }
    let middle = sum / count
    var moments = PowerSums()
    for tick in ticks where Cells.isValue(tick) { moments.add(step(tick) - middle) }
    let (a, b, c, d) = moments.means
    let variance = b - a * a
    guard variance > 0 else { return nil }
    let third = c - 3 * a * b + 2 * a * a * a
    let fourth = d - 4 * a * c + 6 * a * a * b - 3 * a * a * a * a
    skewness = abs(third) / pow(variance, 1.5)
    logKurtosis = log(max(1, fourth / (variance * variance)))
    // The kurtosis of an even distribution is 1.8.
    if skewness < 0.05, abs(logKurtosis - log(1.8)) < 0.03 { return nil }
  }

  /// Sums of the first four powers of numbers of at most 12 bits.
  private struct PowerSums {
    private var sums: (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
    private var totals = (0.0, 0.0, 0.0, 0.0)
    private var (count, pending) = (0, 0)

    mutating func add(_ value: Int64) {
      let square = value * value
      sums = (sums.0 + value, sums.1 + square, sums.2 + square * value, sums.3 + square * square)
      (count, pending) = (count + 1, pending + 1)
      // 2¹⁴ fourth powers below 2⁴⁸ are below 2⁶².
      if pending == 1 << 14 { settle() }
    }

    private mutating func settle() {
      totals = (
        totals.0 + Double(sums.0), totals.1 + Double(sums.1), totals.2 + Double(sums.2),
        totals.3 + Double(sums.3)
      )
      (sums, pending) = ((0, 0, 0, 0), 0)
    }

    var means: (Double, Double, Double, Double) {
      var copy = self
      copy.settle()
      let n = Double(count)
      return (copy.totals.0 / n, copy.totals.1 / n, copy.totals.2 / n, copy.totals.3 / n)
    }
  }

  /// Returns the cell that holds the form, digested, in each of four positions of the grid.
  func digests(key: FingerprintKey) -> [String] {
    [(0.0, 0.0), (0.5, 0), (0, 0.5), (0.5, 0.5)].map { shift in
      let cells = (
        (skewness / Self.cell + shift.0).rounded(.down),
        (logKurtosis / Self.cell + shift.1).rounded(.down)
      )
      let text = "understudy sketch 2 form \(shift.0) \(shift.1) \(cells.0) \(cells.1)"
      return ContentDigest.hexadecimal(key.derived(for: text).prefix(8))
    }
  }
}
