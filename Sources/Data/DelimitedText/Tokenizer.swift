/// Finds the cells of RFC 4180 text, eight bytes at a time. A named kernel; its oracle is in the
/// tests.
///
/// A cell is quoted if its first byte is a quote; a later quote in an unquoted cell is an ordinary
/// character. Lines end in LF or CRLF. An empty line is not a row. Reads up to ``padding`` bytes
/// past the end of the block, which must be there.
struct Tokenizer {
  /// Bytes that must be readable after a block.
  static let padding = 16
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  package let delimiter: UInt8

  enum Outcome: Equatable {
    /// All complete rows are in the index; the rest has no end yet.
    case complete
    /// The block ends in a quoted cell that starts here.
    case openQuote(start: Int)
    case nulByte(at: Int)
    case textAfterQuote(at: Int)
  }

  /// Splits `count` bytes into `index`, which was reset for them.
  func run(_ base: UnsafePointer<UInt8>, count: Int, into index: FieldIndex) -> Outcome {
    var scan = Scan(base: base, count: count, index: index)
    let outcome = scan.run(delimiter: delimiter)
    scan.store()
    return outcome
  }

  private struct Scan {
    let base: UnsafePointer<UInt8>
    let count: Int
    let index: FieldIndex
    let spans: UnsafeMutablePointer<FieldSpan>
    var spanCount = 0
    var rowEnds: [Int]
    var blankLines = 0
    var lineCount = 0
    var consumed = 0
    var position = 0
    var cellStart = 0
    var rowStart = 0
    /// The bitwise or of all words read.
    var seen: UInt64 = 0
    /// Line ends inside quoted cells of the current row.
    var innerLines = 0

    init(base: UnsafePointer<UInt8>, count: Int, index: FieldIndex) {
      self.base = base
      self.count = count
      self.index = index
      spans = index.spans
      rowEnds = index.rowEnds
      index.rowEnds = []
    }

    /// Hands over the results. The scan works on its own counters, which stay in registers.
    mutating func store() {
      index.hasNonASCII = seen & 0x8080_8080_8080_8080 != 0
      index.spanCount = rowEnds.last ?? 0
      index.rowEnds = rowEnds
      index.blankLines = blankLines
      index.lineCount = lineCount
      index.consumed = consumed
    }

    @inline(__always)
    private mutating func append(_ span: FieldSpan) {
      spans[spanCount] = span
      spanCount += 1
    }

    mutating func run(delimiter: UInt8) -> Outcome {
      let delimiters = repeated(delimiter)
      while position < count {
        let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self).littleEndian
        seen |= word
        var marks =
          zeroBytes(word ^ delimiters) | zeroBytes(word ^ repeated(Tokenizer.lineFeed))
          | zeroBytes(word ^ repeated(Tokenizer.quote)) | zeroBytes(word)
        var next = position + 8
        while marks != 0 {
          let found = position + marks.trailingZeroBitCount >> 3
          if found >= count { return .complete }
          marks &= marks - 1
          let byte = base[found]
          if byte == delimiter {
            append(FieldSpan(start: cellStart, end: found, isQuoted: false))
            cellStart = found + 1
          } else if byte == Tokenizer.lineFeed {
            endLine(at: found)
          } else if byte == 0 {
            return .nulByte(at: found)
          } else if found == cellStart {
            if let outcome = quotedCell(delimiter: delimiter) { return outcome }
            next = cellStart
            marks = 0
          }
        }
        position = next
      }
      return .complete
    }

    @inline(__always)
    private mutating func endLine(at end: Int) {
      let cellEnd = end > cellStart && base[end - 1] == Tokenizer.carriageReturn ? end - 1 : end
      if spanCount == rowStart && cellEnd == cellStart {
        blankLines += 1
      } else {
        append(FieldSpan(start: cellStart, end: cellEnd, isQuoted: false))
        rowEnds.append(spanCount)
      }
      endRow(at: end)
    }

    @inline(__always)
    private mutating func endRow(at end: Int) {
      lineCount += 1 + innerLines
      innerLines = 0
      consumed = end + 1
      rowStart = spanCount
      cellStart = end + 1
    }

    /// Reads the quoted cell at `cellStart` and moves past it. Returns an outcome only if the scan
    /// stops.
    private mutating func quotedCell(delimiter: UInt8) -> Outcome? {
      var at = cellStart + 1
      var isEscaped = false
      while true {
        guard let found = nextQuote(from: &at) else {
          return at < count ? .nulByte(at: at) : .openQuote(start: cellStart)
        }
        if found + 1 < count && base[found + 1] == Tokenizer.quote {
          isEscaped = true
          at = found + 2
          continue
        }
        // The next byte decides whether the cell is closed. Without it, more text is needed.
        guard found + 1 < count else { return .openQuote(start: cellStart) }
        if isEscaped { index.escapedSpans.append(spanCount) }
        append(FieldSpan(start: cellStart + 1, end: found, isQuoted: true))
        return close(after: found + 1, delimiter: delimiter)
      }
    }

    private mutating func close(after end: Int, delimiter: UInt8) -> Outcome? {
      if base[end] == delimiter {
        cellStart = end + 1
        return nil
      }
      let lineEnd = base[end] == Tokenizer.carriageReturn ? end + 1 : end
      if lineEnd >= count { return .openQuote(start: cellStart) }
      guard base[lineEnd] == Tokenizer.lineFeed else { return .textAfterQuote(at: end) }
      rowEnds.append(spanCount)
      endRow(at: lineEnd)
      return nil
    }

    /// Returns the next quote at or after `at`. On nil, `at` is the position of a NUL byte or the
    /// end of the block.
    private mutating func nextQuote(from at: inout Int) -> Int? {
      while at < count {
        let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self).littleEndian
        seen |= word
        let stops = zeroBytes(word ^ repeated(Tokenizer.quote)) | zeroBytes(word)
        let lines = zeroBytes(word ^ repeated(Tokenizer.lineFeed))
        if stops == 0 && at + 8 <= count {
          innerLines += lines.nonzeroBitCount
          at += 8
          continue
        }
        let found = stops == 0 ? count : at + stops.trailingZeroBitCount >> 3
        let end = min(found, count)
        if end - at < 8 {
          innerLines += (lines & ((1 << UInt64(8 * (end - at))) - 1)).nonzeroBitCount
        }
        at = end
        if end == count { return nil }
        return base[end] == 0 ? nil : end
      }
      return nil
    }
  }
}

/// Returns a word of eight times the same byte.
@inline(__always)
func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

/// Returns the top bit of each byte of `word` that is zero, and nothing else (exact, unlike the
/// shorter form with a borrow).
@inline(__always)
func zeroBytes(_ word: UInt64) -> UInt64 {
  let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
  return ~(((word & low) &+ low) | word | low)
}
