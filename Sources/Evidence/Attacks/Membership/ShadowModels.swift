import Foundation
import Quality
import Tables

/// Membership by shadow models: the strongest attack known on a generator, for those who can run
/// it.
///
/// The game is the leave-one-out game seeded by the model: the original stays as it is except for
/// one target, who is in or out; the only chance is the generator's own. (Games that average over
/// originals overlook most people at high risk.) From many releases made either way, the attacker
/// learns how often rows like the target appear: φ is the number of synthetic rows that agree with
/// the target on each of several random subsets of columns (numbers by cells of quantiles). A fresh
/// release is judged by Λ = 𝒩(φ; μ_in, σ_in) / 𝒩(φ; μ_out, σ_out) (LiRA, Carlini et al. 2022).
/// Deviation: the queries count as independent, since their covariance cannot be learned from a few
/// releases.
package struct ShadowModels {
  package struct Options: Sendable {
    /// People attacked: the most isolated of the original, unless they are named.
    package var targets = 8
    /// Releases to learn from and to judge, with and without each target.
    package var shadows = 24
    package var trials = 16
    package var subsets = 64
    package var seed: UInt64 = 1

    package init() {}
  }

  /// The result for one target: how well members were told from others.
  package struct Target: Sendable {
    /// The target's row, counted from 0.
    package let row: Int
    package let auc: Double
  }

  package struct Outcome: Sendable {
    package let result: MembershipResult
    /// The targets, the one told best first.
    package let targets: [Target]
  }

  let options: Options

  package init(options: Options = Options()) { self.options = options }

  /// Plays the game.
  ///
  /// - Parameters:
  ///   - rows: the targets; nil for the most isolated people.
  ///   - makeRelease: makes a release of a table; the number decides its noise, and each is used
  ///     once.
  package func run(
    original: Table, rows: [Int]? = nil, makeRelease: (Table, UInt64) throws -> Table
  ) throws -> Outcome {
    let rows = try rows ?? isolated(original)
    var seed = options.seed
    var (members, others, targets): ([Double], [Double], [Target]) = ([], [], [])
    for row in rows {
      let without = original.removing(row: row)
      var draw = Draw(seed: options.seed &+ UInt64(row))
      let features = ShadowFeatures(original: original, row: row, subsets: options.subsets, &draw)
      func counts(_ table: Table, _ times: Int) throws -> [[Double]] {
        try (0..<times).map { _ in
          seed &+= 1
          return features.counts(in: try makeRelease(table, seed))
        }
      }
      let inside = ShadowModels.gaussians(try counts(original, options.shadows))
      let outside = ShadowModels.gaussians(try counts(without, options.shadows))
      func scores(_ table: Table) throws -> [Double] {
        try counts(table, options.trials).map { ShadowModels.logRatio($0, inside, outside) }
      }
      let (own, foreign) = (try scores(original), try scores(without))
      targets.append(
        Target(
          row: row,
          auc: Scores.areaUnderCurve(
            own + foreign, isPositive: own.map { _ in true } + foreign.map { _ in false })))
      members += own
      others += foreign
    }
    return Outcome(
      result: Membership.result("membership-shadow-models", members: members, nonMembers: others),
      targets: targets.sorted { ($1.auc, $0.row) < ($0.auc, $1.row) })
  }

  /// Returns the people furthest from their nearest neighbour.
  private func isolated(_ original: Table) throws(AttackError) -> [Int] {
    let tables = try AttackTables(
      original: original, synthetic: original, control: nil, ignoring: [])
    let space = RowSpace(tables)
    let all = Array(0..<original.rowCount)
    let found = NeighbourSearch(matrix: RowMatrix(space, side: .synthetic)).nearest(
      2, to: QueryRows(space, side: .original, rows: all))
    let distances = all.map { found.distances[$0 * found.perQuery + found.perQuery - 1] }
    return Array(all.sorted { (distances[$1], $0) < (distances[$0], $1) }.prefix(options.targets))
  }

  /// Returns the mean and standard deviation of each feature; the latter is at least half a row,
  /// since counts are whole.
  private static func gaussians(_ counts: [[Double]]) -> [(mean: Double, deviation: Double)] {
    (counts.first ?? []).indices.map { feature in
      let values = counts.map { $0[feature] }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance =
        values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(values.count - 1, 1))
      return (mean, max(variance.squareRoot(), 0.5))
    }
  }

  private static func logRatio(
    _ counts: [Double], _ inside: [(mean: Double, deviation: Double)],
    _ outside: [(mean: Double, deviation: Double)]
  ) -> Double {
    counts.indices.reduce(0) { sum, place in
      func logDensity(_ law: (mean: Double, deviation: Double)) -> Double {
        let gap = (counts[place] - law.mean) / law.deviation
        return -gap * gap / 2 - log(law.deviation)
      }
      return sum + logDensity(inside[place]) - logDensity(outside[place])
    }
  }
}

/// Counts the rows of a release that agree with a target on random subsets of columns.
private struct ShadowFeatures {
  private let original: Table
  private let row: Int
  private let names: [String]
  private let maps: [CellMap]
  private let subsets: [[Int]]

  init(original: Table, row: Int, subsets: Int, _ draw: inout Draw) {
    let columns = original.columns.filter { $0.type != .identifier && $0.type != .text }
    self.original = original
    self.row = row
    names = columns.map(\.name)
    maps = columns.map { column in
      let aligned = AlignedColumn(original: column, synthetic: column, holdout: nil)
      return CellMap(original: aligned.original, labelCount: aligned.labels.count)
    }
    self.subsets = (0..<subsets).map { _ in
      draw.choose(1 + draw.below(columns.count), of: columns.count)
    }
  }

  func counts(in release: Table) -> [Double] {
    let agrees = names.indices.map { place -> [Bool] in
      guard let own = original.column(named: names[place]),
        let other = release.column(named: names[place])
      else { return [] }
      let aligned = AlignedColumn(original: own, synthetic: other, holdout: nil)
      let target = maps[place].codes(aligned.original.selecting([row]))[0]
      return maps[place].codes(aligned.synthetic).map { $0 == target }
    }
    return subsets.map { subset in
      Double(
        (0..<release.rowCount).count { row in
          subset.allSatisfy { agrees[$0].isEmpty || agrees[$0][row] }
        })
    }
  }
}

extension Table {
  /// Returns the table without one row, counted from 0.
  func removing(row: Int) -> Table {
    Table(
      columns: columns.map { column in
        let cells: Cells =
          switch column.cells {
          case .ticks(var ticks):
            {
              ticks.remove(at: row)
              return .ticks(ticks)
            }()
          case .labels(var codes, let dictionary):
            {
              codes.remove(at: row)
              return .labels(codes: codes, dictionary: dictionary)
            }()
          }
        return column.replacing(cells: cells)
      })
  }
}
