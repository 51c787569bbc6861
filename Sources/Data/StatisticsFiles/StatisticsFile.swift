import CReadStat
import Foundation
import TableSources
import Tables

/// A file of SPSS, Stata or SAS, read by ReadStat.
///
/// Labels of values become the cells, cells that the file declares missing are missing, and numbers
/// that the file shows as dates or times are those. ReadStat parses bytes of unknown origin in C:
/// it runs in a process that may die.
package enum StatisticsFile {
  /// The programs whose files are read.
  package enum Kind: String, Sendable, Codable {
    case spss
    case stata
    /// A transport file (`.xpt`).
    case sasTransport
    /// A data file (`.sas7bdat`).
    case sasData
  }

  /// Reads a file.
  /// - Parameter name: The name by which errors call it.
  package static func read(_ path: String, kind: Kind, name: String) throws(SourceError)
    -> SourceTable
  {
    guard let parser = readstat_parser_init() else { throw .statistics(.memory, file: name) }
    defer { readstat_parser_free(parser) }
    let reading = StatisticsReading(kind: kind, name: name)
    setHandlers(parser)
    let context = Unmanaged.passUnretained(reading).toOpaque()
    let status =
      switch kind {
      case .spss: readstat_parse_sav(parser, path, context)
      case .stata: readstat_parse_dta(parser, path, context)
      case .sasTransport: readstat_parse_xport(parser, path, context)
      case .sasData: readstat_parse_sas7bdat(parser, path, context)
      }
    if let fault = reading.fault { throw fault }
    if let fault = fault(status) { throw .statistics(fault, file: name) }
    if kind == .stata, let place = StataLongTexts.firstColumn(of: path) {
      throw .columnType(
        table: name, column: reading.name(ofColumn: place), type: "strL of format 119")
    }
    return try reading.table()
  }

  private static func setHandlers(_ parser: UnsafeMutablePointer<readstat_parser_t>) {
    readstat_set_variable_handler(parser) { _, variable, labels, context in
      guard let variable, let reading = StatisticsReading.of(context) else {
        return Int32(READSTAT_HANDLER_ABORT)
      }
      reading.begin(variable, labels: labels.map { String(cString: $0) })
      return Int32(READSTAT_HANDLER_OK)
    }
    readstat_set_value_handler(parser) { _, variable, value, context in
      guard let variable, let reading = StatisticsReading.of(context),
        reading.append(value, to: variable)
      else {
        return Int32(READSTAT_HANDLER_ABORT)
      }
      return Int32(READSTAT_HANDLER_OK)
    }
    readstat_set_value_label_handler(parser) { set, value, label, context in
      guard let set, let label, let reading = StatisticsReading.of(context) else {
        return Int32(READSTAT_HANDLER_ABORT)
      }
      reading.addLabel(String(cString: label), of: value, to: String(cString: set))
      return Int32(READSTAT_HANDLER_OK)
    }
  }

  private static func fault(_ status: readstat_error_t) -> StatisticsFault? {
    switch status {
    case READSTAT_OK: nil
    case READSTAT_ERROR_OPEN, READSTAT_ERROR_READ: .unreadable
    case READSTAT_ERROR_MALLOC: .memory
    case READSTAT_ERROR_UNSUPPORTED_CHARSET, READSTAT_ERROR_CONVERT,
      READSTAT_ERROR_CONVERT_BAD_STRING:
      .encoding
    case READSTAT_ERROR_UNSUPPORTED_FILE_FORMAT_VERSION, READSTAT_ERROR_UNSUPPORTED_COMPRESSION:
      .version
    default: .damaged
    }
  }
}

/// The variables of a file while it is parsed.
private final class StatisticsReading {
  private let kind: StatisticsFile.Kind
  private let name: String
  private var variables: [Variable] = []
  private var labels: [String: [LabelledValue: String]] = [:]
  var fault: SourceError?

  private struct Variable {
    let name: String
    let form: DateForm?
    let labelSet: String?
    /// Its label: the meaning in words.
    let meaning: String?
    /// The values that the file declares missing: their labels name reasons.
    let missing: MissingValues
    /// The numbers, not-a-number for a missing one; empty for texts.
    var numbers: [Double] = []
    var texts: [String?] = []
    let isText: Bool
  }

  private enum LabelledValue: Hashable {
    case number(Double)
    case text(String)
  }

  private struct MissingValues {
    private var numbers: [ClosedRange<Double>] = []
    private var texts: Set<String> = []

    init(of variable: UnsafeMutablePointer<readstat_variable_t>) {
      for place in 0..<readstat_variable_get_missing_ranges_count(variable) {
        let low = readstat_variable_get_missing_range_lo(variable, place)
        let high = readstat_variable_get_missing_range_hi(variable, place)
        if readstat_value_type_class(low) == READSTAT_TYPE_CLASS_STRING {
          texts.insert(StatisticsReading.text(of: low))
        } else {
          let (low, high) = (
            StatisticsReading.number(of: low), StatisticsReading.number(of: high)
          )
          if low <= high { numbers.append(low...high) }
        }
      }
    }

    func holds(_ value: LabelledValue) -> Bool {
      switch value {
      case .number(let number): numbers.contains { $0.contains(number) }
      case .text(let text): texts.contains(text)
      }
    }
  }

  init(kind: StatisticsFile.Kind, name: String) { (self.kind, self.name) = (kind, name) }

  static func of(_ context: UnsafeMutableRawPointer?) -> StatisticsReading? {
    context.map { Unmanaged<StatisticsReading>.fromOpaque($0).takeUnretainedValue() }
  }

  func begin(_ variable: UnsafeMutablePointer<readstat_variable_t>, labels: String?) {
    let format = readstat_variable_get_format(variable).map { String(cString: $0) } ?? ""
    variables.append(
      Variable(
        name: readstat_variable_get_name(variable).map { String(cString: $0) } ?? "",
        form: DateForm(format, of: kind), labelSet: labels,
        meaning: readstat_variable_get_label(variable).map { String(cString: $0) },
        missing: MissingValues(of: variable),
        isText: readstat_variable_get_type_class(variable) == READSTAT_TYPE_CLASS_STRING))
  }

  func name(ofColumn place: Int) -> String {
    variables.indices.contains(place) ? variables[place].name : ""
  }

  func append(_ value: readstat_value_t, to variable: UnsafeMutablePointer<readstat_variable_t>)
    -> Bool
  {
    let place = Int(readstat_variable_get_index(variable))
    guard variables.indices.contains(place) else {
      fault = .malformed(table: name)
      return false
    }
    let isMissing = readstat_value_is_missing(value, variable) != 0
    if variables[place].isText {
      variables[place].texts.append(isMissing ? nil : Self.text(of: value))
    } else {
      variables[place].numbers.append(isMissing ? .nan : Self.number(of: value))
    }
    return true
  }

  func addLabel(_ label: String, of value: readstat_value_t, to set: String) {
    // A label of a missing value names a reason to be missing.
    guard readstat_value_is_tagged_missing(value) == 0, readstat_value_is_system_missing(value) == 0
    else { return }
    let isText = readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING
    labels[set, default: [:]][
      isText ? .text(Self.text(of: value)) : .number(Self.number(of: value))] = label
  }

  func table() throws(SourceError) -> SourceTable {
    guard !variables.isEmpty else { throw .noColumns(table: name) }
    var columns: [SourceColumn] = []
    var facts = SourceFacts()
    while !variables.isEmpty {
      let variable = variables.removeFirst()
      facts.columns.append(fact(of: variable))
      columns.append(try column(of: variable))
    }
    var table = SourceTable(name: name, columns: columns)
    table.facts = facts
    return table
  }

  /// Returns the facts that the file states of a variable: its label, and those of its values.
  private func fact(of variable: Variable) -> SourceFacts.Column {
    var fact = SourceFacts.Column(variable.name)
    fact.meaning = variable.meaning.flatMap { $0.isEmpty ? nil : $0 }
    let names = (variable.labelSet.flatMap { labels[$0] } ?? [:])
      .filter { !variable.missing.holds($0.key) }
    let ordered = names.sorted { first, second in
      switch (first.key, second.key) {
      case (.number(let one), .number(let other)): one < other
      case (.text(let one), .text(let other)): one < other
      case (.number, .text): true
      case (.text, .number): false
      }
    }.map(\.value)
    if !ordered.isEmpty, Set(ordered).count == ordered.count { fact.categories = ordered }
    return fact
  }

  private func column(of variable: Variable) throws(SourceError) -> SourceColumn {
    let names = variable.labelSet.flatMap { labels[$0] } ?? [:]
    if variable.isText {
      return try column(variable, texts: variable.texts.map { $0.map { names[.text($0)] ?? $0 } })
    }
    guard names.isEmpty else {
      return try column(
        variable, texts: variable.numbers.map { $0.isNaN ? nil : names[.number($0)] ?? $0.cellText }
      )
    }
    if let form = variable.form, let column = try column(variable, form: form) { return column }
    var column = SourceColumn(name: variable.name, kind: .real)
    for number in variable.numbers { column.append(real: number) }
    return column
  }

  private func column(_ variable: Variable, texts: [String?]) throws(SourceError) -> SourceColumn {
    var column = SourceColumn(name: variable.name, kind: .text)
    for text in texts {
      guard let text else {
        column.appendMissing()
        continue
      }
      do throws(SourceColumnFault) { try column.append(text: text) } catch {
        throw .text(error, table: name, column: variable.name)
      }
    }
    return column
  }

  /// Returns dates or times; nil for times that are no times of day, which stay numbers of seconds.
  private func column(_ variable: Variable, form: DateForm) throws(SourceError) -> SourceColumn? {
    if form.isClock, variable.numbers.contains(where: { !$0.isNaN && !(0..<86_400).contains($0) }) {
      return nil
    }
    var column = SourceColumn(name: variable.name, kind: form.kind)
    for number in variable.numbers {
      guard !number.isNaN else {
        column.appendMissing()
        continue
      }
      guard let tick = form.tick(number), column.append(tick: tick) else {
        throw .outOfRange(table: name, column: variable.name)
      }
    }
    return column
  }

  static func number(of value: readstat_value_t) -> Double {
    switch readstat_value_type(value) {
    case READSTAT_TYPE_INT8: Double(readstat_int8_value(value))
    case READSTAT_TYPE_INT16: Double(readstat_int16_value(value))
    case READSTAT_TYPE_INT32: Double(readstat_int32_value(value))
    case READSTAT_TYPE_FLOAT: Double("\(readstat_float_value(value))") ?? .nan
    default: readstat_double_value(value)
    }
  }

  /// These formats fill texts with blanks.
  static func text(of value: readstat_value_t) -> String {
    var text = readstat_string_value(value).map { String(cString: $0) } ?? ""
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
