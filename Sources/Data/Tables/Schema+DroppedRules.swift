extension Schema {
  /// Takes out the rules that contradict the columns as they are now, or name a column that is no
  /// longer modelled, and the place if its columns no longer serve.
  /// - Parameter old: The schema before its columns were changed.
  /// - Returns: The number of rules taken out.
  package mutating func dropRules(since old: Schema) -> Int {
    let before = rules.count
    let unmodelled = Set(
      zip(old.columns, columns).filter { $0.isModelled && !$1.isModelled }.map(\.1.name))
    keepRules { _, rule in unmodelled.isDisjoint(with: rule.columns) }
    // A rule may contradict only while another is there, so look again until nothing is found.
    while true {
      let broken = Set(inconsistencies().compactMap(\.rule))
      guard !broken.isEmpty else { break }
      keepRules { index, _ in !broken.contains(index) }
    }
    if place != nil, !inconsistencies().isEmpty { place = nil }
    return before - rules.count
  }

  /// Keeps the rules that satisfy a condition, with their maps and their provenance.
  package mutating func keepRules(where keeps: (_ index: Int, _ rule: Rule) -> Bool) {
    let kept = rules.enumerated().filter { keeps($0.offset, $0.element) }.map(\.element)
    let gone = Set(rules).subtracting(kept)
    rules = kept
    for rule in gone {
      maps[rule] = nil
      provenance.rules[rule] = nil
    }
  }
}
