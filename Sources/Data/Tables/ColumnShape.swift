/// The way a column is written, without its cells.
package struct ColumnShape: Sendable, Equatable {
  package var name: String
  /// The text in the header line; may be empty.
  package var header: String
  package var type: ColumnType
  package var missingToken: String
  package var minimumFractionDigits: Int
  package var numberFormat = NumberFormat.plain
  package var codes: [String] = []

  package init(
    name: String, header: String? = nil, type: ColumnType, missingToken: String = "",
    minimumFractionDigits: Int = 0
  ) {
    self.name = name
    self.header = header ?? name
    self.type = type
    self.missingToken = missingToken
    self.minimumFractionDigits = minimumFractionDigits
  }
}

extension Column {
  package var shape: ColumnShape {
    var shape = ColumnShape(
      name: name, header: header, type: type, missingToken: missingToken,
      minimumFractionDigits: minimumFractionDigits)
    shape.numberFormat = numberFormat
    shape.codes = codes
    return shape
  }
}
