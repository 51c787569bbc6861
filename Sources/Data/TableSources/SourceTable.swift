import DelimitedText
import Foundation
import Tables

/// The rows of a source that has types of its own, before they are written in the form of a
/// delimited file.
package struct SourceTable: Sendable {
  package let name: String
  package private(set) var columns: [SourceColumn]
  /// The source's own words on the columns, beside the rows.
  package var facts = SourceFacts()

  package init(name: String, columns: [SourceColumn]) {
    (self.name, self.columns) = (name, columns)
  }

  package var rowCount: Int { columns.first?.count ?? 0 }

  /// Writes the rows as the schema declares them: its delimiter, decimal mark, words and patterns
  /// of dates. Without a schema, numbers have a point, dates and times are those of ISO 8601, and
  /// truth values are `true` and `false`.
  ///
  /// Texts that are missing words of the schema are missing, as they would be in a file.
  package consuming func write(to url: URL, under schema: Schema?) throws {
    guard !columns.isEmpty else { throw SourceError.noColumns(table: name) }
    let format = try Self.format(under: schema, name: name)
    let names = FileLayout.names(for: columns.map(\.name))
    let missing = CellSorter(missingTokens: format.missingTokens)
    var typed: [Column] = []
    for place in columns.indices {
      let column = columns[place]
      // The cells go with the column: no more than one is in memory twice.
      columns[place] = SourceColumn(name: "", kind: .text)
      let form = ColumnForm(name: names[place], header: column.name, schema: schema, format: format)
      typed.append(try form.column(of: column, isMissing: missing.isMissing, table: name))
    }
    try CSVWriter.write(Table(columns: typed), to: url, format: format)
  }

  /// Returns the format of the file that a source is written to.
  /// - Throws: ``SourceError/linesAbove(table:)`` if lines stand above the rows: no source has any.
  static func format(under schema: Schema?, name: String) throws(SourceError) -> TableFormat {
    let format = schema?.format ?? TableFormat()
    guard format.skippedLines == 0 else { throw SourceError.linesAbove(table: name) }
    return format
  }
}

/// The form in which a column of a source is written.
struct ColumnForm {
  private let name: String
  private let header: String
  private let declared: ColumnSchema?
  private let format: TableFormat

  init(name: String, header: String, schema: Schema?, format: TableFormat) {
    (self.name, self.header, self.format) = (name, header, format)
    declared = schema?.column(named: name)
  }

  func column(
    of source: SourceColumn, isMissing: (UnsafeBufferPointer<UInt8>) -> Bool, table: String
  ) throws(SourceError) -> Column {
    switch source.kind {
    case .whole: return number(.integer, source.ticks, minimumDigits: 0)
    case .decimal(let digits):
      return number(.decimal(fractionDigits: digits), source.ticks, minimumDigits: digits)
    case .real: return real(source.reals)
    case .truth:
      if case .boolean(let words) = declared?.type {
        return column(.boolean(words), .ticks(source.ticks))
      }
      return column(
        .boolean(BooleanLabels(whenFalse: "false", whenTrue: "true")), .ticks(source.ticks))
    case .day: return day(source.ticks)
    case .instant(let isUTC): return instant(source.ticks, zone: isUTC ? "'Z'" : "")
    case .clock: return clock(source.ticks)
    case .text:
      let word = source.labels.usualMissingWord(isMissing: isMissing)
      return column(.category, source.labels.cells(isMissing: isMissing), missingWord: word)
    }
  }

  /// - Parameter missingWord: The word that the source itself uses for missing cells.
  private func column(
    _ type: ColumnType, _ cells: Cells, minimumDigits: Int = 0, missingWord: String? = nil
  ) -> Column {
    Column(
      name: name, type: type, cells: cells, missingToken: missingWord ?? missingToken,
      header: header, minimumFractionDigits: minimumDigits)
  }

  /// A word for missing that the reader knows: the column's, or the first.
  private var missingToken: String {
    let tokens = format.missingTokens
    if let token = declared?.missingToken, tokens.contains(token) { return token }
    return tokens.contains("") ? "" : tokens.first ?? ""
  }

  private func number(_ type: ColumnType, _ ticks: [Int64], minimumDigits: Int) -> Column {
    var column = column(type, .ticks(ticks), minimumDigits: minimumDigits)
    switch declared?.type {
    case .integer, .decimal: column.numberFormat = declared?.numberFormat ?? .plain
    default: break
    }
    return column
  }

  /// Writes binary numbers with as many digits as tell them apart.
  private func real(_ values: [Double]) -> Column {
    guard let digits = RealDigits.most(of: values) else {
      let texts = values.map { value -> String? in
        guard !value.isNaN else { return nil }
        return format.decimalMark == .comma
          ? value.cellText.replacing(".", with: ",") : value.cellText
      }
      return column(.category, Cells(labels: texts))
    }
    let ticks = values.map { $0.isNaN ? Cells.missingTick : RealDigits.tick($0, digits: digits) }
    return number(
      digits == 0 ? .integer : .decimal(fractionDigits: digits), ticks, minimumDigits: 0)
  }

  private func day(_ ticks: [Int64]) -> Column {
    switch declared?.type {
    case .date(let format): return column(.date(format), .ticks(ticks))
    case .timestamp(let format):
      guard let pattern = TimePattern(format), !pattern.isClock else { break }
      return column(
        .timestamp(format), .ticks(ticks.map { Cells.isValue($0) ? $0 * pattern.ticksPerDay : $0 }))
    default: break
    }
    return column(.date(.iso), .ticks(ticks))
  }

  /// Writes microseconds since 1970.
  private func instant(_ ticks: [Int64], zone: String) -> Column {
    switch declared?.type {
    case .date(let format):
      return column(
        .date(format),
        .ticks(ticks.map { Cells.isValue($0) ? floorDivide($0, by: 86_400_000_000) : $0 }))
    case .timestamp(let format):
      guard let pattern = TimePattern(format), !pattern.isClock else { break }
      return column(.timestamp(format), .ticks(Self.scaled(ticks, to: pattern)))
    default: break
    }
    return time(ticks, pattern: "yyyy-MM-dd HH:mm:ss", zone: zone)
  }

  /// Writes microseconds since midnight.
  private func clock(_ ticks: [Int64]) -> Column {
    if case .timestamp(let format) = declared?.type, let pattern = TimePattern(format),
      pattern.isClock
    {
      return column(.timestamp(format), .ticks(Self.scaled(ticks, to: pattern)))
    }
    return time(ticks, pattern: "HH:mm:ss", zone: "")
  }

  /// Writes microseconds with 0, 3 or 6 digits of a second, whichever shows them all.
  private func time(_ ticks: [Int64], pattern: String, zone: String) -> Column {
    let digits = [0, 3, 6].first { digits in
      let step: Int64 = [0: 1_000_000, 3: 1000, 6: 1][digits] ?? 1
      return ticks.allSatisfy { !Cells.isValue($0) || $0 % step == 0 }
    }
    let fraction = digits.map { $0 == 0 ? "" : "." + String(repeating: "S", count: $0) } ?? ""
    let format = TimestampFormat(pattern: pattern + fraction + zone, fractionDigits: digits ?? 0)
    guard let pattern = TimePattern(format) else {
      preconditionFailure("the pattern of ISO 8601 is one")
    }
    return column(.timestamp(format), .ticks(Self.scaled(ticks, to: pattern)))
  }

  private static func scaled(_ micros: [Int64], to pattern: TimePattern) -> [Int64] {
    let perTick = 86_400_000_000 / pattern.ticksPerDay
    return perTick == 1
      ? micros : micros.map { Cells.isValue($0) ? floorDivide($0, by: perTick) : $0 }
  }
}

/// The decimal digits of binary numbers.
enum RealDigits {
  private static let powers: [Double] = (0...9).map { power in
    (0..<power).reduce(1) { value, _ in value * 10 }
  }
  /// Up to here, no two decimals of the same digits are the same binary number.
  private static let exact = 1e15

  /// Returns the fewest digits after the point, at most 9, by which all numbers are read back
  /// unchanged; nil if there are none. Not-a-number counts as missing.
  static func most(of values: [Double]) -> Int? {
    var digits = 0
    for value in values where !value.isNaN {
      while !isExact(value, digits: digits) {
        digits += 1
        if digits == powers.count { return nil }
      }
    }
    // A larger number of digits may be too many for an earlier, larger number.
    return values.allSatisfy { $0.isNaN || isExact($0, digits: digits) } ? digits : nil
  }

  static func tick(_ value: Double, digits: Int) -> Int64 {
    Int64((value * powers[digits]).rounded())
  }

  private static func isExact(_ value: Double, digits: Int) -> Bool {
    let scaled = (value * powers[digits]).rounded()
    return abs(scaled) < exact && scaled / powers[digits] == value
  }
}
