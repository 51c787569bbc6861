import Accounting
import Curation
import DomainLearning
import Encoding
import Foundation
import Ledger
import MarginalSynthesis
import NeuralNetworks

/// Measures pairs of columns: all of them if their cells together fit ``mostCellsTogether``, so
/// that nothing is spent on choosing.
///
/// In a wider table it measures as many as fit: those furthest from independence, first a tree that
/// joins all columns, chosen as in MST (McKenna, Miklau, Sheldon 2021, algorithm 1).
package struct PairMeasurement {
  let curator: Curator
  let learned: LearnedDomain
  let rho: Rho
  let mostCellsTogether: Int
  /// Training holds some twelve numbers per cell: 400 MB.
  package static let mostCellsTogether = 8_000_000

  /// The share of the budget spent on choosing, if not all pairs are measured.
  private static let selectionShare = 0.25
  /// The largest measured marginal: each cell gets noise.
  private static let mostCells = 20_000

  package init(
    curator: Curator, learned: LearnedDomain, rho: Rho,
    mostCellsTogether: Int = Self.mostCellsTogether
  ) {
    (self.curator, self.learned, self.rho, self.mostCellsTogether) = (
      curator, learned, rho, mostCellsTogether
    )
  }

  /// Measures pairs, spending at most `rho`.
  package func measure() throws -> [PairShares] {
    let pairs = self.pairs
    guard rho.value > 0, !pairs.isEmpty else { return [] }
    let cells = pairs.reduce(0) { $0 + self.cells(of: $1) }
    guard cells > mostCellsTogether else { return try measure(pairs, rho: rho) }
    let rounds = max(1, pairs.count * mostCellsTogether / cells)
    let chosen = try choose(
      from: pairs, rounds: rounds, rho: rho.share(PairMeasurement.selectionShare / Double(rounds)))
    return try measure(chosen, rho: rho.share(1 - PairMeasurement.selectionShare))
  }

  private func cells(of pair: [Int]) -> Int { pair.reduce(1) { $0 * learned.domain.sizes[$1] } }

  private var pairs: [[Int]] {
    Workload.combinations(learned.domain.count, 2).filter {
      cells(of: $0) <= PairMeasurement.mostCells
    }
  }

  /// Returns noisy shares unchanged: if many cells are nearly empty, a projection onto possible
  /// shares would be biased.
  private func measure(_ pairs: [[Int]], rho: Rho) throws -> [PairShares] {
    let share = rho.share(1 / Double(pairs.count))
    return try pairs.map { pair in
      let counts = try curator.marginal(of: pair, rho: share)
      return PairShares(
        first: pair[0], second: pair[1],
        shares: counts.values.map { Float(Double($0) / learned.total) },
        doubt: Float(2 * counts.variance.squareRoot() / learned.total))
    }
  }

  private func choose(from pairs: [[Int]], rounds: Int, rho: Rho) throws -> [[Int]] {
    let heads = ColumnHeads(sizes: learned.domain.sizes)
    let shares = learned.shares.map(Double.init)
    var open = pairs.map { pair in
      let columns = heads.range(of: pair[1])
      let expected = heads.range(of: pair[0]).flatMap { row in
        columns.map { learned.total * shares[row] * shares[$0] }
      }
      return MarginalCandidate(attributes: pair, weight: 1, penalty: 0, expected: expected)
    }
    var joined = JoinedVariables(count: learned.domain.count)
    var chosen: [[Int]] = []
    for _ in 0..<rounds {
      let joining = open.filter { !joined.areJoined($0.attributes) }
      let offered = joining.isEmpty ? open : joining
      let pair = offered[try curator.worst(of: offered, rho: rho)].attributes
      chosen.append(pair)
      open.removeAll { $0.attributes == pair }
      joined.join(pair)
    }
    return chosen
  }
}
