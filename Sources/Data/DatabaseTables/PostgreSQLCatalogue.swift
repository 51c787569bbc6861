import TableSources
import Tables

/// The catalogue of a PostgreSQL server, asked about a table: comments, columns that are never
/// empty, the labels of enumerations, rules on one column, keys.
package enum PostgreSQLCatalogue {
  /// Returns the query that asks for it, with rows `(kind, column, text)`. It reads the catalogue
  /// alone, and no row of the table.
  /// - Parameter table: The table's name as SQL.
  package static func query(_ table: String) throws(AddressFault) -> String {
    """
    WITH t AS (SELECT CAST(\(try SQLDialect.literal(table)) AS regclass) AS id) \
    SELECT kind, col, said FROM ( \
    SELECT 1 AS r, CAST(a.attnum AS float8) AS p, 'column' AS kind, CAST(a.attname AS text) AS col, \
    CAST(COALESCE(col_description(a.attrelid, a.attnum), '') AS text) AS said \
    FROM pg_attribute a, t WHERE a.attrelid = t.id AND a.attnum > 0 AND NOT a.attisdropped \
    UNION ALL SELECT 2, CAST(a.attnum AS float8), 'required', CAST(a.attname AS text), '' \
    FROM pg_attribute a, t \
    WHERE a.attrelid = t.id AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull \
    UNION ALL SELECT 3, CAST(e.enumsortorder AS float8), 'label', CAST(a.attname AS text), \
    CAST(e.enumlabel AS text) FROM pg_attribute a JOIN pg_enum e ON e.enumtypid = a.atttypid, t \
    WHERE a.attrelid = t.id AND a.attnum > 0 AND NOT a.attisdropped \
    UNION ALL SELECT 4, CAST(CAST(c.oid AS bigint) AS float8), \
    CASE WHEN c.contype = 'c' THEN 'check' ELSE 'key' END, CAST(a.attname AS text), \
    CAST(pg_get_constraintdef(c.oid, true) AS text) \
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1], t \
    WHERE c.conrelid = t.id AND c.convalidated \
    AND (c.contype IN ('p', 'u', 'f') OR c.contype = 'c' AND cardinality(c.conkey) = 1) \
    UNION ALL SELECT 5, 0, 'table', '', CAST(obj_description(t.id, 'pg_class') AS text) FROM t \
    WHERE obj_description(t.id, 'pg_class') IS NOT NULL \
    ) AS facts ORDER BY r, p
    """
  }

  /// Returns the facts of the query's rows.
  package static func facts(_ rows: SourceTable) -> SourceFacts {
    var facts = SourceFacts()
    let columns = rows.columns.map(\.texts)
    guard columns.count == 3 else { return facts }
    for (kind, (column, said)) in zip(columns[0], zip(columns[1], columns[2])) {
      guard let kind, let column, let said else { continue }
      switch kind {
      case "column": facts.describe(column) { $0.meaning = said.isEmpty ? nil : said }
      case "required": facts.describe(column) { $0.isRequired = true }
      case "label": facts.describe(column) { $0.categories = ($0.categories ?? []) + [said] }
      case "check": take(said, of: column, into: &facts)
      case "key": facts.notes.append("The source says of '\(column)': \(said).")
      default: facts.notes.append("The source says of the table: \(said)")
      }
    }
    return facts
  }

  private static func take(_ rule: String, of column: String, into facts: inout SourceFacts) {
    guard let check = CheckRule(rule, column: column) else {
      facts.notes.append(
        "A rule of the source on '\(column)' is neither a range nor a list, and was not taken over."
      )
      return
    }
    facts.describe(column) { fact in
      switch check {
      case .values(let values):
        fact.categories = fact.categories.map { $0.filter(values.contains) } ?? values
      case .range(let low, let high):
        fact.lowest = low ?? fact.lowest
        fact.highest = high ?? fact.highest
      }
    }
  }
}
