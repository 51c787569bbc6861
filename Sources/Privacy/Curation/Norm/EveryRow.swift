import Basics
import Encoding
import Tables

/// All rows of every person, for counts in which the length of what a person adds is bounded
/// (`docs/proofs/person-norm.md`).
struct EveryRow {
  /// The rows of each person.
  let units: UnitRows
  /// The values of each variable; nil once they are encoded.
  private var cells: [Cells?]
  /// The codes of each variable, once a domain is adopted.
  private(set) var columns: [CodeColumn] = []
  /// About the number of rows, once they are counted.
  private(set) var total: Double?
  /// The factor by which shortened counts are made longer again, as last seen.
  private(set) var lengthening = 1.0
  /// About the factor for counts of many cells, from what was paid for before the first of them.
  private(set) var usualLengthening = 1.0
  private var known: [[Int]: [Int]] = [:]
  private var knownCells = 0

  private static let mostKnownCells = 1 << 26

  /// Takes all rows that name a person; nil if the unit of privacy is the row.
  init?(of table: Table, blueprint: Blueprint, sampling: UnitSampling) {
    guard case .person(let column, _) = blueprint.schema.unit else { return nil }
    let (kept, units) = sampling.rows(of: table, unit: .person(column: column, maximumRows: .max))
    self.units = units
    cells = kept.map { blueprint.prepare(table, rows: $0) } ?? blueprint.prepare(table)
  }

  var isCounted: Bool { total != nil }

  mutating func encode(by domain: Domain) { columns = domain.encode(&cells) }

  mutating func group(by groups: [Int: [Int]], sizes: [Int]) {
    columns = columns.enumerated().map { index, column in
      groups[index].map { column.grouped($0, size: sizes[index]) } ?? column
    }
  }

  mutating func count(total: Double, lengthening: Double) {
    self.total = total
    (self.lengthening, usualLengthening) = (lengthening, lengthening)
  }

  mutating func lengthen(by factor: Double) { lengthening = factor }

  /// Returns the values of a variable before a domain is adopted.
  func values(of variable: Int) -> Cells {
    guard let cells = cells[variable] else { preconditionFailure("a domain was adopted before") }
    return cells
  }

  // MARK: Sums

  /// Returns the counts of all combinations of codes in steps, each person's shortened to `clip`.
  func steps(of clique: [Int], among counts: ExactCounts, clip: Int) -> [Int] {
    if let known = known[clique] { return known }
    let sizes = clique.map { counts.sizes[$0] }
    let columns = clique.map { counts.columns[$0] }
    let units = units
    return ClippedVector.sum(
      cells: sizes.reduce(1, *), clip: Double(clip), units: units.count
    ) { unit, cells in
      for place in units.rows(of: unit) {
        let row = units.row(at: place)
        var cell = 0
        for (column, size) in zip(columns, sizes) { cell = cell * size + column[row] }
        cells.append(cell)
      }
    }
  }

  /// Keeps the sums of a clique for the next choice, as long as there is space.
  mutating func keep(_ steps: [Int], of clique: [Int]) {
    guard known[clique] == nil, knownCells + steps.count <= Self.mostKnownCells else { return }
    known[clique] = steps
    knownCells += steps.count
  }

  /// Returns how many people have each length of the vector of counts of some variables together,
  /// or each number of rows if there are none: up to 1, up to √2, up to 2, and so on, the last
  /// without limit.
  func lengths(of variables: [Int], classes: Int) -> [Int] {
    let columns = variables.map { self.columns[$0] }
    var lengths = [Int](repeating: 0, count: classes)
    for unit in 0..<units.count {
      var counts: [Int: Int] = [:]
      for place in units.rows(of: unit) {
        let row = units.row(at: place)
        let code = columns.reduce(0) { (code: Int, column: CodeColumn) in code << 16 | column[row] }
        counts[code, default: 0] += 1
      }
      let square = counts.values.reduce(0) { $0 + $1 * $1 }
      var step = 0
      while step < classes - 1, square > 1 << step { step += 1 }
      if square > 0 { lengths[step] += 1 }
    }
    return lengths
  }
}

extension Domain {
  /// Returns the codes of each variable's values, which are freed.
  func encode(_ cells: inout [Cells?]) -> [CodeColumn] {
    var encoded = [CodeColumn?](repeating: nil, count: cells.count)
    encoded.withUnsafeMutableBufferPointer { encoded in
      cells.withUnsafeMutableBufferPointer { cells in
        nonisolated(unsafe) let (encoded, cells) = (encoded, cells)
        Concurrently.perform(cells.count) { index in
          guard let values = cells[index] else {
            preconditionFailure("a domain was adopted before")
          }
          encoded[index] = codecs[index].encode(values)
          cells[index] = nil
        }
      }
    }
    return encoded.compactMap { $0 }
  }
}

extension PrivacyUnit {
  /// The unit, of which one row is used.
  var withOneRow: PrivacyUnit {
    switch self {
    case .row: .row
    case .person(let column, _): .person(column: column, maximumRows: 1)
    }
  }
}
