import Tables

/// Groups of a variable's codes: a coarser look at it.
///
/// Made from public facts and paid answers alone, so that it tells nothing itself.
package struct CodeGroups: Sendable, Equatable {
  /// The variable's index in the domain.
  package let variable: Int
  /// The group of each code, in `0 ..< count`.
  package let groups: [Int]
  /// The number of groups.
  package let count: Int

  /// Groups codes so that each group holds a fair share of the rows. Neighbouring bins share a
  /// group; codes that a classification or their first character puts together share one; of other
  /// labels, the most frequent have one each, and the rest share one. Code words and missing cells
  /// have one each unless they are rare.
  ///
  /// Returns nil if there would be no two groups.
  ///
  /// - Parameters:
  ///   - counts: The noisy number of rows with each code.
  ///   - most: The number of groups of values, about.
  ///   - hierarchy: The public classification that the labels are codes of, if there is one.
  package init?(
    variable: Int, codec: Codec, counts: [Double], most: Int, hierarchy: CodeHierarchy? = nil
  ) {
    precondition(counts.count == codec.size, "one count per code")
    let counts = counts.map { max($0, 0) }
    let least = max(counts.reduce(0, +), 1) / Double(4 * most)
    let groups =
      switch codec {
      case .ordered(let codec):
        CodeGroups.neighbours(counts, values: codec.bins.count, most: most, least: least)
      case .labels(let codec):
        CodeGroups.frequent(
          counts, families: CodeGroups.families(of: codec, hierarchy), most: most, least: least)
      }
    self.variable = variable
    self.groups = groups
    count = (groups.max() ?? 0) + 1
    guard count >= 2 else { return nil }
  }

  private static func neighbours(_ counts: [Double], values: Int, most: Int, least: Double) -> [Int]
  {
    var groups = [Int](repeating: 0, count: counts.count)
    let share = counts[..<values].reduce(0, +) / Double(most)
    var (group, rows) = (0, 0.0)
    for code in 0..<values {
      // A group ends before the code that would take it farther from its share than it is.
      if rows > 0, rows + counts[code] / 2 > share { (group, rows) = (group + 1, 0) }
      groups[code] = group
      rows += counts[code]
    }
    for code in values..<counts.count where counts[code] >= least {
      group += 1
      groups[code] = group
    }
    return groups
  }

  /// Returns the family of each code: codes of one chapter of a classification, or else codes of
  /// one first character if rare ones were grouped by it. Any other code is a family of its own.
  private static func families(of codec: LabelCodec, _ hierarchy: CodeHierarchy?) -> [Int] {
    guard hierarchy != nil || codec.groups.contains(where: { $0.beginnings.count == 1 }) else {
      return Array(0..<codec.size)
    }
    let chapters = hierarchy?.levels.first.map { level in
      LabelGroups(level.map { LabelGroup(text: $0.code, beginnings: $0.beginnings) })
    }
    let codes = codec.labels.map(LabelCodec.leading) + codec.groups.map { $0.beginnings[0] }
    var known: [String: Int] = [:]
    let families = codes.enumerated().map { code, text -> Int in
      let family = chapters.map { $0.group(of: text).map { "\($0)" } } ?? String(text.prefix(1))
      guard let family else { return code }
      if let first = known[family] { return first }
      known[family] = code
      return code
    }
    return families + Array(codes.count..<codec.size)
  }

  /// The most frequent families have a group each, and the rest share one.
  private static func frequent(_ counts: [Double], families: [Int], most: Int, least: Double)
    -> [Int]
  {
    var rows = [Double](repeating: 0, count: counts.count)
    for (code, family) in families.enumerated() { rows[family] += counts[code] }
    let order = Set(families).sorted { (rows[$1], $0) < (rows[$0], $1) }
    let named = order.prefix(most - 1).filter { rows[$0] >= least }
    let group = Dictionary(uniqueKeysWithValues: named.enumerated().map { ($1, $0) })
    return families.map { group[$0] ?? named.count }
  }
}

extension CodeGroups {
  /// Creates the groups as given.
  ///
  /// - Precondition: Every group lies in `0 ..< count`.
  package init(variable: Int, groups: [Int], count: Int) {
    precondition(groups.allSatisfy((0..<count).contains), "a group beyond the number of groups")
    (self.variable, self.groups, self.count) = (variable, groups, count)
  }
}
