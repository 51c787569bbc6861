import Basics
import Foundation
import Quality

/// Singling out (WP29 opinion 05/2014; Giomi et al. 2023): conditions that single out one synthetic
/// row are tried on the original. If they match exactly one person there, they have singled that
/// person out.
///
/// *Univariate* queries come from one column: a value seen once, at most the minimum, at least the
/// maximum, the one missing cell. *Multivariate* ones take a synthetic row and random columns of
/// it: numbers above the median by "at least", the others by "at most", labels by equality, missing
/// cells by missing. Deviations from anonymeter 1.1.0: equal rows of the original and of the
/// control stay apart, since they are two people; labels with quotation marks match; missing is a
/// condition for labels too; if there are too few queries, the divisor is their number, not the
/// number asked for; the correction for the control's size does not extrapolate
/// (``SizeCorrection``).
package struct SinglingOut {
  /// Draws per query asked for, before a release is taken to offer no more.
  private static let triesPerQuery = 500

  let tables: AttackTables
  private let synthetic: QueryIndex
  private let original: QueryIndex
  private let control: QueryIndex?

  package init(_ tables: AttackTables) {
    self.tables = tables
    var seen = Set<UInt64>()
    let keys = RowCopies.keys(tables.columns.indices.map { tables.values($0, of: .synthetic) })
    synthetic = QueryIndex(
      tables, side: .synthetic, rows: keys.indices.filter { seen.insert(keys[$0]).inserted })
    original = QueryIndex(tables, side: .original)
    control = tables.hasControl ? QueryIndex(tables, side: .control) : nil
  }

  package func univariate(queries wanted: Int, seed: UInt64) -> AttackOutcome {
    var draw = Draw(seed: seed)
    let all = univariateQueries()
    let queries = draw.choose(wanted, of: all.count).map { [all[$0]] }
    return outcome(
      "singling-out-univariate", queries, wanted: wanted,
      baseline: (0..<wanted).map { _ in randomQuery(columns: 1, &draw) },
      knowing: "one column")
  }

  package func multivariate(queries wanted: Int, columns: Int, seed: UInt64) -> AttackOutcome {
    var draw = Draw(seed: seed)
    let columns = min(columns, tables.columns.count)
    let queries = multivariateQueries(wanted, columns: columns, &draw)
    return outcome(
      "singling-out-multivariate", queries, wanted: wanted,
      baseline: (0..<wanted).map { _ in randomQuery(columns: columns, &draw) },
      knowing: "\(columns) random columns")
  }

  /// Returns every univariate query that matches one synthetic row.
  private func univariateQueries() -> [Predicate] {
    tables.columns.indices.flatMap { column -> [Predicate] in
      var queries: [Predicate.Condition] = synthetic.missingCount(column) == 1 ? [.missing] : []
      let cells = synthetic.present(column)
      let runs = cells.indices.filter { place in
        (place == 0 || cells[place - 1] != cells[place])
          && (place == cells.count - 1 || cells[place + 1] != cells[place])
      }
      queries += runs.filter { cells[$0].isFinite }.map { .equal(cells[$0]) }
      if tables.columns[column].isNumeric {
        if runs.first == 0, let low = cells.first, low.isFinite { queries.append(.atMost(low)) }
        if runs.last == cells.count - 1, let high = cells.last, high.isFinite {
          queries.append(.atLeast(high))
        }
      }
      return queries.map { Predicate(column: column, condition: $0) }
    }
  }

  private func multivariateQueries(_ wanted: Int, columns: Int, _ draw: inout Draw) -> [[Predicate]]
  {
    let medians = tables.columns.indices.map { column -> Double in
      let cells = synthetic.present(column)
      return cells.isEmpty ? 0 : (cells[(cells.count - 1) / 2] + cells[cells.count / 2]) / 2
    }
    var queries: [[Predicate]] = []
    var seen = Set<[Predicate]>()
    var tries = wanted * SinglingOut.triesPerQuery
    while queries.count < wanted, tries > 0 {
      tries -= 1
      let row = draw.below(synthetic.rowCount)
      let query = draw.choose(columns, of: tables.columns.count).sorted().map {
        column -> Predicate in
        let cell = synthetic.cells[column][row]
        if cell.isNaN { return Predicate(column: column, condition: .missing) }
        guard tables.columns[column].isNumeric, cell.isFinite else {
          return Predicate(column: column, condition: .equal(cell))
        }
        return Predicate(
          column: column, condition: cell > medians[column] ? .atLeast(cell) : .atMost(cell))
      }
      if synthetic.count(query, limit: 2).count == 1, seen.insert(query).inserted {
        queries.append(query)
      }
    }
    return queries
  }

  /// Guesses without knowing which values go together: columns, values and conditions are random.
  private func randomQuery(columns: Int, _ draw: inout Draw) -> [Predicate] {
    draw.choose(columns, of: tables.columns.count).map { column in
      let cells = synthetic.present(column)
      let row = draw.below(synthetic.rowCount)
      guard !cells.isEmpty, !synthetic.cells[column][row].isNaN else {
        return Predicate(column: column, condition: draw.below(2) == 0 ? .missing : .present)
      }
      let value = distinctValue(cells, &draw)
      let choices: [Predicate.Condition] =
        tables.columns[column].isNumeric
        ? [
          .equal(value), .unequal(value), .above(value), .below(value), .atLeast(value),
          .atMost(value),
        ]
        : [.equal(value), .unequal(value)]
      return Predicate(column: column, condition: choices[draw.below(choices.count)])
    }
  }

  /// Draws a value of the column, each of its distinct values with about the same chance.
  private func distinctValue(_ sorted: [Double], _ draw: inout Draw) -> Double {
    // A place is kept if a run of equal values begins there, so frequent values are not drawn more
    // often.
    for _ in 0..<64 {
      let place = draw.below(sorted.count)
      if place == 0 || sorted[place - 1] != sorted[place] { return sorted[place] }
    }
    return sorted[draw.below(sorted.count)]
  }

  private func outcome(
    _ name: String, _ queries: [[Predicate]], wanted: Int, baseline: [[Predicate]], knowing: String
  ) -> AttackOutcome {
    let (original, control) = (original, control)
    let hits = Concurrently.map(queries.count) {
      original.count(queries[$0], limit: SizeCorrection.mostMatches)
    }
    let guesses = Concurrently.map(baseline.count) {
      original.count(baseline[$0], limit: 2).count == 1
    }
    let rows = hits.filter { $0.count == 1 }.map(\.row)
    var outcome = AttackOutcome(name: name, attempts: queries.count, successes: rows.count)
    (outcome.baselineAttempts, outcome.baselineSuccesses) = (baseline.count, guesses.count { $0 })
    outcome.hitRows = rows
    outcome.detail = "knowing \(knowing)"
    if let control {
      let matches = Concurrently.map(queries.count) {
        control.count(queries[$0], limit: SizeCorrection.mostMatches).count
      }
      let raw = matches.count { $0 == 1 }
      let correction = SizeCorrection(
        originalRows: tables.originalRows, controlRows: tables.controlRows,
        originalMatches: hits.map(\.count), controlMatches: matches)
      outcome.setControl(
        attempts: queries.count, raw: raw, corrected: correction.successes, scale: correction.scale)
      outcome.detail += "; \(raw) of the control's people, corrected for the size of the tables"
    }
    if queries.count < wanted {
      outcome.detail +=
        "; the release offers only \(queries.count) such queries of the \(wanted) asked for"
    }
    return outcome
  }
}

/// Estimates how many of the queries that single out in the control would do so in a control of the
/// original's size.
///
/// Queries single out differently in a larger table: rare conditions more often, frequent ones
/// less. Random samples of the original itself show how the number of successes depends on the
/// size. Its expectation follows exactly from how many rows each query matches (hypergeometric;
/// nothing is drawn). At the control's size, the original's samples may succeed more often than the
/// control: the excess is the leak. A sample holds each betrayed person with the chance n_control /
/// n_original, so the whole original has correspondingly more of it:
///
///   control at the original's size = A(n_original) − n_original / n_control · (A(n_control) − C),
///
/// with A(n) the original's expected successes in a sample of n and C the control's. Without a leak
/// it is A(n_original) in expectation.
///
/// Giomi et al. (2023) instead fit a curve F(n) = c [1 − (n w + 1)(1 − w)ⁿ] / (n + 1) to samples of
/// the control and extrapolate it to sizes where nothing was seen: at four times the control's
/// size, honest releases seem to leak (docs/decisions/0009-attacks.md).
private struct SizeCorrection {
  let originalRows: Int
  let controlRows: Int
  /// Rows that each query matches, counted up to ``mostMatches``.
  let originalMatches: [Int]
  let controlMatches: [Int]

  /// Matches above which queries hardly ever single out in a sample.
  static let mostMatches = 256

  /// The control's expected successes at the original's size; a fraction, from 0 to all queries.
  var successes: Double {
    guard originalRows > controlRows else {
      return SizeCorrection.successes(controlMatches, in: originalRows, of: controlRows)
    }
    let atControlSize = SizeCorrection.successes(originalMatches, in: controlRows, of: originalRows)
    let own = Double(controlMatches.count { $0 == 1 })
    let all = Double(originalMatches.count { $0 == 1 })
    return min(max(all - scale * (atControlSize - own), 0), Double(controlMatches.count))
  }

  /// The factor by which the correction increases the uncertainty of the control's own count.
  var scale: Double { max(1, Double(originalRows) / Double(controlRows)) }

  /// Returns the expected number of queries that match exactly one row of a random sample.
  private static func successes(_ matches: [Int], in sample: Int, of rows: Int) -> Double {
    var byCount: [Int: Int] = [:]
    for match in matches where match > 0 { byCount[match, default: 0] += 1 }
    return byCount.sorted { $0.key < $1.key }.reduce(0) {
      $0 + Double($1.value) * single($1.key, in: sample, of: rows)
    }
  }

  /// Returns the chance that a sample holds exactly one of `matching` rows.
  private static func single(_ matching: Int, in sample: Int, of rows: Int) -> Double {
    let (all, drawn, hits) = (Double(rows), Double(sample), Double(matching))
    if drawn - 1 > all - hits { return 0 }
    func ways(_ n: Double, _ k: Double) -> Double {
      lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    }
    return hits * exp(ways(all - hits, drawn - 1) - ways(all, drawn))
  }
}
