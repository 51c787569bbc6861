/// One column of a table, ready to be written. Implementations are classes, because a value that
/// holds arrays would be retained and released for each cell.
package protocol EncodedColumn: AnyObject {
  func write(row: Int, to output: inout ByteBuffer)
}

package final class EncodedIntegers: EncodedColumn {
  private let ticks: [Int64]
  private let missing: [UInt8]

  package init(_ ticks: [Int64], missing: [UInt8]) {
    (self.ticks, self.missing) = (ticks, missing)
  }

  package func write(row: Int, to output: inout ByteBuffer) {
    let tick = ticks[row]
    if tick == Cells.missingTick { output.append(missing) } else { output.append(integer: tick) }
  }
}

/// Ticks that `format` writes.
package final class EncodedTicks: EncodedColumn {
  private let ticks: [Int64]
  private let missing: [UInt8]
  private let format: (Int64, inout ByteBuffer) -> Void

  package init(_ ticks: [Int64], missing: [UInt8], format: @escaping (Int64, inout ByteBuffer) -> Void) {
    (self.ticks, self.missing, self.format) = (ticks, missing, format)
  }

  package func write(row: Int, to output: inout ByteBuffer) {
    let tick = ticks[row]
    if tick == Cells.missingTick { output.append(missing) } else { format(tick, &output) }
  }
}

/// Codes of labels that are already quoted if they need it.
package final class EncodedLabels: EncodedColumn {
  private let codes: [Int32]
  private let missing: [UInt8]
  private let bytes: [UInt8]
  private let offsets: [Int]

  package init(_ codes: [Int32], missing: [UInt8], _ dictionary: LabelDictionary) {
    (self.codes, self.missing, bytes, offsets) = (codes, missing, dictionary.bytes, dictionary.offsets)
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
