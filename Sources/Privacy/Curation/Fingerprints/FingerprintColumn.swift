import Ledger
import Tables

/// The cells of one column, ready to be digested: each label once, ticks one by one.
struct FingerprintColumn: Sendable {
  private let cells: Cells
  private let kind: Kind
  private let missing: SipHash128.Digest
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
    case written(TickText)
  }

  init(_ column: Column, digester: CellDigester, key: FingerprintKey) {
    cells = column.cells
    self.digester = digester
    missing = digester.label(Array(column.missingToken.utf8))
    factors = key.words(for: "understudy fingerprint 1 column \(column.name)", count: 4).map { $0 | 1 }
    switch (column.cells, column.type) {
    case (.labels(_, let dictionary), _):
      kind = .labels(
        (0..<dictionary.count).map { code in
          digester.label(Array(dictionary.bytes[dictionary.offsets[code]..<dictionary.offsets[code + 1]]))
        })
    case (.ticks, .decimal(let digits)): kind = .numbers(fractionDigits: digits)
    case (.ticks, .boolean(let labels)):
      kind = .booleans(digester.label(Array(labels.whenFalse.utf8)), digester.label(Array(labels.whenTrue.utf8)))
    case (.ticks, .date(let format)): kind = .written(TickText(date: format))
    case (.ticks, .timestamp(let format)): kind = .written(TickText(timestamp: format))
    case (.ticks, _): kind = .numbers(fractionDigits: 0)
    }
  }

  /// Returns the digests of the cells of `rows`, in order.
  func digests(of rows: Range<Int>) -> [SipHash128.Digest] {
    switch (cells, kind) {
    case (.labels(let codes, _), .labels(let byCode)):
      codes[rows].map { $0 == Cells.missingCode ? missing : byCode[Int($0)] }
    case (.ticks(let ticks), .numbers(let digits)):
      ticks[rows].map { $0 == Cells.missingTick ? missing : digester.number($0, fractionDigits: digits) }
    case (.ticks(let ticks), .booleans(let whenFalse, let whenTrue)):
      ticks[rows].map { $0 == Cells.missingTick ? missing : $0 == 0 ? whenFalse : whenTrue }
    case (.ticks(let ticks), .written(let text)): writtenDigests(ticks[rows], text)
    case (.ticks, .labels), (.labels, _): preconditionFailure("a column's digests are of its own kind")
    }
  }

  /// Digests each distinct text of a block once, since dates come in runs and repeat.
  private func writtenDigests(_ ticks: ArraySlice<Int64>, _ text: TickText) -> [SipHash128.Digest] {
    var known: [Int64: SipHash128.Digest] = [Cells.missingTick: missing]
    known.reserveCapacity(ticks.count)
    var buffer: [UInt8] = []
    return ticks.map { tick in
      if let digest = known[tick] { return digest }
      buffer.removeAll(keepingCapacity: true)
      text.write(tick, to: &buffer)
      let digest = digester.label(buffer)
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
