import Basics
import Tables

extension SplitMix64 {
  mutating func flip() -> Bool { below(2) == 0 }

  mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }
}

/// Random schemas without contradictions, with names that challenge YAML.
struct RandomSchemas {
  var generator: SplitMix64

  static let pieces = [
    "a", "Age", "1", "0", "-", " ", "#", ": ", "'", "\"", "\\", "\n", "\t", "\r", ",", "[", "]",
    "{", "}", "&", "*", "!", "|", ">", "%",
    "@", "`",
    "é", "e\u{301}", "年", "😀", "\u{85}", "\u{2028}", "x\u{FEFF}", "\u{7F}", "null", "yes", "no",
    "~", "learn", "=", "<<", "\u{200D}",
    "\u{FFFE}",
    "\u{1}", "...", "---", "1e3", "0x1F", "?",
  ]

  mutating func text() -> String {
    (0..<generator.below(5)).map { _ in generator.pick(Self.pieces) }.joined()
  }

  mutating func schema() -> Schema {
    let names = (0...generator.below(6)).map { "\($0)" + text() }
    let tokens = generator.flip() ? TableFormat.defaultMissingTokens : ["", "MISSING", "-9"]
    var columns = names.map { column(named: $0) }
    let days = ["day 1", "day: 2"]
    columns += days.map { ColumnSchema(name: $0, type: .date(.iso)) }
    let unit: PrivacyUnit =
      generator.flip() ? .row : .person(column: names[0], maximumRows: 1 + generator.below(9))
    columns += ["m", "n = 1", "\"sum\""].map {
      ColumnSchema(name: $0, type: .decimal(fractionDigits: 2))
    }
    columns += [
      ColumnSchema(name: "hour", type: .integer), ColumnSchema(name: "only", type: .category),
    ]
    let rules = rules(names: names, days: days)
    var schema = Schema(
      name: text(),
      format: TableFormat(
        delimiter: generator.pick([",", ";", "\t", "|"].map { $0.utf8.first ?? 44 }),
        hasHeader: generator.flip(), missingTokens: tokens),
      approximateRows: generator.flip() ? generator.below(1_000_000) : nil, unit: unit,
      columns: columns, rules: rules)
    if unit == .row { schema.eachRowIsAPerson = generator.flip() }
    describeProvenance(&schema)
    return schema
  }

  /// Rules of every kind, over names and values that challenge the file format.
  private mutating func rules(names: [String], days: [String]) -> [Rule] {
    let values = (0...generator.below(3)).map { text() + "\($0)" }
    let all: [Rule] = [
      .ordered(earlier: days[0], later: days[1]),
      .determines(determinant: names[0], dependent: days[0]),
      .sum(terms: ["m", "n = 1"], total: "\"sum\""),
      .never([.init("only", values), .init("hour", ["..5", "18..", "7"])]),
      .onlyIf(present: days[1], conditions: [.init("only", values)]), .together([days[1], "hour"]),
      .unique([names[0], "m"]),
      .circular("hour", period: 24),
    ]
    return all.filter { _ in generator.flip() }
  }

  /// Half of the schemas give facts a provenance. A provenance equal to the inherited one is never
  /// stated.
  private mutating func describeProvenance(_ schema: inout Schema) {
    guard generator.flip() else { return }
    let facts = generator.pick(Provenance.allCases)
    func other(than inherited: Provenance, _ generator: inout SplitMix64) -> Provenance? {
      generator.pick(Provenance.allCases.filter { $0 != inherited } + [nil])
    }
    schema.provenance = TableProvenance(
      facts: facts,
      review: generator.flip() ? nil : SchemaReview(by: "A" + text() + "z", on: "2024-02-29"))
    if let review = schema.provenance.review,
      review.by.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    {
      schema.provenance.review = nil
    }
    schema.provenance.format = other(than: facts, &generator)
    schema.provenance.unit = other(than: facts, &generator)
    if schema.approximateRows != nil, facts != .declared, generator.flip() {
      schema.provenance.rows = .declared
    }
    for rule in schema.rules { schema.provenance.rules[rule] = other(than: facts, &generator) }
    for index in schema.columns.indices {
      let own = other(than: facts, &generator)
      schema.columns[index].provenance.facts = own
      if schema.columns[index].bounds != .learned {
        schema.columns[index].provenance.bounds = other(than: own ?? facts, &generator)
      }
      if schema.columns[index].categories != .learned {
        schema.columns[index].provenance.categories = other(than: own ?? facts, &generator)
      }
      if generator.flip() { schema.columns[index].repeats = generator.flip() }
      if generator.flip() {
        schema.columns[index].meaning = text()
        schema.columns[index].labels = ["1": text(), "a" + text(): text()]
      }
    }
  }

  private mutating func column(named name: String) -> ColumnSchema {
    let type = type()
    var column = ColumnSchema(
      name: name, type: type, isNullable: generator.flip(),
      otherLabel: generator.flip() ? "other" : text())
    if generator.flip() { column.missingToken = text() }
    if generator.flip() { column.header = text() }
    if case .decimal(let digits) = type {
      column.minimumFractionDigits = generator.below(digits + 1)
    }
    let identifier = ColumnRole.identifier(generator.pick(IdentifierKind.allCases))
    switch type {
    case .identifier, .text: column.role = generator.pick([identifier, .prose, .drop])
    case .category:
      column.role = generator.pick([
        .ordinary, .quasiIdentifier, .sensitive, .target, .drop, identifier, .prose,
      ])
    default:
      column.role = generator.pick([
        .ordinary, .quasiIdentifier, .sensitive, .target, .drop, identifier,
      ])
    }
    if case .identifier = column.role {
      column.treatment = generator.pick(
        type.isOrdered ? [.fake, .drop] : IdentifierTreatment.allCases)
      if generator.flip() { column.pattern = FakePattern("A9" + text()) }
      column.locale = generator.pick(FakeLocale.allCases)
    }
    if case .boolean = type { return column }
    if type == .integer || type.isDecimal, generator.flip() {
      let texts =
        type.isDecimal
        ? ["$#,##0.0", "#.##0,0 €", "0.0%;(0.0%)"] : ["$#,##0", "#'##0", "+0 %;-0 %"]
      column.numberFormat = NumberFormat(generator.pick(texts)) ?? .plain
    }
    if type.isOrdered, generator.flip() {
      column.codes = (0...generator.below(3)).map { "\($0)" + text() }
    }
    if type.isOrdered, generator.flip() {
      // Times without a date are not negative, and numbers of one significant digit have few ticks.
      let isNarrow = TimePattern(type)?.isClock == true || type.schemaWord == "scientific"
      let low = isNarrow ? Int64(generator.below(1_000)) : Int64(generator.below(40_000)) - 10_000
      column.bounds = .declared(low...(low + Int64(generator.below(isNarrow ? 4_000 : 30_000))))
    }
    if type == .category, generator.flip() {
      column.categories = .declared((0...generator.below(4)).map { "L\($0)" + text() })
    }
    return column
  }

  private mutating func type() -> ColumnType {
    switch generator.below(10) {
    case 8:
      .scientific(
        ScientificFormat(digits: 1 + generator.below(9), alwaysExponent: generator.flip()))
    case 9:
      .timestamp(
        generator.pick(
          ["HH:mm", "Hmm", "H:mm"].map { TimestampFormat(pattern: $0, secondsPerTick: 60) }))
    case 0: .integer
    case 1: .decimal(fractionDigits: 1 + generator.below(9))
    case 2: .boolean(BooleanLabels(whenFalse: "0" + text(), whenTrue: "1" + text()))
    case 3: .date(DateFormat(pattern: generator.pick(["yyyy-MM-dd", "dd.MM.yyyy", "M/d/yyyy"])))
    case 4:
      .timestamp(
        generator.pick([.iso, TimestampFormat(pattern: "yyyy-MM-dd HH:mm", secondsPerTick: 60)]))
    case 5: .category
    case 6: .identifier
    default: .text
    }
  }
}
