import DelimitedText
import TableSources
import Tables

/// The rules by which a cell is read under a schema, as expressions of an engine.
///
/// In memory, a value of a database is written as a text and read again
/// (docs/decisions/0029-sources.md). Each pair of types here is one of which that way is known to
/// end in the same tick or text (docs/proofs/counted-rows.md).
struct CellReadingSQL {
  let declared: ColumnSchema
  let format: TableFormat
  let dialect: any CountDialect
  /// The column's name in quotation marks.
  let source: String
  let missing: CellSorter

  /// Returns the column's value; nil if the two types do not go together here.
  func value(of kind: CountedKind) throws -> CountedColumn.Value? {
    guard declared.numberFormat.isPlain else { return nil }
    switch (kind, declared.type) {
    case (.text, .category): return .text(dialect.text(source))
    case (.text, .boolean(let words)): return try .ticks(truth(dialect.text(source), words))
    case (.truth, .category): return .text(truthText)
    case (.truth, .boolean(let words)): return truth(words)
    case (.whole, .category): return .text(dialect.text(source))
    case (.whole, .boolean(let words)): return try .ticks(truth(dialect.text(source), words))
    case (.whole, .integer): return .ticks(whole(digits: 0))
    case (.whole, .decimal(let digits)): return .ticks(whole(digits: digits))
    case (.real(let isShort), .integer): return try real(isShort, digits: 0)
    case (.real(let isShort), .decimal(let digits)): return try real(isShort, digits: digits)
    case (.decimal(let scale), .integer): return try decimal(scale, digits: 0)
    case (.decimal(let scale), .decimal(let digits)): return try decimal(scale, digits: digits)
    case (.day, .date), (.day, .timestamp), (.instant, .date), (.instant, .timestamp):
      return time(of: kind)
    default: return nil
    }
  }

  // MARK: Words

  /// The words that mean something before a cell is read: those for missing cells, then the
  /// column's code words.
  private var words: [(text: String, value: String)] {
    format.missingTokens.map { ($0, "NULL") }
      + declared.codes.enumerated().map { ($1, dialect.number(Cells.codeTick($0))) }
  }

  private func isMissing(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { missing.isMissing($0) }
  }

  /// Returns an expression for words that are spelled as a value is, in front of all others.
  private func cases(_ condition: (String) throws -> String?) rethrows -> String {
    var seen: Set<String> = []
    return try words.compactMap { word -> String? in
      guard let condition = try condition(word.text), seen.insert(condition).inserted else {
        return nil
      }
      return "WHEN \(condition) THEN \(word.value) "
    }.joined()
  }

  // MARK: Truth values

  private var truthText: String {
    "CASE WHEN \(source) THEN 'true' WHEN NOT \(source) THEN 'false' END"
  }

  /// Returns nil if a word of the column means something else too.
  private func truth(_ labels: BooleanLabels) -> CountedColumn.Value? {
    let own = [labels.whenFalse, labels.whenTrue]
    guard !own.contains(where: isMissing), !own.contains(where: declared.codes.contains) else {
      return nil
    }
    return .ticks(
      "CAST(CASE WHEN \(source) THEN 1 WHEN NOT \(source) THEN 0 END AS bigint)")
  }

  private func truth(_ text: String, _ labels: BooleanLabels) throws -> String {
    let words = try cases {
      dialect.compare(dialect.trimmed(text), "=", try dialect.literal($0))
    }
    let (whenFalse, whenTrue) = (
      try dialect.literal(labels.whenFalse), try dialect.literal(labels.whenTrue)
    )
    return "CAST(CASE \(words)WHEN \(dialect.compare(text, "=", whenFalse)) THEN 0 "
      + "WHEN \(dialect.compare(text, "=", whenTrue)) THEN 1 END AS bigint)"
  }

  // MARK: Numbers

  private func whole(digits: Int) -> String {
    let value = "CAST(\(source) AS bigint)"
    let factor = dialect.power(digits)
    let words = cases { text in
      Int64(text).flatMap { "\($0)" == text ? "\(value) = \(dialect.number($0))" : nil }
    }
    if words.isEmpty, digits == 0 { return value }
    let (low, high) = (dialect.number(Cells.lowestValue / factor), Int64.max / factor)
    return "CASE \(words)WHEN \(value) BETWEEN \(low) AND \(high) THEN \(value) * \(factor) END"
  }

  /// Binary numbers are written with the fewest digits that tell them apart.
  private func real(_ isShort: Bool, digits: Int) throws -> CountedColumn.Value? {
    guard format.decimalMark == .point else { return nil }
    let words = cases { text -> String? in
      guard let number = Double(text), number.isFinite, number.cellText == text else { return nil }
      return "\(source) = \(text)"
    }
    guard !isShort || words.isEmpty && dialect.readsShortReals else { return nil }
    let tick = dialect.tick(ofReal: source, isShort: isShort, digits: digits)
    return .ticks(words.isEmpty ? tick : "CASE \(words)ELSE \(tick) END")
  }

  /// Exact numbers are written with all their digits.
  private func decimal(_ scale: Int?, digits: Int) throws -> CountedColumn.Value? {
    guard format.decimalMark == .point else { return nil }
    let text = dialect.text(source)
    let words = try cases { word -> String? in
      guard Double(word)?.isFinite == true else { return nil }
      return dialect.compare(text, "=", try dialect.literal(word))
    }
    let tick = dialect.tick(ofDecimal: source, scale: scale, digits: digits)
    return .ticks(words.isEmpty ? tick : "CASE \(words)ELSE \(tick) END")
  }

  // MARK: Times

  /// Times are written in the declared pattern, which must show all that a tick stands for.
  private func time(of kind: CountedKind) -> CountedColumn.Value? {
    guard let pattern = TimePattern(declared.type), !pattern.isClock, isWhole(declared.type)
    else { return nil }
    let meansElse = words.contains { word in
      var text = word.text
      return text.withUTF8 { pattern.parse($0) != nil }
    }
    guard !meansElse else { return nil }
    let perDay: Int64 = 86_400_000_000
    switch kind {
    case .day:
      let days = dialect.days(source)
      return .ticks(pattern.ticksPerDay == 1 ? days : "\(days) * \(pattern.ticksPerDay)")
    case .instant:
      let width = perDay / pattern.ticksPerDay
      return .ticks(dialect.floored(dialect.microseconds(source), width))
    case .whole, .real, .decimal, .truth, .text: return nil
    }
  }

  /// Whether a pattern shows the year in full, the month, the day, and whatever of the time its
  /// ticks count.
  private func isWhole(_ type: ColumnType) -> Bool {
    switch type {
    case .date(let format):
      return format.pattern.contains("yyyy")
        && TimePattern.letters(of: format.pattern).isSuperset(of: "yMd")
    case .timestamp(let format):
      let letters = TimePattern.letters(of: format.pattern)
      let wanted = format.secondsPerTick == 60 ? "yMdHm" : "yMdHms"
      return format.pattern.contains("yyyy") && letters.isSuperset(of: wanted)
        && letters.isDisjoint(with: "xX")
        && format.pattern.count { $0 == "S" } >= format.fractionDigits
    default: return false
    }
  }
}
