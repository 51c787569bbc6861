import Quality

/// Membership by the density ratio p_release(x) / p_reference(x) (DOMIAS, van Breugel et al. 2023):
/// where the release is denser than the population, it has seen somebody.
///
/// The ratio is learned by telling synthetic rows from reference rows with boosted trees, whose log
/// odds are its logarithm up to a constant. (DOMIAS estimates both densities; a classifier
/// estimates their ratio directly and takes mixed columns.) The control gives both the reference
/// and the non-members. Each half of it is the reference once, for trees that score the other half
/// and one half of the members, so nobody is scored by trees that know them, and every stranger is
/// compared with.
struct DensityRatio {
  /// The most and the fewest rows to learn from on each side, and people to score.
  private static let most = 10_000
  private static let fewest = 100

  let tables: AttackTables

  /// Returns nil if the control is too small to be halved.
  func result(members: [Int], control: [Int]) -> MembershipResult? {
    let members = DensityRatio.halves(members.prefix(DensityRatio.most))
    let strangers = DensityRatio.halves(control.prefix(2 * DensityRatio.most))
    guard strangers[1].count >= DensityRatio.fewest else { return nil }
    let scored = (0..<2).map { half in
      let trees = trees(reference: strangers[1 - half])
      return (scores(trees, .original, members[half]), scores(trees, .control, strangers[half]))
    }
    return Membership.result(
      "membership-density-ratio", members: scored.flatMap(\.0), nonMembers: scored.flatMap(\.1))
  }

  /// Deals rows out to two halves in turn.
  private static func halves(_ rows: ArraySlice<Int>) -> [[Int]] {
    (0..<2).map { half in rows.indices.filter { $0 % 2 == half }.map { rows[$0] } }
  }

  private func trees(reference: [Int]) -> BoostedTrees {
    let count = min(tables.syntheticRows, DensityRatio.most)
    let synthetic = (0..<count).map { $0 * tables.syntheticRows / count }
    return BoostedTrees(
      columns: tables.columns.indices.map { column in
        DensityRatio.joined(
          tables.values(column, of: .synthetic).selecting(synthetic),
          tables.values(column, of: .control).selecting(reference))
      },
      labelCounts: tables.columns.map(\.labels.count),
      targets: synthetic.map { _ in 1 } + reference.map { _ in 0 }, objective: .logLoss)
  }

  private func scores(_ trees: BoostedTrees, _ side: AttackTables.Side, _ rows: [Int]) -> [Double] {
    trees.predict(
      tables.columns.indices.map { tables.values($0, of: side).selecting(rows) },
      rowCount: rows.count)
  }

  private static func joined(_ first: ColumnValues, _ second: ColumnValues) -> ColumnValues {
    switch (first, second) {
    case (.numbers(let first), .numbers(let second)): .numbers(first + second)
    case (.labels(let first), .labels(let second)): .labels(first + second)
    default: preconditionFailure("sides of a column are of one kind")
    }
  }
}
