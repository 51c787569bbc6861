/// Synthetic rows that equal, or nearly equal, a row of the original, and how many of them chance
/// explains.
package struct CopyCounts: Codable, Sendable, Equatable {
  package var exact: Int
  package var near: Int
  /// Exact copies expected among rows that copy nothing, by the control; nil without one.
  package var expectedFromControl: Double?
  /// The same for near copies.
  package var nearExpectedFromControl: Double?
  /// Whether there are more exact copies than chance explains.
  package var exactIsBeyondChance: Bool
  package var nearIsBeyondChance: Bool
  /// Synthetic rows that equal a row of the original as a person reads it: without regard to case
  /// and blanks in words or to how numbers are written. Nil if this makes no two cells equal.
  package var asRead: Int?
  package var asReadExpectedFromControl: Double?
  package var asReadIsBeyondChance = false
  /// People of the original whose row is nobody else's and occurs in the release, exactly or
  /// nearly.
  package var peopleCopied: Int
  package var peopleNearlyCopied: Int

  package init(
    exact: Int, near: Int, expectedFromControl: Double?, nearExpectedFromControl: Double?, exactIsBeyondChance: Bool = false,
    nearIsBeyondChance: Bool = false, peopleCopied: Int = 0, peopleNearlyCopied: Int = 0
  ) {
    self.exact = exact
    self.near = near
    self.expectedFromControl = expectedFromControl
    self.nearExpectedFromControl = nearExpectedFromControl
    self.exactIsBeyondChance = exactIsBeyondChance
    self.nearIsBeyondChance = nearIsBeyondChance
    self.peopleCopied = peopleCopied
    self.peopleNearlyCopied = peopleNearlyCopied
  }
}
