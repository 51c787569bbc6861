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
    factors = key.words(for: "understudy fingerprint 1 column \(column.name)", count: 4).map { $0 | 1 }
    switch (column.cells, column.type) {
    case (.labels(_, let dictionary), _):
      kind = .labels(
        (0..<dictionary.count).map { code in
          digester.label(Array(dictionary.bytes[dictionary.offsets[code]..<dictionary.offsets[code + 1]]))
        })
    case (.ticks, .date), (.ticks, .timestamp), (.ticks, .scientific): kind = .written(column)
    case (.ticks, _) where !column.numberFormat.isPlain: kind = .written(column)
    case (.ticks, .decimal(let digits)): kind = .numbers(fractionDigits: digits)
    case (.ticks, .boolean(let labels)):
      kind = .booleans(digester.label(Array(labels.whenFalse.utf8)), digester.label(Array(labels.whenTrue.utf8)))
    case (.ticks, _): kind = .numbers(fractionDigits: 0)
    }
  }

  /// Returns the digests of the cells of `rows`, in order.
  func digests(of rows: Range<Int>) -> [SipHash128.Digest] {
    switch (cells, kind) {
    case (.labels(let codes, _), .labels(let byCode)):
      codes[rows].map { $0 == Cells.missingCode ? missing : byCode[Int($0)] }
    case (.ticks(let ticks), .numbers(let digits)):
      ticks[rows].map { Cells.isValue($0) ? digester.number($0, fractionDigits: digits) : digest(ofWord: $0) }
    case (.ticks(let ticks), .booleans(let whenFalse, let whenTrue)):
      ticks[rows].map { $0 == Cells.missingTick ? missing : $0 == 0 ? whenFalse : whenTrue }
    case (.ticks(let ticks), .written(let column)): writtenDigests(ticks[rows], column)
    case (.ticks, .labels), (.labels, _): preconditionFailure("a column's digests are of its own kind")
    }
  }

  /// Returns the digest of a cell that is missing or a code word.
  private func digest(ofWord tick: Int64) -> SipHash128.Digest { Cells.code(tick).map { codes[$0] } ?? missing }

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
