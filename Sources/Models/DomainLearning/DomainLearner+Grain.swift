import Accounting
import Curation
import Encoding
import Ledger

extension DomainLearner {
  /// Returns the lattices that a variable's values lie on, apart from ticks that already stand
  /// alone; nil if chance explains them, or if there are too few rows for the noise to tell, and
  /// then nothing is asked.
  func grain(of index: Int, leaves: [OrderedSearch.Leaf], budget: DomainBudget) throws -> Grain? {
    let lattices = PublicLattices.of(
      curator.blueprint.variables[index], in: curator.blueprint.schema)
    let wide = leaves.filter { !$0.isSingle && !$0.isAside }
    let sigma = Double(curator.unitRows) / (2 * budget.grain.value).squareRoot()
    guard !lattices.isEmpty, wide.reduce(0, { $0 + $1.width }) >= DomainLearner.leastWidth,
      wide.reduce(0, { $0 + max($1.count, 0) }) > DomainLearner.leastRows * sigma
    else { return nil }
    let counts = try curator.grain(
      of: index, lattices: lattices, in: DomainLearner.joined(wide.map(\.range)), rho: budget.grain)
    return DomainLearner.grain(lattices, counts: counts.values.map(Double.init), sigma: sigma)
  }

  /// The number of ticks below which a variable's ticks are told apart anyway.
  private static let leastWidth = 20.0
  /// The number of rows, in standard deviations of the noise, below which nothing is asked.
  private static let leastRows = 20.0
  /// The excess that chance does not explain, in standard deviations and as a share of the rows.
  private static let surely = 5.0
  private static let leastExcess = 0.02

  /// Returns adjacent runs as one.
  private static func joined(_ runs: [ClosedRange<Int64>]) -> [ClosedRange<Int64>] {
    runs.reduce(into: []) { joined, run in
      if let last = joined.last, last.upperBound &+ 1 == run.lowerBound {
        joined[joined.count - 1] = last.lowerBound...run.upperBound
      } else {
        joined.append(run)
      }
    }
  }

  /// Returns the grain that noisy counts show. Counts that may be noise are taken as none.
  package static func grain(_ lattices: [Lattice], counts: [Double], sigma: Double) -> Grain? {
    let total = counts.reduce(0, +)
    let excess = zip(counts, Lattices(lattices).chances).map { $0 - max(total, 0) * $1 }
    guard let most = excess.max(), most > max(surely * sigma, leastExcess * total) else {
      return nil
    }
    let kept = counts.map { $0 > 2 * sigma ? $0 : 0 }
    let sum = kept.reduce(0, +)
    let used = lattices.indices.filter { kept[$0] > 0 }
    guard !used.isEmpty else { return nil }
    return Grain(
      lattices: used.map { lattices[$0] },
      shares: (used.map { kept[$0] } + [kept[lattices.count]]).map { $0 / sum })
  }
}
