import SchemaFiles
import Tables

/// One variable of a codebook of DDI, in its own words.
struct DDIVariable {
  /// One of the values that are listed.
  struct Category {
    var value = ""
    var label: String?
    let isMissing: Bool

    init(isMissing: Bool) { self.isMissing = isMissing }
  }

  /// A range of values; a single one has equal ends.
  struct Range {
    let low: String?
    let high: String?
  }

  let name: String
  let line: Int
  /// The names of the files that have it; empty if it is not said.
  var files: Set<String>
  /// The number of decimal places, if it is said.
  private let decimals: Int?
  /// Whether its values are measured, and not codes.
  private let isContinuous: Bool
  private var isText: Bool?
  private var isDate = false
  private var label: String?
  private var question: String?
  private var words: String?
  var categories: [Category] = []
  var valid: [Range] = []
  var invalid: [Range] = []

  init(_ attributes: [String: String], line: Int) {
    self.line = line
    name = attributes["name"]?.trimmed ?? ""
    files = Set((attributes["files"] ?? "").split(whereSeparator: \.isWhitespace).map(String.init))
    decimals = attributes["dcml"].flatMap { Int($0.trimmed) }
    isContinuous = attributes["intrvl"] == "contin"
  }

  mutating func takeFormat(_ attributes: [String: String]) {
    switch attributes["type"] {
    case "numeric": isText = false
    case "character": isText = true
    default: break
    }
    isDate = ["date", "time"].contains(attributes["category"] ?? "")
  }

  /// Takes over the text of one of its elements, unless another language said it before.
  mutating func take(_ text: String, of element: String, in parent: String) {
    let last = categories.count - 1
    switch (parent, element) {
    case ("catgry", "catValu") where last >= 0: categories[last].value = text
    case ("catgry", "labl") where last >= 0:
      categories[last].label = categories[last].label ?? text
    case ("var", "labl"): label = label ?? text
    case ("qstn", "qstnLit"): question = question ?? text
    case ("var", "txt"): words = words ?? text
    default: break
    }
  }

  // MARK: The column

  /// The values that stand for a missing cell in this column, without those of a cell that is
  /// empty.
  var missing: [String] {
    var found = categories.filter(\.isMissing).map(\.value)
    for range in invalid { found += values(within: range) ?? [] }
    var seen: Set<String> = Self.emptyCell
    return found.filter { seen.insert($0).inserted }
  }

  /// The name that archives have for an empty cell.
  private static let emptyCell: Set<String> = ["", "Sysmiss", "SYSMISS", "sysmiss"]

  /// Whether a range of missing values is too wide to be written as words, or has an open end.
  var hasUnreadMissing: Bool { invalid.contains { values(within: $0) == nil } }

  private func values(within range: Range) -> [String]? {
    if let low = range.low, low == range.high { return [low] }
    guard let low = range.low.flatMap(Self.whole), let high = range.high.flatMap(Self.whole),
      low <= high, high - low < 100
    else { return nil }
    return (low...high).map(String.init)
  }

  /// Reads a whole number within reach of every sum, also one that is written as 9.0.
  private static func whole(_ text: String) -> Int? {
    Int(text.trimmed.withoutNeedlessDecimals).flatMap { $0.magnitude < 1 << 40 ? $0 : nil }
  }

  /// Returns the column that the table has for the variable, without its missing values, and
  /// whether a range of valid values was left out because it cannot be read.
  func column() -> (column: ColumnSchema, hasUnreadRange: Bool) {
    let missing = Set(missing)
    var codes: [String] = []
    var labels: [String: String] = [:]
    for category in categories where !Self.emptyCell.contains(category.value) {
      if let label = category.label, label != category.value, labels[category.value] == nil {
        labels[category.value] = label
      }
      if !missing.contains(category.value), !codes.contains(category.value) {
        codes.append(category.value)
      }
    }
    // Archives list every number that occurs in the rows; only values with a word are codes.
    let named = codes.count { labels[$0] != nil }
    let isCoded = !codes.isEmpty && !isContinuous && (isText == true || 2 * named > codes.count)
    var column = ColumnSchema(
      name: name, type: isCoded ? .category : measure, isNullable: true)
    column.meaning = DictionaryWords.meaning([label, question]) ?? words
    column.labels = labels
    if isCoded {
      column.categories = .declared(codes)
      return (column, false)
    }
    return bounded(column)
  }

  /// The type of values that are not codes.
  private var measure: ColumnType {
    if isDate { return .date(.iso) }
    if isText == true { return .category }
    if isText == nil, decimals == nil, !isContinuous, valid.isEmpty { return .category }
    return decimals == 0 ? .integer : DictionaryWords.decimal
  }

  /// Returns the column with the hull of the ranges of valid values.
  private func bounded(_ column: ColumnSchema) -> (column: ColumnSchema, hasUnreadRange: Bool) {
    var column = column
    let ends = valid.map { range in
      [range.low, range.high].map { end in
        end.flatMap { column.type.parse($0.trimmed.withoutNeedlessDecimals) }
      }
    }
    guard column.type.isOrdered, !ends.isEmpty else { return (column, false) }
    guard let low = ends.compactMap({ $0[0] }).min(), let high = ends.compactMap({ $0[1] }).max(),
      low <= high, ends.allSatisfy({ $0[0] != nil && $0[1] != nil })
    else { return (column, true) }
    column.bounds = .declared(low...high)
    return (column, false)
  }
}
