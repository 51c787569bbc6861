/// Several variables together, on an engine that would read all rows once more for each block.
///
/// One pass turns each row into the list of its cells, one in each block, and counts the cells of
/// all blocks together. Each of these, which are far fewer than the rows, then becomes the list of
/// its cells in the sets of its block.
extension CountStatements {
  /// Returns the query for the rows `(k, n)` of all sets of some blocks, in the order of
  /// ``counts(of:from:)``.
  func spread(_ blocks: [[[CountedAttribute]]]) throws -> String {
    var attributes: [CountedAttribute] = []
    for attribute in blocks.joined().joined() where !attributes.contains(attribute) {
      attributes.append(attribute)
    }
    let names = Dictionary(uniqueKeysWithValues: attributes.enumerated().map { ($1, "c\($0)") })
    func name(_ attribute: CountedAttribute) -> String { names[attribute] ?? "" }
    let codes = "(\(try coding(attributes))) AS codes"
    if blocks.count == 1, blocks[0].allSatisfy({ $0.count == 1 }) {
      var start = 0
      let places = keys(of: blocks[0], from: &start, name: name)
      return "SELECT k, count(*) AS n FROM (SELECT explode(\(places)) AS k FROM \(codes)) AS keyed "
        + "GROUP BY k"
    }
    var (first, start) = (0, 0)
    var (own, cases): ([String], [String]) = ([], [])
    for sets in blocks {
      var members: [CountedAttribute] = []
      for attribute in sets.joined() where !members.contains(attribute) {
        members.append(attribute)
      }
      own.append("\(first) + \(key(of: members, name: name))")
      let parts = parts(of: members, from: first)
      first += Self.cells(members)
      let places = keys(of: sets, from: &start) { parts[$0] ?? "" }
      cases.append("WHEN k < \(first) THEN \(places)")
    }
    let cells =
      "SELECT k, count(*) AS m FROM (SELECT explode(array(\(own.joined(separator: ", ")))) AS k "
      + "FROM \(codes)) AS keyed GROUP BY k"
    return "SELECT k, CAST(sum(m) AS bigint) AS n FROM (SELECT explode(CASE "
      + "\(cases.joined(separator: " ")) END) AS k, m FROM (\(cells)) AS cells) AS spread GROUP BY k"
  }

  /// Returns the list of a row's or cell's places in sets, whose cells begin at `start` and follow
  /// one another.
  private func keys(
    of sets: [[CountedAttribute]], from start: inout Int, name: (CountedAttribute) -> String
  ) -> String {
    let keys = sets.map { set in
      defer { start += Self.cells(set) }
      return "CAST(\(start) + \(key(of: set, name: name)) AS bigint)"
    }
    return "array(\(keys.joined(separator: ", ")))"
  }

  /// Returns the codes of a block's attributes in its cell `k`.
  private func parts(of members: [CountedAttribute], from first: Int)
    -> [CountedAttribute: String]
  {
    var divisor: Int64 = 1
    var parts: [CountedAttribute: String] = [:]
    for member in members.reversed() {
      parts[member] = "(\(dialect.quotient("(k - \(first))", divisor)) % \(member.size))"
      divisor *= Int64(member.size)
    }
    return parts
  }
}
