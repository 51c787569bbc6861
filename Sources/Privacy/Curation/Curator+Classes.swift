import Accounting
import CountedTables
import DelimitedText
import Encoding
import Tables

/// Questions about cells whose types are not yet known. The curator's schema reads every cell as a
/// category.
extension Curator {
  /// Returns how many cells of the variables `columns` fall into each public class, with discrete
  /// Gaussian noise: one count per class of a variable's `forms`, in one answer for all.
  ///
  /// A row changes at most ``CellForms/mostClasses`` counts of a variable, each by one. All counts
  /// together change by at most the root of the sum of these in the L2 norm, times ``unitRows`` for
  /// a unit (`docs/proofs/class-histogram.md`).
  package func classes(
    of columns: [Int], by forms: [CellForms], missingTokens: [String],
    decimalMark: DecimalMark = .point, rho: Rho
  ) throws -> (counts: [[Int]], variance: Double) {
    precondition(columns.count == forms.count, "forms for each variable")
    let sorter = CellSorter(missingTokens: missingTokens, decimalMark: decimalMark)
    let question = Question.cellClasses(
      columns: columns.count, classes: forms.reduce(0) { $0 + $1.count(tokens: sorter.tokenCount) })
    let squares = forms.reduce(0) { $0 + $1.mostClasses }
    let exact = { zip(columns, forms).flatMap { self.tally(self.labels(of: $0), by: $1, sorter) } }
    let answer = try counts(
      question, exact: exact(), sensitivity: joint(squares: squares), rho: rho)
    var rest = answer.values[...]
    let parts = forms.map { forms in
      let part = Array(rest.prefix(forms.count(tokens: sorter.tokenCount)))
      rest = rest.dropFirst(part.count)
      return part
    }
    return (parts, answer.variance)
  }

  /// Returns the number of rows in use and the number of distinct non-missing values of each of the
  /// variables `columns`, with noise.
  ///
  /// One more row adds at most one value to each variable and takes none away.
  package func distinctValues(
    of columns: [Int], missingTokens: [String], rho: Rho
  ) throws -> (rows: Int, distinct: [Int], variance: Double) {
    let sorter = CellSorter(missingTokens: missingTokens)
    let question = Question.distinctValues(columns: columns.map { blueprint.variables[$0].name })
    let exact = { [self.rowsInUse] + columns.map { self.distinct(self.labels(of: $0), sorter) } }
    let answer = try counts(
      question, exact: exact(), sensitivity: joint(squares: columns.count + 1), rho: rho)
    return (answer.values[0], Array(answer.values.dropFirst()), answer.variance)
  }

  /// Returns the root of `squares`, never rounded down, times the rows of a unit.
  private func joint(squares: Int) throws -> Sensitivity {
    try Sensitivity((Double(unitRows) * Double(squares).squareRoot().nextUp).nextUp)
  }

  private func tally(_ labels: Labels, by forms: CellForms, _ sorter: CellSorter) -> [Int] {
    var counts = [Int](repeating: 0, count: forms.count(tokens: sorter.tokenCount))
    for (code, rows) in labels.rows.enumerated() where rows > 0 {
      labels.dictionary.withUTF8(code) { cell in
        for place in sorter.classes(of: cell, by: forms) { counts[place] += rows }
      }
    }
    return counts
  }

  private func distinct(_ labels: Labels, _ sorter: CellSorter) -> Int {
    labels.rows.enumerated().count { code, rows in
      rows > 0 && !labels.dictionary.withUTF8(code) { sorter.isMissing($0) }
    }
  }

  /// The labels of a variable and the number of rows with each label.
  private struct Labels {
    let dictionary: LabelDictionary
    let rows: [Int]
  }

  private func labels(of variable: Int) -> Labels {
    guard case .labels(let codes, let dictionary) = cells(of: variable) else {
      preconditionFailure("classes of an ordered variable")
    }
    var rows = [Int](repeating: 0, count: dictionary.count)
    for code in codes where code != Cells.missingCode { rows[Int(code)] += 1 }
    return Labels(dictionary: dictionary, rows: rows)
  }
}

extension Curator {
  /// Returns how many rows of an ordered variable in the ascending, disjoint `runs` count with each
  /// of the public `lattices`, and last how many lie on none. A row has one tick, which counts with
  /// the first lattice that holds it: a histogram (`docs/proofs/dyadic-histogram.md`).
  package func grain(of variable: Int, lattices: [Lattice], in runs: [ClosedRange<Int64>], rho: Rho)
    throws -> NoisyCounts
  {
    let question = Question.grain(
      variable: blueprint.variables[variable].name, lattices: lattices, cells: runs)
    return try counts(
      question, exact: try tally(variable, by: lattices, in: runs), rho: rho, purpose: .domain)
  }

  private func tally(_ variable: Int, by lattices: [Lattice], in runs: [ClosedRange<Int64>]) throws
    -> [Int]
  {
    if let elsewhere {
      return try elsewhere.grain(
        of: blueprint.variables[variable].name, lattices: lattices, in: runs)
    }
    let sorted = Lattices(lattices)
    var counts = [Int](repeating: 0, count: lattices.count + 1)
    for tick in ticks(of: variable, in: runs) {
      counts[sorted.first(holding: tick.tick)] += tick.count
    }
    return counts
  }
}
