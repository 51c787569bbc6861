/// One column of a table, ready to be written. Classes, since a value with arrays in it would be retained and released for each cell.
protocol EncodedColumn: AnyObject {
  func write(row: Int, to output: inout ByteBuffer)
}

final class EncodedIntegers: EncodedColumn {
  private let ticks: [Int64]
  private let missing: [UInt8]

  init(_ ticks: [Int64], missing: [UInt8]) {
    (self.ticks, self.missing) = (ticks, missing)
  }

  func write(row: Int, to output: inout ByteBuffer) {
    let tick = ticks[row]
    if tick == Cells.missingTick { output.append(missing) } else { output.append(integer: tick) }
  }
}

/// Ticks that `format` writes.
final class EncodedTicks: EncodedColumn {
  private let ticks: [Int64]
  private let missing: [UInt8]
  private let format: (Int64, inout ByteBuffer) -> Void

  init(_ ticks: [Int64], missing: [UInt8], format: @escaping (Int64, inout ByteBuffer) -> Void) {
    (self.ticks, self.missing, self.format) = (ticks, missing, format)
  }

  func write(row: Int, to output: inout ByteBuffer) {
    let tick = ticks[row]
    if tick == Cells.missingTick { output.append(missing) } else { format(tick, &output) }
  }
}

/// Codes of labels that are quoted already where they need it.
final class EncodedLabels: EncodedColumn {
  private let codes: [Int32]
  private let missing: [UInt8]
  private let bytes: [UInt8]
  private let offsets: [Int]

  init(_ codes: [Int32], missing: [UInt8], _ dictionary: LabelDictionary) {
    (self.codes, self.missing, bytes, offsets) = (codes, missing, dictionary.bytes, dictionary.offsets)
  }

  func write(row: Int, to output: inout ByteBuffer) {
    let code = Int(codes[row])
    guard code >= 0 else {
      output.append(missing)
      return
    }
    let label = offsets[code]..<offsets[code + 1]
    bytes.withUnsafeBufferPointer { output.append(UnsafeBufferPointer(rebasing: $0[label])) }
  }
}
