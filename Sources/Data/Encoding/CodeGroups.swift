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
  /// group; the most frequent labels have one each, and the rest share one. Code words and missing
  /// cells have one each unless they are rare.
  ///
  /// Returns nil if there would be no two groups.
  ///
  /// - Parameters:
  ///   - counts: The noisy number of rows with each code.
  ///   - most: The number of groups of values, about.
  package init?(variable: Int, codec: Codec, counts: [Double], most: Int) {
    precondition(counts.count == codec.size, "one count per code")
    let counts = counts.map { max($0, 0) }
    let least = max(counts.reduce(0, +), 1) / Double(4 * most)
    let groups =
      switch codec {
      case .ordered(let codec): CodeGroups.neighbours(counts, values: codec.bins.count, most: most, least: least)
      case .labels: CodeGroups.frequent(counts, most: most, least: least)
      }
    self.variable = variable
    self.groups = groups
    count = (groups.max() ?? 0) + 1
    guard count >= 2 else { return nil }
  }

  private static func neighbours(_ counts: [Double], values: Int, most: Int, least: Double) -> [Int] {
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

  private static func frequent(_ counts: [Double], most: Int, least: Double) -> [Int] {
    let order = counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
    let named = order.prefix(most - 1).filter { counts[$0] >= least }
    var groups = [Int](repeating: named.count, count: counts.count)
    for (group, code) in named.enumerated() { groups[code] = group }
    return groups
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
