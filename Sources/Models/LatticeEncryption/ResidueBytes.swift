import Foundation

/// Residues as bytes: 52 bits each, the lowest first, two in 13 bytes.
enum ResidueBytes {
  /// Returns the number of bytes for so many residues.
  static func count(_ residues: Int) -> Int { (residues * 52 + 7) / 8 }

  static func append(_ residues: UnsafePointer<UInt64>, count: Int, to bytes: inout [UInt8]) {
    bytes.reserveCapacity(bytes.count + self.count(count))
    var place = 0
    while place + 2 <= count {
      let (first, second) = (residues[place], residues[place + 1])
      append(first | second << 52, byteCount: 8, to: &bytes)
      append(second >> 12, byteCount: 5, to: &bytes)
      place += 2
    }
    if place < count { append(residues[place], byteCount: 7, to: &bytes) }
  }

  @inline(__always)
  private static func append(_ word: UInt64, byteCount: Int, to bytes: inout [UInt8]) {
    for byte in 0..<UInt64(byteCount) {
      bytes.append(UInt8(truncatingIfNeeded: word >> (8 * byte)))
    }
  }

  /// Reads `count` residues from exactly their bytes.
  /// - Throws: ``LatticeFault/residueTooLarge`` if a number is not below the prime, or if bits
  ///   after the last are not zero.
  static func read(
    _ bytes: UnsafeRawBufferPointer, count: Int, below prime: UInt64,
    into residues: UnsafeMutablePointer<UInt64>
  ) throws(LatticeFault) {
    precondition(bytes.count == self.count(count))
    let mask: UInt64 = (1 << 52) - 1
    var isValid = true
    for place in 0..<count {
      // The residue's 52 bits start at a whole byte, or at the middle of one.
      let start = place * 52 / 8
      var word: UInt64 = 0
      for byte in 0..<7 { word |= UInt64(bytes[start + byte]) << (8 * UInt64(byte)) }
      if place % 2 == 1 { word >>= 4 } else if place == count - 1, word > mask { isValid = false }
      let residue = word & mask
      if residue >= prime { isValid = false }
      residues[place] = residue
    }
    guard isValid else { throw .residueTooLarge }
  }
}
