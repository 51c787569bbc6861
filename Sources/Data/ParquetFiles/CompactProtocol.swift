/// Thrift's compact protocol, as far as the metadata of Parquet needs it.
struct CompactProtocol {
  private(set) var bytes: [UInt8] = []
  private var lastFields: [Int16] = []
  private var last: Int16 = 0

  private enum Kind: UInt8 {
    case yes = 1
    case no = 2
    case int32 = 5
    case int64 = 6
    case binary = 8
    case list = 9
    case structure = 12
  }

  mutating func field(_ id: Int16, int32 value: Int) {
    begin(id, .int32)
    varint(zigzag(value))
  }

  mutating func field(_ id: Int16, int64 value: Int) {
    begin(id, .int64)
    varint(zigzag(value))
  }

  mutating func field(_ id: Int16, bool value: Bool) { begin(id, value ? .yes : .no) }

  mutating func field(_ id: Int16, text: String) {
    begin(id, .binary)
    self.text(text)
  }

  mutating func field(_ id: Int16, _ body: (inout CompactProtocol) -> Void) {
    begin(id, .structure)
    structure(body)
  }

  mutating func field<Element>(
    _ id: Int16, structures: [Element], _ body: (inout CompactProtocol, Element) -> Void
  ) {
    begin(id, .list)
    list(structures.count, .structure)
    for element in structures { structure { body(&$0, element) } }
  }

  mutating func field(_ id: Int16, int32s values: [Int]) {
    begin(id, .list)
    list(values.count, .int32)
    for value in values { varint(zigzag(value)) }
  }

  mutating func field(_ id: Int16, texts: [String]) {
    begin(id, .list)
    list(texts.count, .binary)
    for text in texts { self.text(text) }
  }

  /// Writes a structure, which ends with a zero.
  mutating func structure(_ body: (inout CompactProtocol) -> Void) {
    lastFields.append(last)
    last = 0
    body(&self)
    bytes.append(0)
    last = lastFields.removeLast()
  }

  private mutating func begin(_ id: Int16, _ kind: Kind) {
    let step = id - last
    precondition((1...15).contains(step), "fields in order")
    bytes.append(UInt8(step) << 4 | kind.rawValue)
    last = id
  }

  private mutating func list(_ count: Int, _ kind: Kind) {
    if count < 15 {
      bytes.append(UInt8(count) << 4 | kind.rawValue)
    } else {
      bytes.append(0xF0 | kind.rawValue)
      varint(UInt64(count))
    }
  }

  private mutating func text(_ text: String) {
    varint(UInt64(text.utf8.count))
    bytes += Array(text.utf8)
  }

  private mutating func varint(_ value: UInt64) { bytes.append(varint: value) }

  private func zigzag(_ value: Int) -> UInt64 {
    UInt64(bitPattern: Int64(value << 1) ^ Int64(value >> 63))
  }
}

extension [UInt8] {
  /// Adds a number in groups of seven bits, the lowest first.
  mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// Adds a number, its lowest byte first.
  mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// Adds numbers of `width` bits in one run of packed groups of eight.
  mutating func append(packed values: [Int], width: Int) {
    let groups = (values.count + 7) / 8
    append(varint: UInt64(groups) << 1 | 1)
    var (word, bits) = (UInt64(0), 0)
    for place in 0..<groups * 8 {
      word |= UInt64(place < values.count ? values[place] : 0) << UInt64(bits)
      bits += width
      while bits >= 8 {
        append(UInt8(truncatingIfNeeded: word))
        word >>= 8
        bits -= 8
      }
    }
  }
}
