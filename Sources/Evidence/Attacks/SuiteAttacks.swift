/// Looks for rows of the original that occur in the release, exactly, nearly, or as a person reads
/// them.
package struct CopyAttack: Attack {
  package let title = "Looking for copies"
  package let kind: AttackKind? = nil
  package let names: [AttackName] = []
  package let needs: AttackNeeds = []

  package init() {}

  package func run(_ scene: AttackScene) -> AttackResults {
    let tables = scene.tables
    let (exact, near) = (ExactCopies(tables), NearCopies(tables))
    var copies = CopyCounts(
      exact: exact.evidence.copies, near: near.evidence.copies,
      expectedFromControl: exact.evidence.expected,
      nearExpectedFromControl: near.evidence.expected,
      exactIsBeyondChance: exact.evidence.isBeyondChance,
      nearIsBeyondChance: near.evidence.isBeyondChance, peopleCopied: exact.evidence.copiedOriginal,
      peopleNearlyCopied: near.evidence.copiedOriginal)
    var copiedRows = exact.copiedRows + near.copiedRows
    guard let asRead = ExactCopies.asRead(tables) else {
      return AttackResults(copies: copies, copiedRows: copiedRows)
    }
    (copies.asRead, copies.asReadExpectedFromControl) = (
      asRead.evidence.copies, asRead.evidence.expected
    )
    copies.asReadIsBeyondChance = asRead.evidence.isBeyondChance
    let known = Set(copiedRows)
    copiedRows += asRead.copiedRows.filter { !known.contains($0) }
    return AttackResults(copies: copies, copiedRows: copiedRows)
  }
}

/// ``SinglingOut`` by one column, and by several.
struct SinglingOutAttack: Attack {
  let title = "Singling out"
  let kind: AttackKind? = .singlingOut
  let names = [AttackName("singling-out-univariate"), AttackName("singling-out-multivariate")]
  let needs: AttackNeeds = []

  func run(_ scene: AttackScene) -> AttackResults {
    let (attack, options) = (SinglingOut(scene.tables), scene.options)
    var outcomes = [attack.univariate(queries: options.queries, seed: options.seed &+ 1)]
    if scene.tables.columns.count > 1 {
      outcomes.append(
        attack.multivariate(
          queries: options.queries, columns: options.columnsPerQuery, seed: options.seed &+ 2))
    }
    return AttackResults(outcomes: outcomes)
  }
}

/// ``Linkability`` of two halves of a row.
struct LinkabilityAttack: Attack {
  let title = "Linking"
  let kind: AttackKind? = .linkability
  let names = [AttackName("linkability")]
  let needs: AttackNeeds = .twoColumns

  func run(_ scene: AttackScene) -> AttackResults {
    guard let halves = Linkability.halves(of: scene.tables) else { return AttackResults() }
    let attack = Linkability(
      space: scene.space, halves: halves, neighbours: scene.options.neighbours)
    return AttackResults(outcomes: [
      attack.run(
        original: scene.targets.original, control: scene.targets.control,
        seed: scene.options.seed &+ 3)
    ])
  }
}

/// ``Inference`` of every column, and the worst of a search.
struct InferenceAttack: Attack {
  let title = "Inferring"
  let kind: AttackKind? = .inference
  let names = [AttackName("attribute-inference"), AttackName("attribute-inference-worst")]
  let needs: AttackNeeds = [.twoColumns, .neighbours]

  func run(_ scene: AttackScene) -> AttackResults {
    guard let near = scene.nearOriginal else { return AttackResults() }
    let found = Inference(space: scene.space, targets: scene.targets).run(
      original: near, control: scene.nearControl, limit: scene.options.limit,
      seed: scene.options.seed &+ 4)
    return AttackResults(outcomes: found.outcomes, notes: found.notes)
  }
}

/// ``Membership`` by the distance to the release, and by its density.
struct MembershipAttack: Attack {
  let title = "Telling members from others"
  let kind: AttackKind? = .membership
  let names = [AttackName("membership-distance"), AttackName("membership-density-ratio")]
  let needs: AttackNeeds = [.control, .neighbours]

  func run(_ scene: AttackScene) -> AttackResults {
    guard let original = scene.nearOriginal, let control = scene.nearControl else {
      return AttackResults()
    }
    let byDistance = Membership.result(
      "membership-distance", members: original.nearest.map(-), nonMembers: control.nearest.map(-))
    let byDensity = DensityRatio(tables: scene.tables).result(
      members: scene.targets.original, control: scene.targets.control)
    return AttackResults(membership: [byDistance] + (byDensity.map { [$0] } ?? []))
  }
}
