import Basics

/// How many of a column's values lie on which lattice: incomes on thousands, hundreds and tens,
/// times on the hour. Decoded values follow the mixture.
package struct Grain: Sendable, Equatable, Codable {
  /// The lattices that values lie on, in the order in which ticks count with them.
  package let lattices: [Lattice]
  /// The share of the values that count with each lattice, and last that of the values on none.
  package let shares: [Double]

  /// - Precondition: One share for each lattice, and one more; none is negative.
  package init(lattices: [Lattice], shares: [Double]) {
    precondition(
      shares.count == lattices.count + 1 && shares.allSatisfy { $0 >= 0 },
      "one share a lattice, and one more")
    (self.lattices, self.shares) = (lattices, shares)
  }

  /// Returns the chance of each lattice, and of none, for the values of a run. A run that happens
  /// to hold more ticks of a lattice than others do has more of its values; one that holds none has
  /// none.
  func chances(in run: ClosedRange<Int64>) -> [Double] {
    let width = Double(run.upperBound) - Double(run.lowerBound) + 1
    var chances = zip(lattices, shares).map { lattice, share -> Double in
      guard share > 0 else { return 0 }
      let expected = width * lattice.density
      if expected > 64 { return share }
      return share * Double(Grain.count(lattice, in: run)) / expected
    }
    chances.append(shares[lattices.count])
    let sum = chances.reduce(0, +)
    return sum > 0 ? chances.map { $0 / sum } : []
  }

  private static func count(_ lattice: Lattice, in run: ClosedRange<Int64>) -> Int {
    var count = lattice.contains(run.lowerBound) ? 1 : 0
    var tick = run.lowerBound
    while let next = lattice.around(tick).above, next <= run.upperBound, count < 256 {
      (tick, count) = (next, count + 1)
    }
    return count
  }

  /// Returns a tick of the run near `tick`, on a lattice drawn by `chances`.
  func placed(
    _ tick: Int64, in run: ClosedRange<Int64>, chances: [Double],
    using generator: inout SamplingGenerator
  ) -> Int64 {
    guard !chances.isEmpty else { return tick }
    var place = generator.unit()
    let index = chances.firstIndex { chance in
      place -= chance
      return place < 0
    }
    guard let index, index < lattices.count else {
      return moved(tick, off: lattices[...], by: 1, in: run)
    }
    guard let near = lattices[index].nearest(to: tick, in: run) else { return tick }
    guard case .every(let step, _) = lattices[index] else { return near }
    return moved(near, off: lattices[..<index], by: step, in: run)
  }

  /// Returns the tick, or one of those a step away if it lies on a coarser lattice by chance.
  private func moved(
    _ tick: Int64, off lattices: ArraySlice<Lattice>, by step: Int64, in run: ClosedRange<Int64>
  ) -> Int64 {
    func isOn(_ tick: Int64) -> Bool { lattices.contains { $0.contains(tick) } }
    guard isOn(tick) else { return tick }
    let steps = [tick.addingReportingOverflow(step), tick.subtractingReportingOverflow(step)]
    return steps.first { !$0.overflow && run.contains($0.partialValue) && !isOn($0.partialValue) }?
      .partialValue ?? tick
  }
}
