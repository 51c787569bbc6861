import Foundation

/// Long texts (`strL`) in Stata's format 119, which ReadStat gives as empty ones: it reads their
/// addresses as those of format 118.
enum StataLongTexts {
  private static let strL: UInt16 = 32_768
  private static let release = Data("<stata_dta><header><release>119</release>".utf8)
  private static let types = (
    first: Data("<variable_types>".utf8), last: Data("</variable_types>".utf8)
  )
  /// The bytes that hold all before the types: a label of 80 characters and 14 offsets.
  private static let head = 2_000

  /// Returns the place of the first such column; nil if there is none, or in another format.
  static func firstColumn(of path: String) -> Int? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    guard let head = try? file.read(upToCount: head), head.starts(with: release),
      let start = head.range(of: types.first)
    else { return nil }
    try? file.seek(toOffset: UInt64(start.upperBound))
    // At most 120,000 columns of two bytes.
    guard let rest = try? file.read(upToCount: 250_000), let end = rest.range(of: types.last)
    else { return nil }
    let isBig = head.range(of: Data("<byteorder>MSF".utf8)) != nil
    let bytes = Array(rest[..<end.lowerBound])
    return (0..<bytes.count / 2).first { place in
      let (first, second) = (UInt16(bytes[2 * place]), UInt16(bytes[2 * place + 1]))
      return (isBig ? first << 8 | second : second << 8 | first) == strL
    }
  }
}
