import DatabaseTables
import TableSources
import Tables

/// Counting on Spark, from version 4.0, over Spark Connect (docs/decisions/0058-spark.md).
package struct SparkCounts: CountDialect {
  package static let name = "spark"

  package init() {}

  package var costs: CountCosts { CountCosts(question: 200, code: 80, block: 250, cell: 40) }
  /// The cells of a pass are few, however many rows there are: they fit into the quick one of
  /// Spark's two hash tables once it has room for two million.
  package var setUp: [String] {
    [
      "SET spark.sql.shuffle.partitions = 32",
      "SET spark.sql.codegen.aggregate.fastHashMap.capacityBit = 21",
    ]
  }
  /// Texts are always in UTF-8; they can be compared by their bytes from version 4.0.
  package var checksTexts: String? {
    "SELECT CAST(CASE WHEN 'A' COLLATE UTF8_BINARY < 'a' THEN 1 ELSE 0 END AS bigint)"
  }
  /// A table has as many states as queries look at it.
  package var snapshot: (begin: [String], end: [String]) { ([], []) }
  package var fence: String { "" }
  package var packs: Bool { false }
  package var keepsCodes: Bool { false }
  package var naming: SQLDialect { .spark }
  package var spreads: Bool { true }
  /// There is no function for normalisation forms.
  package var composes: Bool { false }
  /// Java's text of a binary number of 32 bits is often not the shortest.
  package var readsShortReals: Bool { false }

  /// A backslash, and what a server takes it for, mean nothing in hexadecimal digits.
  package func literal(_ text: String) throws(AddressFault) -> String {
    guard !text.utf8.contains(0) else { throw .unreadable }
    return text.isEmpty ? "''" : "CAST(X'\(Self.hexadecimal(text))' AS STRING)"
  }

  private static func hexadecimal(_ text: String) -> String {
    text.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  package func compare(_ text: String, _ sign: String, _ literal: String) -> String {
    "\(text) \(sign) \(literal)"
  }

  /// The bytes are a blank and a tab.
  package func trimmed(_ text: String) -> String { "btrim(\(text), CAST(X'2009' AS STRING))" }
  package func composed(_ text: String) -> String { text }
  package func text(_ value: String) -> String {
    "(CAST(\(value) AS STRING) COLLATE UTF8_BINARY)"
  }
  package func quotient(_ value: String, _ divisor: Int64) -> String { "(\(value) div \(divisor))" }

  /// Numbers of at most fifteen digits are found by arithmetic alone. Longer ones are taken from
  /// Java's text, of which the last digit is left out if the rest stands for the number too.
  package func tick(ofReal value: String, isShort: Bool, digits: Int) -> String {
    let (factor, least) = (power(digits), number(Cells.lowestValue))
    let divisor = power(9 - digits)
    let tenth = "CAST(abs(rint(\(value) * 1e10D)) AS bigint)"
    let rounded = "(((\(tenth) + 5) div 10) + \(divisor / 2)) div \(divisor)"
    let short = "format_string('%.15e', \(value))"
    let text = "IF(CAST(\(short) AS double) = \(value), \(short), CAST(\(value) AS STRING))"
    let decimal = "TRY_CAST(\(text) AS DECIMAL(38, 9))"
    let exact = "CAST(round(\(decimal), \(digits)) AS DECIMAL(38, \(digits)))"
    let scaled = "TRY_CAST(replace(CAST(\(exact) AS STRING), '.', '') AS bigint)"
    return """
      CASE WHEN abs(\(value)) < 1e15D / \(factor) AND rint(\(value) * \(factor)) / \(factor) = \(value) \
      THEN CAST(rint(\(value) * \(factor)) AS bigint) \
      WHEN abs(\(value)) < 1e5D AND rint(\(value) * 1e10D) / 1e10D = \(value) \
      THEN CASE WHEN \(value) < 0 THEN -(\(rounded)) ELSE \(rounded) END \
      WHEN abs(\(value)) < 1e19D / \(factor) THEN CASE WHEN \(scaled) >= \(least) THEN \(scaled) END END
      """
  }

  package func tick(ofDecimal value: String, scale: Int?, digits: Int) -> String {
    let scale = scale ?? 0
    let whole =
      scale == 0
      ? "CAST(\(value) AS bigint)"
      : "CAST(\(value) * CAST(\(power(scale)) AS DECIMAL(10, 0)) AS bigint)"
    guard scale > digits else {
      let factor = power(digits - scale)
      let (low, high) = (number(Cells.lowestValue / factor), Int64.max / factor)
      return "CASE WHEN \(whole) BETWEEN \(low) AND \(high) THEN \(whole) * \(factor) END"
    }
    let divisor = power(scale - digits)
    let half = divisor / 2
    return "CASE WHEN \(whole) >= 0 THEN (\(whole) + \(half)) div \(divisor) "
      + "ELSE -((-\(whole) + \(half)) div \(divisor)) END"
  }

  /// An expression with a lambda is not compiled into one program with those around it. That
  /// program would be too long for Java's compiler, and would be interpreted.
  package func apart(_ code: String) -> String { "transform(array(\(code)), x -> x)[0]" }

  package func days(_ value: String) -> String { "CAST(unix_date(\(value)) AS bigint)" }

  /// The session's zone is UTC.
  package func microseconds(_ value: String) -> String {
    "unix_micros(CAST(\(value) AS TIMESTAMP))"
  }

  package func isBeyond(instant value: String) -> String {
    "\(microseconds(value)) NOT BETWEEN -62135596800000000 AND 253402300799999999"
  }

  /// Many cuts are halved by a list of steps: a tree of conditions would be a program that Java
  /// does not compile.
  package func bucket(_ value: String, cuts: [Int64]) -> String {
    guard cuts.count > 16 else {
      return DecisionTree(first: 0, cuts: cuts, codes: cuts.indices.map { $0 + 1 }).text {
        "\(value) <= \(number($0))"
      }
    }
    var steps = [1]
    while steps.reduce(0, +) < cuts.count { steps.insert(steps[0] * 2, at: 0) }
    let padding = [Int64](repeating: .max, count: steps.reduce(0, +) - cuts.count)
    let list = (cuts + padding).map { "\($0)L" }.joined(separator: ", ")
    let sizes = steps.map { "\($0)" }.joined(separator: ", ")
    return "aggregate(array(\(sizes)), 0, (p, s) -> p + CASE WHEN \(value) > "
      + "array(\(list))[p + s - 1] THEN s ELSE 0 END)"
  }

  package func countsTicksFirst(buckets: Int) -> Bool { buckets > 16 }

  package func part(_ part: String, ofDay day: String) -> String {
    "\(part)(date_from_unix_date(CAST(\(day) AS INT)))"
  }

  package func packing(_ rows: String) -> String {
    "SELECT k * 4294967296 + n FROM (\(rows)) AS packed"
  }

  package func codeType(_ codes: Int) -> (name: String, bytes: Int) { ("INT", 4) }
}
