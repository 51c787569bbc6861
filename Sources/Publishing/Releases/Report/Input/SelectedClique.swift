/// Columns whose relation was measured.
package struct SelectedClique: Codable, Sendable, Equatable {
  package var columns: [String]
  /// The cells of the relation.
  package var cells: Int?
  /// The total variation distance that the noise alone is expected to leave.
  package var expectedError: Double?

  package init(columns: [String], cells: Int? = nil, expectedError: Double? = nil) {
    self.columns = columns
    self.cells = cells
    self.expectedError = expectedError
  }
}
