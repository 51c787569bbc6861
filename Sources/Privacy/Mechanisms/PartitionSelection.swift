import Accounting

/// Finds which categories occur, without a list of them: noisy counts of the categories that are present, kept where they exceed a
/// threshold.
///
/// Neighbours: one privacy unit of at most `maximumRowsPerUnit` rows added or removed. Costs rho = maximumRowsPerUnit² / (2 sigmaSquared)
/// and the delta with which a category that only one unit has could show. `docs/proofs/partition-selection.md`.
package struct PartitionSelection: Sendable, Hashable {
  package let maximumRowsPerUnit: Int
  package let noise: DiscreteGaussian
  /// A category is shown where its noisy count is above this.
  package let threshold: Int

  /// A category that is shown: its position among the counts, and its noisy count.
  package struct Selected: Sendable, Hashable {
    package let index: Int
    package let noisyCount: Int
  }

  /// The least threshold whose delta is at most `delta`, with noise of variance parameter `sigmaSquared`.
  ///
  /// Throws ``MechanismError`` where the bound on rows or the noise is out of range, or no threshold is enough.
  package init(maximumRowsPerUnit: Int, sigmaSquared: PositiveRational, delta: Delta) throws {
    guard (1...LabelDisclosure.largestRowsPerUnit).contains(maximumRowsPerUnit) else {
      throw MechanismError.rowsPerUnitOutOfRange(found: maximumRowsPerUnit, maximum: LabelDisclosure.largestRowsPerUnit)
    }
    guard delta.value >= 1e-300 else { throw MechanismError.deltaTooSmall(asked: delta.value) }
    self.maximumRowsPerUnit = maximumRowsPerUnit
    noise = try DiscreteGaussian(sigmaSquared: sigmaSquared)
    // The delta falls as the threshold rises: double until it is small enough, then halve the interval.
    func suffices(_ threshold: Int) -> Bool {
      LabelDisclosure.delta(maximumRowsPerUnit: maximumRowsPerUnit, sigmaSquared: sigmaSquared, threshold: threshold) <= delta
    }
    var (low, high) = (-1, maximumRowsPerUnit)
    while !suffices(high) { (low, high) = (high, high * 2) }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if suffices(middle) { high = middle } else { low = middle }
    }
    threshold = high
  }

  /// The categories whose noisy count is above the threshold, largest noisy count first.
  ///
  /// `counts` holds the count of each category present in the table; one of 0 or less counts as absent. The positions, and the order of
  /// equal noisy counts, come from the caller's order: publish labels, and order equal counts by label.
  package func select(counts: [Int], using random: SecureRandom) -> [Selected] {
    var selected: [Selected] = []
    for (index, count) in counts.enumerated() where count > 0 {
      let noisyCount = count + noise.sample(using: random)
      if noisyCount > threshold { selected.append(Selected(index: index, noisyCount: noisyCount)) }
    }
    return selected.sorted { ($1.noisyCount, $0.index) < ($0.noisyCount, $1.index) }
  }

  /// The event that this selection is charged as.
  package func event(question: String) -> PrivacyEvent {
    .partitionSelection(
      question: question, maximumRowsPerUnit: maximumRowsPerUnit, sigmaSquared: noise.sigmaSquared, threshold: threshold)
  }
}
