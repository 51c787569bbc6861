import Quality

/// The steps of a suite and their shared state: the space of rows, the targets, and one pass of
/// nearest neighbours.
struct AttackRun {
  struct Step: Sendable {
    let title: String
    let work: @Sendable (inout AttackRun) -> Void
  }

  static let steps = [
    Step(title: "Looking for copies") { $0.lookForCopies() },
    Step(title: "Singling out") { $0.singleOut() },
    Step(title: "Looking for neighbours") { $0.lookForNeighbours() },
    Step(title: "Linking") { $0.link() },
    Step(title: "Inferring") { $0.infer() },
    Step(title: "Telling members from others") { $0.tellMembers() },
  ]

  private let tables: AttackTables
  private let options: AttackOptions
  private let space: RowSpace
  private let targets: InferenceTargets
  private var copies = CopyCounts(exact: 0, near: 0, expectedFromControl: nil, nearExpectedFromControl: nil)
  private var outcomes: [AttackOutcome] = []
  private var membership: [MembershipResult] = []
  private var nearOriginal: Neighbours?
  private var nearControl: Neighbours?
  private var copiedRows: [Int] = []
  private var searchNotes: [String] = []

  init(tables: AttackTables, options: AttackOptions) {
    self.tables = tables
    self.options = options
    space = RowSpace(tables)
    var draw = Draw(seed: options.seed)
    targets = InferenceTargets(
      original: draw.choose(options.targets, of: tables.originalRows), control: draw.choose(options.targets, of: tables.controlRows))
  }

  private mutating func lookForCopies() {
    let (exact, near) = (ExactCopies(tables), NearCopies(tables))
    copies = CopyCounts(
      exact: exact.evidence.copies, near: near.evidence.copies, expectedFromControl: exact.evidence.expected,
      nearExpectedFromControl: near.evidence.expected, exactIsBeyondChance: exact.evidence.isBeyondChance,
      nearIsBeyondChance: near.evidence.isBeyondChance, peopleCopied: exact.evidence.copiedOriginal,
      peopleNearlyCopied: near.evidence.copiedOriginal)
    copiedRows = exact.copiedRows + near.copiedRows
    guard let asRead = ExactCopies.asRead(tables) else { return }
    (copies.asRead, copies.asReadExpectedFromControl) = (asRead.evidence.copies, asRead.evidence.expected)
    copies.asReadIsBeyondChance = asRead.evidence.isBeyondChance
    let known = Set(copiedRows)
    copiedRows += asRead.copiedRows.filter { !known.contains($0) }
  }

  private mutating func singleOut() {
    let attack = SinglingOut(tables)
    outcomes.append(attack.univariate(queries: options.queries, seed: options.seed &+ 1))
    if tables.columns.count > 1 {
      outcomes.append(attack.multivariate(queries: options.queries, columns: options.columnsPerQuery, seed: options.seed &+ 2))
    }
  }

  private mutating func lookForNeighbours() {
    let search = NeighbourSearch(matrix: RowMatrix(space, side: .synthetic))
    nearOriginal = search.nearest(1, to: QueryRows(space, side: .original, rows: targets.original), leavingOut: true)
    if tables.hasControl {
      nearControl = search.nearest(1, to: QueryRows(space, side: .control, rows: targets.control), leavingOut: true)
    }
  }

  private mutating func link() {
    guard let halves = Linkability.halves(of: tables) else { return }
    let attack = Linkability(space: space, halves: halves, neighbours: options.neighbours)
    outcomes.append(attack.run(original: targets.original, control: targets.control, seed: options.seed &+ 3))
  }

  private mutating func infer() {
    guard let nearOriginal else { return }
    let attack = Inference(space: space, targets: targets)
    let found = attack.run(original: nearOriginal, control: nearControl, limit: options.limit, seed: options.seed &+ 4)
    outcomes += found.outcomes
    searchNotes = found.notes
  }

  private mutating func tellMembers() {
    guard let nearOriginal, let nearControl else { return }
    membership.append(
      Membership.result("membership-distance", members: nearOriginal.nearest.map(-), nonMembers: nearControl.nearest.map(-)))
    if let result = DensityRatio(tables: tables).result(members: targets.original, control: targets.control) { membership.append(result) }
  }

  var report: AttackReport {
    AttackReport(
      originalRows: tables.originalRows, syntheticRows: tables.syntheticRows, controlRows: tables.hasControl ? tables.controlRows : nil,
      attacks: outcomes.map(\.result), copies: copies, membership: membership, notes: notes,
      worstRecords: WorstRecord.ranked(outcomes.flatMap(\.hitRows) + copiedRows), strangers: strangers, notAssessed: notAssessed)
  }

  private func columns(_ side: AttackTables.Side) -> [ColumnValues] { tables.columns.indices.map { tables.values($0, of: side) } }

  private var strangers: StrangerRows? {
    tables.hasControl ? StrangerRows(original: columns(.original), synthetic: columns(.synthetic), strangers: columns(.control)) : nil
  }

  private var notAssessed: [String] {
    let reasons = Degeneracy.reasons("original", columns(.original)) + Degeneracy.reasons("synthetic", columns(.synthetic))
    let others = tables.hasControl ? Degeneracy.reasons("control", columns(.control)) : []
    return reasons + others
      + (tables.columns.count < 2
        ? ["Only one column is in all tables and no identifier or prose: there is nothing to link or infer."] : [])
  }

  private var notes: [String] {
    var notes: [String] = []
    func names(_ columns: [String]) -> String { columns.map { "'\($0)'" }.joined(separator: ", ") }
    if !tables.ignored.isEmpty { notes.append("Left out, as identifiers or prose: \(names(tables.ignored)).") }
    if !tables.lacking.isEmpty { notes.append("Not in all tables, so not attacked: \(names(tables.lacking)).") }
    if !tables.mistyped.isEmpty {
      notes.append(
        "Of another type in the release than in the original, numbers in one and text in the other, so that no attack on them can work: "
          + "\(names(tables.mistyped)). Write them alike, and attack again.")
    }
    if !tables.otherwiseWritten.isEmpty {
      notes.append(
        "Numbers with other signs around their digits in the release than in the original, such as a currency, a unit or thousands: "
          + "\(names(tables.otherwiseWritten)). They are compared as numbers.")
    }
    if !tables.hasControl {
      notes.append(
        "Without a control, what the release teaches about everyone is not told apart from what it betrays of its own people: nothing is "
          + "judged, membership is not assessed, and chance copies are estimated from the original alone.")
    } else if Double(tables.controlRows) * Membership.falsePositiveRate < 1 {
      notes.append(
        "The control has \(tables.controlRows) people: a false positive rate of one in a thousand cannot be set with fewer than 1,000. "
          + "Membership is measured at no false positive instead.")
    }
    notes += searchNotes
    if tables.columns.count < 2 { notes.append("With one column there is nothing to link or infer.") }
    notes.append("Attacks that need the generator itself (shadow models) are not part of this report.")
    return notes
  }
}
