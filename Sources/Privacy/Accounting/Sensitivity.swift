/// The most that adding or removing one privacy unit can change an answer, in the answer's own unit and the norm that the mechanism
/// names (L2 for Gaussian noise, L1 for Laplace noise, the largest single score for the exponential mechanism).
public struct Sensitivity: PrivacyQuantity {
  /// What it is called in an error.
  public static let name = "sensitivity"
  /// The number.
  public let value: Double

  /// Wraps a number that was already checked; traps where it is out of range. Use the throwing initialiser for input.
  public init(checked value: Double) {
    precondition(value >= 0 && value.isFinite, "a sensitivity must be checked before it is wrapped")
    self.value = value
  }

  /// The sensitivity of counts when one privacy unit has at most `rows` rows: all may fall into one cell, so it is `rows`, not its root.
  public static func counts(maximumRowsPerUnit rows: Int) -> Sensitivity {
    precondition(rows >= 1 && rows < 1 << 53, "a privacy unit has at least one row, and fewer than 2^53")
    return Sensitivity(checked: Double(rows))
  }
}
