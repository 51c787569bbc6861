/// Several variables together.
///
/// The codes of all rows are worked out once for a pass. Each block of attributes is counted from
/// them by one number, and its sets from the block's cells, which are far fewer than the rows.
extension CountStatements {
  /// The name of the codes that a statement, or the engine, holds.
  private static let codes = "codes"

  /// Returns the statement of a pass.
  /// - Parameter attributes: All of which an engine that keeps codes keeps them.
  package func pass(_ blocks: [[[CountedAttribute]]], among attributes: [CountedAttribute]) throws
    -> String
  {
    try counts(of: blocks, from: keepsCodes ? attributes : nil)
  }

  /// Whether the engine keeps codes for later statements.
  package var keepsCodes: Bool { dialect.keepsCodes }

  /// Returns the statement by which an engine of this program's own keeps the codes of attributes
  /// for further statements.
  /// - Parameter isView: Whether they are worked out again whenever they are needed, as they would
  ///   take too much memory.
  package func keeping(_ attributes: [CountedAttribute], isView: Bool = false) throws -> String {
    "CREATE TEMP \(isView ? "VIEW" : "TABLE") \(Self.codes) AS \(try coding(attributes))"
  }

  /// Returns the statement after which it keeps none.
  package func dropping(isView: Bool) -> String {
    "DROP \(isView ? "VIEW" : "TABLE") \(Self.codes)"
  }

  /// Returns the query for the counts of some sets of attributes in one pass, as packed rows `(key,
  /// count)` for cells that are not empty. The cells of each set follow those of the set before.
  /// - Parameters:
  ///   - blocks: Sets that are counted from the cells of all their attributes. A block of single
  ///     attributes is counted straight from the rows, and comes alone.
  ///   - kept: The attributes whose codes the engine keeps; nil if the statement works them out.
  package func counts(of blocks: [[[CountedAttribute]]], from kept: [CountedAttribute]? = nil)
    throws -> String
  {
    if dialect.spreads { return dialect.packing(try spread(blocks)) }
    var attributes = kept ?? []
    for attribute in blocks.joined().joined() where !attributes.contains(attribute) {
      precondition(kept == nil, "an attribute whose codes are not kept")
      attributes.append(attribute)
    }
    let names = Dictionary(
      uniqueKeysWithValues: attributes.enumerated().map { ($1, "c\($0)") })
    func name(_ attribute: CountedAttribute) -> String { names[attribute] ?? "" }
    var start = 0
    let rows = blocks.map { sets in
      defer { start += sets.reduce(0) { $0 + Self.cells($1) } }
      return self.rows(of: sets, from: start, name: name)
    }.joined(separator: " UNION ALL ")
    guard kept == nil else { return dialect.packing(rows) }
    let sharing = blocks.count > 1 ? "MATERIALIZED" : "NOT MATERIALIZED"
    return "WITH \(Self.codes) AS \(sharing) (\(try coding(attributes))) \(dialect.packing(rows))"
  }

  static func cells(_ set: [CountedAttribute]) -> Int { set.reduce(1) { $0 * $1.size } }

  /// Returns the query for the rows `(k, n)` of a block.
  private func rows(
    of sets: [[CountedAttribute]], from first: Int, name: (CountedAttribute) -> String
  ) -> String {
    var members: [CountedAttribute] = []
    for attribute in sets.joined() where !members.contains(attribute) { members.append(attribute) }
    let names = members.map(name).joined(separator: ", ")
    var start = first
    let keys = sets.map { set -> String in
      defer { start += Self.cells(set) }
      let absent = members.reduce(0) { bits, member in bits << 1 | (set.contains(member) ? 0 : 1) }
      return "WHEN \(absent) THEN \(start) + \(key(of: set, name: name))"
    }
    let isApart = sets.allSatisfy { $0.count == 1 }
    let (cells, count) =
      isApart
      ? (Self.codes, "count(*)")
      : ("(\(self.cells(of: members, name: name))) AS cells", "CAST(sum(m) AS bigint)")
    let groupings = sets.map { "(\($0.map(name).joined(separator: ", ")))" }
    return
      "SELECT CAST(CASE grouping(\(names)) \(keys.joined(separator: " ")) END AS bigint) AS k, "
      + "\(count) AS n FROM \(cells) GROUP BY GROUPING SETS (\(groupings.joined(separator: ", ")))"
  }

  /// Returns the query for the cells of some attributes together that are not empty, as codes with
  /// the number of rows `m`. They are told apart by one number, which is quicker than by several
  /// columns.
  private func cells(of members: [CountedAttribute], name: (CountedAttribute) -> String) -> String {
    var divisor: Int64 = 1
    let codes = members.reversed().map { member -> String in
      defer { divisor *= Int64(member.size) }
      return "\(dialect.quotient("k", divisor)) % \(member.size) AS \(name(member))"
    }
    return "SELECT \(codes.reversed().joined(separator: ", ")), m FROM (SELECT k, count(*) AS m "
      + "FROM (SELECT \(key(of: members, name: name)) AS k FROM \(Self.codes)\(dialect.fence)) "
      + "AS keyed GROUP BY k) AS grouped\(dialect.fence)"
  }

  /// Returns the place of a cell among those of some attributes, row-major.
  func key(of set: [CountedAttribute], name: (CountedAttribute) -> String) -> String {
    set.dropFirst().reduce("CAST(\(set.first.map(name) ?? "") AS integer)") {
      "(\($0)) * \($1.size) + \(name($1))"
    }
  }

  /// Returns the query for the codes of attributes, with a column for each.
  func coding(_ attributes: [CountedAttribute]) throws -> String {
    var values: [String] = []
    var names: [String: String] = [:]
    for attribute in attributes where names[attribute.variable] == nil {
      let name = "v\(names.count)"
      names[attribute.variable] = name
      switch column(attribute.variable).value {
      case .ticks(let value), .text(let value): values.append("\(value) AS \(name)")
      }
    }
    let codes = try attributes.enumerated().map { place, attribute in
      let code = try column(attribute.variable).code(
        attribute, of: names[attribute.variable] ?? "")
      let typed = "CAST(\(code) AS \(dialect.codeType(attribute.size).name))"
      return "\(place == 0 ? dialect.apart(typed) : typed) AS c\(place)"
    }
    return "SELECT \(codes.joined(separator: ", ")) FROM (SELECT "
      + "\(values.joined(separator: ", ")) FROM \(table)\(dialect.fence)) AS valued"
      + dialect.fence
  }
}
