import Accounting

/// Finds which categories occur, without a list of them: adds noise to the counts of those present
/// and keeps counts above a threshold.
///
/// Neighbouring tables differ by one added or removed privacy unit of at most `maximumRowsPerUnit`
/// rows. Costs rho = maximumRowsPerUnit² / (2 sigmaSquared), plus as delta the probability of
/// showing a category that only one unit has. `docs/proofs/partition-selection.md`.
package struct PartitionSelection: Sendable, Hashable {
  package let maximumRowsPerUnit: Int
  package let noise: DiscreteGaussian
  /// A category is shown if its noisy count is above this.
  package let threshold: Int

  /// A category that is shown: its position among the counts, and its noisy count.
  package struct Selected: Sendable, Hashable {
    package let index: Int
    package let noisyCount: Int
  }

  /// Finds the least threshold whose delta is at most `delta`, with noise of variance parameter
  /// `sigmaSquared`.
  ///
  /// Throws ``MechanismError`` if the bound on rows or the noise is out of range, or if no
  /// threshold is enough.
  package init(maximumRowsPerUnit: Int, sigmaSquared: PositiveRational, delta: Delta) throws {
    guard (1...LabelDisclosure.largestRowsPerUnit).contains(maximumRowsPerUnit) else {
      throw MechanismError.rowsPerUnitOutOfRange(
        found: maximumRowsPerUnit, maximum: LabelDisclosure.largestRowsPerUnit)
    }
    guard delta.value >= 1e-300 else { throw MechanismError.deltaTooSmall(asked: delta.value) }
    self.maximumRowsPerUnit = maximumRowsPerUnit
    noise = try DiscreteGaussian(sigmaSquared: sigmaSquared)
    // The delta falls as the threshold rises: double until it is small enough, then halve the
    // interval.
    func suffices(_ threshold: Int) -> Bool {
      LabelDisclosure.delta(
        maximumRowsPerUnit: maximumRowsPerUnit, sigmaSquared: sigmaSquared, threshold: threshold)
        <= delta
    }
    var (low, high) = (-1, maximumRowsPerUnit)
    while !suffices(high) { (low, high) = (high, high * 2) }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if suffices(middle) { high = middle } else { low = middle }
    }
    threshold = high
  }

  /// Returns the categories whose noisy count is above the threshold, largest noisy count first.
  ///
  /// `counts` holds the count of each category present in the table; a count of 0 or less means
  /// absent. The positions, and the order of equal noisy counts, come from the caller's order:
  /// publish labels, and order equal counts by label.
  package func select(counts: [Int], using random: SecureRandom) -> [Selected] {
    var selected: [Selected] = []
    for (index, count) in counts.enumerated() where count > 0 {
      let noisyCount = count + noise.sample(using: random)
      if noisyCount > threshold { selected.append(Selected(index: index, noisyCount: noisyCount)) }
    }
    return selected.sorted { ($1.noisyCount, $0.index) < ($0.noisyCount, $1.index) }
  }

  /// Makes the same selection among values whose counts are asked for, with the same noise: it is
  /// drawn for every value first, and counts are then needed only of values that it may select.
  /// - Parameters:
  ///   - values: The number of values that at least one row has.
  ///   - counts: Returns, with their indices, the counts of all values that at least so many rows
  ///     have, and those at the given indices. It may return further ones.
  package func select(
    among values: Int, using random: SecureRandom,
    counts: (_ least: Int, _ indices: [Int]) throws -> [(index: Int, count: Int)]
  ) rethrows -> [Selected] {
    let draws = (0..<values).map { _ in noise.sample(using: random) }
    let least = max(threshold / 2, 1)
    let doubtful = draws.indices.filter { least - 1 + draws[$0] > threshold }
    let selected = try counts(least, doubtful).compactMap { index, count -> Selected? in
      let noisyCount = count + draws[index]
      return noisyCount > threshold ? Selected(index: index, noisyCount: noisyCount) : nil
    }
    return selected.sorted { ($1.noisyCount, $0.index) < ($0.noisyCount, $1.index) }
  }

  /// Returns the event charged for this selection.
  package func event(question: String) -> PrivacyEvent {
    .partitionSelection(
      question: question, maximumRowsPerUnit: maximumRowsPerUnit, sigmaSquared: noise.sigmaSquared,
      threshold: threshold)
  }
}
