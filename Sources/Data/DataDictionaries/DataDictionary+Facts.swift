import Tables

/// A schema with the facts of a dictionary in it.
package struct InformedSchema: Sendable {
  package var schema: Schema
  /// The facts taken over, by the column that the dictionary describes, in words: `meaning`,
  /// `role`, `type`, `bounds`, `categories`, `codes`.
  package var taken: [String: [String]] = [:]
  /// Sentences for the owner. They hold counts and names, and no cell's value.
  package var notes: [String] = []
}

extension DataDictionary {
  /// Returns a schema that was inferred from a table with the facts of the dictionary in it.
  ///
  /// The table decides how its cells are written; the dictionary decides what they mean: roles that
  /// keep a column from the model, codes in place of numbers, public bounds and categories. A
  /// column that either of the two would keep from the model is kept from it. The facts have the
  /// provenance of the schema: they are public once somebody has signed for it.
  /// - Parameter outside: The number of cells of a column, by name, that hold none of the labels.
  package func informing(_ schema: Schema, outside: @escaping (String, [String]) -> Int)
    -> InformedSchema
  {
    var informed = InformedSchema(schema: schema, notes: notes)
    var unused = columns
    for index in schema.columns.indices {
      let names = [schema.columns[index].name, schema.columns[index].header].compactMap(\.self)
      guard let place = Self.place(of: names, in: unused) else { continue }
      let said = unused.remove(at: place)
      var merge = ColumnMerge(
        said: said, column: schema.columns[index], form: form, tokens: schema.format.missingTokens,
        outside: { outside(schema.columns[index].name, $0) })
      merge.run()
      informed.schema.columns[index] = merge.column
      informed.notes += merge.notes
      informed.taken[merge.column.name] = merge.taken
    }
    informed.dropRulesThatNoLongerHold(since: schema)
    let silent = schema.columns.map(\.name).filter { informed.taken[$0] == nil }
    if !silent.isEmpty {
      informed.notes.append("The \(form.word) does not describe \(Self.list(silent)).")
    }
    if !unused.isEmpty {
      informed.notes.append(
        "The table does not have \(Self.list(unused.map(\.name))) of the \(form.word).")
    }
    return informed
  }

  /// The column of that name, else the only one whose name differs in capitals alone.
  private static func place(of names: [String], in columns: [ColumnSchema]) -> Int? {
    if let exact = columns.firstIndex(where: { names.contains($0.name) }) { return exact }
    if let plain = columns.firstIndex(where: { $0.header.map(names.contains) ?? false }) {
      return plain
    }
    let small = names.map { $0.lowercased() }
    let near = columns.indices.filter { small.contains(columns[$0].name.lowercased()) }
    return near.count == 1 ? near[0] : nil
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }
}

extension InformedSchema {
  /// Takes out rules that the new types contradict, or whose columns are no longer modelled.
  fileprivate mutating func dropRulesThatNoLongerHold(since old: Schema) {
    let dropped = schema.dropRules(since: old)
    if dropped > 0 {
      notes.append(
        "\(dropped == 1 ? "1 rule" : "\(dropped) rules") that held in every row no longer apply: the dictionary gives their columns "
          + "another meaning."
      )
    }
  }
}

/// The facts about one column, of the dictionary and of the table.
private struct ColumnMerge {
  let said: ColumnSchema
  var column: ColumnSchema
  let form: DataDictionary.Form
  let tokens: [String]
  let outside: ([String]) -> Int
  var taken: [String] = []
  var notes: [String] = []

  mutating func run() {
    if let meaning = said.meaning {
      column.meaning = meaning
      taken.append("meaning")
    }
    column.labels = said.labels
    if form == .source, !said.isNullable, !column.isNullable { taken.append("missing") }
    if !said.isModelled {
      if column.isModelled { keepFromModel() }
      return
    }
    guard column.isModelled else { return }
    if case .declared(let codes) = said.categories {
      takeCategories(codes)
    } else if case .boolean(let words) = said.type {
      takeWords(words)
    } else {
      takeBounds()
      takeCodes()
    }
  }

  private mutating func keepFromModel() {
    if said.role == .prose, column.type.isOrdered {
      notes.append(
        "'\(column.name)': the \(form.word) says text, but its cells were read as \(column.type.schemaWord), and stay so."
      )
      return
    }
    column.role = said.role
    if !column.type.isOrdered { column.type = said.role == .prose ? .text : .identifier }
    (column.bounds, column.categories, column.hierarchy) = (.learned, .learned, nil)
    column.codes = []
    taken.append("role")
  }

  /// Takes over codes in the form that the cells have: as they are, without zeros before them, or
  /// as the words for them.
  private mutating func takeCategories(_ codes: [String]) {
    switch column.type {
    case .category, .integer: break
    case .boolean(let words) where Set(codes) == [words.whenFalse, words.whenTrue]: return
    case .boolean: break
    case .decimal, .scientific, .date, .timestamp, .identifier, .text: return noteType("category")
    }
    var labels = codes
    var away = outside(codes)
    for form in [codes.map(\.withoutLeadingZeros), codes.compactMap { said.labels[$0] }]
    where away > 0 && form.count == codes.count && Set(form).count == form.count {
      let left = outside(form)
      if left < away { (labels, away) = (form, left) }
    }
    // A source may name some of its numbers, and mean all of them.
    if form == .source, away > 0 { return noteFewWords(away) }
    // A word for a few numbers, such as 99 for "99 and older", does not make codes of the others.
    if column.type == .integer, 2 * away > outside([]) { return noteFewWords(away) }
    if labels != codes {
      column.labels = [:]
      for (label, code) in zip(labels, codes) where said.labels[code] != label {
        column.labels[label] = said.labels[code]
      }
    }
    if away > 0 {
      notes.append(
        "'\(column.name)': \(away) cells hold none of the \(form.word)'s categories, and a release would not show them as they are."
      )
    }
    column.type = .category
    column.categories = .declared(labels.filter { !tokens.contains($0) })
    (column.bounds, column.hierarchy, column.codes) = (.learned, nil, [])
    column.numberFormat = .plain
    taken.append("categories")
  }

  /// Takes over the two words of a truth value, if the cells hold them.
  private mutating func takeWords(_ words: BooleanLabels) {
    if case .boolean = column.type { return }
    guard column.type == .integer || column.type == .category,
      outside([words.whenFalse, words.whenTrue]) == 0
    else { return noteType("boolean") }
    column.type = .boolean(words)
    (column.bounds, column.categories, column.codes) = (.learned, .learned, [])
    column.numberFormat = .plain
    taken.append("type")
  }

  private mutating func takeBounds() {
    guard said.type.isOrdered else { return }
    // Whole numbers that are all 0 or 1 were read as two words, which says the same.
    if case .boolean = column.type, said.type == .integer { return }
    guard said.type.isNumber == column.type.isNumber, column.type.isOrdered,
      said.type.isNumber || said.type.isClockwork == column.type.isClockwork
    else { return noteType(said.type.schemaWord) }
    guard case .declared(let range) = said.bounds else { return }
    let ends = [range.lowerBound, range.upperBound].map { tick in
      said.type.sharesTicks(with: column.type)
        ? tick : column.type.parse(said.type.format(tick: tick).withoutNeedlessDecimals)
    }
    guard let low = ends[0], let high = ends[1], low <= high else {
      notes.append(
        "'\(column.name)': its bounds in the \(form.word) are not written as its cells are, and were not taken over."
      )
      return
    }
    column.bounds = .declared(low...high)
    taken.append("bounds")
  }

  /// Takes over words that are no numbers or times, such as those for missing cells of this column
  /// alone.
  private mutating func takeCodes() {
    let words = said.codes.filter { !tokens.contains($0) && !column.codes.contains($0) }
    guard !words.isEmpty, column.type.isOrdered, said.type.isOrdered else { return }
    if case .boolean = column.type { return }
    column.codes += words
    taken.append("codes")
    let kept =
      words.count == 1
      ? "a word for missing cells of this column alone stays a value apart"
      : "\(words.count) words for missing cells of this column alone stay values apart"
    notes.append(
      "'\(column.name)': \(kept) (`codes`). If one means missing in every column, name it in `format: missing`."
    )
  }

  private mutating func noteFewWords(_ others: Int) {
    notes.append(
      "'\(column.name)': \(others) cells hold none of the \(form.word)'s categories, so that it stays \(column.type.schemaWord)."
    )
  }

  private mutating func noteType(_ word: String) {
    notes.append(
      "'\(column.name)': the \(form.word) says \(word), but its cells were read as \(column.type.schemaWord), and stay so."
    )
  }
}

extension ColumnType {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .decimal, .scientific: true
    case .boolean, .date, .timestamp, .category, .identifier, .text: false
    }
  }

  /// Whether it has a time of day.
  fileprivate var isClockwork: Bool { if case .timestamp = self { true } else { false } }
}
