import Quality

/// One combination of known columns and a secret, and which guesses of the secret were right.
package struct InferenceTrial: Sendable {
  /// The secret's place in the table.
  package let secret: Int
  /// The places of the known columns.
  let known: Set<Int>
  /// Whether the guess is right, by target of the original and of the control.
  package let original: [Bool]
  package let control: [Bool]

  /// Guesses by the row that is nearest in the known columns.
  init(
    secret: Int, known: Set<Int>, tables: AttackTables, targets: InferenceTargets,
    guesses: (original: [Int32], control: [Int32])
  ) {
    (self.secret, self.known) = (secret, known)
    let release = tables.values(secret, of: .synthetic)
    let (people, others) = (
      tables.values(secret, of: .original), tables.values(secret, of: .control)
    )
    original = zip(targets.original, guesses.original).map {
      Guess.isRight(Int($1), of: release, for: $0, of: people)
    }
    control = zip(targets.control, guesses.control).map {
      Guess.isRight(Int($1), of: release, for: $0, of: others)
    }
  }

  /// Returns the share of right guesses among one side's targets asked for; 0 if there are none.
  func rate(_ side: KeyPath<InferenceTrial, [Bool]>, where isCounted: (Int) -> Bool) -> Double {
    share(self[keyPath: side], isCounted).rate
  }

  /// Returns by how many standard errors the original's rate exceeds the control's, among the
  /// targets asked for.
  func excess(where isCounted: (Int) -> Bool) -> Double {
    let (first, second) = (share(original, isCounted), share(control, isCounted))
    guard first.count > 0, second.count > 0 else { return 0 }
    let pooled =
      (first.rate * first.count + second.rate * second.count) / (first.count + second.count)
    let variance = pooled * (1 - pooled) * (1 / first.count + 1 / second.count)
    return variance > 0 ? (first.rate - second.rate) / variance.squareRoot() : 0
  }

  private func share(_ values: [Bool], _ isCounted: (Int) -> Bool) -> (rate: Double, count: Double)
  {
    let places = values.indices.filter(isCounted)
    return (
      Double(places.count { values[$0] }) / Double(max(places.count, 1)), Double(places.count)
    )
  }
}

/// The people who are attacked: rows of the original and of the control.
package struct InferenceTargets: Sendable {
  package let original: [Int]
  package let control: [Int]

  package init(original: [Int], control: [Int]) {
    (self.original, self.control) = (original, control)
  }
}

/// Whether a guess of a secret is right.
enum Guess {
  /// The tolerance for numbers: 5 % of the true value's magnitude.
  static let tolerance = 0.05

  /// Whether labels are equal, numbers within 5 % of the truth, or both cells missing. (The
  /// reference divides by the guess, sign and all, so a negative guess is always right there.)
  static func isRight(_ guess: Int, of release: ColumnValues, for row: Int, of people: ColumnValues)
    -> Bool
  {
    switch (release, people) {
    case (.labels(let guesses), .labels(let truths)): return guesses[guess] == truths[row]
    case (.numbers(let guesses), .numbers(let truths)):
      let (guess, truth) = (guesses[guess], truths[row])
      if truth.isNaN || guess.isNaN { return truth.isNaN && guess.isNaN }
      return guess.isFinite && abs(guess - truth) <= tolerance * abs(truth)
    default: return false
    }
  }
}
