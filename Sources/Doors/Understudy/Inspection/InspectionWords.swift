import ColumnRoles
import Foundation
import Tables

/// The wording of an inspection.
package enum InspectionWords {
  package static func type(_ type: ColumnType) -> String {
    switch type {
    case .integer: "integer"
    case .decimal(let digits): "decimal, \(Numbers.count(digits, "digit"))"
    case .scientific(let format): "scientific, \(Numbers.count(format.digits, "significant digit"))"
    case .boolean(let words): "\(words.whenFalse) or \(words.whenTrue)"
    case .date(let format): "date \(format.pattern)"
    case .timestamp(let format): "time \(format.pattern)"
    case .category: "category"
    case .identifier: "identifier"
    case .text: "text"
    }
  }

  static func delimiter(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: ","): "comma"
    case UInt8(ascii: ";"): "semicolon"
    case UInt8(ascii: "\t"): "tab"
    default: "pipe"
    }
  }

  /// Returns a rule in words, without any cell's value.
  static func rule(_ rule: Rule) -> String {
    switch rule {
    case .ordered(let earlier, let later): "'\(earlier)' is never after '\(later)'"
    case .determines(let determinant, let dependent): "'\(determinant)' decides '\(dependent)'"
    case .never(let conditions):
      "some values of \(list(conditions.map(\.column))) never occur together"
    case .onlyIf(let present, let conditions):
      "'\(present)' is present only beside some values of \(list(conditions.map(\.column)))"
    case .together(let names): "\(list(names)) are present or missing together"
    case .sum, .product, .unique, .circular: rule.text
    }
  }

  private static func list(_ names: [String]) -> String {
    let quoted = names.map { "'\($0)'" }
    guard quoted.count > 1, let last = quoted.last else { return quoted.joined() }
    return "\(quoted.dropLast().joined(separator: ", ")) and \(last)"
  }

  // MARK: What stands out

  private static let mostlyMissing = 0.5
  private static let oneValueShare = 0.95
  private static let manyCategories = 1000

  /// Returns the features of a column that an owner should look at. Names no value.
  static func unusual(_ column: Column, schema: ColumnSchema, counts: [Int64: Int]) -> [String] {
    let present = counts.values.reduce(0, +)
    guard column.count > 0 else { return [] }
    guard present > 0 else { return ["every cell is missing"] }
    var words: [String] = []
    let missing = Double(column.count - present) / Double(column.count)
    if missing > 0 {
      words.append(
        "\(Numbers.percent(missing)) missing" + (missing > mostlyMissing ? ", most of it" : ""))
    }
    let commonest = Double(counts.values.max() ?? 0) / Double(present)
    if counts.count == 1 {
      words.append("one value only")
    } else if commonest >= oneValueShare {
      words.append(
        "one value in \(commonest >= 0.995 && commonest < 1 ? "over 99 %" : Numbers.percent(commonest)) of its cells"
      )
    }
    if schema.isModelled, schema.type == .category, counts.count > manyCategories {
      words.append(
        "\(Numbers.count(counts.count)) categories, of which rare ones become '\(schema.otherLabel)'"
      )
    }
    return words
  }

  // MARK: Advice

  static func advice(
    _ inspection: TableInspection, columns: [InspectionReport.ColumnReport], schemaFile: String,
    use: String
  ) -> [String] {
    var advice: [String] = []
    let hidden = inspection.schema.columns.filter { !$0.isModelled }.map { "'\($0.name)'" }
    if !hidden.isEmpty {
      advice.append(
        "These never reach a model, and a release fills or drops them: \(hidden.joined(separator: ", "))."
      )
    }
    if let person = inspection.observed.suggestedPersonColumn {
      advice.append(
        "'\(person)' seems to say whom a row is about, and some have several rows. To protect people rather than rows, "
          + "set `unit: {person: \(person), at most: ROWS}` in the schema.")
    }
    if !inspection.schema.rules.isEmpty {
      advice.append(
        "Rules that hold in every row may be chance, and a release keeps those of the schema: take out what need not hold."
      )
    }
    if !inspection.observed.suggestions.almost.isEmpty {
      advice.append(
        "Some rules fail in a few rows. The schema lists them as comments: write those that must hold as rules."
      )
    }
    let constant = columns.filter { $0.distinct <= 1 }.map { "'\($0.name)'" }
    if !constant.isEmpty {
      advice.append(
        "These tell nothing apart and can be dropped: \(constant.joined(separator: ", ")).")
    }
    advice.append(
      "Read \(schemaFile) and correct it. Nobody has answered yet for what it says of the rows: sign it with the line "
        + "`reviewed: {by: NAME, on: YYYY-MM-DD}`, or a release made under it names that as a hazard. \(use)"
    )
    advice.append(
      "What is learned costs budget; bounds and categories that are public knowledge are best declared."
    )
    return advice
  }
}
