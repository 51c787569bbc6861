import Tables

/// Counting in PostgreSQL, from version 13.
package struct PostgreSQLCounts: CountDialect {
  package static let name = "postgresql"

  package init() {}

  package var costs: CountCosts { CountCosts(question: 300, code: 90, block: 190, cell: 36) }
  /// The statements are long, and compiling them takes longer than running them. A block's cells
  /// are to stay in memory.
  package var setUp: [String] {
    ["SET standard_conforming_strings = on", "SET jit = off", "SET work_mem = '64MB'"]
  }
  package var checksTexts: String? {
    "SELECT CAST(CASE WHEN current_setting('server_encoding') = 'UTF8' THEN 1 ELSE 0 END AS bigint)"
  }
  package var snapshot: (begin: [String], end: [String]) {
    (["BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"], ["COMMIT"])
  }
  package var fence: String { " OFFSET 0" }
  package var packs: Bool { true }
  package var keepsCodes: Bool { false }

  package func compare(_ text: String, _ sign: String, _ literal: String) -> String {
    "\(text) COLLATE \"C\" \(sign) \(literal)"
  }

  package func trimmed(_ text: String) -> String { "btrim(\(text), ' ' || chr(9))" }
  package func composed(_ text: String) -> String { "normalize(\(text), NFC)" }
  package func text(_ value: String) -> String { "CAST(\(value) AS text)" }
  package func quotient(_ value: String, _ divisor: Int64) -> String { "(\(value) / \(divisor))" }

  package func tick(ofReal value: String, isShort: Bool, digits: Int) -> String {
    let (factor, least) = (power(digits), Cells.lowestValue)
    let exact = "round(round(CAST(CAST(\(value) AS text) AS numeric), 9), \(digits)) * \(factor)"
    let quick =
      isShort
      ? ""
      : """
      WHEN abs(\(value)) < 1e15::float8 / \(factor) \
      AND round(\(value) * \(factor)) / \(factor) = \(value) \
      THEN CAST(round(\(value) * \(factor)) AS bigint) \

      """
    return """
      CASE \(quick)WHEN abs(\(value)) < 1e19::float8 / \(factor) THEN CASE WHEN \(exact) \
      BETWEEN \(least) AND \(Int64.max) THEN CAST(\(exact) AS bigint) END END
      """
  }

  /// Numbers are read with 18 digits and at most 9 behind the point, as from a text.
  package func tick(ofDecimal value: String, scale: Int?, digits: Int) -> String {
    let (factor, least) = (power(digits), Cells.lowestValue)
    let kept = "GREATEST(0, LEAST(9, 18 - length(CAST(trunc(abs(\(value))) AS text))))"
    let exact = "round(round(\(value), \(kept)), \(digits)) * \(factor)"
    return """
      CASE WHEN abs(\(value)) < \(1_000_000_000_000_000_000 / factor) \
      AND scale(\(value)) <= \(digits) THEN CAST(\(value) * \(factor) AS bigint) \
      WHEN abs(\(value)) < 10000000000000000000::numeric / \(factor) THEN CASE WHEN \(exact) \
      BETWEEN \(least) AND \(Int64.max) THEN CAST(\(exact) AS bigint) END END
      """
  }

  package func microseconds(_ value: String) -> String {
    "CAST(floor(extract(epoch FROM \(value)) * 1000000) AS bigint)"
  }

  package func isBeyond(instant value: String) -> String {
    "\(value) < TIMESTAMP '0001-01-01 00:00:00' "
      + "OR \(value) > TIMESTAMP '9999-12-31 23:59:59.999999'"
  }

  package func bucket(_ value: String, cuts: [Int64]) -> String {
    guard !cuts.isEmpty else { return "0" }
    let lows = cuts.map { "\($0 + 1)" }.joined(separator: ", ")
    return "width_bucket(\(value), CAST(ARRAY[\(lows)] AS bigint[]))"
  }

  package func countsTicksFirst(buckets: Int) -> Bool { false }

  package func part(_ part: String, ofDay day: String) -> String {
    "extract(\(part) FROM DATE '1970-01-01' + CAST(\(day) AS integer))"
  }

  package func packing(_ rows: String) -> String {
    "SELECT string_agg(int4send(CAST(k AS integer)) || int4send(CAST(n AS integer)), ''::bytea "
      + "ORDER BY k) FROM (\(rows)) AS packed"
  }

  package func codeType(_ codes: Int) -> (name: String, bytes: Int) {
    codes <= 1 << 15 ? ("smallint", 2) : ("integer", 4)
  }
}
