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

  /// One code for each of `values`, by a map that gives codes in `0 ..< size`: written once, in the width that they keep.
  @inline(__always)
  init<Value>(_ values: [Value], size: Int, code: (Value) -> Int) {
    precondition(size <= CodeColumn.maximumSize, "an attribute of \(size) cells does not fit in 16 bits")
    if size <= 256 {
      self = .bytes(values.map { UInt8(truncatingIfNeeded: code($0)) })
    } else {
      self = .words(values.map { UInt16(truncatingIfNeeded: code($0)) })
    }
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
