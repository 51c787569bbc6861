/// Synthetic rows that equal, or nearly equal, a row of the original, and how many of them chance explains.
package struct CopyCounts: Codable, Sendable, Equatable {
  package var exact: Int
  package var near: Int
  /// How many exact copies rows that copy nothing would have, by the control; nil without one.
  package var expectedFromControl: Double?
  /// The same for near copies.
  package var nearExpectedFromControl: Double?
  /// Whether there are more exact copies than chance explains.
  package var exactIsBeyondChance: Bool
  package var nearIsBeyondChance: Bool
  /// Synthetic rows that equal a row of the original as a person reads it: without regard to case and blanks in words and to how numbers
  /// are written. Nil where no two cells of the tables are one so.
  package var asRead: Int?
  package var asReadExpectedFromControl: Double?
  package var asReadIsBeyondChance = false
  /// People of the original whose row is nobody else's and stands in the release, exactly or nearly.
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
