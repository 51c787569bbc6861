import Basics
import Foundation
import Ledger
import Tables

extension PeopleSketch {
  /// Sketches a table under the owner's key, on all cores. Complexity: two passes over the cells.
  ///
  /// - Parameter persons: the columns that name persons; others are ignored.
  package static func compute(table: Table, persons: [String], key: FingerprintKey) -> PeopleSketch {
    let hashes = NormalColumn.Hashes(key: key)
    let columns = Concurrently.map(table.columns.count) { index in
      let column = NormalColumn(table.columns[index], hashes: hashes)
      return (column: column, form: form(of: table.columns[index], column, key))
    }
    let telling = columns.map(\.column).filter(\.isVaried)
    let parts = max(1, min(ProcessInfo.processInfo.activeProcessorCount, table.rowCount / RowPass.blockRows))
    let passes = Concurrently.map(parts) { part in
      let rows = table.rowCount * part / parts..<table.rowCount * (part + 1) / parts
      var pass = RowPass(columns: telling, rowCount: table.rowCount, key: key)
      pass.run(rows)
      return pass
    }
    var sums = passes[0]
    for pass in passes.dropFirst() { sums.merge(pass) }
    return PeopleSketch(
      version: currentVersion, rowCount: table.rowCount, columnCount: telling.count, traits: sums.traits, rows: sums.rows,
      rowsWithoutOne: sums.rowsWithoutOne.sorted { $0.isOrderedBefore($1) },
      difference: sums.difference, contents: sums.contentDigests(key: key),
      forms: columns.compactMap(\.form).sorted { ($0.first ?? "") < ($1.first ?? "") },
      persons: table.columns.filter { persons.contains($0.name) }.map { PersonSketch($0, key: key) }
        .sorted { $0.persons.isOrderedBefore($1.persons) })
  }

  private static func form(of column: Column, _ normal: NormalColumn, _ key: FingerprintKey) -> [String]? {
    guard normal.isInformative, let range = normal.range, case .ticks(let ticks) = column.cells else { return nil }
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
      for code in 0..<dictionary.count { insert(dictionary.withUTF8(code) { LabelForm.person(Array($0)) }) }
    case .ticks(let ticks):
      for tick in ticks where tick != Cells.missingTick { insert(LabelForm.person(Array(String(tick).utf8))) }
    }
    self.init(
      persons: sketch,
      density: areNumbers && low <= high ? min(1, sketch.distinct / (Double(high) - Double(low) + 1)) : 0)
  }
}
