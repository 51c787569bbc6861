/// One attribute's codes, one per row, in the narrowest width that holds them.
package enum CodeColumn: Sendable {
  case bytes([UInt8])
  case words([UInt16])

  /// The size of the widest possible attribute, in cells.
  package static let maximumSize = 65_536

  /// Narrows `codes`, each in `0 ..< size`.
  package init(_ codes: [UInt16], size: Int) {
    precondition(
      size <= CodeColumn.maximumSize, "an attribute of \(size) cells does not fit in 16 bits")
    self = size <= 256 ? .bytes(codes.map(UInt8.init(truncatingIfNeeded:))) : .words(codes)
  }

  /// Creates one code for each of `values`, by a map to codes in `0 ..< size`: written once, in
  /// their final width.
  @inline(__always)
  init<Value>(_ values: [Value], size: Int, code: (Value) -> Int) {
    precondition(
      size <= CodeColumn.maximumSize, "an attribute of \(size) cells does not fit in 16 bits")
    if size <= 256 {
      self = .bytes(values.map { UInt8(truncatingIfNeeded: code($0)) })
    } else {
      self = .words(values.map { UInt16(truncatingIfNeeded: code($0)) })
    }
  }

  /// Returns the codes of groups of codes, in the narrowest width that holds `size` groups:
  /// `groups` has the group of each code, in `0 ..< size`.
  package func grouped(_ groups: [Int], size: Int) -> CodeColumn {
    switch self {
    case .bytes(let codes): CodeColumn(codes, size: size) { groups[Int($0)] }
    case .words(let codes): CodeColumn(codes, size: size) { groups[Int($0)] }
    }
  }

  /// The number of rows.
  package var count: Int {
    switch self {
    case .bytes(let codes): codes.count
    case .words(let codes): codes.count
    }
  }

  /// The code of the given row.
  package subscript(row: Int) -> Int {
    switch self {
    case .bytes(let codes): Int(codes[row])
    case .words(let codes): Int(codes[row])
    }
  }
}
