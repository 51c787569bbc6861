import Basics
import Foundation

extension TableEvaluation {
  /// Pearson's statistic of a noisy table, compared with tables of independent columns that get the
  /// same noise (Gaboardi, Lim, Rogers, Vadhan 2016, algorithm 2). The draws are the same at each
  /// run.
  func independence() -> TestResult {
    let statistic = pearson(table.values)
    let (rows, columns) = (table.shape[0], table.values.count / table.shape[0])
    let expected = Self.expected(table.values, rows: rows, columns: columns)
    var generator = SamplingGenerator(seed: 0x1DE9)
    let draws = 1_999
    var atLeast = 0
    for _ in 0..<draws {
      let drawn = expected.indices.map { cell in
        expected[cell] + generator.normal() * (expected[cell] + table.noise[cell]).squareRoot()
      }
      if pearson(drawn) >= statistic { atLeast += 1 }
    }
    return TestResult(
      name: "independence of \(design.axes.prefix(2).map(\.name).joined(separator: " and "))",
      statistic: statistic,
      pValue: Double(atLeast + 1) / Double(draws + 1))
  }

  private func pearson(_ cells: [Double]) -> Double {
    let rows = table.shape[0]
    let expected = Self.expected(cells, rows: rows, columns: cells.count / rows)
    return cells.indices.reduce(0) { sum, cell in
      let rest = cells[cell] - expected[cell]
      return sum + rest * rest / (expected[cell] + table.noise[cell])
    }
  }

  /// Returns the counts of independent columns, none below a half.
  private static func expected(_ cells: [Double], rows: Int, columns: Int) -> [Double] {
    var (rowSums, columnSums) = (
      [Double](repeating: 0, count: rows), [Double](repeating: 0, count: columns)
    )
    for cell in cells.indices {
      rowSums[cell / columns] += cells[cell]
      columnSums[cell % columns] += cells[cell]
    }
    let total = max(cells.reduce(0, +), 1)
    return cells.indices.map {
      max(max(rowSums[$0 / columns], 0) * max(columnSums[$0 % columns], 0) / total, 0.5)
    }
  }
}

extension SamplingGenerator {
  /// Returns a standard normal number by the method of Box and Muller. For what follows the private
  /// answers only, never for noise on one.
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - unit())).squareRoot()
    return radius * cos(2 * Double.pi * unit())
  }
}
