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
    for (row, key) in grid.keys(.original).enumerated() {
      groups[key, default: .init()].original.append(Int32(row))
    }
    for (row, key) in grid.keys(.control).enumerated() {
      groups[key, default: .init()].control.append(Int32(row))
    }
    for (row, key) in grid.keys(.synthetic).enumerated() where groups[key] != nil {
      groups[key]?.synthetic.append(Int32(row))
    }
    return groups.values.sorted {
      ($1.count, $0.original.first ?? -1) < ($0.count, $1.original.first ?? -1)
    }
  }
}

/// Rows with the same labels and the same missing cells, and which of them are near each other.
private struct NearGroup {
  struct Members: Sendable {
    var original: [Int32] = []
    var synthetic: [Int32] = []
    var control: [Int32] = []
    var count: Int { original.count + synthetic.count + control.count }
  }

  private let original: (rows: [Int32], cells: [Float])
  private let synthetic: (rows: [Int32], cells: [Float])
  private let control: (rows: [Int32], cells: [Float])
  private let width: Int

  init(_ grid: NearGrid, members: Members) {
    original = grid.sorted(members.original, of: .original)
    synthetic = grid.sorted(members.synthetic, of: .synthetic)
    control = grid.sorted(members.control, of: .control)
    width = grid.columnCount
  }

  func evidence() -> (evidence: CopyEvidence, copiedRows: [Int]) {
    var evidence = CopyEvidence()
    evidence.copies = near(synthetic, original).count { $0 }
    let controlNearOriginal = near(control, original)
    evidence.controlCoincidences = controlNearOriginal.count { $0 }
    let originalNearOriginal = near(original, original, isSame: true)
    evidence.coincidences = originalNearOriginal.count { $0 } + evidence.controlCoincidences
    let originalIsAlone = zip(originalNearOriginal, near(original, control)).map { !$0 && !$1 }
    let controlIsAlone = zip(controlNearOriginal, near(control, control, isSame: true)).map {
      !$0 && !$1
    }
    let originalIsCopied = zip(near(original, synthetic), originalIsAlone).map { $0 && $1 }
    let controlIsCopied = zip(near(control, synthetic), controlIsAlone).map { $0 && $1 }
    evidence.original = originalIsAlone.count { $0 }
    evidence.control = controlIsAlone.count { $0 }
    evidence.copiedOriginal = originalIsCopied.count { $0 }
    evidence.copiedControl = controlIsCopied.count { $0 }
    return (
      evidence,
      originalIsCopied.indices.filter { originalIsCopied[$0] }.map { Int(original.rows[$0]) }
    )
  }

  /// Returns, for each of `rows`, whether one of `others` is within one unit in every column; if
  /// `isSame`, one other than the row itself.
  private func near(
    _ rows: (rows: [Int32], cells: [Float]), _ others: (rows: [Int32], cells: [Float]),
    isSame: Bool = false
  ) -> [Bool] {
    guard !others.rows.isEmpty else { return [Bool](repeating: false, count: rows.rows.count) }
    guard width > 0 else {
      return [Bool](repeating: !isSame || others.rows.count > 1, count: rows.rows.count)
    }
    var first = 0
    return rows.rows.indices.map { row in
      let start = row * width
      while first < others.rows.count, others.cells[first * width] < rows.cells[start] - 1 {
        first += 1
      }
      var other = first
      while other < others.rows.count, others.cells[other * width] <= rows.cells[start] + 1 {
        if !(isSame && other == row), isNear(rows.cells, start, others.cells, other * width) {
          return true
        }
        other += 1
      }
      return false
    }
  }

  @inline(__always)
  private func isNear(_ cells: [Float], _ start: Int, _ others: [Float], _ otherStart: Int) -> Bool
  {
    for column in 0..<width where abs(cells[start + column] - others[otherStart + column]) > 1 {
      return false
    }
    return true
  }
}
