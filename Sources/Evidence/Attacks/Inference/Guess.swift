import Quality

/// Whether a guess of a secret is right.
enum Guess {
  /// The tolerance for numbers: 5 % of the true value's magnitude.
  static let tolerance = 0.05

  /// Whether labels are equal, numbers within 5 % of the truth, or both cells missing. (The
  /// reference divides by the guess, sign and all, so a negative guess is always right there.)
  static func isRight(_ guess: Int, of release: ColumnValues, for row: Int, of people: ColumnValues) -> Bool {
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
