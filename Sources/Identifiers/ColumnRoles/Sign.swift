/// One piece of evidence for the meaning of a column.
struct Sign: Sendable {
  let meaning: ColumnMeaning
  /// The amount added to the logarithm of the odds; negative for evidence against the meaning.
  package let weight: Double
  /// The observation in words, without any cell's value.
  package let reason: String

  init(_ meaning: ColumnMeaning, _ weight: Double, _ reason: String) {
    (self.meaning, self.weight, self.reason) = (meaning, weight, reason)
  }
}

/// The signs of a column, summed by meaning.
struct SignSum: Sendable {
  package private(set) var signs: [Sign]

  init(_ signs: [Sign]) { self.signs = signs }

  /// The total before any sign: nothing is believed without evidence.
  private static let prior = -1.0

  package mutating func add(_ sign: Sign) { signs.append(sign) }

  func total(_ meaning: ColumnMeaning) -> Double {
    signs.reduce(Self.prior) { $1.meaning == meaning ? $0 + $1.weight : $0 }
  }

  /// The meaning with the highest total, if that is above 0.
  package var best: (meaning: ColumnMeaning, total: Double)? {
    let meanings = Set(signs.map(\.meaning))
    let best = ColumnMeaning.allCases.filter(meanings.contains).map { ($0, total($0)) }.max {
      $0.1 < $1.1
    }
    guard let best, best.1 > 0 else { return nil }
    return best
  }

  /// Returns the reasons for a meaning, the strongest first.
  package func reason(for meaning: ColumnMeaning) -> String {
    let reasons = signs.filter { $0.meaning == meaning && $0.weight > 0 && !$0.reason.isEmpty }
      .sorted { $0.weight > $1.weight }
    return reasons.prefix(3).map(\.reason).joined(separator: "; ")
  }
}
