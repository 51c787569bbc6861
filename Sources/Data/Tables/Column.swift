/// A typed column of a table.
package struct Column: Sendable {
  /// The name as the header writes it.
  package let name: String
  /// The type, which decides how cells are read and written.
  package let type: ColumnType
  /// Ticks for ordered types, labels for the others.
  package let cells: Cells
  /// The text of a missing cell in this column.
  package let missingToken: String
  /// The column's name in the file's header line, which may be empty even if ``name`` is not.
  package let header: String
  /// The fewest digits after the point in a decimal: 2 writes 1.5 as 1.50, 0 writes 2.0 as 2.
  package let minimumFractionDigits: Int
  /// The signs around and between the digits of a number.
  package var numberFormat = NumberFormat.plain
  /// The code words among the cells of an ordered type, such as `N` among incomes; word `i` is the
  /// tick ``Cells/codeTick(_:)`` of `i`.
  package var codes: [String] = []

  /// Creates a column. Requires ticks for an ordered type and labels for the others.
  package init(
    name: String, type: ColumnType, cells: Cells, missingToken: String = "", header: String? = nil,
    minimumFractionDigits: Int = 0
  ) {
    self.name = name
    self.type = type
    self.cells = cells
    self.missingToken = missingToken
    self.header = header ?? name
    self.minimumFractionDigits = minimumFractionDigits
  }

  /// The number of rows.
  package var count: Int { cells.count }

  /// Creates a column of the given shape. Requires ticks for an ordered type and labels for the
  /// others.
  package init(_ shape: ColumnShape, cells: Cells) {
    self.init(
      name: shape.name, type: shape.type, cells: cells, missingToken: shape.missingToken,
      header: shape.header,
      minimumFractionDigits: shape.minimumFractionDigits)
    numberFormat = shape.numberFormat
    codes = shape.codes
  }

  /// Returns a column of the same name, type and form with other cells.
  package func replacing(cells: Cells) -> Column { Column(shape, cells: cells) }
}

/// The cells of a column: ticks for ordered types, codes into a label dictionary for the others.
package enum Cells: Sendable, Equatable {
  /// Ticks, with ``missingTick`` for a missing cell.
  case ticks([Int64])
  /// Codes, with ``missingCode`` for a missing cell.
  case labels(codes: [Int32], dictionary: LabelDictionary)

  /// The tick that stands for a missing cell.
  package static let missingTick = Int64.min
  /// The code that stands for a missing cell.
  package static let missingCode: Int32 = -1

  /// The most code words that an ordered column can have.
  package static let mostCodes = 64
  /// The lowest tick that is a value. Between it and ``missingTick`` lie the ticks of code words.
  package static let lowestValue = missingTick + 1 + Int64(mostCodes)

  /// Returns the tick that stands for a column's code word of the given index.
  package static func codeTick(_ index: Int) -> Int64 { missingTick + 1 + Int64(index) }

  /// Whether a tick is a value, neither missing nor a code word.
  @inline(__always)
  package static func isValue(_ tick: Int64) -> Bool { tick >= lowestValue }

  /// Returns the index of the code word that a tick stands for; nil for values and missing cells.
  @inline(__always)
  package static func code(_ tick: Int64) -> Int? {
    tick < lowestValue && tick != missingTick ? Int(tick &- missingTick &- 1) : nil
  }

  /// The number of rows.
  package var count: Int {
    switch self {
    case .ticks(let ticks): ticks.count
    case .labels(let codes, _): codes.count
    }
  }
}
