/// One column of a table, ready to be written. Implementations are classes, because a value that
/// holds arrays would be retained and released for each cell.
package protocol EncodedColumn: AnyObject {
  func write(row: Int, to output: inout ByteBuffer)
}

package final class EncodedIntegers: EncodedColumn {
  private let ticks: [Int64]
  private let words: TickWords

  package init(_ ticks: [Int64], words: TickWords) {
    (self.ticks, self.words) = (ticks, words)
  }

  package func write(row: Int, to output: inout ByteBuffer) {
    let tick = ticks[row]
    if Cells.isValue(tick) { output.append(integer: tick) } else { output.append(words[tick]) }
  }
}

/// Ticks that `format` writes.
package final class EncodedTicks: EncodedColumn {
  private let ticks: [Int64]
  private let words: TickWords
  private let format: (Int64, inout ByteBuffer) -> Void

  package init(
    _ ticks: [Int64], words: TickWords, format: @escaping (Int64, inout ByteBuffer) -> Void
  ) {
    (self.ticks, self.words, self.format) = (ticks, words, format)
  }

  package func write(row: Int, to output: inout ByteBuffer) {
    let tick = ticks[row]
    if Cells.isValue(tick) { format(tick, &output) } else { output.append(words[tick]) }
  }
}

/// The texts of ticks that are not values, quoted if they need it.
package struct TickWords {
  private let missing: [UInt8]
  private let codes: [[UInt8]]

  package init(missing: [UInt8], codes: [[UInt8]]) {
    (self.missing, self.codes) = (missing, codes)
  }

  /// The text of a missing cell or of a code word.
  subscript(tick: Int64) -> [UInt8] {
    guard let code = Cells.code(tick), codes.indices.contains(code) else { return missing }
    return codes[code]
  }
}

/// Codes of labels that are already quoted if they need it.
package final class EncodedLabels: EncodedColumn {
  private let codes: [Int32]
  private let missing: [UInt8]
  private let bytes: [UInt8]
  private let offsets: [Int]

  package init(_ codes: [Int32], missing: [UInt8], _ dictionary: LabelDictionary) {
    (self.codes, self.missing, bytes, offsets) = (
      codes, missing, dictionary.bytes, dictionary.offsets
    )
  }

  package func write(row: Int, to output: inout ByteBuffer) {
    let code = Int(codes[row])
    guard code >= 0 else {
      output.append(missing)
      return
    }
    let label = offsets[code]..<offsets[code + 1]
    bytes.withUnsafeBufferPointer { output.append(UnsafeBufferPointer(rebasing: $0[label])) }
  }
}
