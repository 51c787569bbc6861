/// The buffers of one Arrow array, with lengths that were checked before a cell is read.
package struct ArrowArrayView {
  package let length: Int
  /// The place of the first cell in the buffers.
  package let offset: Int
  /// A bit for each cell; nil if none is missing.
  package let validity: UnsafeRawBufferPointer?
  /// The buffers behind the validity.
  package let buffers: [UnsafeRawBufferPointer]
  /// The values of a dictionary, one array of them.
  package let dictionary: [ArrowArrayView]

  package init(
    length: Int, offset: Int, validity: UnsafeRawBufferPointer?, buffers: [UnsafeRawBufferPointer],
    dictionary: [ArrowArrayView] = []
  ) {
    (self.length, self.offset, self.validity, self.buffers, self.dictionary) = (
      length, offset, validity, buffers, dictionary
    )
  }

  @inline(__always)
  package func isMissing(_ row: Int) -> Bool {
    guard let validity else { return false }
    let place = offset + row
    return validity[place >> 3] & (1 << UInt8(place & 7)) == 0
  }

  @inline(__always)
  func value<Value: BitwiseCopyable>(_ row: Int, as type: Value.Type) -> Value {
    buffers[0].loadUnaligned(fromByteOffset: (offset + row) * MemoryLayout<Value>.size, as: type)
  }

  /// Whether the buffers are as long as the length says.
  package func holds(_ type: ArrowType) -> Bool {
    let (end, isOver) = offset.addingReportingOverflow(length)
    guard length >= 0, offset >= 0, !isOver, end < 1 << 40 else { return false }
    if let validity, validity.count < (end + 7) / 8 { return false }
    func isFilled(_ width: Int) -> Bool {
      length == 0 || buffers.count == 1 && buffers[0].count >= end * width
    }
    switch type {
    case .null: return true
    case .boolean: return length == 0 || buffers.count == 1 && buffers[0].count >= (end + 7) / 8
    case .integer(let bytes, _), .real(let bytes), .date(let bytes): return isFilled(bytes)
    case .decimal, .uuid: return isFilled(16)
    case .timestamp: return isFilled(8)
    case .time(let unit): return isFilled(unit.timeBytes)
    case .dictionary(let index, _): return index.isIndex && dictionary.count == 1 && holds(index)
    case .text(.offsets32): return holdsTexts(end, Int32.self)
    case .text(.offsets64): return holdsTexts(end, Int64.self)
    case .text(.views): return length == 0 || buffers.first.map { $0.count >= end * 16 } ?? false
    }
  }

  private func holdsTexts<Offset: FixedWidthInteger & BitwiseCopyable>(
    _ end: Int, _ type: Offset.Type
  ) -> Bool {
    guard length > 0 else { return true }
    guard buffers.count == 2, buffers[0].count >= (end + 1) * MemoryLayout<Offset>.size else {
      return false
    }
    var last = value(0, as: type)
    guard last >= 0 else { return false }
    for row in 1...length {
      let next = value(row, as: type)
      guard next >= last else { return false }
      last = next
    }
    return Int(last) <= buffers[1].count
  }

  /// Returns the bytes of a text whose buffers were checked; nil if a view leads outside them.
  @inline(__always)
  package func text(_ row: Int, _ layout: ArrowType.TextLayout) -> UnsafeBufferPointer<UInt8>? {
    let bytes: UnsafeRawBufferPointer
    switch layout {
    case .offsets32:
      bytes = UnsafeRawBufferPointer(
        rebasing: buffers[1][Int(value(row, as: Int32.self))..<Int(value(row + 1, as: Int32.self))])
    case .offsets64:
      bytes = UnsafeRawBufferPointer(
        rebasing: buffers[1][Int(value(row, as: Int64.self))..<Int(value(row + 1, as: Int64.self))])
    case .views:
      guard let view = view(row) else { return nil }
      bytes = view
    }
    return bytes.bindMemory(to: UInt8.self)
  }

  /// A view holds its length and either up to twelve bytes or a place in one of the further
  /// buffers.
  private func view(_ row: Int) -> UnsafeRawBufferPointer? {
    let start = (offset + row) * 16
    func word(_ place: Int) -> Int {
      Int(buffers[0].loadUnaligned(fromByteOffset: start + 4 * place, as: Int32.self))
    }
    let count = word(0)
    guard count >= 0 else { return nil }
    if count <= 12 {
      return UnsafeRawBufferPointer(rebasing: buffers[0][start + 4..<start + 4 + count])
    }
    let (buffer, place) = (word(2), word(3))
    guard buffer >= 0, buffer + 1 < buffers.count, place >= 0,
      place + count <= buffers[buffer + 1].count
    else { return nil }
    return UnsafeRawBufferPointer(rebasing: buffers[buffer + 1][place..<place + count])
  }
}

extension ArrowType {
  fileprivate var isIndex: Bool { if case .integer = self { true } else { false } }
}
