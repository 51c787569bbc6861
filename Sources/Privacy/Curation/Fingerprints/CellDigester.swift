import Ledger
import Tables

/// The keyed digest of one cell, independent of how its column was typed.
///
/// A cell takes one of three forms: *missing*; a *number* (a mantissa and its fraction digits,
/// without trailing zeros); or its *text* as written. A label that reads as a number becomes that
/// number, a label that is one of the usual missing tokens becomes missing, and a date or boolean
/// becomes its written text. A schema that types a column differently therefore leaves the dataset
/// the same.
struct CellDigester: Sendable {
  private let hash: SipHash128
  let missing: SipHash128.Digest

  init(key: FingerprintKey) {
    let words = key.words(for: "understudy fingerprint 1 cells", count: 2)
    hash = SipHash128(key: (words[0], words[1]))
    missing = hash.hash(0, 2 << 32)
  }

  /// Returns the digest of `mantissa` × 10^−`fractionDigits`.
  @inline(__always)
  func number(_ mantissa: Int64, fractionDigits: Int) -> SipHash128.Digest {
    var (mantissa, digits) = (mantissa, fractionDigits)
    while digits > 0, mantissa % 10 == 0 {
      mantissa /= 10
      digits -= 1
    }
    return hash.hash(UInt64(bitPattern: mantissa), 1 << 32 | UInt64(digits))
  }

  /// Returns the digest of a label as written.
  func label(_ bytes: [UInt8]) -> SipHash128.Digest {
    let trimmed = bytes.trimmed
    if trimmed.count <= Self.longestToken, Self.missingTokens.contains(trimmed) { return missing }
    if let (mantissa, digits) = Self.readNumber(trimmed) { return number(mantissa, fractionDigits: digits) }
    // The other forms are 16 bytes that end in 0.
    var marked = trimmed
    marked.append(1)
    return marked.withUnsafeBytes { hash.hash($0) }
  }

  private static let missingTokens = Set(TableFormat.defaultMissingTokens.map { Array($0.utf8) })
  private static let longestToken = TableFormat.defaultMissingTokens.map(\.utf8.count).max() ?? 0

  /// Reads a sign, digits, and optionally a point and at most 9 more digits; all digits together
  /// must fit an `Int64`.
  private static func readNumber(_ bytes: [UInt8]) -> (Int64, Int)? {
    var (mantissa, digits, fraction, seenPoint) = (Int64(0), 0, 0, false)
    let isSigned = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+")
    for byte in bytes.dropFirst(isSigned ? 1 : 0) {
      if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      let (shifted, isTooLarge) = mantissa.multipliedReportingOverflow(by: 10)
      let (sum, isTooLargeByDigit) = shifted.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      if isTooLarge || isTooLargeByDigit { return nil }
      mantissa = sum
      digits += 1
      if seenPoint { fraction += 1 }
    }
    guard digits > 0, fraction <= 9 else { return nil }
    return (bytes.first == UInt8(ascii: "-") ? -mantissa : mantissa, fraction)
  }
}

extension [UInt8] {
  /// The bytes without spaces and tabs at either end.
  fileprivate var trimmed: [UInt8] {
    guard let start = firstIndex(where: { !isBlank($0) }), let end = lastIndex(where: { !isBlank($0) }) else { return [] }
    return start == 0 && end == count - 1 ? self : Array(self[start...end])
  }
}
