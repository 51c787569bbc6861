import Tables

/// The evidence that the columns of a table give about each other.
struct TableContext {
  package let table: Table
  package let evidence: [ColumnEvidence]
  private(set) var sums: [SignSum]

  init(table: Table, evidence: [ColumnEvidence], sums: [SignSum]) {
    (self.table, self.evidence, self.sums) = (table, evidence, sums)
  }

  /// Returns the signs of each column, including those from its neighbours.
  func judged() -> [SignSum] {
    var context = self
    if !context.isAboutPeople, let key = context.keyOfThings {
      let reason =
        "the rows are about things, one for each '\(evidence[key].name)', not about people"
      context.addToAll { meaning in
        let isContact =
          meaning.map { [.email, .phone, .fax, .address, .personName, .iban, .card].contains($0) }
          ?? false
        return isContact ? nil : Sign(.thing, 12, reason)
      }
      return context.sums
    }
    context.addPartnersOfPersons()
    context.addDependents()
    context.addHealth()
    return context.sums
  }

  private mutating func addToAll(_ sign: (ColumnMeaning?) -> Sign?) {
    for place in sums.indices where evidence[place].present > 0 {
      if let sign = sign(sums[place].best?.meaning) { sums[place].add(sign) }
    }
  }

  // MARK: - People or things

  private var isAboutPeople: Bool {
    sums.contains { ($0.best?.meaning.tellsOfPeople ?? false) && ($0.best?.total ?? 0) >= 0.5 }
  }

  /// The column that has one row for each of its things.
  private var keyOfThings: Int? {
    evidence.indices.first { place in
      let (column, header) = (evidence[place], evidence[place].header)
      guard column.present >= 20, column.distinct == column.present,
        column.present == table.rowCount
      else { return false }
      let isThing = header.parts.contains(.thing) || header.meanings[.health] != nil
      return isThing && (header.isNumber || header.isKind || header.isName)
        && header.parts.isDisjoint(with: [.person, .row])
    }
  }

  // MARK: - Numbers that go one to one with a person's

  private mutating func addPartnersOfPersons() {
    guard
      let person = sums.indices.first(where: {
        sums[$0].best?.meaning == .personNumber && evidence[$0].repeats
      }),
      let coded = DenseColumn(table.columns[person])
    else { return }
    for place in sums.indices where place != person {
      guard evidence[place].couldIdentify, evidence[place].distinct == evidence[person].distinct,
        evidence[place].meanWords <= 3,
        !(sums[place].best?.meaning.isIdentifier ?? false),
        let other = DenseColumn(table.columns[place]), coded.determines(other),
        other.determines(coded)
      else { continue }
      sums[place].add(
        Sign(.personNumber, 4, "each value goes with one value of '\(evidence[person].name)'"))
    }
  }

  // MARK: - Codes and their descriptions

  /// Gives a column without other evidence the meaning of the column that determines it.
  private mutating func addDependents() {
    let unknown = sums.indices.filter { place in
      sums[place].best == nil && evidence[place].isLabels
        && (3...100_000).contains(evidence[place].distinct)
    }
    guard !unknown.isEmpty else { return }
    let known = sums.indices.filter { place in
      guard let best = sums[place].best, !best.meaning.isIdentifier, best.meaning != .thing,
        best.meaning != .technical
      else {
        return false
      }
      return evidence[place].isLabels || evidence[place].type == .integer
    }
    let coded = known.compactMap { place in DenseColumn(table.columns[place]).map { (place, $0) } }
    for place in unknown {
      guard let dependent = DenseColumn(table.columns[place]) else { continue }
      let decider = coded.first { _, column in
        column.valueCount >= dependent.valueCount && column.valueCount <= 20 * dependent.valueCount
          && column.determines(dependent)
      }
      guard let decider, let meaning = sums[decider.0].best?.meaning else { continue }
      sums[place].add(Sign(meaning, 1.6, "'\(evidence[decider.0].name)' decides it"))
    }
  }

  // MARK: - Tables of health

  /// In a table about people's health, adds health to the columns not known to be anything else.
  private mutating func addHealth() {
    let isCare = sums.indices.contains { place in
      guard let best = sums[place].best else { return false }
      return best.meaning == .health && best.total >= 1
        || best.meaning.isIdentifier && evidence[place].header.parts.contains(.care)
    }
    guard isCare, isAboutPeople else { return }
    addToAll { meaning in
      guard meaning == nil || meaning == .thing else { return nil }
      return Sign(
        .health, 4,
        "the table is about people's health, and nothing says that this column is about anything else"
      )
    }
  }
}
