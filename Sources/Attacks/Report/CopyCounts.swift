/// Synthetic rows that equal, or nearly equal, a row of the original, and how many of them chance explains.
package struct CopyCounts: Codable, Sendable, Equatable {
  package var exact: Int
  package var near: Int
  /// How many exact copies rows that copy nothing would have, by the control; nil without one.
  package var expectedFromControl: Double?
  /// The same for near copies.
  package var nearExpectedFromControl: Double?

  package init(exact: Int, near: Int, expectedFromControl: Double?, nearExpectedFromControl: Double?) {
    self.exact = exact
    self.near = near
    self.expectedFromControl = expectedFromControl
    self.nearExpectedFromControl = nearExpectedFromControl
  }
}
