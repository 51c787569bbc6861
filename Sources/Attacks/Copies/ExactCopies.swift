import Quality

/// Rows that are equal in every column, in the whole tables.
package struct ExactCopies {
  package let evidence: CopyEvidence
  /// The rows of the original that stand in the release and are nobody else's.
  let copiedRows: [Int]

  package init(_ tables: AttackTables) {
    func keys(_ side: AttackTables.Side) -> [UInt64] { RowCopies.keys(tables.columns.indices.map { tables.values($0, of: side) }) }
    let (original, synthetic, control) = (keys(.original), keys(.synthetic), tables.hasControl ? keys(.control) : [])
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
    evidence.coincidences = original.count { inOriginal[$0, default: 0] > 1 } + evidence.controlCoincidences
    evidence.people = original.count + control.count
    let alone = original.indices.filter { counts[original[$0]] == 1 }
    copiedRows = alone.filter { released.contains(original[$0]) }
    (evidence.original, evidence.copiedOriginal) = (alone.count, copiedRows.count)
    let controlAlone = control.filter { counts[$0] == 1 }
    (evidence.control, evidence.copiedControl) = (controlAlone.count, controlAlone.count { released.contains($0) })
    self.evidence = evidence
  }
}
