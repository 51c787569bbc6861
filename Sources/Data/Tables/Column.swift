/// A typed column of a table.
public struct Column: Sendable {
  /// The name as the header writes it.
  public let name: String
  /// The type, which decides how cells are read and written.
  public let type: ColumnType
  /// Ticks for ordered types, labels for the others.
  public let cells: Cells
  /// The text of a missing cell in this column.
  public let missingToken: String
  /// The column's name in the file's header line, which may be empty even if ``name`` is not.
  public let header: String
  /// The fewest digits after the point in a decimal: 2 writes 1.5 as 1.50, 0 writes 2.0 as 2.
  public let minimumFractionDigits: Int

  /// Creates a column. Requires ticks for an ordered type and labels for the others.
  public init(
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
  public var count: Int { cells.count }
}

/// The cells of a column: ticks for ordered types, codes into a label dictionary for the others.
public enum Cells: Sendable, Equatable {
  /// Ticks, with ``missingTick`` for a missing cell.
  case ticks([Int64])
  /// Codes, with ``missingCode`` for a missing cell.
  case labels(codes: [Int32], dictionary: LabelDictionary)

  /// The tick that stands for a missing cell.
  public static let missingTick = Int64.min
  /// The code that stands for a missing cell.
  public static let missingCode: Int32 = -1

  /// The number of rows.
  public var count: Int {
    switch self {
    case .ticks(let ticks): ticks.count
    case .labels(let codes, _): codes.count
    }
  }
}
