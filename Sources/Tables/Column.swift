/// One typed column of a table.
public struct Column: Sendable {
  /// As the header writes it.
  public let name: String
  /// How cells are read and written.
  public let type: ColumnType
  /// Ticks for ordered types, labels for the others.
  public let cells: Cells
  /// How a missing cell of this column is written.
  public let missingToken: String

  /// Requires ticks for an ordered type and labels for the others.
  public init(name: String, type: ColumnType, cells: Cells, missingToken: String = "") {
    self.name = name
    self.type = type
    self.cells = cells
    self.missingToken = missingToken
  }

  /// The number of rows.
  public var count: Int { cells.count }
}

/// The cells of a column: ticks for ordered types, codes into a dictionary of labels for the others.
public enum Cells: Sendable {
  /// ``missingTick`` where a cell is missing.
  case ticks([Int64])
  /// ``missingCode`` where a cell is missing.
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
