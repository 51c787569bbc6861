import DatabaseTables
import Encoding
import TableSources
import Tables

/// The statements by which a table is counted under a schema. They hold what the schema and paid
/// answers say, and nothing from the rows.
package struct CountStatements: Sendable {
  let dialect: any CountDialect
  /// The table, a subquery or a function, as it stands behind `FROM`.
  let table: String
  private let columns: [String: CountedColumn]

  /// - Parameters:
  ///   - types: The columns of the table, as its driver delivers them.
  ///   - schema: A schema that ``CountingFault/first(of:)`` finds nothing wrong with.
  /// - Throws: ``CountingFault``.
  package init(
    _ dialect: any CountDialect, table: String, types: [DeliveredType], schema: Schema
  ) throws {
    (self.dialect, self.table) = (dialect, table)
    let delivered = Dictionary(types.map { ($0.name, $0) }) { first, _ in first }
    let known = Set(schema.columns.map(\.written))
    for type in types where !known.contains(type.name) {
      throw CountingFault.columns(.other(type.name))
    }
    guard delivered.count == types.count else { throw CountingFault.columns(.repeated) }
    var columns: [String: CountedColumn] = [:]
    for column in schema.columns {
      guard let type = delivered[column.written] else {
        throw CountingFault.columns(.missing(column.name))
      }
      guard Blueprint.isModelled(column, unit: schema.unit) else { continue }
      columns[column.name] = try CountedColumn(
        type, declared: column, format: schema.format, dialect: dialect)
    }
    self.columns = columns
  }

  package var costs: CountCosts { dialect.costs }

  /// The statements before the first count: they set the connection up and begin a look at one
  /// state of the table.
  package var opening: [String] {
    dialect.setUp + dialect.snapshot.begin + [dialect.checksTexts].compactMap(\.self)
  }

  func column(_ name: String) -> CountedColumn {
    guard let column = columns[name] else { preconditionFailure("a variable of no column") }
    return column
  }

  /// Returns the query of one row: the number of rows, and of those of each column, in the order of
  /// names, that reading would refuse.
  package var size: (sql: String, columns: [String]) {
    let conditions = columns.values.sorted { $0.name < $1.name }.compactMap { column in
      column.beyond.map { (column.name, $0) }
    }
    let counts = ["count(*)"] + conditions.map { "count(*) FILTER (WHERE \($0.1))" }
    return ("SELECT \(counts.joined(separator: ", ")) FROM \(table)", conditions.map(\.0))
  }

  // MARK: One variable

  /// Returns the query for a histogram, with rows `(bucket, count)`, and the cell of each bucket,
  /// nil for those that are outside all runs.
  package func histogram(of variable: String, runs: [ClosedRange<Int64>], codes: Int)
    -> (sql: String, cells: [Int?])
  {
    let buckets = Buckets(runs)
    let start = buckets.places.count
    let words = (0..<codes).map {
      "WHEN t = \(dialect.number(Cells.codeTick($0))) THEN \(start + 1 + $0) "
    }.joined()
    let lowest = dialect.number(Cells.lowestValue)
    let bucket =
      "CASE WHEN t IS NULL THEN \(start) \(words)WHEN t < \(lowest) THEN \(start + 1 + codes) "
      + "ELSE \(dialect.bucket("t", cuts: buckets.cuts)) END"
    let cells = buckets.places + (0...codes).map { runs.count + $0 } + [nil]
    guard dialect.countsTicksFirst(buckets: cells.count) else {
      return (grouped(bucket, of: variable), cells)
    }
    let sql =
      "SELECT CAST(k AS bigint), CAST(sum(n) AS bigint) FROM (SELECT \(bucket) AS k, n FROM "
      + "(SELECT t, count(*) AS n FROM \(ticks(of: variable)) GROUP BY t) AS tallied) AS counted "
      + "GROUP BY k"
    return (sql, cells)
  }

  /// Returns the query for the rows on the fullest ticks, of one row with one number.
  package func crowding(of variable: String, ticks count: Int, in runs: [ClosedRange<Int64>])
    -> String
  {
    "SELECT CAST(COALESCE(sum(n), 0) AS bigint) FROM (SELECT count(*) AS n FROM "
      + "\(ticks(of: variable)) WHERE \(isIn(runs)) GROUP BY t ORDER BY 1 DESC LIMIT \(count)) "
      + "AS fullest"
  }

  /// Returns the query for the rows on each lattice, with rows `(lattice, count)`.
  package func grain(of variable: String, lattices: [Lattice], in runs: [ClosedRange<Int64>])
    -> String
  {
    let cases = lattices.enumerated().map { "WHEN \(holds($1)) THEN \($0) " }.joined()
    let lattice = "CASE \(cases)ELSE \(lattices.count) END"
    return "SELECT CAST(k AS bigint), count(*) FROM (SELECT \(lattice) AS k FROM "
      + "\(ticks(of: variable)) WHERE \(isIn(runs))) AS counted GROUP BY k"
  }

  /// Returns the query for the number of different ticks.
  package func tickCount(of variable: String, in runs: [ClosedRange<Int64>]) -> String {
    "SELECT count(*) FROM (SELECT t FROM \(ticks(of: variable)) WHERE \(isIn(runs)) GROUP BY t) "
      + "AS different"
  }

  /// Returns the query for ticks, with rows `(rank, tick, count)`.
  package func ticks(
    of variable: String, in runs: [ClosedRange<Int64>], least: Int, ranks: [Int]
  ) -> String {
    let listed =
      ranks.isEmpty
      ? "" : " OR rank IN (\(ranks.map { "\($0)" }.joined(separator: ", ")))"
    return "SELECT rank, t, n FROM (SELECT t, n, row_number() OVER (ORDER BY t) - 1 AS rank "
      + "FROM (SELECT t, count(*) AS n FROM \(ticks(of: variable)) WHERE \(isIn(runs)) "
      + "GROUP BY t) AS counted) AS ranked WHERE n >= \(least)\(listed)"
  }

  private func grouped(_ expression: String, of variable: String) -> String {
    "SELECT CAST(k AS bigint), count(*) FROM (SELECT \(expression) AS k FROM "
      + "\(ticks(of: variable))) AS counted GROUP BY k"
  }

  /// The ticks of a variable as a table with one column `t`.
  private func ticks(of variable: String) -> String {
    guard case .ticks(let value) = column(variable).value else {
      preconditionFailure("ticks of labels")
    }
    return "(SELECT \(value) AS t FROM \(table)\(dialect.fence)) AS ticks"
  }

  /// Returns the condition that a tick is a value in one of the runs.
  private func isIn(_ runs: [ClosedRange<Int64>]) -> String {
    let stretches = Buckets.joined(runs)
    let conditions = stretches.prefix(Self.mostStretches).map {
      "t BETWEEN \(dialect.number($0.lowerBound)) AND \(dialect.number($0.upperBound))"
    }
    guard stretches.count > Self.mostStretches else {
      return "(" + conditions.joined(separator: " OR ") + ")"
    }
    // Stretches and the gaps between them take turns.
    let buckets = Buckets(stretches)
    let first = buckets.places[0] == nil ? 1 : 0
    let ends = "t >= \(dialect.number(Cells.lowestValue))"
    return "(\(ends) AND \(dialect.bucket("t", cuts: buckets.cuts)) % 2 = \(first))"
  }

  private static let mostStretches = 8

  private func holds(_ lattice: Lattice) -> String {
    switch lattice {
    case .every(let step, let offset): return "\(dialect.remainder("t", step)) = \(offset)"
    case .months(let ticksPerDay):
      return first(ticksPerDay, ["day"])
    case .years(let ticksPerDay):
      return first(ticksPerDay, ["day", "month"])
    }
  }

  /// Returns the condition that a tick begins a day of which these parts are 1.
  private func first(_ ticksPerDay: Int64, _ parts: [String]) -> String {
    let day = dialect.floored("t", ticksPerDay)
    let starts = ticksPerDay == 1 ? [] : ["\(dialect.remainder("t", ticksPerDay)) = 0"]
    return (starts + parts.map { "\(dialect.part($0, ofDay: day)) = 1" }).joined(separator: " AND ")
  }
}

/// Runs of ticks, and the gaps between them, as buckets between ascending cuts.
private struct Buckets {
  /// The last tick of each bucket but the last.
  private(set) var cuts: [Int64] = []
  /// The run that each bucket is; nil for gaps.
  private(set) var places: [Int?]

  init(_ runs: [ClosedRange<Int64>]) {
    places = [runs.first?.lowerBound == .min ? 0 : nil]
    for (place, run) in runs.enumerated() where run.lowerBound > .min {
      if let last = cuts.last, last == run.lowerBound - 1 {
        places[places.count - 1] = place
      } else {
        cuts.append(run.lowerBound - 1)
        places.append(place)
      }
      if run.upperBound < .max {
        cuts.append(run.upperBound)
        places.append(nil)
      }
    }
  }

  /// Returns runs as one where one begins behind the other.
  static func joined(_ runs: [ClosedRange<Int64>]) -> [ClosedRange<Int64>] {
    runs.reduce(into: []) { joined, run in
      if let last = joined.last, last.upperBound < run.lowerBound,
        last.upperBound + 1 == run.lowerBound
      {
        joined[joined.count - 1] = last.lowerBound...run.upperBound
      } else {
        joined.append(run)
      }
    }
  }
}

extension ColumnSchema {
  /// The column's name as the source writes it.
  fileprivate var written: String { header ?? name }
}
