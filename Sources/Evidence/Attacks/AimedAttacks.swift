import Quality

/// The attacks of the suite, aimed at chosen people. Averages hide people: a release may betray the
/// few who are unlike all others and nobody else.
///
/// Each attack gives a yes or no for each target, so the outcomes of runs on other tables add up.
package struct AimedAttacks {
  /// The share of strangers that ``membership()`` names wrongly.
  package static let falselyNamed = 0.05

  private let tables: AttackTables
  private let space: RowSpace
  private let targets: InferenceTargets

  /// - Parameter targets: rows of the original and of the control; both are people of the same
  ///   kind.
  package init(_ tables: AttackTables, targets: InferenceTargets) {
    (self.tables, self.targets) = (tables, targets)
    space = RowSpace(tables)
  }

  /// Guesses each secret from the synthetic row that is nearest in the known columns.
  package func inference(of secret: String, knowing known: [String]) throws(AttackError)
    -> AttackOutcome
  {
    let place = try place(of: secret)
    let guesses = try nearest(by: known)
    let trial = InferenceTrial(
      secret: place, known: Set(try places(of: known)), tables: tables, targets: targets,
      guesses: (guesses.original.rows, guesses.control.rows))
    return outcome("inference-of-\(secret)", original: trial.original, control: trial.control)
  }

  /// Tests whether the release holds the person's whole row.
  package func copies() throws(AttackError) -> AttackOutcome {
    let found = try nearest(by: tables.columns.map(\.name))
    return outcome(
      "copies", original: found.original.nearest.map { $0 == 0 },
      control: found.control.nearest.map { $0 == 0 })
  }

  /// Tests whether the nearest rows by the two halves of the columns meet.
  package func linkability(
    of first: [String], with second: [String], neighbours: Int = AttackOptions().neighbours
  ) throws(AttackError) -> AttackOutcome {
    let halves = [Set(try places(of: first)), Set(try places(of: second))]
    return Linkability(space: space, halves: halves, neighbours: neighbours)
      .run(original: targets.original, control: targets.control, seed: 1)
  }

  /// Tests whether the row nearest to the person's whole row is nearer than for all but one in
  /// twenty of the control.
  package func membership() throws(AttackError) -> AttackOutcome {
    let found = try nearest(by: tables.columns.map(\.name))
    let distances = found.control.nearest.sorted()
    let threshold =
      distances.isEmpty ? 0 : distances[Int(AimedAttacks.falselyNamed * Double(distances.count))]
    return outcome(
      "membership", original: found.original.nearest.map { $0 < threshold },
      control: found.control.nearest.map { $0 < threshold })
  }

  /// Tests whether the person is among those whom queries single out.
  /// - Parameters:
  ///   - original: ``singledOut(in:queries:columns:)`` of the tables.
  ///   - control: the same for tables whose original is the control. Only a control as large as the
  ///     original is comparable.
  package func singlingOut(original: Set<Int>, control: Set<Int>) -> AttackOutcome {
    outcome(
      "singling-out", original: targets.original.map(original.contains),
      control: targets.control.map(control.contains))
  }

  /// Returns the rows of the original that any query of ``SinglingOut`` singles out.
  package static func singledOut(
    in tables: AttackTables, queries: Int = AttackOptions().queries,
    columns: Int = AttackOptions().columnsPerQuery
  ) -> Set<Int> {
    let attack = SinglingOut(tables)
    return Set(
      attack.univariate(queries: queries, seed: 1).hitRows
        + attack.multivariate(queries: queries, columns: columns, seed: 2).hitRows)
  }

  private func outcome(_ name: String, original: [Bool], control: [Bool]) -> AttackOutcome {
    var outcome = AttackOutcome(
      name: name, attempts: original.count, successes: original.count { $0 })
    outcome.setControl(attempts: control.count, raw: control.count { $0 })
    return outcome
  }

  private func nearest(by known: [String]) throws(AttackError) -> (
    original: Neighbours, control: Neighbours
  ) {
    let part = space.only(Set(try places(of: known)))
    let search = NeighbourSearch(matrix: RowMatrix(part, side: .synthetic))
    return (
      search.nearest(1, to: QueryRows(part, side: .original, rows: targets.original)),
      search.nearest(1, to: QueryRows(part, side: .control, rows: targets.control))
    )
  }

  private func places(of names: [String]) throws(AttackError) -> [Int] {
    try names.map { name throws(AttackError) in try place(of: name) }
  }

  private func place(of name: String) throws(AttackError) -> Int {
    guard let place = tables.columns.firstIndex(where: { $0.name == name }) else {
      throw .missingColumns([name], table: "original or synthetic")
    }
    return place
  }
}
