/// Nested conditions that find the run of ordered values that one lies in: as many comparisons as
/// the binary logarithm of the number of runs.
struct DecisionTree<Key> {
  /// The code of values up to the first cut.
  let first: Int
  /// The last value of each run but the last, ascending.
  let cuts: [Key]
  /// The code of the run behind each cut.
  let codes: [Int]

  /// Returns the conditions.
  /// - Parameter isUpTo: Returns the condition that a value is at most a cut.
  func text(_ isUpTo: (Key) -> String) -> String { text(0, cuts.count, isUpTo) }

  /// The runs between two cuts.
  private func text(_ low: Int, _ high: Int, _ isUpTo: (Key) -> String) -> String {
    let range = (low == 0 ? first : codes[low - 1])
    if (low..<high).allSatisfy({ codes[$0] == range }) { return "\(range)" }
    let middle = (low + high) / 2
    return "CASE WHEN \(isUpTo(cuts[middle])) THEN \(text(low, middle, isUpTo)) "
      + "ELSE \(text(middle + 1, high, isUpTo)) END"
  }
}
