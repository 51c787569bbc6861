import Accounting
import Basics
import Curation
import Encoding
import Foundation
import Ledger
import Prediction
import Tables

/// A budget that pays for everything.
final class Purse: BudgetSession {
  func charge(_ event: PrivacyEvent) {}
}

/// Invented people of three columns, whose outcome follows from known points.
struct Cohort {
  /// The points of each code of each column, on the scale of the link, and the intercept.
  static let points = [[-1.0, 0, 1], [0.8, -0.4], [0, 0.5, -0.5, 0.2]]
  static let intercept = -0.7

  let rows: [[UInt16]]
  let family: PredictionFamily

  init(_ count: Int, family: PredictionFamily = .logistic, seed: UInt64 = 1) {
    var generator = SamplingGenerator(seed: seed)
    self.family = family
    rows = (0..<count).map { _ in
      let codes = Self.points.map { generator.below($0.count) }
      let sum = zip(Self.points, codes).reduce(Self.intercept) { $0 + $1.0[$1.1] }
      let outcome: Int
      switch family {
      case .logistic: outcome = generator.unit() < 1 / (1 + exp(-sum)) ? 1 : 0
      case .linear:
        // About normal, with a standard deviation of 1, in steps of a tenth around 8.
        let noise = (0..<12).reduce(-6) { sum, _ in sum + generator.unit() }
        outcome = min(max(Int(((sum + noise) * 10 + 80).rounded()), 0), 160)
      case .poisson:
        var (product, events) = (generator.unit(), 0)
        while product > exp(-exp(sum)), events < 30 {
          product *= generator.unit()
          events += 1
        }
        outcome = events
      }
      return (codes + [outcome]).map(UInt16.init)
    }
  }

  private var outcomeValues: [Double] {
    switch family {
    case .logistic: [0, 1]
    case .linear: (0...160).map { (Double($0) - 80) / 10 }
    case .poisson: (0...30).map(Double.init)
    }
  }

  private func counts(_ column: Int, _ size: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: size)
    for row in rows { counts[Int(row[column])] += 1 }
    return counts
  }

  /// The design of the columns, with exact counts.
  func design() throws -> Design {
    let terms = Self.points.enumerated().map { index, points in
      DesignTerm(
        name: "c\(index)", variable: index, kind: .categories(points.indices.map { "k\($0)" }),
        entries: points.indices.map { .init(slot: $0, value: 1) }, missingSlot: nil,
        otherSlot: nil, slotCount: points.count, counts: counts(index, points.count))
    }
    let values = outcomeValues
    return Design(
      terms: terms, variables: Self.points.count + 1, target: Self.points.count,
      scale: try TargetScale(
        family, values: values, counts: counts(Self.points.count, values.count), target: "y"),
      total: Double(rows.count))
  }

  /// A curator of the people, who have one code for each tick.
  func curator(seed: UInt64) throws -> Curator {
    let sizes = Self.points.map(\.count) + [outcomeValues.count]
    let schema = Schema(
      name: "cohort",
      columns: sizes.enumerated().map { index, size in
        ColumnSchema(
          name: "c\(index)", type: .integer, bounds: .declared(0...Int64(size - 1)))
      })
    let table = Table(
      columns: schema.columns.enumerated().map { index, column in
        column.filled(with: .ticks(rows.map { Int64($0[index]) }))
      })
    let blueprint = try Blueprint(schema: schema)
    let curator = Curator(
      seeded: SensitiveTable(table: table), blueprint: blueprint, budget: Purse(), seed: seed)
    curator.adopt(
      Domain(
        variables: blueprint.variables,
        codecs: sizes.map { size in
          .ordered(
            OrderedCodec(
              bins: (0..<Int64(size)).map { .init(shape: [.init(low: $0, high: $0, weight: 1)]) },
              hasMissing: false))
        }))
    return curator
  }

  /// The true points, each column's with mean 0 over its codes, in the design's coordinates.
  static var truth: [Double] {
    points.flatMap { column in
      column.map { $0 - column.reduce(0, +) / Double(column.count) }
    }
  }

  /// Moves fitted points to the same form.
  static func centred(_ parameters: [Double]) -> [Double] {
    var start = 0
    return points.flatMap { column in
      let own = parameters[start..<start + column.count]
      start += column.count
      return own.map { $0 - own.reduce(0, +) / Double(column.count) }
    }
  }
}
