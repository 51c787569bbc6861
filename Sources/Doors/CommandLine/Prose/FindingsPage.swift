import ColumnRoles
import ProseRedaction
import Understudy
import Words

/// The findings as a page to read: counts, never a text.
enum FindingsPage {
  static func text(_ tally: FindingTally, heading: String, run: DocumentRun, terminal: Terminal)
    -> String
  {
    var page = Section(terminal: terminal)
    page.heading(heading)
    if tally.total == 0 { page.line("Nothing was found.") } else { page.table(counts(tally)) }
    page.list(apart(tally))
    if let uses = run.uses {
      page.heading("Columns")
      var table = TextTable([
        ("Name", .left), ("Treated as", .left), ("Found", .right), ("Why", .left),
      ])
      for (name, column) in zip(run.columnNames, uses.columns) {
        let found = tally.named(name).values.reduce(0, +)
        table.add(name, word(column.use), Numbers.count(found), column.reason)
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

  /// Returns the separate counts, in sentences.
  static func apart(_ tally: FindingTally) -> [String] {
    let (own, always, never) = (tally.ownValues, tally.always, tally.left.values.reduce(0, +))
    var sentences: [String] = []
    if tally.inHeader > 0 {
      sentences.append(
        "\(Numbers.count(tally.inHeader, "identifier")) stood in the names of columns.")
    }
    if tally.above > 0 {
      sentences.append(
        "\(Numbers.count(tally.above, "identifier")) stood in lines above the header.")
    }
    if own > 0 {
      sentences.append(
        "\(Numbers.count(own, "value")) of a row's identifier columns stood in the row's prose.")
    }
    if always > 0 {
      sentences.append("\(Numbers.count(always, "time")) a word of --always stood in the texts.")
    }
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

/// The facts about a table's columns, for machines.
struct TableFindings: Encodable {
  struct Column: Encodable {
    let name: String
    let role: String
    /// The identifier type of its cells; absent if they are not identifiers.
    let identifier: String?
    let confidence: Double
    let why: String
    /// Cells or parts of cells found, by type.
    let found: [String: Int]
  }

  let columns: [Column]
  let quasiIdentifierSets: [TableScan.SetFinding]
  /// How often values of a row's identifier columns occurred in its prose, words of the `--always`
  /// list occurred anywhere, and findings were left because of the `--never` list.
  let ownValues: Int
  let always: Int
  let never: Int
  /// Words in scripts that no detector reads, by script.
  let unread: [String: Int]
  /// Identifiers in the column names, and in the lines above them.
  let header: Int
  let linesAbove: Int
  /// Rows by which columns and sets were judged.
  let rowsLookedAt: Int

  init(_ uses: ColumnUses, names: [String], tally: FindingTally) {
    let called = Dictionary(zip(uses.columns.map(\.name), names)) { first, _ in first }
    quasiIdentifierSets = uses.quasiIdentifierSets.map { $0.naming { called[$0] ?? $0 } }
    ownValues = tally.ownValues
    always = tally.always
    never = tally.left.values.reduce(0, +)
    unread = tally.unreadByScript
    (header, linesAbove) = (tally.inHeader, tally.above)
    rowsLookedAt = uses.rowsLookedAt
    columns = zip(names, uses.columns).map { name, column in
      var identifier: String?
      if case .identifier(let type) = column.use { identifier = type.rawValue }
      return Column(
        name: name, role: column.role.disclosure, identifier: identifier,
        confidence: column.confidence,
        why: column.reason,
        found: tally.named(name))
    }
  }
}
