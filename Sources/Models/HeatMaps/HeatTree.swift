import Accounting
import Basics
import Curation

/// The adaptive quadtree of a heat map: coarse cells first, finer ones only where something stands
/// out of the noise.
///
/// Qardaji, Yang and Li (ICDE 2013) found that a grid must fit the data's density; a tree that
/// divides where the noisy count is large finds the size by itself (Cormode et al., ICDE 2012).
/// Differences here: heat of people instead of counts of points, clipped in the L2 norm on each
/// level; a budget in proportion to 2^(l/3) on level l; a cell is divided if it stands out of the
/// noise of the next level. `docs/proofs/heat-map.md`.
package struct HeatTree {
  private struct Node {
    let cell: UInt32
    var heat: Double
    var variance: Double
  }

  private let plan: HeatPlan

  package init(_ plan: HeatPlan) { self.plan = plan }

  /// Puts one question to the curator for each level, until nothing is left to divide.
  /// - Parameter check: called before each question; an error that it throws ends the map.
  package func grow(
    _ curator: Curator, check: (HeatPlan.Level) throws -> Void = { _ in }
  ) throws -> HeatMap {
    var leaves: [HeatLeaf] = []
    var nodes = try roots(curator, check)
    for level in plan.levels {
      let next = plan.levels.first { $0.level == level.level + 1 }
      let isDivided = { (node: Node) in
        next.map { node.heat > plan.settings.threshold * $0.sigma } ?? false
      }
      leaves += nodes.filter { !isDivided($0) }.map { leaf($0, on: level) }
      guard let next else { break }
      nodes = try children(of: nodes.filter(isDivided), on: next, curator, check)
      if nodes.isEmpty { break }
    }
    return HeatMap(plan: plan, leaves: leaves)
  }

  /// Measures all cells of the first level; those under the threshold count as nothing.
  private func roots(_ curator: Curator, _ check: (HeatPlan.Level) throws -> Void) throws -> [Node]
  {
    let level = plan.levels[0]
    let count = plan.settings.slices.count << (2 * level.level)
    let cells = (0..<UInt32(count)).filter { plan.isMeasured($0, level: level.level) }
    let answer = try ask(curator, cells, on: level, check)
    return zip(cells, answer.values).compactMap { cell, heat in
      heat > plan.settings.threshold * answer.variance.squareRoot()
        ? Node(cell: cell, heat: heat, variance: answer.variance) : nil
    }
  }

  private func ask(
    _ curator: Curator, _ cells: [UInt32], on level: HeatPlan.Level,
    _ check: (HeatPlan.Level) throws -> Void
  ) throws -> NoisySums {
    guard !cells.isEmpty else { return NoisySums(values: [], variance: 0) }
    try check(level)
    return try curator.heat(
      on: plan.grid, level: level.level, cells: cells, clip: level.clip,
      rho: Rho(checked: level.rho))
  }

  private func children(
    of parents: [Node], on level: HeatPlan.Level, _ curator: Curator,
    _ check: (HeatPlan.Level) throws -> Void
  ) throws -> [Node] {
    let families = parents.map { parent in
      (0..<4).map { parent.cell << 2 | $0 }.filter { plan.isMeasured($0, level: level.level) }
    }
    let cells = families.flatMap { $0 }
    let order = cells.indices.sorted { cells[$0] < cells[$1] }
    let answer = try ask(curator, order.map { cells[$0] }, on: level, check)
    var heats = [Double](repeating: 0, count: cells.count)
    for (place, index) in order.enumerated() { heats[index] = answer.values[place] }
    var start = 0
    var nodes: [Node] = []
    for (parent, family) in zip(parents, families) {
      let own = Array(heats[start..<start + family.count])
      start += family.count
      nodes += Self.settled(family, own, variance: answer.variance, parent: parent)
    }
    return nodes
  }

  /// Weighs the parent's heat and the sum of its children by their variances, spreads the
  /// difference over the children, and cuts negative ones within their parent's heat.
  private static func settled(
    _ family: [UInt32], _ heats: [Double], variance: Double, parent: Node
  ) -> [Node] {
    guard !family.isEmpty else { return [] }
    let count = Double(family.count)
    let (own, below) = (1 / parent.variance, 1 / (count * variance))
    let sum = heats.reduce(0, +)
    let total = max((parent.heat * own + sum * below) / (own + below), 0)
    let settledVariance =
      variance * (1 - 1 / count) + 1 / (own + below) / (count * count)
    return zip(family, settledHeats(heats.map { $0 + (total - sum) / count }, total: total)).filter
    {
      $0.1 > 0
    }
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

  private func leaf(_ node: Node, on level: HeatPlan.Level) -> HeatLeaf {
    let slice = Int(node.cell >> (2 * level.level))
    let cell = node.cell & (UInt32(1) << (2 * level.level) &- 1)
    return HeatLeaf(
      level: level.level, cell: cell, slice: slice, heat: node.heat,
      standardError: node.variance.squareRoot())
  }
}
