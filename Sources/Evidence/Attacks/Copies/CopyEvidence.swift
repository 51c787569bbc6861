import Quality

/// Evidence that tells copied rows from rows that coincide by chance.
///
/// *The people's side.* People of the original and of the control are exchangeable: a release that
/// copies nobody reproduces either with the same chance, however narrow the table and however
/// typical its rows. Only people whose row is nobody else's are counted. Among those that are
/// reproduced, the number from the original is then binomial.
///
/// *The release's side.* The people show how often somebody has the row of another (each person of
/// the original against all the others, each of the control against the original). This is known
/// far better than from the control alone, and says how often fresh rows would coincide. A release
/// may draw typical rows more often than the population, so this side alone convicts only without a
/// control, and then at a higher factor.
package struct CopyEvidence: Sendable, Equatable {
  /// The people of the original whose row is nobody else's: those with a copy in the release, and
  /// all.
  var copiedOriginal = 0
  var original = 0
  var copiedControl = 0
  var control = 0
  /// Synthetic rows that are copies, and all synthetic rows.
  package internal(set) var copies = 0
  var synthetic = 0
  /// People who have the row of another in the original, and all people of original and control.
  var coincidences = 0
  var people = 0
  /// Control rows that are in the original, and all control rows.
  var controlCoincidences = 0
  var controlRows = 0

  /// The significance at which each side alone convicts, and at which the people's side must
  /// support the other.
  static let level = 0.001
  static let support = 0.02
  /// The factor above chance that a rate must be shown to exceed: an honest model knows the
  /// original's people a little better than others.
  static let tolerance = 1.25
  static let toleranceAlone = 2.0

  /// The number of copies that chance explains, by the control's rate.
  var expected: Double? {
    controlRows > 0 ? Double(controlCoincidences) / Double(controlRows) * Double(synthetic) : nil
  }

  var isBeyondChance: Bool {
    guard copies > 0 else { return false }
    let release = BinomialLaw.chance(
      copies, of: synthetic, against: coincidences, of: people, ratio: CopyEvidence.toleranceAlone)
    guard control > 0 else { return controlRows == 0 && release < CopyEvidence.level }
    if peopleChance(ratio: CopyEvidence.tolerance) < CopyEvidence.level { return true }
    return release < CopyEvidence.level && peopleChance(ratio: 1) < CopyEvidence.support
  }

  private func peopleChance(ratio: Double) -> Double {
    BinomialLaw.chance(
      copiedOriginal, of: original, against: copiedControl, of: control, ratio: ratio)
  }
}
