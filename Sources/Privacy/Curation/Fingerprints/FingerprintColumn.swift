import Ledger
import Tables

/// The cells of one column, ready to be digested: each label once, ticks one by one.
struct FingerprintColumn: Sendable {
  private let cells: Cells
  private let kind: Kind
  private let missing: SipHash128.Digest
  /// The digests of the column's code words.
  private let codes: [SipHash128.Digest]
  private let digester: CellDigester
  /// Four odd keyed factors that carry a cell's digest into its row's. They depend on the column's
  /// name.
  private let factors: [UInt64]

  private enum Kind: Sendable {
    /// By code.
    case labels([SipHash128.Digest])
    case numbers(fractionDigits: Int)
    /// For 0 and for any other tick.
    case booleans(SipHash128.Digest, SipHash128.Digest)
    /// By the text in the file.
    case written(Column)
  }

  init(_ column: Column, digester: CellDigester, key: FingerprintKey) {
    cells = column.cells
    self.digester = digester
    missing = digester.label(Array(column.missingToken.utf8))
    codes = column.codes.map { digester.label(Array($0.utf8)) }
    factors = key.words(for: "understudy fingerprint 1 column \(column.name)", count: 4).map {
      $0 | 1
    }
    switch (column.cells, column.type) {
    case (.labels(_, let dictionary), _):
      kind = .labels(
        (0..<dictionary.count).map { code in
          digester.label(
            Array(dictionary.bytes[dictionary.offsets[code]..<dictionary.offsets[code + 1]]))
        })
    case (.ticks, .date), (.ticks, .timestamp), (.ticks, .scientific): kind = .written(column)
    case (.ticks, _) where !column.numberFormat.isPlain: kind = .written(column)
    case (.ticks, .decimal(let digits)): kind = .numbers(fractionDigits: digits)
    case (.ticks, .boolean(let labels)):
      kind = .booleans(
        digester.label(Array(labels.whenFalse.utf8)), digester.label(Array(labels.whenTrue.utf8)))
    case (.ticks, _): kind = .numbers(fractionDigits: 0)
    }
  }

  /// Returns the digests of the cells of `rows`, in order.
  func digests(of rows: Range<Int>) -> [SipHash128.Digest] {
    switch (cells, kind) {
    case (.labels(let codes, _), .labels(let byCode)):
      codes[rows].map { $0 == Cells.missingCode ? missing : byCode[Int($0)] }
    case (.ticks(let ticks), .numbers(let digits)):
      ticks[rows].map {
        Cells.isValue($0) ? digester.number($0, fractionDigits: digits) : digest(ofWord: $0)
      }
    case (.ticks(let ticks), .booleans(let whenFalse, let whenTrue)):
      ticks[rows].map { $0 == Cells.missingTick ? missing : $0 == 0 ? whenFalse : whenTrue }
    case (.ticks(let ticks), .written(let column)): writtenDigests(ticks[rows], column)
    case (.ticks, .labels), (.labels, _):
      preconditionFailure("a column's digests are of its own kind")
    }
  }

  /// Returns the digest of a cell that is missing or a code word.
  private func digest(ofWord tick: Int64) -> SipHash128.Digest {
    Cells.code(tick).map { codes[$0] } ?? missing
  }

  /// Digests each distinct text of a block once, since dates come in runs and repeat.
  private func writtenDigests(_ ticks: ArraySlice<Int64>, _ column: Column) -> [SipHash128.Digest] {
    var known: [Int64: SipHash128.Digest] = [:]
    known.reserveCapacity(ticks.count)
    let write = column.tickWriter
    var buffer = ByteBuffer()
    return ticks.map { tick in
      if let digest = known[tick] { return digest }
      buffer.removeAll()
      if Cells.isValue(tick) { write(tick, &buffer) }
      let digest = Cells.isValue(tick) ? digester.label(buffer.bytes) : digest(ofWord: tick)
      known[tick] = digest
      return digest
    }
  }

  /// Adds each cell's part to the digest of its row: two keyed multilinear sums modulo 2^64.
  @inline(__always)
  func add(_ digests: [SipHash128.Digest], to rows: inout [SipHash128.Digest]) {
    let (a, b, c, d) = (factors[0], factors[1], factors[2], factors[3])
    for row in digests.indices {
      let cell = digests[row]
      rows[row].low &+= cell.low &* a &+ cell.high &* b
      rows[row].high &+= cell.low &* c &+ cell.high &* d
    }
  }
}

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
    if let (mantissa, digits) = Self.readNumber(trimmed) {
      return number(mantissa, fractionDigits: digits)
    }
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
      let (sum, isTooLargeByDigit) = shifted.addingReportingOverflow(
        Int64(byte - UInt8(ascii: "0")))
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
    guard let start = firstIndex(where: { !isBlank($0) }),
      let end = lastIndex(where: { !isBlank($0) })
    else { return [] }
    return start == 0 && end == count - 1 ? self : Array(self[start...end])
  }
}
