import Foundation
import Tables
import Understudy

/// The questions about each column: its role, its public limits, its meaning.
extension Conversation {
  private func column(_ index: Int) -> ColumnSchema { draft.schema.columns[index] }

  // MARK: The role

  /// The letter of each role, and its effect.
  static let roles: [(letter: String, role: String, does: String)] = [
    ("o", "ordinary", "modelled; describes things, or nothing special"),
    (
      "q", "quasi-identifier",
      "modelled; others may know it about a person, such as age or place"
    ),
    ("s", "sensitive", "modelled; people would not want it known, such as illness or money"),
    ("t", "target", "modelled most closely; what researchers will predict"),
    ("i", "identifier", "names a person or record; replaced by invented values"),
    ("p", "prose", "free text; replaced by a placeholder"), ("d", "drop", "left out"),
  ]

  private static let legend =
    "Answer with a letter: "
    + roles.map { "\($0.letter)\u{A0}\($0.role)" }.joined(separator: ", ")
    + "; ? says more, and rest takes all columns as they are proposed."

  func roleQuestion(_ index: Int) -> Question {
    let column = column(index)
    return Question(
      "Keep it as (o q s t i p d)?",
      heading: "Column \(index + 1) of \(draft.schema.columns.count): \(column.name)",
      lines: (index == 0 ? [Self.legend] : [])
        + (column.meaning.map { ["Means: \($0)"] } ?? [])
        + (subject.sights[column.name] ?? []),
      usual: column.role.startWord,
      help: Self.roles.map { "\($0.letter)  \($0.role): \($0.does)" }
        + ["A letter may have the meaning behind it: q age at admission."]
        + ["rest takes all columns from here on as they are proposed."])
  }

  mutating func takeRole(_ text: String, _ index: Int) -> String? {
    let words = text.split(separator: " ", maxSplits: 1)
    let wanted = words.first?.lowercased()
    let role = Self.roles.first { [$0.letter, $0.role].contains(wanted) }?.role
    guard text.isEmpty || role != nil else {
      return "Answer o, q, s, t, i, p or d; ? says what they mean."
    }
    draft.isMeaningGiven = words.count == 2
    if words.count == 2 { draft.schema.columns[index].meaning = String(words[1]) }
    let old = draft.schema
    switch role {
    case nil: break
    case "identifier": setIdentifier(index)
    case "prose":
      guard !column(index).type.isOrdered else {
        return
          "Its cells were read as \(column(index).type.schemaWord), not as text. Keep it as an identifier, or drop it."
      }
      unmodel(index, as: .prose, type: .text)
    case "drop": unmodel(index, as: .drop, type: column(index).type)
    case "quasi-identifier": model(index, as: .quasiIdentifier)
    case "sensitive": model(index, as: .sensitive)
    case "target": model(index, as: .target)
    default: model(index, as: .ordinary)
    }
    _ = draft.schema.dropRules(since: old)
    stage =
      column(index).role == .drop
      ? after(index) : column(index).takesLimits ? .limits(index) : afterLimits(index)
    return nil
  }

  /// Makes a column an identifier, which no model sees.
  mutating func setIdentifier(_ index: Int) {
    let old = draft.schema
    guard column(index).isModelled || !column(index).isIdentifier else { return }
    let isOrdered = column(index).type.isOrdered
    unmodel(
      index, as: .identifier(isOrdered ? .code : .other),
      type: isOrdered ? column(index).type : .identifier)
    _ = draft.schema.dropRules(since: old)
  }

  private mutating func unmodel(_ index: Int, as role: ColumnRole, type: ColumnType) {
    draft.schema.columns[index].role = role
    draft.schema.columns[index].type = type
    draft.schema.columns[index].bounds = .learned
    draft.schema.columns[index].categories = .learned
    draft.schema.columns[index].hierarchy = nil
    draft.schema.columns[index].codes = []
    if !column(index).isIdentifier {
      draft.schema.columns[index].treatment = .fake
      draft.schema.columns[index].pattern = nil
    }
  }

  /// Texts that are modelled after all are labels.
  mutating func model(_ index: Int, as role: ColumnRole) {
    if !column(index).isModelled {
      draft.schema.columns[index].treatment = .fake
      draft.schema.columns[index].pattern = nil
      if !column(index).type.isOrdered { draft.schema.columns[index].type = .category }
    }
    draft.schema.columns[index].role = role
  }

  // MARK: Bounds and categories

  func limitsQuestion(_ index: Int) -> Question {
    column(index).type == .category ? categoriesQuestion(index) : boundsQuestion(index)
  }

  func boundsQuestion(_ index: Int) -> Question {
    let column = column(index)
    var usual = "learn"
    if case .declared(let range) = column.bounds {
      usual =
        "\(column.type.format(tick: range.lowerBound)) to \(column.type.format(tick: range.upperBound))"
    }
    return Question(
      "Lowest and highest value that are public?", usual: usual,
      help: [
        "Limits that everybody may know without this table, such as 0 to 120 for an age. Write both, as the cells are written. learn "
          + "has them learned with noise, at a share of the budget. Do not copy the limits seen: they are somebody's values."
      ])
  }

  func categoriesQuestion(_ index: Int) -> Question {
    var usual = "learn"
    if case .declared(let labels) = column(index).categories {
      usual = "the \(Numbers.count(labels.count)) declared"
    }
    let canTakeSeen = subject.labels[column(index).name] != nil
    return Question(
      "All its values, if they are public?", usual: usual,
      help: [
        "If the list of values is public, such as the choices of a form, write all of them with commas between (or | if they contain "
          + "commas)"
          + (canTakeSeen ? ", or seen for those that were seen" : "")
          + ". learn has the frequent ones learned with noise; rare ones become '\(column(index).otherLabel)'. A value that only "
          + "this table has is not public: it may be one person's."
      ])
  }

  mutating func takeLimits(_ text: String, _ index: Int) -> String? {
    if text.isEmpty {
      stage = afterLimits(index)
      return nil
    }
    if column(index).type == .category {
      if let complaint = takeCategories(text, index) { return complaint }
    } else if let complaint = takeBounds(text, index) {
      return complaint
    }
    let old = draft.schema
    _ = draft.schema.dropRules(since: old)
    stage = afterLimits(index)
    return nil
  }

  private mutating func takeBounds(_ text: String, _ index: Int) -> String? {
    if text.lowercased() == "learn" {
      draft.schema.columns[index].bounds = .learned
      draft.schema.columns[index].provenance.bounds = nil
      return nil
    }
    let type = column(index).type
    var ends = text.components(separatedBy: " to ").map { $0.trimmingCharacters(in: .whitespaces) }
    if ends.count != 2 {
      let words = text.split(separator: " ")
      let half = words.count / 2
      ends = [words.prefix(half), words.dropFirst(half)].map { $0.joined(separator: " ") }
    }
    guard let low = type.parse(ends[0]), let high = type.parse(ends[1]) else {
      return
        "Write two values as the cells are written (\(InspectionWords.type(type))), such as LOW to HIGH, or learn."
    }
    guard low <= high else { return "The lower value comes first." }
    draft.schema.columns[index].bounds = .declared(low...high)
    draft.schema.columns[index].provenance.bounds = .declared
    return nil
  }

  private mutating func takeCategories(_ text: String, _ index: Int) -> String? {
    let tokens = Set(draft.schema.format.missingTokens)
    switch text.lowercased() {
    case "learn":
      draft.schema.columns[index].categories = .learned
      draft.schema.columns[index].provenance.categories = nil
      draft.schema.columns[index].hierarchy =
        subject.schema.columns[index].hierarchy
    case "seen":
      guard let labels = subject.labels[column(index).name] else {
        return "It has too many values to take them as they were seen."
      }
      draft.schema.columns[index].categories = .declared(labels)
      draft.schema.columns[index].provenance.categories = nil
      draft.schema.columns[index].hierarchy = nil
    default:
      let parts = text.split(separator: text.contains("|") ? "|" : ",")
      let labels = parts.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      guard !labels.isEmpty, Set(labels).count == labels.count, tokens.isDisjoint(with: labels)
      else { return "Write each value once, with commas between, and no word for missing." }
      draft.schema.columns[index].categories = .declared(labels)
      draft.schema.columns[index].provenance.categories = .declared
      draft.schema.columns[index].hierarchy = nil
    }
    return nil
  }

  // MARK: The meaning

  func meaningQuestion(_ index: Int) -> Question {
    Question(
      "What does it mean, in a few words?", usual: column(index).meaning ?? "nothing",
      help: [
        "For the people who will use the release: it stands in the schema and in the codebook. Name no person in it. - takes a "
          + "meaning away."
      ])
  }

  mutating func takeMeaning(_ text: String, _ index: Int) -> String? {
    if text == "-" {
      draft.schema.columns[index].meaning = nil
    } else if !text.isEmpty {
      draft.schema.columns[index].meaning = text
    }
    stage = after(index)
    return nil
  }

  private func afterLimits(_ index: Int) -> Stage {
    draft.isMeaningGiven ? after(index) : .meaning(index)
  }

  private func after(_ index: Int) -> Stage {
    index + 1 < draft.schema.columns.count ? .role(index + 1) : afterColumns
  }
}

extension ColumnRole {
  /// The word of the role in questions.
  var startWord: String {
    switch self {
    case .ordinary: "ordinary"
    case .quasiIdentifier: "quasi-identifier"
    case .sensitive: "sensitive"
    case .target: "target"
    case .identifier: "identifier"
    case .prose: "prose"
    case .drop: "drop"
    }
  }
}

extension ColumnSchema {
  fileprivate var isIdentifier: Bool { if case .identifier = role { true } else { false } }

  /// Whether it has bounds or categories that could be public.
  var takesLimits: Bool {
    guard isModelled else { return false }
    switch type {
    case .integer, .decimal, .scientific, .date, .timestamp, .category: return true
    case .boolean, .identifier, .text: return false
    }
  }
}
