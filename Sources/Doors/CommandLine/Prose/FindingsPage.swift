import ColumnRoles
import ProseRedaction
import Words

/// What was found, to read: counts, never a text.
enum FindingsPage {
  static func text(_ tally: FindingTally, heading: String, run: DocumentRun, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading(heading)
    if tally.total == 0 { page.line("Nothing was found.") } else { page.table(counts(tally)) }
    page.list(apart(own: tally.ownValues, always: tally.always, never: tally.left.values.reduce(0, +)))
    if let uses = run.uses {
      page.heading("Columns")
      var table = TextTable([("Name", .left), ("Treated as", .left), ("Found", .right), ("Why", .left)])
      for column in uses.columns {
        let found = tally.named(column.name).values.reduce(0, +)
        table.add(column.name, word(column.use), Numbers.count(found), column.reason)
      }
      page.table(table)
    }
    return page.text
  }

  static func counts(_ tally: FindingTally) -> TextTable {
    var table = TextTable([("Type", .left), ("Found", .right)])
    for entry in tally.byCount { table.add(entry.type.rawValue, Numbers.count(entry.count)) }
    return table
  }

  /// What is counted apart, in sentences.
  static func apart(own: Int, always: Int, never: Int) -> [String] {
    var sentences: [String] = []
    if own > 0 { sentences.append("\(Numbers.count(own, "value")) of a row's identifier columns stood in the row's prose.") }
    if always > 0 { sentences.append("\(Numbers.count(always, "time")) a word of --always stood in the texts.") }
    if never > 0 { sentences.append("\(Numbers.count(never, "finding")) left as --never says.") }
    return sentences
  }

  static func word(_ use: TableWalk.ColumnUse) -> String {
    switch use {
    case .prose: "prose"
    case .plain: "plain"
    case .identifier(let type): type.rawValue
    }
  }
}

/// What is known of the columns of a table, for machines.
struct TableFindings: Encodable {
  struct Column: Encodable {
    let name: String
    let role: String
    /// The type of its cells; absent where they are none.
    let identifier: String?
    let confidence: Double
    let why: String
    /// How many cells or parts of cells were found, by type.
    let found: [String: Int]
  }

  let columns: [Column]
  let quasiIdentifierSets: [TableScan.SetFinding]
  /// How often values of a row's identifier columns stood in its prose, words of the list of what always goes stood anywhere, and findings
  /// were left since the list of what never goes says so.
  let ownValues: Int
  let always: Int
  let never: Int
  /// Words in scripts that no detector reads, by script.
  let unread: [String: Int]
  /// Rows by which columns and sets were judged.
  let rowsLookedAt: Int

  init(_ uses: ColumnUses, tally: FindingTally) {
    quasiIdentifierSets = uses.quasiIdentifierSets
    ownValues = tally.ownValues
    always = tally.always
    never = tally.left.values.reduce(0, +)
    unread = tally.unreadByScript
    rowsLookedAt = uses.rowsLookedAt
    columns = uses.columns.map { column in
      var identifier: String?
      if case .identifier(let type) = column.use { identifier = type.rawValue }
      return Column(
        name: column.name, role: column.role.disclosure, identifier: identifier, confidence: column.confidence,
        why: column.reason,
        found: tally.named(column.name))
    }
  }
}
