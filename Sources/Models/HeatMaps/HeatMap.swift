import Curation

/// A cell of a finished map that was not divided further.
package struct HeatLeaf: Sendable, Equatable {
  package let level: Int
  /// The number of the cell on its level, see ``HeatGrid``.
  package let cell: UInt32
  /// The slice of time, counted from 0.
  package let slice: Int
  /// In people: somebody who spends half of their points here counts as a half.
  package let heat: Double
  package let standardError: Double

  package init(level: Int, cell: UInt32, slice: Int, heat: Double, standardError: Double) {
    (self.level, self.cell, self.slice) = (level, cell, slice)
    (self.heat, self.standardError) = (heat, standardError)
  }
}

/// A finished map: cells with heat. Everywhere else there is nothing that stands out of the noise.
package struct HeatMap: Sendable {
  package let plan: HeatPlan
  /// In the order of the levels, the coarsest first.
  package let leaves: [HeatLeaf]

  package init(plan: HeatPlan, leaves: [HeatLeaf]) { (self.plan, self.leaves) = (plan, leaves) }

  package var total: Double { leaves.reduce(0) { $0 + $1.heat } }

  package func area(of leaf: HeatLeaf) -> HeatArea {
    plan.region.area(of: leaf.cell, level: leaf.level, in: plan.grid)
  }

  /// The heat of the finest cells, row by row from the south, with each leaf spread evenly.
  /// - Parameter slice: nil for all times together.
  package func cells(slice: Int? = nil) -> [Double] {
    let side = 1 << plan.grid.depth
    var cells = [Double](repeating: 0, count: side * side)
    for leaf in leaves where slice == nil || leaf.slice == slice {
      let size = 1 << (plan.grid.depth - leaf.level)
      let (column, row) = HeatGrid.place(of: leaf.cell)
      let each = leaf.heat / Double(size * size)
      for y in row * size..<(row + 1) * size {
        for x in column * size..<(column + 1) * size { cells[y * side + x] += each }
      }
    }
    return cells
  }
}
