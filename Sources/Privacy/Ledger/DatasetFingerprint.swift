/// A ledger's record of a table, used to recognise it again: keyed digests and sketches, useless
/// without the owner's key.
///
/// It depends on the cells as written, the column names and the number of times each row occurs. It
/// does not depend on the order of rows or columns, the file's name, delimiter or compression, or
/// on how a schema types a column. It is owner-side state and enters no release.
package struct DatasetFingerprint: Sendable, Hashable, Codable {
  /// 64 hexadecimal digits: the same for the same dataset, and for no other that could be found.
  package let identity: String
  /// The number of data rows; exact, and so for the owner only.
  package let rowCount: Int
  /// A keyed digest of each column's name, ascending.
  package let columnNames: [String]
  /// A keyed digest of each column's cells, whatever its name and their order, ascending.
  package let columnContents: [String]
  /// A sketch of the distinct rows.
  package let rows: BottomSketch
  /// A sketch of the distinct values of all columns.
  package let values: BottomSketch
  /// The sketch that recognises the people in an altered file; nil in fingerprints of format 1.
  package let sketch: PeopleSketch?

  package init(
    identity: String, rowCount: Int, columnNames: [String], columnContents: [String], rows: BottomSketch, values: BottomSketch,
    sketch: PeopleSketch?
  ) {
    self.identity = identity
    self.rowCount = rowCount
    self.columnNames = columnNames
    self.columnContents = columnContents
    self.rows = rows
    self.values = values
    self.sketch = sketch
  }
}

extension DatasetFingerprint {
  /// Returns the same fingerprint with a sketch that was made later.
  package func with(_ sketch: PeopleSketch) -> DatasetFingerprint {
    DatasetFingerprint(
      identity: identity, rowCount: rowCount, columnNames: columnNames, columnContents: columnContents, rows: rows, values: values,
      sketch: sketch)
  }
}
