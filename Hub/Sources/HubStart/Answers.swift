/// What a person has typed into the forms of a guided start, and the answers that follow from it.
/// A pure value.
package struct Answers: Sendable, Equatable {
  /// The fields by name, of the pages that were sent.
  package private(set) var fields: [String: String] = [:]
  /// The rules that are kept, as the schema writes them; nil until somebody has decided.
  package private(set) var kept: Set<String>?

  package init() {}

  /// The pages, in order; columns are shown a few on a page.
  package enum Page: Equatable, Sendable {
    case table
    case columns(Int)
    case signature, price, plan
  }

  static let columnsOfPage = 10

  package static func pages(_ sheet: Sheet) -> Int {
    max(1, (sheet.columns.count + columnsOfPage - 1) / columnsOfPage)
  }

  package static func columns(of page: Int, _ sheet: Sheet) -> Range<Int> {
    let first = page * columnsOfPage
    return first..<max(first, min(first + columnsOfPage, sheet.columns.count))
  }

  /// The page of a question.
  package static func page(of question: String) -> Page {
    let parts = question.split(separator: ".")
    if parts.count == 2, let column = Int(parts[1]) { return .columns(column / columnsOfPage) }
    switch question {
    case "rules", "name": return .signature
    case "epsilon": return .price
    case "plan", "release", "folder", "over": return .plan
    default: return .table
    }
  }

  // MARK: Typed fields

  /// Takes a page's fields. Whoever signed before signs again if the schema is another one now.
  package mutating func take(_ form: [String: [String]], of page: Page) {
    let before = fields
    for (name, values) in form where name != "token" && name != "keep" && name != "rest" {
      fields[name] = values.first ?? ""
    }
    switch page {
    case .table, .columns: if fields != before { unsign() }
    case .signature:
      kept = Set(form["keep"] ?? [])
      fields["signed"] = "yes"
    case .price: fields["priced"] = "yes"
    case .plan: break
    }
  }

  /// Takes the columns from here on as they are proposed.
  package mutating func takeRest(from page: Int, _ sheet: Sheet) {
    for index in (page * Self.columnsOfPage)..<sheet.columns.count {
      for (name, value) in Self.proposed(index, sheet) where fields[name] == nil {
        fields[name] = value
      }
    }
    unsign()
  }

  private mutating func unsign() {
    for name in ["signed", "priced"] { fields[name] = nil }
    kept = nil
  }

  /// The fields of a column as they are before anybody changes them.
  static func proposed(_ index: Int, _ sheet: Sheet) -> [String: String] {
    let column = sheet.columns[index]
    var fields = [
      "role.\(index)": sheet.roles.first { $0.word == column.role }?.letter ?? "o",
      "meaning.\(index)": column.meaning ?? "",
    ]
    guard isModelled(fields["role.\(index)"] ?? "") else { return fields }
    switch column.limits {
    case .bounds:
      (fields["low.\(index)"], fields["high.\(index)"]) = (column.low ?? "", column.high ?? "")
    case .categories:
      fields["limits.\(index)"] = column.declaredValues == nil ? "learn" : "declared"
    case .none: break
    }
    return fields
  }

  /// Whether a column with the role of this letter has limits that could be public.
  static func isModelled(_ letter: String) -> Bool { ["o", "q", "s", "t"].contains(letter) }

  // MARK: Answers

  /// The answers about the table and its columns.
  package func description(_ sheet: Sheet) -> [String: String] {
    var answers: [String: String] = [:]
    for name in ["unit", "person"] { answers[name] = fields[name] }
    // Enter would take the proposal: an empty field is answered with 0, as none.
    answers["rows-of-person"] = fields["rows-of-person"].map { $0.isEmpty ? "0" : $0 }
    switch fields["row-count"] {
    case "about"?: answers["row-count"] = fields["about"].map { $0.isEmpty ? "0" : $0 }
    case let choice: answers["row-count"] = choice
    }
    for index in sheet.columns.indices {
      guard let role = fields["role.\(index)"] else { continue }
      answers["role.\(index)"] = role
      answers["limits.\(index)"] = limits(index, sheet.columns[index])
      let meaning = fields["meaning.\(index)"] ?? ""
      answers["meaning.\(index)"] = meaning.isEmpty ? "-" : meaning
    }
    return answers
  }

  /// Nil if nobody was asked: the column was proposed as one without limits.
  private func limits(_ index: Int, _ column: Sheet.Column) -> String? {
    switch column.limits {
    case .none: return nil
    case .bounds:
      guard let low = fields["low.\(index)"], let high = fields["high.\(index)"] else {
        return nil
      }
      return low.isEmpty && high.isEmpty ? "learn" : "\(low) to \(high)"
    case .categories:
      switch fields["limits.\(index)"] {
      case "write"?:
        let text = (fields["values.\(index)"] ?? "").split(whereSeparator: \.isNewline)
          .joined(separator: "|")
        // Enter would take the proposal; a comma alone names no value and is refused.
        return text.isEmpty ? "," : text
      case "declared"?: return ""
      case let choice: return choice
      }
    }
  }

  /// All answers, once the rules are known that the description leaves.
  package func all(_ sheet: Sheet, rules: [Reply.Rule]) -> [String: String] {
    var answers = description(sheet)
    guard let kept, fields["signed"] != nil else { return answers }
    let out = rules.indices.filter { !kept.contains(rules[$0].text) }.map { String($0 + 1) }
    answers["rules"] = out.isEmpty ? "none" : out.joined(separator: " ")
    answers["name"] = fields["name"]
    guard fields["priced"] != nil else { return answers }
    // An empty field would be Enter, and nobody has seen its meaning.
    answers["epsilon"] = fields["epsilon"].map { $0.isEmpty ? "0" : $0 }
    return answers
  }

  /// The answers with which the conversation ends.
  package func last(_ sheet: Sheet, rules: [Reply.Rule]) -> [String: String] {
    var answers = all(sheet, rules: rules)
    answers["plan"] = "yes"
    answers["release"] = fields["release"]
    answers["folder"] = fields["folder"]
    return answers
  }

  /// The field in which the answer to a question was typed.
  static func field(of question: String, _ fields: [String: String]) -> String {
    let parts = question.split(separator: ".")
    guard parts.count == 2, parts[0] == "limits" else {
      return question == "row-count" && fields["row-count"] == "about" ? "about" : question
    }
    if fields["low.\(parts[1])"] != nil { return "low.\(parts[1])" }
    return fields[question] == "write" ? "values.\(parts[1])" : question
  }
}
