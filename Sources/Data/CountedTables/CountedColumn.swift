import DatabaseTables
import DelimitedText
import Encoding
import Foundation
import TableSources
import Tables

/// A column of a database as its engine reads it under a schema: an expression whose value in each
/// row is that which reading the row here would give (docs/proofs/counted-rows.md).
struct CountedColumn {
  /// The form of the expression.
  enum Value {
    /// A tick, one of the ticks of code words, or NULL for a missing cell.
    case ticks(String)
    /// A text as it stands in the cell, and the words that stand for missing cells.
    case text(String)
  }

  let name: String
  let value: Value
  /// A condition on rows that hold what no cell can; nil if there are none.
  let beyond: String?

  private let declared: ColumnSchema
  private let format: TableFormat
  private let dialect: any CountDialect
  private let source: String
  private let missing: CellSorter

  /// - Throws: the reason why the rows must be read, as a ``CountingFault``.
  init(
    _ type: DeliveredType, declared: ColumnSchema, format: TableFormat, dialect: any CountDialect
  ) throws {
    (self.declared, self.format, self.dialect) = (declared, format, dialect)
    name = declared.name
    missing = CellSorter(missingTokens: format.missingTokens)
    do throws(AddressFault) { source = try dialect.naming.name(type.name) } catch {
      throw CountingFault.column(declared.name, .type)
    }
    guard let kind = CountedKind(type) else {
      throw CountingFault.column(declared.name, .type)
    }
    beyond = Self.beyond(kind, source, dialect)
    let reading = CellReadingSQL(
      declared: declared, format: format, dialect: dialect, source: source, missing: missing)
    guard let value = try reading.value(of: kind) else {
      throw CountingFault.column(declared.name, .type)
    }
    self.value = value
  }

  /// Rows for which reading ends with an error.
  private static func beyond(_ kind: CountedKind, _ source: String, _ dialect: any CountDialect)
    -> String?
  {
    switch kind {
    case .whole(isWide: true): "\(source) < \(Cells.lowestValue)"
    case .day: "\(source) < DATE '0001-01-01' OR \(source) > DATE '9999-12-31'"
    case .instant: dialect.isBeyond(instant: source)
    case .whole, .real, .decimal, .truth, .text: nil
    }
  }

  /// Returns the expression of an attribute's code, given the name of the column that holds
  /// ``value``.
  func code(_ attribute: CountedAttribute, of value: String) throws -> String {
    switch attribute.codec {
    case .ordered(let codec): ordered(codec, attribute, value)
    case .labels(let codec): try labels(codec, attribute, value)
    }
  }

  private func ordered(_ codec: OrderedCodec, _ attribute: CountedAttribute, _ value: String)
    -> String
  {
    let words = (0..<codec.words).map {
      "WHEN \(value) = \(dialect.number(Cells.codeTick($0))) "
        + "THEN \(attribute.code(codec.bins.count + $0)) "
    }
    let missing = attribute.code(codec.codeOfMissing)
    let lowest = dialect.number(Cells.lowestValue)
    let absent = "WHEN \(value) IS NULL OR \(value) < \(lowest) THEN \(missing)"
    let cuts = codec.cuts
    let tree = DecisionTree(
      first: codec.bins.isEmpty ? missing : attribute.code(0), cuts: cuts,
      codes: cuts.indices.map { attribute.code($0 + 1) })
    let bins = tree.text { "\(value) <= \(dialect.number($0))" }
    return "CASE \(words.joined())\(absent) ELSE \(bins) END"
  }

  private func labels(_ codec: LabelCodec, _ attribute: CountedAttribute, _ value: String) throws
    -> String
  {
    guard codec.groups.isEmpty else { throw CountingFault.column(name, .categories) }
    let codes = LabelCodes(codec, declared: declared, attribute: attribute) { text in
      var text = text
      return text.withUTF8 { missing.isMissing($0) }
    }
    return try codes.expression(of: value, tokens: format.missingTokens, dialect)
  }
}

/// The types of columns that are counted, of which others are read.
enum CountedKind: Equatable {
  /// Whole numbers of at most 64 bits; wide ones may lie below all ticks.
  case whole(isWide: Bool)
  /// Binary numbers, of 32 bits if short.
  case real(isShort: Bool)
  /// Exact numbers with so many digits after the point; nil if each has its own.
  case decimal(scale: Int?)
  case truth
  case text
  case day
  case instant

  init?(_ type: DeliveredType) {
    switch (type.format, type.ownName) {
    case ("u", "numeric"): self = .decimal(scale: nil)
    case ("u", nil), ("u", "text"), ("u", "varchar"), ("u", "bpchar"), ("vu", nil): self = .text
    case (_, let own?) where !Self.plainNames.contains(own): return nil
    case ("c", _), ("s", _), ("i", _), ("C", _), ("S", _), ("I", _): self = .whole(isWide: false)
    case ("l", _): self = .whole(isWide: true)
    case ("f", _): self = .real(isShort: true)
    case ("g", _): self = .real(isShort: false)
    case ("b", _): self = .truth
    case ("tdD", _): self = .day
    case (let format, _) where format.hasPrefix("tsu:"): self = .instant
    case (let format, _):
      guard let decimal = Self.decimal(format) else { return nil }
      self = decimal
    }
  }

  private static let plainNames: Set<String> = [
    "int2", "int4", "int8", "float4", "float8", "bool", "date", "timestamp", "timestamptz",
  ]

  /// Exact numbers that fit into 64 bits.
  private static func decimal(_ format: String) -> CountedKind? {
    let parts = format.split(separator: ":")
    guard parts.count == 2, parts[0] == "d" else { return nil }
    let numbers = parts[1].split(separator: ",").compactMap { Int($0) }
    guard numbers.count >= 2, (1...18).contains(numbers[0]), (0...9).contains(numbers[1]) else {
      return nil
    }
    return .decimal(scale: numbers[1])
  }
}
