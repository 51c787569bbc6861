/// One attribute's codes, a row each, in the narrowest width that holds them.
public enum CodeColumn: Sendable {
  case bytes([UInt8])
  case words([UInt16])

  /// The widest attribute there can be, in cells.
  public static let maximumSize = 65_536

  /// Narrows `codes`, each in `0 ..< size`.
  public init(_ codes: [UInt16], size: Int) {
    precondition(size <= CodeColumn.maximumSize, "an attribute of \(size) cells does not fit in 16 bits")
    self = size <= 256 ? .bytes(codes.map(UInt8.init(truncatingIfNeeded:))) : .words(codes)
  }

  /// The number of rows.
  public var count: Int {
    switch self {
    case .bytes(let codes): codes.count
    case .words(let codes): codes.count
    }
  }

  /// The code of a row.
  public subscript(row: Int) -> Int {
    switch self {
    case .bytes(let codes): Int(codes[row])
    case .words(let codes): Int(codes[row])
    }
  }
}
