import DatabaseTables
import TableSources

/// The way in which one engine writes the few things that the statements of counting are made of.
///
/// Everything else is the same everywhere: `SELECT`, `GROUP BY`, grouping sets, `CASE`, windows,
/// and whole numbers of 64 bits.
package protocol CountDialect: Sendable {
  /// The name under which golden statements are kept.
  static var name: String { get }

  /// The time that the engine takes.
  var costs: CountCosts { get }
  /// Statements after which literals are read as they are written here.
  var setUp: [String] { get }
  /// A query that gives one row with the number 1 if texts can be compared here as Unicode says;
  /// nil if they always can.
  var checksTexts: String? { get }
  /// Statements that begin and end a look at one state of the table.
  var snapshot: (begin: [String], end: [String]) { get }
  /// Words behind a subquery that keep its columns from being computed more than once.
  var fence: String { get }
  /// Whether the engine packs all cells of a pass into one value of bytes.
  var packs: Bool { get }
  /// Whether the engine is this program's own and keeps codes in its memory for later statements.
  var keepsCodes: Bool { get }
  /// How the engine quotes names.
  var naming: SQLDialect { get }
  /// Whether all blocks are counted in one pass, by a list of cells for each row.
  var spreads: Bool { get }
  /// Whether ``composed(_:)`` composes; if not, statements name all spellings of a label.
  var composes: Bool { get }
  /// Whether the engine's text of a binary number of 32 bits is the shortest that stands for it.
  var readsShortReals: Bool { get }

  /// Returns a text, byte for byte.
  func literal(_ text: String) throws(AddressFault) -> String
  /// Returns a code in a form for which the engine works all codes of a row out in a step of its
  /// own.
  func apart(_ code: String) -> String
  /// Returns the days since 1970 of a date.
  func days(_ value: String) -> String

  /// Returns a comparison of texts by their bytes, such as `=` or `<`.
  func compare(_ text: String, _ sign: String, _ literal: String) -> String
  /// Returns a text without blanks and tabs at its ends.
  func trimmed(_ text: String) -> String
  /// Returns a text in Unicode's normalisation form C.
  func composed(_ text: String) -> String
  /// Returns the text that a value of the engine is written as.
  func text(_ value: String) -> String
  /// Returns the quotient of two whole numbers that divide without a remainder.
  func quotient(_ value: String, _ divisor: Int64) -> String
  /// Returns the ticks of a binary number with this many digits after the point; NULL if it is not
  /// a number or too large.
  /// - Parameter isShort: Whether it has 32 bits: the decimal that stands for it may then be
  ///   another number.
  func tick(ofReal value: String, isShort: Bool, digits: Int) -> String
  /// Returns the ticks of an exact number; NULL if it is too large.
  func tick(ofDecimal value: String, scale: Int?, digits: Int) -> String
  /// Returns the microseconds since 1970 of a point in time.
  func microseconds(_ value: String) -> String
  /// Returns the condition that a point in time is not in the years 1 to 9999.
  func isBeyond(instant value: String) -> String
  /// Returns the number of ascending cuts that lie below a tick, which is a value.
  func bucket(_ value: String, cuts: [Int64]) -> String
  /// Whether different ticks are better counted first, and put into so many buckets afterwards.
  func countsTicksFirst(buckets: Int) -> Bool
  /// Returns the year, month or day of the date so many days after 1970-01-01.
  func part(_ part: String, ofDay day: String) -> String
  /// Returns a query that packs the keys and numbers of rows `(k, n)`, four bytes each with the
  /// highest first: all into one value of bytes, or each row into a number.
  func packing(_ rows: String) -> String
  /// Returns the smallest type for so many codes.
  func codeType(_ codes: Int) -> (name: String, bytes: Int)
}

/// The CPU time of an engine on two busy cores (docs/decisions/0055-passes.md), in nanoseconds for
/// each row: to ask about a column, to work out a code, to count a block, to deliver a cell.
package struct CountCosts: Sendable {
  package let question, code, block, cell: Double
}

extension CountDialect {
  /// The engine, and the state of the table that it counted, in words for a manifest.
  package var account: String {
    snapshot.begin.isEmpty
      ? "counted in \(Self.name), which has no snapshot: nobody may change the table during a run"
      : "counted in \(Self.name), all of it in one snapshot"
  }

  package var naming: SQLDialect { .standard }
  package var spreads: Bool { false }
  package var composes: Bool { true }
  package var readsShortReals: Bool { true }

  package func literal(_ text: String) throws(AddressFault) -> String {
    try SQLDialect.literal(text)
  }

  package func apart(_ code: String) -> String { code }

  package func days(_ value: String) -> String {
    "CAST((\(value) - DATE '1970-01-01') AS bigint)"
  }

  /// Returns the remainder of a whole number that may be negative: never negative itself.
  func remainder(_ value: String, _ divisor: Int64) -> String {
    "(((\(value) % \(divisor)) + \(divisor)) % \(divisor))"
  }

  /// Returns the quotient rounded down.
  func floored(_ value: String, _ divisor: Int64) -> String {
    guard divisor != 1 else { return value }
    return quotient("(\(value) - \(remainder(value, divisor)))", divisor)
  }

  /// Returns a whole number, with parentheses if it is negative.
  func number(_ value: Int64) -> String { value < 0 ? "(\(value))" : "\(value)" }

  /// Returns 10 to the power `digits`.
  func power(_ digits: Int) -> Int64 { (0..<digits).reduce(1) { power, _ in power * 10 } }
}
