import Curation
import Encoding

/// A curve or a comparison of curves, asked for through a strategy for the cells of each group.
package struct CurveDesign: Sendable {
  let table: TableDesign
  /// The domain to ask with.
  package let domain: Domain
  package let formula: RowFormula
  private let strategies: [CellStrategy]

  /// - Parameter standIn: the pilot, from which follows which counts weigh how much.
  package init(_ table: TableDesign, domain: Domain, standIn: StandIn) {
    (self.table, self.domain) = (table, domain)
    let pilot = TableEvaluation(table, table: standIn.table(of: table.axes))
    let cells = pilot.table.values.count / pilot.groups
    let strategies = pilot.curveStatistics().map { CellStrategy(statistics: $0, cells: cells) }
    self.strategies = strategies
    formula = RowFormula(
      terms: [],
      reading: .cells(
        RowFormula.CellVectors(
          axes: table.axes.map {
            RowFormula.CellVectors.Axis(attribute: $0.variable, groups: $0.groups, count: $0.count)
          },
          vectors: strategies.enumerated().flatMap { group, strategy in
            (0..<cells).map { cell in
              RowFormula.CellVectors.Placed(
                first: group * cells,
                values: Array(strategy.vectors.values[cell * cells..<(cell + 1) * cells]))
            }
          })))
  }

  /// Returns the table of counts that follows from the sums.
  func counts(_ sums: NoisySums) -> NoisyTable {
    let cells = formula.count / max(strategies.count, 1)
    let values = strategies.enumerated().flatMap { group, strategy in
      strategy.counts(from: Array(sums.values[group * cells..<(group + 1) * cells]))
    }
    return with(noise: sums.variance, values)
  }

  /// Returns a table of the same cells with the noise that answers of some variance would give it.
  func with(noise variance: Double, _ values: [Double]) -> NoisyTable {
    NoisyTable(
      shape: table.axes.map(\.count), values: values,
      covariances: strategies.map { strategy in
        var covariance = strategy.covariance
        for place in covariance.values.indices { covariance.values[place] *= variance }
        return covariance
      })
  }
}
