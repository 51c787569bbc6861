import Accounting
import Encoding

/// A table that anyone may see, in the codes of the curator's domain, drawn from paid answers.
package struct PublicTable: Sendable {
  let columns: [CodeColumn]
  let rows: Int
  /// The approximate number of rows of the sensitive table. The counts of this table are scaled to
  /// it. Public.
  let total: Double
  /// For each variable, the codes that name no original value, such as the one word for all rare
  /// values.
  let unnamed: [Set<Int>]

  /// - Parameters:
  ///   - columns: the codes of each variable of the domain, at least one row.
  ///   - total: rows, positive and finite.
  /// - Precondition: all columns have the same number of rows.
  package init(columns: [CodeColumn], total: Double, unnamed: [Set<Int>]) {
    precondition(
      columns.count == unnamed.count && columns.allSatisfy { $0.count == columns[0].count },
      "columns of one table")
    precondition(
      total > 0 && total <= Self.mostRows && columns.first?.count ?? 0 > 0, "a table of rows")
    self.columns = columns
    rows = columns[0].count
    self.total = total
    self.unnamed = unnamed
  }

  /// Keeps a sum of distances below 2^63.
  package static let mostRows = 0x1p32

  /// Returns the counts of a marginal, scaled to ``total``, in parts of a row, and whether each
  /// cell names original values.
  func expectations(of clique: [Int], sizes: [Int]) -> (parts: [Int64], isNamed: [Bool]) {
    let counts = MarginalCounter.count(columns, attributes: clique, sizes: sizes, rows: rows)
    let factor = total / Double(rows) * Double(Distance.partsOfRow)
    var isNamed = [Bool](repeating: true, count: counts.count)
    var step = counts.count
    for attribute in clique {
      step /= sizes[attribute]
      guard !unnamed[attribute].isEmpty else { continue }
      for cell in counts.indices where unnamed[attribute].contains(cell / step % sizes[attribute]) {
        isNamed[cell] = false
      }
    }
    return (counts.map { Int64((Double($0) * factor).rounded()) }, isNamed)
  }
}

/// A mean distance of marginals, in rows, with noise of known size.
package struct NoisyDistance: Sendable, Equatable {
  /// The distance; negative if the noise outweighs it.
  package let rows: Double
  /// The standard deviation of the noise.
  package let standardDeviation: Double
}

/// The arithmetic of distances. It uses whole multiples of 2^-16 of a row, so sums are exact in any
/// order.
enum Distance {
  static let partsOfRow = 1 << 16

  /// Returns the sum over cells of |count − expected|. If a cell names no value, the two have
  /// nothing in common and are added.
  static func parts(_ counts: [Int32], _ expected: (parts: [Int64], isNamed: [Bool])) -> Int64 {
    precondition(counts.count == expected.parts.count, "an expectation for each cell")
    var sum: Int64 = 0
    for cell in counts.indices {
      let count = Int64(counts[cell]) * Int64(partsOfRow)
      sum +=
        expected.isNamed[cell] ? abs(count - expected.parts[cell]) : count + expected.parts[cell]
    }
    return sum
  }
}

extension Curator {
  /// Returns the mean distance over marginals between the rows and a public table, with discrete
  /// Gaussian noise. It is half the sum over cells of |rows there − rows expected|, in rows.
  ///
  /// One unit changes at most ``unitRows`` rows of each marginal, each by one cell. It changes each
  /// sum, and their mean, by at most that: `docs/proofs/gate-scores.md`. A domain must have been
  /// adopted.
  /// - Parameter cliques: ascending attributes, at least one clique; chosen from public facts.
  package func meanDistance(
    from table: PublicTable, over cliques: [[Int]], rho: Rho, purpose: Purpose = .judgement
  ) throws -> NoisyDistance {
    precondition(!cliques.isEmpty, "no marginals to compare")
    requireBoundedRows()
    let question = Question.distance(marginals: cliques.count, columns: cliques[0].count)
    let answer = try counts(
      question, exact: [try meanParts(from: table, over: cliques)], rho: rho, purpose: purpose,
      scale: Distance.partsOfRow)
    let unit = 2 * Double(Distance.partsOfRow)
    return NoisyDistance(
      rows: Double(answer.values[0]) / unit, standardDeviation: answer.variance.squareRoot() / unit)
  }

  /// Returns the mean, rounded down: if two sums differ by at most s times the number of cliques,
  /// their means differ by at most s.
  private func meanParts(from table: PublicTable, over cliques: [[Int]]) throws -> Int {
    let sizes = exactCounts.sizes
    exactCounts.expect(cliques, blueprint)
    // A double holds each distance exactly: it is below 2^53.
    let distances = try exactCounts.map(cliques) { index, counts in
      Double(Distance.parts(counts, table.expectations(of: cliques[index], sizes: sizes)))
    }
    return distances.reduce(0) { $0 + Int($1) } / cliques.count
  }
}
