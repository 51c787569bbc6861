/// Values by 64-bit hash, in one open-addressed table that is written once and then only read.
struct HashTable<Value: Sendable>: Sendable {
  private var keys: [UInt64]
  private var values: [Value]
  private let mask: Int
  private let absent: Value

  /// - Parameter capacity: A power of two greater than the number of values.
  init(capacity: Int, absent: Value) {
    precondition(capacity.nonzeroBitCount == 1, "the capacity is a power of two")
    keys = Array(repeating: 0, count: capacity)
    values = Array(repeating: absent, count: capacity)
    mask = capacity - 1
    self.absent = absent
  }

  subscript(hash: UInt64) -> Value {
    var place = Int(truncatingIfNeeded: hash) & mask
    while keys[place] != 0 {
      if keys[place] == hash { return values[place] }
      place = (place + 1) & mask
    }
    return absent
  }

  mutating func update(_ hash: UInt64, _ change: (inout Value) -> Void) {
    var place = Int(truncatingIfNeeded: hash) & mask
    while keys[place] != 0, keys[place] != hash { place = (place + 1) & mask }
    keys[place] = hash
    change(&values[place])
  }
}
