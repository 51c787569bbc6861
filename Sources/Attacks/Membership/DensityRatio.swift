import Quality

/// Membership by the density ratio p_release(x) / p_reference(x) (DOMIAS, van Breugel et al. 2023): where the release is denser than the
/// population, it has seen somebody.
///
/// The ratio is learned by telling synthetic rows from reference rows with boosted trees, whose log odds are its logarithm up to a
/// constant.
/// (DOMIAS estimates both densities; a classifier estimates their ratio directly and takes mixed columns.) The control gives both the
/// reference and the non-members, half each.
struct DensityRatio {
  /// Rows to learn from on each side, and people to score.
  private static let most = 10_000
  private static let fewest = 100

  let tables: AttackTables

  /// Nil where the control is too small to be halved.
  func result(members: [Int], control: [Int]) -> MembershipResult? {
    let reference = Array(control.prefix(control.count / 2).prefix(DensityRatio.most))
    let others = Array(control.dropFirst(control.count / 2).prefix(DensityRatio.most))
    guard reference.count >= DensityRatio.fewest else { return nil }
    let count = min(tables.syntheticRows, DensityRatio.most)
    let synthetic = (0..<count).map { $0 * tables.syntheticRows / count }
    let trees = BoostedTrees(
      columns: tables.columns.indices.map { column in
        DensityRatio.joined(
          tables.values(column, of: .synthetic).selecting(synthetic), tables.values(column, of: .control).selecting(reference))
      },
      labelCounts: tables.columns.map(\.labels.count),
      targets: synthetic.map { _ in 1 } + reference.map { _ in 0 }, objective: .logLoss)
    let members = Array(members.prefix(DensityRatio.most))
    return Membership.result(
      "membership-density-ratio", members: scores(trees, .original, members), nonMembers: scores(trees, .control, others))
  }

  private func scores(_ trees: BoostedTrees, _ side: AttackTables.Side, _ rows: [Int]) -> [Double] {
    trees.predict(tables.columns.indices.map { tables.values($0, of: side).selecting(rows) }, rowCount: rows.count)
  }

  private static func joined(_ first: ColumnValues, _ second: ColumnValues) -> ColumnValues {
    switch (first, second) {
    case (.numbers(let first), .numbers(let second)): .numbers(first + second)
    case (.labels(let first), .labels(let second)): .labels(first + second)
    default: preconditionFailure("sides of a column are of one kind")
    }
  }
}
