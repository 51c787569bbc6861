import Accounting
import Curation
import Foundation

/// A tree of cells that is measured level by level: coarse cells first, finer ones only where
/// something stands out of the noise.
///
/// Qardaji, Yang and Li (ICDE 2013) found that a grid must fit the data's density; a tree that
/// divides where the noisy count is large finds the size by itself (Cormode et al., ICDE 2012).
/// Differences here: shares of people instead of counts of points; a budget in proportion to
/// 2^(l/3) on level l; a cell is divided if it stands out of the noise of the next level.
/// `docs/proofs/heat-map.md`.
package struct AdaptiveTree {
  /// A level that is measured.
  package struct Level: Sendable, Equatable {
    package let level: Int
    package let rho: Double
    /// The standard deviation of the noise on a cell, in people.
    package let sigma: Double

    package init(level: Int, rho: Double, sigma: Double) {
      (self.level, self.rho, self.sigma) = (level, rho, sigma)
    }
  }

  /// A cell with its heat, in people.
  package struct Node: Sendable, Equatable {
    package let cell: UInt32
    package let heat: Double
    package let variance: Double
  }

  /// A cell that was not divided.
  package struct Leaf: Sendable, Equatable {
    package let level: Int
    package let node: Node
  }

  /// The coarsest first, without a gap.
  package let levels: [Level]
  /// In standard deviations of the noise.
  package let threshold: Double
  /// Each cell has 2 to the power of this many children: those of cell c begin with c.
  package let childBits: Int

  package init(levels: [Level], threshold: Double, childBits: Int = 2) {
    (self.levels, self.threshold, self.childBits) = (levels, threshold, childBits)
  }

  /// The budget of each level, in proportion to 2^(l/3), for people whose length is at most 1.
  package static func levels(_ numbers: ClosedRange<Int>, rho: Double) -> [Level] {
    let weights = numbers.map { exp2(Double($0) / 3) }
    let total = weights.reduce(0, +)
    return zip(numbers, weights).map { number, weight in
      let part = rho * weight / total
      return Level(level: number, rho: part, sigma: 1 / (2 * part).squareRoot())
    }
  }

  /// Puts one question for each level, until nothing is left to divide.
  /// - Parameters:
  ///   - roots: the cells of the first level, ascending.
  ///   - isMeasured: whether a cell of a level is in the region, a public fact.
  ///   - ask: returns the heat of ascending cells of a level.
  package func grow(
    from roots: [UInt32], isMeasured: (UInt32, Int) -> Bool,
    ask: ([UInt32], Level) throws -> NoisySums
  ) throws -> [Leaf] {
    var leaves: [Leaf] = []
    var nodes = try self.roots(roots, ask)
    for (index, level) in levels.enumerated() {
      let next = index + 1 < levels.count ? levels[index + 1] : nil
      let isDivided = { (node: Node) in next.map { node.heat > threshold * $0.sigma } ?? false }
      leaves += nodes.filter { !isDivided($0) }.map { Leaf(level: level.level, node: $0) }
      guard let next else { break }
      let families = nodes.filter(isDivided).map { parent in
        let first = parent.cell << UInt32(childBits)
        return Family(
          parent: parent,
          cells: (0..<UInt32(1) << UInt32(childBits)).map { first | $0 }.filter {
            isMeasured($0, next.level)
          })
      }
      nodes = try children(of: families, on: next, ask)
      if nodes.isEmpty { break }
    }
    return leaves
  }

  private struct Family {
    let parent: Node
    let cells: [UInt32]
  }

  /// Measures all cells of the first level; those under the threshold count as nothing.
  private func roots(_ cells: [UInt32], _ ask: ([UInt32], Level) throws -> NoisySums) throws
    -> [Node]
  {
    guard !cells.isEmpty else { return [] }
    let answer = try ask(cells, levels[0])
    return zip(cells, answer.values).compactMap { cell, heat in
      heat > threshold * answer.variance.squareRoot()
        ? Node(cell: cell, heat: heat, variance: answer.variance) : nil
    }
  }

  private func children(
    of families: [Family], on level: Level, _ ask: ([UInt32], Level) throws -> NoisySums
  ) throws -> [Node] {
    let cells = families.flatMap(\.cells)
    guard !cells.isEmpty else { return [] }
    let order = cells.indices.sorted { cells[$0] < cells[$1] }
    let answer = try ask(order.map { cells[$0] }, level)
    var heats = [Double](repeating: 0, count: cells.count)
    for (place, index) in order.enumerated() { heats[index] = answer.values[place] }
    var start = 0
    var nodes: [Node] = []
    for family in families {
      let own = Array(heats[start..<start + family.cells.count])
      start += family.cells.count
      nodes += Self.settled(family, own, variance: answer.variance)
    }
    return nodes
  }

  /// Weighs the parent's heat and the sum of its children by their variances, spreads the
  /// difference over the children, and cuts negative ones within their parent's heat.
  private static func settled(_ family: Family, _ heats: [Double], variance: Double) -> [Node] {
    guard !family.cells.isEmpty else { return [] }
    let count = Double(family.cells.count)
    let (own, below) = (1 / family.parent.variance, 1 / (count * variance))
    let sum = heats.reduce(0, +)
    let total = max((family.parent.heat * own + sum * below) / (own + below), 0)
    let settledVariance =
      variance * (1 - 1 / count) + 1 / (own + below) / (count * count)
    let settled = settledHeats(heats.map { $0 + (total - sum) / count }, total: total)
    return zip(family.cells, settled).filter { $0.1 > 0 }
      .map { Node(cell: $0, heat: $1, variance: settledVariance) }
  }

  /// Returns the nearest heats that are not negative and add up to `total`: what was cut is taken
  /// from the others in equal parts.
  package static func settledHeats(_ heats: [Double], total: Double) -> [Double] {
    var heats = heats
    while true {
      let kept = heats.indices.filter { heats[$0] > 0 }
      guard !kept.isEmpty else { return heats.map { _ in 0 } }
      let excess = (kept.reduce(0) { $0 + heats[$1] } - total) / Double(kept.count)
      let hasCut = heats.contains { $0 < 0 }
      heats = heats.map { $0 > 0 ? $0 - excess : 0 }
      if !hasCut, heats.allSatisfy({ $0 >= 0 }) { return heats }
    }
  }
}
