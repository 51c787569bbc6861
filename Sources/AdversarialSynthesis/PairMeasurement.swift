import DomainLearning
import Encoding
import Foundation
import NeuralNetworks
import Privacy

/// Measures the pairs of columns that are furthest from being independent: first a tree that joins all columns, as MST chooses it
/// (McKenna, Miklau, Sheldon 2021, algorithm 1), then as many again of the others, since a network needs no tree.
struct PairMeasurement {
  let curator: Curator
  let learned: LearnedDomain
  let rho: Rho

  /// Of what may be spent, for choosing.
  private static let selectionShare = 0.25
  /// Larger marginals are not measured: each cell gets noise.
  private static let mostCells = 20_000

  func measure() throws -> [PairShares] {
    let count = learned.domain.count
    guard count > 1, rho.value > 0 else { return [] }
    let candidates = self.candidates()
    let rounds = min(2 * (count - 1), candidates.count)
    guard rounds > 0 else { return [] }
    let chosen = try choose(candidates, rounds: rounds, rho: rho.share(PairMeasurement.selectionShare / Double(rounds)))
    let share = rho.share((1 - PairMeasurement.selectionShare) / Double(chosen.count))
    return try chosen.map { pair in
      let counts = try curator.marginal(of: pair, rho: share)
      return PairShares(
        first: pair[0], second: pair[1],
        shares: PairMeasurement.project(counts.values.map { Double($0) / learned.total }).map { Float($0) },
        doubt: Float(2 * counts.variance.squareRoot() / learned.total))
    }
  }

  private func candidates() -> [MarginalCandidate] {
    let heads = ColumnHeads(sizes: learned.domain.sizes)
    let shares = learned.shares.map(Double.init)
    return (0..<heads.count).flatMap { first in
      (first + 1..<max(heads.count, first + 1)).compactMap { second -> MarginalCandidate? in
        let (rows, columns) = (heads.range(of: first), heads.range(of: second))
        guard rows.count * columns.count <= PairMeasurement.mostCells else { return nil }
        let expected = rows.flatMap { row in columns.map { learned.total * shares[row] * shares[$0] } }
        return MarginalCandidate(attributes: [first, second], weight: 1, penalty: 0, expected: expected)
      }
    }
  }

  private func choose(_ candidates: [MarginalCandidate], rounds: Int, rho: Rho) throws -> [[Int]] {
    var component = Array(0..<learned.domain.count)
    var (open, chosen): ([MarginalCandidate], [[Int]]) = (candidates, [])
    for _ in 0..<rounds {
      let joining = open.filter { component[$0.attributes[0]] != component[$0.attributes[1]] }
      let offered = joining.isEmpty ? open : joining
      let pair = offered[try curator.worst(of: offered, rho: rho)].attributes
      chosen.append(pair)
      open.removeAll { $0.attributes == pair }
      let (kept, joined) = (component[pair[0]], component[pair[1]])
      for index in component.indices where component[index] == joined { component[index] = kept }
    }
    return chosen
  }

  /// The closest shares that are not negative and add up to 1: what noise alone put into many small cells goes first.
  static func project(_ values: [Double]) -> [Double] {
    let sorted = values.sorted(by: >)
    var (sum, offset) = (0.0, 0.0)
    for (index, value) in sorted.enumerated() {
      sum += value
      let candidate = (sum - 1) / Double(index + 1)
      if value <= candidate { break }
      offset = candidate
    }
    return values.map { max($0 - offset, 0) }
  }
}
