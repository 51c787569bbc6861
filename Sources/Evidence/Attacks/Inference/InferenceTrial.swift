import Quality

/// One thing an attacker may know and want: which guesses of a secret were right.
package struct InferenceTrial: Sendable {
  /// A place in the table.
  package let secret: Int
  /// Places in the table.
  let known: Set<Int>
  /// For each target of the original and of the control.
  package let original: [Bool]
  package let control: [Bool]

  /// The nearest row by what is known is the guess.
  init(
    secret: Int, known: Set<Int>, tables: AttackTables, targets: InferenceTargets, guesses: (original: [Int32], control: [Int32])
  ) {
    (self.secret, self.known) = (secret, known)
    let release = tables.values(secret, of: .synthetic)
    let (people, others) = (tables.values(secret, of: .original), tables.values(secret, of: .control))
    original = zip(targets.original, guesses.original).map { Guess.isRight(Int($1), of: release, for: $0, of: people) }
    control = zip(targets.control, guesses.control).map { Guess.isRight(Int($1), of: release, for: $0, of: others) }
  }

  /// The share of right guesses of one side's targets at the places that are asked for; 0 without any.
  func rate(_ side: KeyPath<InferenceTrial, [Bool]>, where isCounted: (Int) -> Bool) -> Double {
    share(self[keyPath: side], isCounted).rate
  }

  /// How many standard errors the original's rate lies above the control's, among the targets at the places that are asked for.
  func excess(where isCounted: (Int) -> Bool) -> Double {
    let (first, second) = (share(original, isCounted), share(control, isCounted))
    guard first.count > 0, second.count > 0 else { return 0 }
    let pooled = (first.rate * first.count + second.rate * second.count) / (first.count + second.count)
    let variance = pooled * (1 - pooled) * (1 / first.count + 1 / second.count)
    return variance > 0 ? (first.rate - second.rate) / variance.squareRoot() : 0
  }

  private func share(_ values: [Bool], _ isCounted: (Int) -> Bool) -> (rate: Double, count: Double) {
    let places = values.indices.filter(isCounted)
    return (Double(places.count { values[$0] }) / Double(max(places.count, 1)), Double(places.count))
  }
}

/// People that are attacked: rows of the original and of the control.
package struct InferenceTargets: Sendable {
  package let original: [Int]
  package let control: [Int]

  package init(original: [Int], control: [Int]) { (self.original, self.control) = (original, control) }
}
