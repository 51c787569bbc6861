/// Columns whose relation was measured.
package struct SelectedClique: Codable, Sendable, Equatable {
  package var columns: [String]
  /// Cells of the relation.
  package var cells: Int?
  /// The total variation distance expected from the noise alone.
  package var expectedError: Double?

  package init(columns: [String], cells: Int? = nil, expectedError: Double? = nil) {
    self.columns = columns
    self.cells = cells
    self.expectedError = expectedError
  }
}
