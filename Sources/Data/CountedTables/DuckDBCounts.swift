import Tables

/// Counting in DuckDB, from version 1.5, over files of Parquet.
package struct DuckDBCounts: CountDialect {
  package static let name = "duckdb"

  package init() {}

  package var costs: CountCosts { CountCosts(question: 30, code: 20, block: 11, cell: 17) }
  package var setUp: [String] { [] }
  package var checksTexts: String? { nil }
  /// Files have no states: they must not be changed during a run.
  package var snapshot: (begin: [String], end: [String]) { ([], []) }
  package var fence: String { "" }
  package var packs: Bool { false }
  package var keepsCodes: Bool { true }

  package func compare(_ text: String, _ sign: String, _ literal: String) -> String {
    "\(text) \(sign) \(literal)"
  }

  package func trimmed(_ text: String) -> String { "trim(\(text), ' ' || chr(9))" }
  package func composed(_ text: String) -> String { "nfc_normalize(\(text))" }
  package func text(_ value: String) -> String { "CAST(\(value) AS VARCHAR)" }
  package func quotient(_ value: String, _ divisor: Int64) -> String { "(\(value) // \(divisor))" }

  package func tick(ofReal value: String, isShort: Bool, digits: Int) -> String {
    let (factor, least) = (power(digits), Cells.lowestValue)
    let number = "TRY_CAST(CAST(\(value) AS VARCHAR) AS DECIMAL(38, 9))"
    let exact = "CAST(round(\(number), \(digits)) AS DECIMAL(38, \(digits)))"
    let scaled = "TRY_CAST(replace(CAST(\(exact) AS VARCHAR), '.', '') AS BIGINT)"
    let quick =
      isShort
      ? ""
      : """
      WHEN abs(\(value)) < 1e15 / \(factor) \
      AND round(\(value) * \(factor)) / \(factor) = \(value) \
      THEN CAST(round(\(value) * \(factor)) AS BIGINT) \

      """
    return """
      CASE \(quick)WHEN abs(\(value)) < 1e19 / \(factor) THEN CASE WHEN \(scaled) >= \(self.number(least)) \
      THEN \(scaled) END END
      """
  }

  package func tick(ofDecimal value: String, scale: Int?, digits: Int) -> String {
    let scale = scale ?? 0
    let whole = "CAST(replace(CAST(\(value) AS VARCHAR), '.', '') AS BIGINT)"
    guard scale > digits else {
      let factor = power(digits - scale)
      let (low, high) = (Cells.lowestValue / factor, Int64.max / factor)
      return "CASE WHEN \(whole) BETWEEN \(low) AND \(high) THEN \(whole) * \(factor) END"
    }
    let divisor = power(scale - digits)
    let half = divisor / 2
    return "CASE WHEN \(whole) >= 0 THEN (\(whole) + \(half)) // \(divisor) "
      + "ELSE -((-\(whole) + \(half)) // \(divisor)) END"
  }

  package func microseconds(_ value: String) -> String { "epoch_us(\(value))" }

  package func isBeyond(instant value: String) -> String {
    "epoch_us(\(value)) NOT BETWEEN -62135596800000000 AND 253402300799999999"
  }

  package func bucket(_ value: String, cuts: [Int64]) -> String {
    DecisionTree(first: 0, cuts: cuts, codes: cuts.indices.map { $0 + 1 }).text {
      "\(value) <= \(number($0))"
    }
  }

  /// Each condition costs something for every thousand rows, so many are asked of few.
  package func countsTicksFirst(buckets: Int) -> Bool { buckets > 64 }

  package func part(_ part: String, ofDay day: String) -> String {
    "\(part)(DATE '1970-01-01' + CAST(\(day) AS INTEGER))"
  }

  package func packing(_ rows: String) -> String {
    "SELECT k * 4294967296 + n FROM (\(rows)) AS packed"
  }

  package func codeType(_ codes: Int) -> (name: String, bytes: Int) {
    codes <= 1 << 8 ? ("utinyint", 1) : codes <= 1 << 16 ? ("usmallint", 2) : ("integer", 4)
  }
}
