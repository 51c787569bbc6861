import Accounting
import Curation

/// The map of heat, as the leaves of an ``AdaptiveTree``: heat of people instead of counts of
/// points, clipped in the L2 norm on each level. `docs/proofs/heat-map.md`.
package struct HeatTree {
  private let plan: HeatPlan

  package init(_ plan: HeatPlan) { self.plan = plan }

  /// Puts one question to the curator for each level, until nothing is left to divide.
  /// - Parameter check: called before each question; an error that it throws ends the map.
  package func grow(
    _ curator: Curator, check: (HeatPlan.Level) throws -> Void = { _ in }
  ) throws -> HeatMap {
    let tree = AdaptiveTree(
      levels: plan.levels.map {
        AdaptiveTree.Level(level: $0.level, rho: $0.rho, sigma: $0.sigma)
      }, threshold: plan.settings.threshold)
    let first = plan.levels[0].level
    let count = UInt32(plan.settings.slices.count << (2 * first))
    let leaves = try tree.grow(
      from: (0..<count).filter { plan.isMeasured($0, level: first) },
      isMeasured: { plan.isMeasured($0, level: $1) },
      ask: { cells, level in
        let level = plan.level(level.level)
        try check(level)
        return try curator.heat(
          on: plan.grid, level: level.level, cells: cells, clip: level.clip,
          rho: Rho(checked: level.rho))
      })
    return HeatMap(plan: plan, leaves: leaves.map { Self.leaf($0) })
  }

  private static func leaf(_ leaf: AdaptiveTree.Leaf) -> HeatLeaf {
    let bits = UInt32(2 * leaf.level)
    return HeatLeaf(
      level: leaf.level, cell: leaf.node.cell & (UInt32(1) << bits &- 1),
      slice: Int(leaf.node.cell >> bits), heat: leaf.node.heat,
      standardError: leaf.node.variance.squareRoot())
  }
}
