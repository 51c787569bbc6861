import LinkedTables
import Tables

/// A search for keys, and for columns that hold the keys of other tables.
struct KeySearch {
  /// A column that seems to refer to another table.
  struct Candidate {
    let child: Int
    let column: String
    let parent: Int
    let key: String
    /// Rows whose cell is missing, and rows whose cell is no key of the other table.
    let missing: Int
    let unknown: Int
    /// 0 if the names have nothing in common, 2 if the column is called like the table, 3 if it is
    /// called like the key.
    let nameEvidence: Int
    /// The number of keys of the other table.
    let size: Int
  }

  private let tables: [FoundTable]
  /// For each table the columns whose cells are all different and all present.
  let keys: [[String]]
  private var valuesOfKeys: [[String: KeyValues]]

  /// The share of the rows that may refer to nothing in a link.
  private static let mostUnknown = 0.05
  /// Texts of this length and number link tables even if names do not.
  private static let (tellingLength, tellingCount) = (8, 20)

  init(_ tables: [FoundTable]) {
    self.tables = tables
    keys = tables.map { table in
      table.table.columns.filter { $0.isKey }.map(\.name)
    }
    valuesOfKeys = zip(tables, keys).map { table, keys in
      Dictionary(
        uniqueKeysWithValues: keys.compactMap { name in
          table.table.column(named: name).map { (name, KeyValues($0)) }
        })
    }
  }

  /// Returns, for each column that refers to a table, the best link, in the order of the columns.
  func links() -> [Candidate] {
    tables.indices.flatMap { child in
      tables[child].table.columns.filter(\.canBeKey).compactMap { best(child, $0) }
    }
  }

  private func best(_ child: Int, _ column: Column) -> Candidate? {
    var found: Candidate?
    var values: KeyValues?
    for parent in tables.indices where parent != child {
      for key in keys[parent] {
        guard let known = valuesOfKeys[parent][key] else { continue }
        let evidence = KeyNames.evidence(column.name, for: key, of: tables[parent].name)
        // Texts called `code` in both tables are the same codes if all of them are found.
        let isCode = evidence == 1 && column.name == key && known.isCode
        guard
          evidence > 1 || isCode
            || known.isTelling(length: Self.tellingLength, count: Self.tellingCount)
        else { continue }
        let own = values ?? KeyValues(column)
        values = own
        let unknown = own.rows(unknownTo: known)
        let present = column.count - column.missingCount
        guard present > 1, Double(unknown) <= Self.mostUnknown * Double(present),
          evidence > 1 || isCode && own.isCode && unknown == 0
            || own.isTelling(length: Self.tellingLength, count: Self.tellingCount)
        else { continue }
        let candidate = Candidate(
          child: child, column: column.name, parent: parent, key: key,
          missing: column.missingCount, unknown: unknown, nameEvidence: evidence,
          size: known.count)
        if found.map({ isBetter(candidate, $0) }) ?? true { found = candidate }
      }
    }
    return found
  }

  private func isBetter(_ one: Candidate, _ other: Candidate) -> Bool {
    (one.nameEvidence, -one.unknown, one.size) > (other.nameEvidence, -other.unknown, other.size)
  }
}

/// The different values of a column, with the number of rows of each.
private struct KeyValues {
  private let ticks: [Int64: Int]
  private let texts: [String: Int]
  private let isText: Bool

  init(_ column: Column) {
    let counts = column.counts()
    isText = !column.type.isOrdered
    ticks = isText ? [:] : counts
    texts =
      isText
      ? Dictionary(counts.map { (column.text(ofKey: $0.key), $0.value) }) { $0 + $1 } : [:]
  }

  var count: Int { isText ? texts.count : ticks.count }

  /// Whether the values are several texts, as those of a dictionary are.
  var isCode: Bool { isText && texts.count >= 10 }

  /// Whether the values are texts so long and so many that they are in another table by no chance.
  func isTelling(length: Int, count: Int) -> Bool {
    guard isText, texts.count >= count else { return false }
    return texts.keys.reduce(0) { $0 + $1.utf8.count } >= length * texts.count
      && texts.keys.allSatisfy { $0.contains(where: \.isNumber) }
  }

  /// Returns the rows whose value the other column does not have.
  func rows(unknownTo other: KeyValues) -> Int {
    switch (isText, other.isText) {
    case (false, false): ticks.reduce(0) { $0 + (other.ticks[$1.key] == nil ? $1.value : 0) }
    case (true, true): texts.reduce(0) { $0 + (other.texts[$1.key] == nil ? $1.value : 0) }
    case (true, false):
      texts.reduce(0) { sum, entry in
        // Only a number that is written in the one usual way is the same key.
        let tick = Int64(entry.key).flatMap { "\($0)" == entry.key ? $0 : nil }
        return sum + (tick.flatMap { other.ticks[$0] } == nil ? entry.value : 0)
      }
    case (false, true): ticks.reduce(0) { $0 + (other.texts["\($1.key)"] == nil ? $1.value : 0) }
    }
  }
}

extension Column {
  /// Whether cells are of a type that keys have.
  fileprivate var canBeKey: Bool {
    switch type {
    case .integer, .category, .identifier: true
    case .decimal, .scientific, .boolean, .date, .timestamp, .text: false
    }
  }

  /// Whether every row has a cell of its own.
  fileprivate var isKey: Bool {
    canBeKey && count > 1 && missingCount == 0 && distinctCount == count
  }
}

/// The likeness of names of columns and tables.
enum KeyNames {
  private static let general: Set<String> = [
    "id", "key", "code", "no", "nr", "number", "ref", "fk", "pk", "num", "uuid",
  ]

  /// Returns 3 if a column is called like the key, 2 if it is called like the table, 1 if it shares
  /// a name that says nothing, else 0.
  static func evidence(_ column: String, for key: String, of table: String) -> Int {
    let (own, other) = (words(column), words(key))
    if own == other { return own.allSatisfy(general.contains) || own == ["row", "id"] ? 1 : 3 }
    let core = own.filter { !general.contains($0) }
    guard !core.isEmpty else { return 0 }
    let named = words(table)
    if core == named || core == [named.last ?? ""] { return 2 }
    // A column `patient` or `patient_id` and a key `patient_number`.
    return core == other.filter { !general.contains($0) } ? 2 : 0
  }

  /// Whether a column is called like a number of the table's rows.
  static func isNumbering(_ column: String) -> Bool {
    words(column).last.map(general.contains) ?? false
  }

  /// Returns the words of a name in lower case and in the singular: `subject_id`, `subjectId`.
  static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasLower = false
    for character in name {
      if !character.isLetter && !character.isNumber || character.isUppercase && wasLower {
        if !word.isEmpty { words.append(singular(word)) }
        word = ""
      }
      if character.isLetter || character.isNumber { word += character.lowercased() }
      wasLower = character.isLowercase
    }
    return word.isEmpty ? words : words + [singular(word)]
  }

  private static func singular(_ word: String) -> String {
    if word.count > 4, word.hasSuffix("ies") { return word.dropLast(3) + "y" }
    return word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss")
      ? String(word.dropLast()) : word
  }
}
