/// The check digit of a vehicle identification number (49 CFR 565.15).
enum VehicleRules {
  private static let values: [UInt8] = [
    1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9,
  ]
  private static let weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
  /// The letters I, O and Q, which are not used.
  static let unusedLetters: Set<UInt8> = [18, 24, 26]

  package static func isValid(_ symbols: [UInt8]) -> Bool {
    guard symbols.count == 17, symbols.allSatisfy({ !unusedLetters.contains($0) }) else { return false }
    let sum = zip(symbols, weights).reduce(0) { total, pair in
      total + Int(pair.0 < 10 ? pair.0 : values[Int(pair.0) - 10]) * pair.1
    }
    let check = symbols[8] < 10 ? Int(symbols[8]) : symbols[8] == 33 ? 10 : -1
    return sum % 11 == check && Set(symbols).count > 3
  }
}
