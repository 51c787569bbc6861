import Quality

/// Rows of the whole tables that are equal in every column.
package struct ExactCopies {
  package let evidence: CopyEvidence
  /// The rows of the original that occur in the release and are nobody else's.
  let copiedRows: [Int]

  /// Finds rows that are equal as a person reads them: labels without regard to case and blanks,
  /// numbers however they are written. Returns nil if this makes no two cells equal.
  static func asRead(_ tables: AttackTables) -> ExactCopies? {
    let folds = tables.columns.map { LabelFolding($0.labels) }
    guard
      folds.contains(where: { $0.merges })
        || tables.columns.contains(where: { $0.syntheticAsRead != nil })
    else { return nil }
    return ExactCopies(tables, folds: folds)
  }

  package init(_ tables: AttackTables) { self.init(tables, folds: nil) }

  private init(_ tables: AttackTables, folds: [LabelFolding]?) {
    func keys(_ side: AttackTables.Side) -> [UInt64] {
      RowCopies.keys(
        tables.columns.indices.map { column in
          guard let folds else { return tables.values(column, of: side) }
          let asRead = side == .synthetic ? tables.columns[column].syntheticAsRead : nil
          return asRead ?? folds[column].folded(tables.values(column, of: side))
        })
    }
    let (original, synthetic, control) = (
      keys(.original), keys(.synthetic), tables.hasControl ? keys(.control) : []
    )
    var counts: [UInt64: Int32] = [:]
    for key in original { counts[key, default: 0] += 1 }
    let inOriginal = counts
    for key in control { counts[key, default: 0] += 1 }
    let released = Set(synthetic)

    var evidence = CopyEvidence()
    evidence.copies = synthetic.count { inOriginal[$0] != nil }
    evidence.synthetic = synthetic.count
    evidence.controlCoincidences = control.count { inOriginal[$0] != nil }
    evidence.controlRows = control.count
    evidence.coincidences =
      original.count { inOriginal[$0, default: 0] > 1 } + evidence.controlCoincidences
    evidence.people = original.count + control.count
    let alone = original.indices.filter { counts[original[$0]] == 1 }
    copiedRows = alone.filter { released.contains(original[$0]) }
    (evidence.original, evidence.copiedOriginal) = (alone.count, copiedRows.count)
    let controlAlone = control.filter { counts[$0] == 1 }
    (evidence.control, evidence.copiedControl) = (
      controlAlone.count, controlAlone.count { released.contains($0) }
    )
    self.evidence = evidence
  }
}

/// Labels that a person reads as one: equal except for case and blanks, or the same number written
/// in different ways.
private struct LabelFolding {
  private let codes: [Int32]
  /// Whether two labels became one.
  let merges: Bool

  init(_ labels: [String]) {
    var known: [String: Int32] = [:]
    codes = labels.map { label in
      let folded =
        CellReading.writtenForm(label)
        ?? label.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let code = known[folded] ?? Int32(known.count)
      known[folded] = code
      return code
    }
    merges = known.count < labels.count
  }

  func folded(_ values: ColumnValues) -> ColumnValues {
    guard case .labels(let labels) = values else { return values }
    return .labels(labels.map { $0 < 0 ? $0 : codes[Int($0)] })
  }
}
