import Accounting
import Encoding
import Tables

extension Curator {
  /// Returns how many rows of an ordered variable in the ascending, disjoint `runs` count with each
  /// of the public `lattices`, and last how many lie on none. A row has one tick, which counts with
  /// the first lattice that holds it: a histogram (`docs/proofs/dyadic-histogram.md`).
  package func grain(of variable: Int, lattices: [Lattice], in runs: [ClosedRange<Int64>], rho: Rho) throws -> NoisyCounts {
    guard case .ticks(let ticks) = cells(of: variable) else { preconditionFailure("a grain of labels") }
    let question = Question.grain(variable: blueprint.variables[variable].name, lattices: lattices, cells: runs)
    return try counts(question, exact: Curator.tally(ticks, by: Lattices(lattices), in: runs), rho: rho, purpose: .domain)
  }

  private static func tally(_ ticks: [Int64], by lattices: Lattices, in runs: [ClosedRange<Int64>]) -> [Int] {
    var counts = [Int](repeating: 0, count: lattices.list.count + 1)
    for tick in ticks where Cells.isValue(tick) && run(of: tick, in: runs) != nil {
      counts[lattices.first(holding: tick)] += 1
    }
    return counts
  }
}
