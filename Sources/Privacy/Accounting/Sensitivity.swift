/// The largest change of an answer when one privacy unit is added or removed, in the answer's own
/// unit and the norm that the mechanism names (L2 for Gaussian noise, L1 for Laplace noise, the
/// largest single score for the exponential mechanism).
package struct Sensitivity: PrivacyQuantity {
  /// The name used in errors.
  package static let name = "sensitivity"
  /// The numeric value.
  package let value: Double

  /// Wraps a checked number; traps if it is out of range. Use the throwing initialiser for input.
  package init(checked value: Double) {
    precondition(value >= 0 && value.isFinite, "a sensitivity must be checked before it is wrapped")
    self.value = value
  }

  /// Returns the sensitivity of counts if one privacy unit has at most `rows` rows. All may fall
  /// into one cell, so it is `rows`, not its root.
  package static func counts(maximumRowsPerUnit rows: Int) -> Sensitivity {
    precondition(rows >= 1 && rows < 1 << 53, "a privacy unit has at least one row, and fewer than 2^53")
    return Sensitivity(checked: Double(rows))
  }
}
