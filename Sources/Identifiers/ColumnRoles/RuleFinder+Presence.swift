import Tables

/// Rules on missing cells: columns that are missing together, and those that follow a label.
extension RuleFinder {
  private typealias Pattern = (names: [String], isPresent: [Bool], present: Int)

  /// The most labels that a suggested rule names.
  private static let mostLabels = 8
  /// The share of present cells up to which a label counts as one without.
  private static let hardlyAny = 0.02

  func presence() -> [RuleSuggestion] {
    let patterns = patterns()
    let labels = columns.compactMap { LabelView($0) }
    var found: [RuleSuggestion] = []
    for pattern in patterns {
      let share = Double(pattern.present) / Double(rows)
      if pattern.names.count > 1 {
        found.append(
          RuleSuggestion(
            rule: .together(pattern.names), strength: 2 * share * (1 - share) * Double(rows)))
      }
      for label in labels where !pattern.names.contains(label.column.name) {
        if let suggestion = onlyIf(pattern, label) { found.append(suggestion) }
      }
    }
    return found + almostTogether(patterns)
  }

  /// Returns the columns with missing cells, those that are missing in the same rows as one.
  private func patterns() -> [Pattern] {
    var patterns: [Pattern] = []
    var places: [Int: [Int]] = [:]
    for column in columns {
      let present = rows - column.missingCount
      guard column.missingCount >= Self.leastRows, present >= Self.leastRows else { continue }
      let isPresent = (0..<rows).map { column.cells.isPresent($0) }
      if let place = places[present, default: []].first(where: {
        patterns[$0].isPresent == isPresent
      }) {
        patterns[place].names.append(column.name)
      } else {
        places[present, default: []].append(patterns.count)
        patterns.append(([column.name], isPresent, present))
      }
    }
    return patterns
  }

  /// Compares only columns with about as many missing cells.
  private func almostTogether(_ patterns: [Pattern]) -> [RuleSuggestion] {
    let sorted = patterns.enumerated().sorted {
      ($0.element.present, $0.offset) < ($1.element.present, $1.offset)
    }.map(\.element)
    return zip(sorted, sorted.dropFirst()).compactMap { first, second in
      guard second.present - first.present <= mostBroken else { return nil }
      let broken = zip(first.isPresent, second.isPresent).count { $0 != $1 }
      guard broken <= mostBroken else { return nil }
      let share = Double(first.present) / Double(rows)
      return RuleSuggestion(
        rule: .together([first.names[0], second.names[0]]),
        strength: 2 * share * (1 - share) * Double(rows), broken: broken)
    }
  }

  /// Returns the rule that cells are present only beside some labels, if other labels have none.
  private func onlyIf(_ pattern: Pattern, _ label: LabelView) -> RuleSuggestion? {
    let share = Double(pattern.present) / Double(rows)
    guard tally(glance, pattern, label).flatMap({ settle($0, share: share, least: 0.5) }) != nil,
      tally(sample, pattern, label).flatMap({ settle($0, share: share, least: 2) }) != nil,
      let tally = tally(0..<rows, pattern, label),
      let (inside, broken, expected) = settle(tally, share: share, least: Double(Self.leastRows)),
      inside.count <= Self.mostLabels, broken <= mostBroken
    else { return nil }
    let condition = Rule.Condition(
      label.column.name, inside.map { label.column.text(ofKey: label.keys[$0]) })
    return RuleSuggestion(
      rule: .onlyIf(present: pattern.names[0], conditions: [condition]), strength: expected,
      broken: broken)
  }

  private typealias Tally = (present: [Int], all: [Int], presentWithout: Int, without: Int)

  private func tally(_ rows: some Sequence<Int>, _ pattern: Pattern, _ label: LabelView) -> Tally? {
    var tally: Tally = (
      [Int](repeating: 0, count: label.keys.count), [Int](repeating: 0, count: label.keys.count), 0,
      0
    )
    for row in rows {
      let code = Int(label.codes[row])
      let isPresent = pattern.isPresent[row] ? 1 : 0
      if code < 0 {
        tally.without += 1
        tally.presentWithout += isPresent
      } else {
        tally.all[code] += 1
        tally.present[code] += isPresent
      }
    }
    return tally
  }

  /// Returns the labels with present cells, how many cells stand beside others, and how many would
  /// if labels told nothing; nil if that is too few to tell.
  private func settle(_ tally: Tally, share: Double, least: Double) -> (
    inside: [Int], broken: Int, expected: Double
  )? {
    for hardly in [0, Self.hardlyAny] {
      let inside = tally.all.indices.filter {
        Double(tally.present[$0]) > hardly * Double(tally.all[$0])
      }
      let outside = tally.all.indices.filter { !inside.contains($0) }
      let broken = outside.reduce(tally.presentWithout) { $0 + tally.present[$1] }
      let expected = Double(outside.reduce(tally.without) { $0 + tally.all[$1] }) * share
      if !inside.isEmpty, !outside.isEmpty, expected >= least, hardly > 0 || broken == 0 {
        return (inside, broken, expected)
      }
    }
    return nil
  }
}

/// A column of few labels, flags or whole numbers, as small codes.
struct LabelView {
  let column: Column
  /// The key of each code's value, ascending.
  let keys: [Int64]
  /// The code of each cell, or -1 if it is missing.
  let codes: [Int32]

  /// Returns nil for a column with other values, or too many.
  init?(_ column: Column, most: Int = 60) {
    switch column.type {
    case .category, .boolean, .integer: break
    case .decimal, .scientific, .date, .timestamp, .identifier, .text: return nil
    }
    let tally = KeyTally(column.cells)
    guard tally.keys.count <= most else { return nil }
    self.column = column
    keys = tally.keys
    codes = tally.places(of: column.cells)
  }
}
