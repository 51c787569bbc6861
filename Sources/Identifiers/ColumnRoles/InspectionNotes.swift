import SchemaFiles
import Tables

/// Observations about a table, as comments for its owner, and rules that happen to hold in it.
package struct InspectionNotes: Sendable {
  /// Comments for the schema file. A release reads none of them.
  package let annotations: SchemaAnnotations
  /// Rules that hold in every row, which may be chance, and those that few rows break.
  package let suggestions: RuleSuggestions
  /// The column that could be the unit of privacy.
  package let suggestedPersonColumn: String?

  /// Inspects the table. O(cells), plus for each pair of columns the rows up to the first that
  /// breaks a rule.
  package init(table: Table, schema: Schema, advice: [ColumnAdvice]) {
    self.init(table: table, schema: schema, advice: advice, comments: [:])
  }

  /// - Parameter comments: The lines beside `treatment:`, by column.
  package init(table: Table, schema: Schema, advice: [ColumnAdvice], comments: [String: [String]]) {
    let byName = Dictionary(advice.map { ($0.column, $0) }) { first, _ in first }
    var columns: [String: ColumnAnnotation] = [:]
    for described in schema.columns {
      guard let column = table.column(named: described.name) else { continue }
      columns[described.name] = Self.annotation(
        column, schema: described, advice: byName[described.name])
      columns[described.name]?.filling = comments[described.name] ?? []
    }
    suggestions = RuleSuggestions(in: table, schema: schema)
    suggestedPersonColumn = RoleAdvisor.suggestedPersonColumn(advice)
    let unit = suggestedPersonColumn.flatMap { table.column(named: $0) }.map(Self.unitLines) ?? []
    annotations = SchemaAnnotations(
      header: Self.declaring, unit: unit, columns: columns,
      ruleLines: Self.ruleLines(suggestions, rows: table.rowCount))
  }

  /// Explains once why the observations come without a line that is ready to use.
  private static let declaring = [
    "Where a column says `learn` and you know from elsewhere what is public, write bounds: {low: LOW, high: HIGH, provenance: declared}",
    "or categories: {values: [A, B], provenance: declared} instead. No such line stands ready with the observed values: that they were",
    "seen in the rows makes nothing public, and what only the rows could tell is what a release must not say.",
  ]

  /// The beginning of every comment that comes from the rows.
  package static let observed = "observed, for your eyes only: "

  private static func annotation(_ column: Column, schema: ColumnSchema, advice: ColumnAdvice?)
    -> ColumnAnnotation
  {
    let counts = column.counts()
    var annotation = ColumnAnnotation()
    annotation.about = ["\(observed)\(counts.count) different values in \(column.count) cells."]
    if let advice, advice.role != .ordinary {
      annotation.role = [
        "why: \(advice.reason) (confidence \(RoleAdvisor.percent(advice.confidence)))."
      ]
    }
    if schema.repeats == true {
      annotation.repeats = [
        "\(observed)several rows share a value, as if they were of one person. See `unit` above."
      ]
    }
    if column.missingCount > 0 {
      annotation.missing = [
        "\(observed)\(tenths(column.missingCount, of: column.count)) % of the cells are missing."
      ]
    }
    guard schema.isModelled, !counts.isEmpty else { return annotation }
    switch schema.type {
    case .integer, .decimal, .scientific, .date, .timestamp:
      annotation.bounds = boundsLines(column, keys: counts.keys) + scaleLines(schema)
    case .category: annotation.categories = categoryLines(column, counts: counts)
    case .boolean, .identifier, .text: break
    }
    return annotation
  }

  private static func boundsLines(_ column: Column, keys: some Collection<Int64>) -> [String] {
    guard case .ticks = column.cells, let low = keys.filter(Cells.isValue).min(),
      let high = keys.max()
    else { return [] }
    return ["\(observed)\(column.type.format(tick: low)) ... \(column.type.format(tick: high))."]
  }

  /// Returns the advice on the scale of an amount of money or of a duration. The name and the type
  /// alone tell: what the rows tell would have to be learned and paid for.
  private static func scaleLines(_ column: ColumnSchema) -> [String] {
    let isMoney =
      column.type.isNumber
      && HeaderReading(column.name).meanings[.money].map { $0.weight >= 2 } == true
    let isDuration = TimePattern(column.type)?.isClock == true
    guard isMoney || isDuration, !column.isLogarithmic else { return [] }
    let what = isMoney ? "the header names an amount of money" : "a time without a date may be long"
    return ["\(what). If most are small and few are large: transform: log"]
  }

  private static let shownCategories = 8

  private static func categoryLines(_ column: Column, counts: [Int64: Int]) -> [String] {
    let top = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(shownCategories)
    let total = counts.values.reduce(0, +)
    let shown = top.map {
      "\(SchemaText.quoted(column.text(ofKey: $0.key))) (\(tenths($0.value, of: total)) %)"
    }
    let more = counts.count > top.count ? " and \(counts.count - top.count) more" : ""
    return ["\(observed)\(shown.joined(separator: ", "))\(more)."]
  }

  private static func unitLines(_ column: Column) -> [String] {
    let counts = column.counts()
    let most = counts.values.max() ?? 0
    let name = SchemaText.quoted(column.name)
    return [
      "\(observed)'\(column.name)' has \(counts.count) different values in \(column.count) rows, at most \(most) rows each.",
      "If it says whom a row is about, protect persons rather than rows: unit: {person: \(name), at most: 1}",
    ]
  }

  private static func ruleLines(_ found: RuleSuggestions, rows: Int) -> [String] {
    let live =
      found.rules.isEmpty
      ? []
      : [
        "observed: the rules below hold in every row, which may be chance. Take out those that need not hold."
      ]
    guard !found.almost.isEmpty else { return live }
    return live + [
      "\(observed)few rows break these. Write those that must hold as rules, and correct the rows:"
    ]
      + found.almost.map {
        "  - \(SchemaFile.ruleText($0.rule))  (broken in \($0.broken) of \(rows) rows)"
      }
  }

  /// Returns a share in percent with one decimal.
  private static func tenths(_ part: Int, of whole: Int) -> String {
    let tenths = whole == 0 ? 0 : (part * 1000 + whole / 2) / whole
    return "\(tenths / 10).\(tenths % 10)"
  }
}
