/// Which of overlapping findings stays.
///
/// The more confident one; of equals the longer; of equals the one that starts earlier. What the loser covered
/// beside the winner stays masked only where another finding covers it.
enum OverlapRule {
  static func settled(_ found: [ProseSpan]) -> [ProseSpan] {
    guard found.count > 1 else { return found }
    let order = found.indices.sorted { left, right in precedes(found[left], found[right]) }
    let sorted = found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    if zip(sorted, sorted.dropFirst()).allSatisfy({ $0.range.upperBound <= $1.range.lowerBound }) { return sorted }
    var kept: [ProseSpan] = []
    var taken = IntervalSet()
    for index in order where taken.insert(found[index].range) { kept.append(found[index]) }
    return kept.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private static func precedes(_ left: ProseSpan, _ right: ProseSpan) -> Bool {
    if left.confidence != right.confidence { return left.confidence > right.confidence }
    if left.range.count != right.range.count { return left.range.count > right.range.count }
    return left.range.lowerBound < right.range.lowerBound
  }
}

/// Disjoint ranges, kept in buckets of bytes so that a long text stays linear.
private struct IntervalSet {
  private static let shift = 8
  private var buckets: [Int: [Range<Int>]] = [:]

  /// Adds a range, unless it overlaps one that is there; says whether it was added.
  mutating func insert(_ range: Range<Int>) -> Bool {
    let span = (range.lowerBound >> Self.shift)...((range.upperBound - 1) >> Self.shift)
    for bucket in span where buckets[bucket]?.contains(where: { $0.overlaps(range) }) == true { return false }
    for bucket in span { buckets[bucket, default: []].append(range) }
    return true
  }
}
