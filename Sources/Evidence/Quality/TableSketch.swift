import Basics
import Tables

/// The figures of a synthetic table alone, without its original: safe to publish wherever the table
/// is.
package struct TableSketch: Codable, Sendable, Equatable {
  package var rows: Int
  package var distributions: [ColumnDistribution]
  package var associations: AssociationMatrix

  /// Sketches the columns of `table`, except those in `ignoring` and those of identifiers and
  /// prose.
  package init(of table: Table, ignoring: Set<String> = []) {
    let columns = table.columns.filter { !ignoring.contains($0.name) && $0.type != .identifier && $0.type != .text }
      .map { AlignedColumn(original: $0, synthetic: $0, holdout: nil) }
    let maps = columns.map { CellMap(original: $0.original, labelCount: $0.labels.count) }
    let codes = zip(maps, columns).map { $0.codes($1.original) }
    let cells = CellTable(sizes: maps.map(\.size), original: codes, synthetic: codes)
    let pairs = MarginalDraw.subsets(columns: columns.count, order: 2)
    rows = table.rowCount
    distributions = Concurrently.map(columns.count) { DistributionSketch(column: columns[$0], showsOriginal: false).distribution() }
    associations = AssociationMatrix(
      columns: columns.map(\.name),
      cramersV: Concurrently.map(pairs.count) { index in
        let pair = pairs[index]
        let counts = cells.counts(codes, clique: pair)
        return Association(counts: counts, rows: cells.sizes[pair[0]], columns: cells.sizes[pair[1]]).cramersV
      })
  }
}
