import Quality

/// The attacks of a suite, made one after another, and the report on all of them.
struct AttackRun {
  struct Step {
    let title: String
    let work: (inout AttackRun) -> Void
  }

  private var scene: AttackScene
  private var results: [AttackResults] = []

  init(tables: AttackTables, options: AttackOptions) {
    scene = AttackScene(tables: tables, options: options)
  }

  /// Returns the attacks as steps, after the one that finds neighbours for those that need them.
  static func steps(_ attacks: [any Attack]) -> [Step] {
    var steps = attacks.map { attack in Step(title: attack.title) { $0.make(attack) } }
    if let first = attacks.firstIndex(where: { $0.needs.contains(.neighbours) }) {
      steps.insert(
        Step(title: "Looking for neighbours") { $0.scene.lookForNeighbours() }, at: first)
    }
    return steps
  }

  private mutating func make(_ attack: any Attack) {
    if scene.offers(attack.needs) { results.append(attack.run(scene)) }
  }

  private var tables: AttackTables { scene.tables }
  private var outcomes: [AttackOutcome] { results.flatMap(\.outcomes) }

  var report: AttackReport {
    AttackReport(
      originalRows: tables.originalRows, syntheticRows: tables.syntheticRows,
      controlRows: tables.hasControl ? tables.controlRows : nil,
      attacks: outcomes.map(\.result), copies: results.compactMap(\.copies).first ?? .none,
      membership: results.flatMap(\.membership),
      notes: notes,
      worstRecords: WorstRecord.ranked(outcomes.flatMap(\.hitRows) + results.flatMap(\.copiedRows)),
      strangers: strangers,
      notAssessed: notAssessed)
  }

  private func columns(_ side: AttackTables.Side) -> [ColumnValues] {
    tables.columns.indices.map { tables.values($0, of: side) }
  }

  private var strangers: StrangerRows? {
    tables.hasControl
      ? StrangerRows(
        original: columns(.original), synthetic: columns(.synthetic), strangers: columns(.control))
      : nil
  }

  private var notAssessed: [String] {
    let reasons =
      Degeneracy.reasons("original", columns(.original))
      + Degeneracy.reasons("synthetic", columns(.synthetic))
    let others = tables.hasControl ? Degeneracy.reasons("control", columns(.control)) : []
    return reasons + others
      + (tables.columns.count < 2
        ? [
          "Only one column is in all tables and no identifier or prose: there is nothing to link or infer."
        ] : [])
  }

  private var notes: [String] {
    var notes: [String] = []
    func names(_ columns: [String]) -> String { columns.map { "'\($0)'" }.joined(separator: ", ") }
    if !tables.ignored.isEmpty {
      notes.append("Left out, as identifiers or prose: \(names(tables.ignored)).")
    }
    if !tables.lacking.isEmpty {
      notes.append("Not in all tables, so not attacked: \(names(tables.lacking)).")
    }
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
          + "judged, membership is not assessed, and chance copies are estimated from the original alone."
      )
    } else if Double(tables.controlRows) * Membership.falsePositiveRate < 1 {
      notes.append(
        "The control has \(tables.controlRows) people: a false positive rate of one in a thousand cannot be set with fewer than 1,000. "
          + "Membership is measured at no false positive instead.")
    }
    notes += results.flatMap(\.notes)
    if tables.columns.count < 2 {
      notes.append("With one column there is nothing to link or infer.")
    }
    notes.append(
      "Attacks that need the generator itself (shadow models) are not part of this report.")
    return notes
  }
}
