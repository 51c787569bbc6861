import Basics
import Quality

/// Rows of the whole tables that agree in every label, and in every number to within a hundredth of
/// its spread.
///
/// The spread of a column is the distance between its 1 % and 99 % quantiles in the original, so
/// that a few extreme values do not make everything look near; if that is zero, it is the range.
/// Rows with the same labels and the same missing cells form a group. Within a group, rows are
/// sorted by the most telling number, and only those within its tolerance are compared.
struct NearCopies {
  static let tolerance = 0.01

  let evidence: CopyEvidence
  let copiedRows: [Int]

  init(_ tables: AttackTables) {
    let grid = NearGrid(tables)
    let groups = NearCopies.groups(grid)
    let found = Concurrently.map(groups.count) { NearGroup(grid, members: groups[$0]).evidence() }
    var evidence = CopyEvidence()
    evidence.synthetic = tables.syntheticRows
    evidence.people = tables.originalRows + tables.controlRows
    evidence.controlRows = tables.controlRows
    for part in found {
      evidence.copies += part.evidence.copies
      evidence.coincidences += part.evidence.coincidences
      evidence.controlCoincidences += part.evidence.controlCoincidences
      evidence.original += part.evidence.original
      evidence.control += part.evidence.control
      evidence.copiedOriginal += part.evidence.copiedOriginal
      evidence.copiedControl += part.evidence.copiedControl
    }
    self.evidence = evidence
    copiedRows = found.flatMap(\.copiedRows).sorted()
  }

  /// Groups rows with equal labels and the same pattern of missing cells, the largest groups first.
  private static func groups(_ grid: NearGrid) -> [NearGroup.Members] {
    var groups: [UInt64: NearGroup.Members] = [:]
    for (row, key) in grid.keys(.original).enumerated() { groups[key, default: .init()].original.append(Int32(row)) }
    for (row, key) in grid.keys(.control).enumerated() { groups[key, default: .init()].control.append(Int32(row)) }
    for (row, key) in grid.keys(.synthetic).enumerated() where groups[key] != nil { groups[key]?.synthetic.append(Int32(row)) }
    return groups.values.sorted { ($1.count, $0.original.first ?? -1) < ($0.count, $1.original.first ?? -1) }
  }
}
