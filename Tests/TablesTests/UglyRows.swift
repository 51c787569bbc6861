import Tables

/// A grammar of rows as people write them: each is well formed on its own, and hardly any fits its
/// schema.
struct UglyRows {
  /// Cells as written in a file. An unquoted cell that contains a delimiter gets quotes.
  static let cells = [
    // Words.
    "x", "North", " padded ", "é", "e\u{301}", "東京", "🙂", "\u{FEFF}mark", "a\rb", "5\" pipe",
    "a\"b\"", "\u{1F}", "a\u{1F}b", "\u{1E}",
    "yes", "Yes", " yes", "no", "true", "1", "0", String(repeating: "long ", count: 40),
    // Quoted words.
    "\"x\"", "\"say \"\"hi\"\"\"", "\"two\nlines\"", "\"two\r\nlines\"", "\"a,b;c\td|e\"",
    "\"yes\"", "\"5\"", "\"33.5\"", "\"2024-02-29\"",
    "\"\"\"\"", "\"\n\"",
    // Words for missing, quoted and not.
    "", " ", "\t", "NA", " NA", "NA ", "N/A", "NaN", "nan", "null", "NULL", "?", "-9", "none",
    "\"\"", "\" \"", "\"NA\"", "\" NA \"",
    "\"?\"",
    "\"-9\"",
    // Numbers.
    "5", "-5", " 5 ", "+5", "007", "-007", "1e3", "1E5", "1e+3", "2.5e-1", "33.5", "-33.5", "0.5",
    ".5", "5.", "-", "1,5", "1.000,5",
    "1 000",
    "2.4699999999999998", "0.125", "99999999999999999999", "9223372036854775807",
    "-9223372036854775808", "922337203685477580.7", "1e18",
    "1e19",
    "1e400", "inf", "-Infinity", "0x1p3", "12345678901234567.891",
    "0000000000000000000000000000012", "-0", "-0.0",
    // Dates and times.
    "2024-02-29", "2024-02-30", "31.12.2023", "12/31/2023", "31/12/2023", "01/02/03", "5 Jan 2024",
    "2024-02-29T10:00",
    "2024-02-29 10:00:00",
    "0000-01-01", "0001-01-01", "9999-12-31", "2024-02-29 24:00:00", "10:30", "25:61", "905",
    "2024-02-29T10:00:00+02:00",
    "29 février 2024",
    "29 Février 2024", "20240229",
    // Signs around digits, and words among values.
    "$1,234.50", "$1234.5", "-$5", "($5.00)", "$ 5", "$", "1,234", "12,34", "45 %", "N", " N ",
    "<0.1", "5.06e-17", "1E-400",
  ]

  static let types: [ColumnType] = [
    .integer, .decimal(fractionDigits: 1), .decimal(fractionDigits: 2), .decimal(fractionDigits: 9),
    .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes")),
    .boolean(BooleanLabels(whenFalse: "0", whenTrue: "1")), .date(.iso),
    .date(DateFormat(pattern: "dd.MM.yyyy")), .date(DateFormat(pattern: "MM/dd/yyyy")),
    .date(DateFormat(pattern: "nonsense")),
    .timestamp(.iso),
    .timestamp(TimestampFormat(pattern: "yyyy-MM-dd'T'HH:mm", secondsPerTick: 60)), .category,
    .identifier, .text,
    .scientific(ScientificFormat(digits: 3)),
    .timestamp(TimestampFormat(pattern: "HH:mm", secondsPerTick: 60)),
    .timestamp(TimestampFormat(pattern: "Hmm", secondsPerTick: 60)),
    .timestamp(TimestampFormat(pattern: "yyyy-MM-dd'T'HH:mm:ssxxx")),
    .date(DateFormat(pattern: "[fr]d MMMM yyyy")), .date(DateFormat(pattern: "yyyyMMdd")),
    .date(DateFormat(pattern: "yyyyMM")),
  ]

  static let missingTokens: [[String]] = [
    TableFormat.defaultMissingTokens, [], [""], ["", "-9"], ["NA", "?", "none"], ["5", ""],
  ]

  static let numberFormats = ["0", "$#,##0.0", "0.0 %", "#.##0,0", "$0;($0)"]

  var generator: SeededGenerator

  init(_ seed: UInt64) { generator = SeededGenerator(seed) }

  /// Every option of reading under a schema, drawn at random.
  mutating func schema(columns: Int) -> Schema {
    var format = TableFormat(
      delimiter: generator.pick([
        UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
      ]),
      hasHeader: generator.below(4) > 0, missingTokens: generator.pick(UglyRows.missingTokens))
    format.quotedTokens = generator.pick(QuotedTokens.allCases)
    let described = (0..<columns).map { position in
      var column = ColumnSchema(
        name: "column \(position + 1)", type: generator.pick(UglyRows.types),
        isNullable: generator.below(2) == 0)
      if column.type == .category, generator.below(2) == 0 {
        column.categories = .declared(["North", "x"])
      }
      if column.type == .integer, generator.below(2) == 0 { column.bounds = .declared(0...9) }
      if column.type == .integer || column.type.isDecimal {
        column.numberFormat = generator.pick(UglyRows.numberFormats.compactMap { NumberFormat($0) })
      }
      if column.type.isOrdered, generator.below(3) == 0 {
        column.codes = generator.pick([["N"], ["<0.1", "N", "5"]])
      }
      return column
    }
    let unit: PrivacyUnit =
      generator.below(3) == 0 ? .person(column: "column 1", maximumRows: 2) : .row
    return Schema(name: "t", format: format, unit: unit, columns: described)
  }

  /// One row with its line end. In a table of one column an empty line is not a row, so none is
  /// made.
  mutating func row(_ schema: Schema) -> [UInt8] {
    let delimiter = Character(UnicodeScalar(schema.format.delimiter))
    let isQuotingAll = generator.below(6) == 0
    let cells = schema.columns.map { _ -> String in
      let cell = generator.pick(UglyRows.cells)
      guard !cell.hasPrefix("\""), isQuotingAll || cell.contains(delimiter) else { return cell }
      return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
    if cells == [""] { return row(schema) }
    return Array(
      (cells.joined(separator: String(delimiter)) + generator.pick(["\n", "\r\n"])).utf8)
  }

  /// A file of these rows, with or without a byte order mark, and with the header if the schema has
  /// one.
  static func file(
    _ rows: [[UInt8]], _ schema: Schema, hasMark: Bool, isQuoted: Bool, lastLineEnds: Bool = true
  ) -> [UInt8] {
    var bytes: [UInt8] = hasMark ? [0xef, 0xbb, 0xbf] : []
    if schema.format.hasHeader {
      let names = schema.columns.map { isQuoted ? "\"\($0.name)\"" : $0.name }
      bytes += Array(
        (names.joined(separator: String(UnicodeScalar(schema.format.delimiter))) + "\n").utf8)
    }
    bytes += rows.joined()
    if !lastLineEnds, !rows.isEmpty {
      bytes.removeLast()
      if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    }
    return bytes
  }
}
