import Basics
import Tables

extension QualityReport {
  /// Compares `synthetic` with `original`, and with rows of `holdout`, which no generator has seen,
  /// if there are any.
  ///
  /// The same input gives the same report, on any number of cores. Throws ``QualityError`` if a
  /// table lacks a column or has no rows, or if the target does not exist.
  package static func measure(
    original: OwnerTable, synthetic: Table, holdout: OwnerTable? = nil,
    options: QualityOptions = QualityOptions()
  ) throws(QualityError) -> QualityReport {
    let (original, holdout) = (original.ownersRows, holdout?.ownersRows)
    let compared = original.columns.filter { options.compares($0) }
    let columns = try align(compared, original: original, synthetic: synthetic, holdout: holdout)
    var usefulness: Usefulness?
    var notAssessed = degeneracies(columns)
    if let target = options.target {
      guard let place = columns.firstIndex(where: { $0.name == target }) else {
        throw .unknownTarget(target)
      }
      let task = PredictionTask(columns: columns, target: place)
      usefulness = task.run()
      if usefulness == nil {
        notAssessed.append("Predicting '\(target)' is not assessed: \(task.obstacle).")
      }
    }
    let maps = Concurrently.map(columns.count) { index in
      CellMap(
        original: columns[index].original, labelCount: columns[index].labels.count,
        asText: columns[index].isDate && !options.cutsDatesAsNumbers)
    }
    let cells = CellTable(
      sizes: maps.map(\.size),
      original: Concurrently.map(maps.count) { maps[$0].codes(columns[$0].original) },
      synthetic: Concurrently.map(maps.count) { maps[$0].codes(columns[$0].synthetic) })
    let results = columnResults(columns, maps: maps, cells: cells)
    let pairs = pairResults(columns, cells: cells)
    return QualityReport(
      version: currentVersion, originalRows: original.rowCount, syntheticRows: synthetic.rowCount,
      holdoutRows: holdout?.rowCount,
      means: means(cells, columns: results, pairs: pairs), columns: results, pairs: pairs,
      unseen: mean(results.map(\.unseen)),
      distributions: Concurrently.map(columns.count) {
        DistributionSketch(column: columns[$0], showsOriginal: true).distribution()
      },
      usefulness: usefulness,
      groups: try groups(options, columns: columns, cells: cells),
      copies: RowCopies(columns: columns), strangers: strangers(columns),
      notAssessed: notAssessed,
      ignoredColumns: original.columns.filter { !options.compares($0) }.map(\.name))
  }

  private static func align(
    _ compared: [Column], original: Table, synthetic: Table, holdout: Table?
  ) throws(QualityError) -> [AlignedColumn] {
    guard !compared.isEmpty else { throw .nothingToCompare }
    let sides =
      [("original", original), ("synthetic", synthetic)] + (holdout.map { [("holdout", $0)] } ?? [])
    for (name, table) in sides {
      let lacking = compared.map(\.name).filter { table.column(named: $0) == nil }
      if !lacking.isEmpty { throw .missingColumns(lacking, table: name) }
      if table.rowCount == 0 { throw .emptyTable(name) }
    }
    return Concurrently.map(compared.count) { index in
      let column = compared[index]
      // The lookups above have shown that every side has the column.
      return AlignedColumn(
        original: column, synthetic: synthetic.column(named: column.name) ?? column,
        holdout: holdout?.column(named: column.name))
    }
  }

  private static func groups(
    _ options: QualityOptions, columns: [AlignedColumn], cells: CellTable
  ) throws(QualityError) -> [GroupErrors]? {
    guard !options.groupColumns.isEmpty else { return nil }
    guard let target = columns.firstIndex(where: { $0.name == options.target }) else {
      throw .groupsWithoutTarget
    }
    var found: [GroupErrors] = []
    for name in options.groupColumns {
      guard let column = columns.firstIndex(where: { $0.name == name }), column != target else {
        throw .unknownGroups(name)
      }
      found.append(GroupErrors(target: target, by: column, of: columns, cells: cells))
    }
    return found
  }

  private static func strangers(_ columns: [AlignedColumn]) -> StrangerRows? {
    let held = columns.compactMap(\.holdout)
    guard held.count == columns.count else { return nil }
    return StrangerRows(
      original: columns.map(\.original), synthetic: columns.map(\.synthetic), strangers: held)
  }

  private static func degeneracies(_ columns: [AlignedColumn]) -> [String] {
    let reasons =
      Degeneracy.reasons("original", columns.map(\.original))
      + Degeneracy.reasons("synthetic", columns.map(\.synthetic))
    let sentences = reasons.map { $0 + " Which columns go together is not assessed." }
    return columns.count > 1
      ? sentences
      : sentences + ["Only one column is compared. Which columns go together is not assessed."]
  }

  private static func columnResults(_ columns: [AlignedColumn], maps: [CellMap], cells: CellTable)
    -> [ColumnResult]
  {
    let distances = cells.distances(columns.indices.map { [$0] })
    return columns.indices.map { index in
      let unseen = cells.synthetic[index].count { Int($0) == maps[index].unseenCell }
      return ColumnResult(
        name: columns[index].name, distance: distances[index],
        unseen: Double(unseen) / Double(max(cells.synthetic[index].count, 1)))
    }
  }

  private static func pairResults(_ columns: [AlignedColumn], cells: CellTable) -> [PairResult] {
    let pairs = MarginalDraw.subsets(columns: columns.count, order: 2)
    return Concurrently.map(pairs.count) { index in
      let pair = pairs[index]
      let original = cells.counts(cells.original, clique: pair)
      let synthetic = cells.counts(cells.synthetic, clique: pair)
      let (rows, width) = (cells.sizes[pair[0]], cells.sizes[pair[1]])
      return PairResult(
        first: columns[pair[0]].name, second: columns[pair[1]].name,
        distance: CellTable.distance(original, synthetic),
        original: Association(counts: original, rows: rows, columns: width),
        synthetic: Association(counts: synthetic, rows: rows, columns: width))
    }
  }

  private static func means(_ cells: CellTable, columns: [ColumnResult], pairs: [PairResult])
    -> MeanDistances
  {
    let count = columns.count
    let drawnPairs = MarginalDraw.cliques(columns: count, order: 2)
    let triples = MarginalDraw.cliques(columns: count, order: 3)
    return MeanDistances(
      oneWay: mean(columns.map(\.distance)),
      twoWay: mean(
        drawnPairs.map { pairs[AssociationMatrix.place($0[0], $0[1], of: count)].distance }),
      threeWay: mean(cells.distances(triples)), threeWayMarginals: triples.count)
  }

  private static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}

extension QualityOptions {
  func compares(_ column: Column) -> Bool {
    guard !ignoring.contains(column.name) else { return false }
    return includesIdentifiers || column.name == target
      || (column.type != .identifier && column.type != .text)
  }
}

/// A reason why two tables cannot be compared. Names columns and tables, never a value.
package enum QualityError: Error, Equatable, CustomStringConvertible {
  case missingColumns([String], table: String)
  case emptyTable(String)
  case unknownTarget(String)
  case unknownGroups(String)
  case groupsWithoutTarget
  case nothingToCompare

  package var description: String {
    switch self {
    case .missingColumns(let names, let table):
      let list = names.map { "'\($0)'" }.joined(separator: ", ")
      return
        "The \(table) table lacks \(names.count == 1 ? "the column" : "the columns") \(list) of the original. "
        + "Compare tables with the same columns, or name those to leave out."
    case .emptyTable(let table):
      return "The \(table) table has no rows, so there is nothing to compare."
    case .unknownTarget(let name):
      return
        "The target column '\(name)' is not among the compared columns. Check its spelling, and that it is not left out."
    case .unknownGroups(let name):
      return
        "The column '\(name)' that makes groups is the target, or not among the compared columns. "
        + "Check its spelling, and that it is not left out."
    case .groupsWithoutTarget:
      return
        "Groups are compared by a target, and none is named. Name the column that is to be predicted."
    case .nothingToCompare:
      return "No column is left to compare: all are identifiers or prose, or are left out."
    }
  }
}

extension QualityError {
  /// A stable name for programs that read errors.
  package var id: String {
    switch self {
    case .missingColumns: "quality.missing-columns"
    case .emptyTable: "quality.empty-table"
    case .unknownTarget: "quality.unknown-target"
    case .unknownGroups: "quality.unknown-groups"
    case .groupsWithoutTarget: "quality.groups-without-target"
    case .nothingToCompare: "quality.nothing-to-compare"
    }
  }
}
