/// A table of a FlatBuffers message, as Arrow's metadata are written. Nothing outside the message
/// is read, whatever its offsets say.
struct FlatTable {
  private let bytes: UnsafeRawBufferPointer
  private let start: Int

  /// The root table of a message.
  init?(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    guard bytes.count >= 8 else { return nil }
    start = Int(bytes.loadUnaligned(as: UInt32.self))
    guard start + 4 <= bytes.count else { return nil }
  }

  private init?(_ bytes: UnsafeRawBufferPointer, at start: Int) {
    guard start >= 0, start + 4 <= bytes.count else { return nil }
    (self.bytes, self.start) = (bytes, start)
  }

  /// Returns the place of a field; nil if it has its default.
  private func place(_ field: Int, size: Int) -> Int? {
    guard let distance = value(at: start, as: Int32.self) else { return nil }
    let directory = start - Int(distance)
    guard let length = value(at: directory, as: UInt16.self), 4 + 2 * field + 2 <= Int(length),
      let offset = value(at: directory + 4 + 2 * field, as: UInt16.self), offset > 0
    else { return nil }
    let place = start + Int(offset)
    return place + size <= bytes.count ? place : nil
  }

  private func value<Value: BitwiseCopyable>(at place: Int, as type: Value.Type) -> Value? {
    guard place >= 0, place + MemoryLayout<Value>.size <= bytes.count else { return nil }
    return bytes.loadUnaligned(fromByteOffset: place, as: type)
  }

  func number<Value: FixedWidthInteger & BitwiseCopyable>(_ field: Int, default usual: Value = 0)
    -> Value
  {
    place(field, size: MemoryLayout<Value>.size).flatMap { value(at: $0, as: Value.self) } ?? usual
  }

  func table(_ field: Int) -> FlatTable? {
    guard let place = place(field, size: 4), let offset = value(at: place, as: UInt32.self) else {
      return nil
    }
    return FlatTable(bytes, at: place + Int(offset))
  }

  /// Returns the elements of a vector of numbers or structures as bytes.
  func vector(_ field: Int, elementSize: Int) -> UnsafeRawBufferPointer? {
    guard let place = place(field, size: 4), let offset = value(at: place, as: UInt32.self),
      let count = value(at: place + Int(offset), as: UInt32.self)
    else { return nil }
    let first = place + Int(offset) + 4
    guard first + Int(count) * elementSize <= bytes.count else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[first..<first + Int(count) * elementSize])
  }

  func text(_ field: Int) -> String? {
    vector(field, elementSize: 1).map { String(decoding: $0, as: UTF8.self) }
  }

  func tables(_ field: Int) -> [FlatTable]? {
    guard let offsets = vector(field, elementSize: 4), let place = place(field, size: 4),
      let offset = value(at: place, as: UInt32.self)
    else {
      return nil
    }
    let first = place + Int(offset) + 4
    let tables = stride(from: 0, to: offsets.count, by: 4).compactMap { step in
      FlatTable(
        bytes, at: first + step + Int(offsets.loadUnaligned(fromByteOffset: step, as: UInt32.self)))
    }
    return tables.count * 4 == offsets.count ? tables : nil
  }
}
