import DelimitedText
import Foundation
import Tables

/// The data dictionary that REDCap exports as CSV: one row for each field of a form.
///
/// The names of its columns are those of the export for people ("Variable / Field Name") or those
/// of the programming interface (`field_name`).
enum REDCapReader {
  private static let names: [(key: String, people: String)] = [
    ("field_name", "Variable / Field Name"), ("field_type", "Field Type"),
    ("field_label", "Field Label"),
    ("select_choices_or_calculations", "Choices, Calculations, OR Slider Labels"),
    ("field_note", "Field Note"),
    (
      "text_validation_type_or_show_slider_number", "Text Validation Type OR Show Slider Number"
    ),
    ("text_validation_min", "Text Validation Min"), ("text_validation_max", "Text Validation Max"),
    ("identifier", "Identifier?"), ("required_field", "Required Field?"),
  ]

  static func isMeant(_ text: String) -> Bool {
    let first = text.drop { $0 == "\u{FEFF}" || $0 == "\"" }
    return names[0].people.utf8.elementsEqual(first.utf8.prefix(names[0].people.utf8.count))
      || first.hasPrefix(names[0].key)
  }

  static func dictionary(_ url: URL) throws -> DataDictionary {
    let file = url.lastPathComponent
    let reader = try CellReader(url, options: ReadOptions(delimiter: nil, hasHeader: true))
    var places: [String: Int] = [:]
    for (place, header) in reader.headers.enumerated() {
      guard let name = names.first(where: { [$0.key, $0.people].contains(header.trimmed) })
      else { continue }
      places[name.key] = place
    }
    guard places["field_name"] != nil, places["field_type"] != nil else {
      throw DictionaryError(
        file: file,
        fault: SchemaFault(
          problem: "it has no columns for the names and types of fields",
          allowed: "`field_name` and `field_type`, as REDCap exports them",
          remedy: "export the data dictionary from REDCap again"))
    }
    var columns: [ColumnSchema] = []
    var faults: [SchemaFault] = []
    try reader.forEachRow { number, cells in
      func cell(_ key: String) -> String {
        places[key].map { String(decoding: cells[$0], as: UTF8.self).trimmed } ?? ""
      }
      var field = REDCapField(row: number, cell: cell)
      columns += field.columns()
      faults += field.faults
    }
    guard faults.isEmpty else { throw DictionaryError(file: file, faults: faults) }
    return DataDictionary(form: .redcap, file: file, columns: columns)
  }
}

/// One field of a form.
private struct REDCapField {
  let row: Int
  let cell: (String) -> String
  var faults: [SchemaFault] = []

  init(row: Int, cell: @escaping (String) -> String) { (self.row, self.cell) = (row, cell) }

  private var name: String { cell("field_name") }

  /// The columns that an export of the data has for the field: one, or one for each box to tick.
  mutating func columns() -> [ColumnSchema] {
    guard !name.isEmpty else {
      report("a field has no name", allowed: "a name in each row", remedy: "name the field")
      return []
    }
    let kind = cell("field_type").lowercased()
    switch kind {
    case "descriptive": return []
    case "radio", "dropdown":
      guard let choices = choices() else { return [] }
      var column = column(.category)
      if column.isModelled { column.categories = .declared(choices.map(\.code)) }
      column.labels = Dictionary(uniqueKeysWithValues: choices.map { ($0.code, $0.label) })
      return [column]
    case "checkbox":
      guard let choices = choices() else { return [] }
      return choices.map { choice in
        var column = column(DictionaryWords.zeroOrOne)
        column.name = "\(name)___\(choice.code.lowercased().replacing("-", with: "_"))"
        column.meaning = DictionaryWords.meaning([column.meaning, choice.label])
        return column
      }
    case "yesno", "truefalse":
      var column = column(DictionaryWords.zeroOrOne)
      column.labels = kind == "yesno" ? ["0": "No", "1": "Yes"] : ["0": "False", "1": "True"]
      return [column]
    case "notes", "file", "signature":
      var column = column(.text)
      column.role = .prose
      return [column]
    case "text", "slider", "calc", "sql": return validated(kind)
    default:
      report(
        "the field type `\(kind)` is not known",
        allowed:
          "text, notes, radio, dropdown, checkbox, yesno, truefalse, calc, slider, sql, file, descriptive",
        remedy: "correct the field type")
      return []
    }
  }

  /// Returns a column with its meaning. A field marked as an identifier is never modelled.
  private func column(_ type: ColumnType) -> ColumnSchema {
    var column = ColumnSchema(name: name, type: type, isNullable: true)
    column.meaning = DictionaryWords.meaning([
      Self.plain(cell("field_label")), Self.plain(cell("field_note")),
    ])
    if ["y", "yes", "1"].contains(cell("identifier").lowercased()) {
      column.role = .identifier(.other)
      if !type.isOrdered { column.type = .identifier }
    }
    if ["y", "yes", "1"].contains(cell("required_field").lowercased()) {
      column.isNullable = false
    }
    return column
  }

  /// A label without the tags of HTML that forms are laid out with.
  private static func plain(_ text: String) -> String {
    text.replacing(#/<\/?[a-zA-Z][^>]*>/#, with: " ").split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  /// Limits that follow today or another field are no fixed ones; decimals may have a comma.
  private static func limit(_ text: String, type: ColumnType) -> String {
    if ["today", "now"].contains(text.lowercased()) || text.contains("[") { return "" }
    return type.isDecimal ? text.replacing(",", with: ".") : text
  }

  /// A field of text or of numbers, whose validation tells its type.
  private mutating func validated(_ kind: String) -> [ColumnSchema] {
    let validation = cell("text_validation_type_or_show_slider_number").lowercased()
    var type = ColumnType.category
    var identifier: IdentifierKind?
    switch validation {
    // Whether a slider shows its number, which is always a whole one.
    case _ where kind == "slider": type = .integer
    case "integer": type = .integer
    case let word where word.hasPrefix("number"): type = DictionaryWords.decimal
    case let word where word.hasPrefix("datetime_seconds"): type = .timestamp(.iso)
    case let word where word.hasPrefix("datetime"):
      type = .timestamp(TimestampFormat(showing: "yyyy-MM-dd HH:mm"))
    case let word where word.hasPrefix("date"): type = .date(.iso)
    case "email": identifier = .email
    case "phone": identifier = .phone
    default: break
    }
    var column = column(type)
    if let identifier { (column.type, column.role) = (.identifier, .identifier(identifier)) }
    let isSlider = kind == "slider"
    if column.isModelled {
      let low = Self.limit(cell("text_validation_min"), type: type)
      let high = Self.limit(cell("text_validation_max"), type: type)
      column.bounds = DictionaryWords.bounds(
        low.isEmpty && isSlider ? "0" : low, high.isEmpty && isSlider ? "100" : high, type: type,
        column: name, line: nil, &faults)
    }
    return [column]
  }

  /// Reads `1, male | 2, female`.
  private mutating func choices() -> [(code: String, label: String)]? {
    let parts = cell("select_choices_or_calculations").split(separator: "|").map { part in
      let comma = part.firstIndex(of: ",")
      return (
        code: part[..<(comma ?? part.endIndex)].trimmed,
        label: comma.map { part[part.index(after: $0)...].trimmed } ?? ""
      )
    }
    guard !parts.isEmpty, parts.allSatisfy({ !$0.code.isEmpty }),
      Set(parts.map(\.code)).count == parts.count
    else {
      report(
        "its choices cannot be read", allowed: "choices such as `1, male | 2, female`, each once",
        remedy: "correct the choices")
      return nil
    }
    return parts.map { ($0.code, $0.label.isEmpty ? $0.code : $0.label) }
  }

  private mutating func report(_ problem: String, allowed: String, remedy: String) {
    faults.append(
      SchemaFault(
        column: name.isEmpty ? nil : name, problem: "row \(row): \(problem)", allowed: allowed,
        remedy: remedy))
  }
}
