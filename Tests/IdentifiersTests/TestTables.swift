import Tables

extension Column {
  /// A column of labels; nil is missing.
  init(labels texts: [String?], named name: String, type: ColumnType = .category) {
    self.init(name: name, type: type, cells: Cells(labels: texts))
  }

  init(integers: [Int64?], named name: String, type: ColumnType = .integer) {
    self.init(name: name, type: type, cells: .ticks(integers.map { $0 ?? Cells.missingTick }))
  }

  /// The cells of a column of labels without missing cells.
  var texts: [String] { (0..<count).map { row in cells.key(row).map { text(ofKey: $0) } ?? "" } }
}
