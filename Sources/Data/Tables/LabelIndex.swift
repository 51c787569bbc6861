/// Finds the code of a label from its bytes, by an open-addressing hash table beside a
/// ``LabelDictionary``.
///
/// A named kernel; the tests hold its oracle, a dictionary of strings. Labels are compared byte by
/// byte, never by canonical equivalence, so that each is written back as it was read.
package struct LabelIndex {
  package private(set) var dictionary = LabelDictionary()
  /// High half: the label's hash. Low half: its code plus one, or 0 for a free slot.
  private var slots = [UInt64](repeating: 0, count: 16)
  private var mask = 15

  package init() {}

  /// The largest number of labels that codes can tell apart.
  package static let limit = Int(Int32.max) - 1

  /// Returns the code of a label, adding the label if it is new; nil if there is no room for more.
  ///
  /// Reads up to seven bytes past the label's end, which must be there.
  @inline(__always)
  package mutating func code(of label: UnsafeBufferPointer<UInt8>) -> Int32? {
    let hash = LabelIndex.hash(label)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { return insert(label, hash: hash, slot: slot) }
      if entry >> 32 == hash >> 32 {
        let code = Int(entry & 0xffff_ffff) - 1
        if isEqual(label, code) { return Int32(truncatingIfNeeded: code) }
      }
      slot = (slot + 1) & mask
    }
  }

  private mutating func insert(_ label: UnsafeBufferPointer<UInt8>, hash: UInt64, slot: Int)
    -> Int32?
  {
    guard dictionary.count < LabelIndex.limit else { return nil }
    let code = dictionary.append(utf8: label)
    slots[slot] = (hash >> 32) << 32 | UInt64(code + 1)
    if dictionary.count * 3 > slots.count * 2 { grow() }
    return code
  }

  @inline(__always)
  private func isEqual(_ label: UnsafeBufferPointer<UInt8>, _ code: Int) -> Bool {
    let offset = dictionary.offsets[code]
    let count = dictionary.offsets[code + 1] - offset
    guard count == label.count else { return false }
    guard let start = label.baseAddress, count > 0 else { return true }
    return dictionary.bytes.withUnsafeBytes { known in
      let base = UnsafeRawPointer(start)
      if count >= 8 {
        var at = 0
        while at < count {
          // The last step compares the eight bytes up to the end, some of them again.
          let step = min(at, count - 8)
          if (base + step).loadUnaligned(as: UInt64.self)
            != known.loadUnaligned(fromByteOffset: offset + step, as: UInt64.self)
          {
            return false
          }
          at += 8
        }
        return true
      }
      if offset + 8 <= known.count {
        let difference =
          (base.loadUnaligned(as: UInt64.self)
          ^ known.loadUnaligned(fromByteOffset: offset, as: UInt64.self)).littleEndian
        return difference << UInt64(64 - 8 * count) == 0
      }
      for at in 0..<count where known[offset + at] != label[at] { return false }
      return true
    }
  }

  private mutating func grow() {
    mask = slots.count * 2 - 1
    slots = [UInt64](repeating: 0, count: mask + 1)
    for code in 0..<dictionary.count {
      // Hashing reads past a label's end. The dictionary's bytes have no room there, so copy the
      // label.
      let hash = dictionary.withUTF8(code) { label in
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: label.count + 8) { copy in
          for at in 0..<label.count { copy[at] = label[at] }
          for at in label.count..<(label.count + 8) { copy[at] = 0 }
          return LabelIndex.hash(UnsafeBufferPointer(rebasing: copy[..<label.count]))
        }
      }
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = (hash >> 32) << 32 | UInt64(code + 1)
    }
  }

  /// Returns a mixing hash in the manner of wyhash: eight bytes per step, folded by a 64 by 64 bit
  /// product.
  @inline(__always)
  private static func hash(_ label: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(label.count)
    guard let start = label.baseAddress else { return state }
    let base = UnsafeRawPointer(start)
    var at = 0
    while at + 8 <= label.count {
      state = fold(state ^ (base + at).loadUnaligned(as: UInt64.self), 0xa076_1d64_78bd_642f)
      at += 8
    }
    let rest = label.count - at
    guard rest > 0 else { return fold(state, 0xe703_7ed1_a0b4_28db) }
    let tail =
      (base + at).loadUnaligned(as: UInt64.self).littleEndian & ((1 << UInt64(8 * rest)) &- 1)
    return fold(state ^ tail, 0xe703_7ed1_a0b4_28db)
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
