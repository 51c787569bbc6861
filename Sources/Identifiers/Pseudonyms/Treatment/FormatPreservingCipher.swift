import Crypto
import CryptoExtras

/// Format-preserving encryption FF1 (NIST SP 800-38G, algorithms 7 and 8) with AES: digits become
/// as many digits, and back.
///
/// The minimum length follows the second public draft of revision 1: radix^length ≥ 1,000,000.
/// Deviation: the halves of a text are held in 128 bits, so radix^⌈length / 2⌉ must stay below
/// 2^119 (70 decimal digits, 46 of base 36). Longer texts are rejected.
package struct FormatPreservingCipher: Sendable {
  /// The number of symbols, 2 to 36: the digits 0 to 9, then the letters a to z.
  package let radix: Int
  /// The lengths that can be encrypted.
  package let lengths: ClosedRange<Int>
  private let key: SymmetricKey

  private static let rounds = 10
  private static let leastDomain = 1_000_000
  private static let mostHalfBits = 119

  /// Creates a cipher under a key of the owner.
  package init(key: PseudonymKey, radix: Int = 10) throws {
    try self.init(aesKey: key.subkey("format-preserving"), radix: radix)
  }

  /// Creates a cipher under a known AES key of 16, 24 or 32 bytes, for published test vectors.
  package init(testing key: [UInt8], radix: Int) throws {
    try self.init(aesKey: SymmetricKey(data: key), radix: radix)
  }

  private init(aesKey: SymmetricKey, radix: Int) throws {
    guard (2...36).contains(radix) else { throw TreatmentError.radixOutOfRange(radix) }
    precondition([128, 192, 256].contains(aesKey.bitCount), "an AES key has 16, 24 or 32 bytes")
    self.radix = radix
    key = aesKey
    var least = 0
    var domain = 1
    while domain < Self.leastDomain {
      domain *= radix
      least += 1
    }
    var half = 0
    var power = UInt128(1)
    while power <= (UInt128(1) << UInt128(Self.mostHalfBits)) / UInt128(radix) {
      power *= UInt128(radix)
      half += 1
    }
    lengths = least...(2 * half)
  }

  /// Encrypts `text` to a text of the same length and symbols. A tweak, such as a column's name,
  /// makes equal texts differ.
  /// - Throws: ``TreatmentError`` if the length or a character does not fit.
  package func encrypt(_ text: String, tweak: [UInt8] = []) throws -> String {
    try feistel(text, tweak: tweak, isForward: true)
  }

  /// Inverts ``encrypt(_:tweak:)``.
  package func decrypt(_ text: String, tweak: [UInt8] = []) throws -> String {
    try feistel(text, tweak: tweak, isForward: false)
  }

  // MARK: - Algorithm 7 and its inverse

  private func feistel(_ text: String, tweak: [UInt8], isForward: Bool) throws -> String {
    let numerals = try numerals(of: text)
    let (n, u) = (numerals.count, numerals.count / 2)
    let v = n - u
    let moduli = [power(u), power(v)]
    var (a, b) = (number(numerals[..<u]), number(numerals[u...]))
    let byteCount = (bits(of: power(v) - 1) + 7) / 8
    let head = firstBlock(u: u, n: n, tweakCount: tweak.count)
    for step in 0..<Self.rounds {
      let round = isForward ? step : Self.rounds - 1 - step
      let modulus = moduli[round % 2]
      let y = roundValue(
        isForward ? b : a, head: head, tweak: tweak, round: round, byteCount: byteCount,
        modulus: modulus)
      if isForward {
        (a, b) = (b, (a + y) % modulus)
      } else {
        (a, b) = ((b + modulus - y) % modulus, a)
      }
    }
    return letters(a, count: u) + letters(b, count: v)
  }

  /// Step 5: P = [1] [2] [1] [radix]³ [10] [u mod 256] [n]⁴ [t]⁴.
  private func firstBlock(u: Int, n: Int, tweakCount: Int) -> [UInt8] {
    [
      1, 2, 1, UInt8(radix >> 16), UInt8(radix >> 8 & 255), UInt8(radix & 255), UInt8(Self.rounds),
      UInt8(u & 255),
    ]
      + bigEndian(n) + bigEndian(tweakCount)
  }

  /// Steps 6.i to 6.iv, with y already reduced by the modulus.
  private func roundValue(
    _ half: UInt128, head: [UInt8], tweak: [UInt8], round: Int, byteCount: Int, modulus: UInt128
  ) -> UInt128 {
    let zeros = (16 - (tweak.count + byteCount + 1) % 16) % 16
    let message =
      head + tweak + [UInt8](repeating: 0, count: zeros) + [UInt8(round)]
      + bytes(of: half, count: byteCount)
    var block = [UInt8](repeating: 0, count: 16)
    for start in stride(from: 0, to: message.count, by: 16) {
      for index in 0..<16 { block[index] ^= message[start + index] }
      permute(&block)
    }
    let wanted = 4 * ((byteCount + 3) / 4) + 4
    var stream = block
    var counter: UInt8 = 1
    while stream.count < wanted {
      var next = block
      next[15] ^= counter
      permute(&next)
      stream += next
      counter += 1
    }
    return stream[..<wanted].reduce(UInt128(0)) { ($0 * 256 + UInt128($1)) % modulus }
  }

  private func permute(_ block: inout [UInt8]) {
    do { try AES.permute(&block, key: key) } catch {
      preconditionFailure("the block has 16 bytes and the key a length of AES")
    }
  }

  // MARK: - Numerals

  private func numerals(of text: String) throws -> [Int] {
    let numerals = text.unicodeScalars.map { scalar -> Int in
      switch scalar {
      case "0"..."9": Int(scalar.value) - 48
      case "a"..."z": Int(scalar.value) - 87
      default: radix
      }
    }
    guard lengths.contains(numerals.count) else {
      throw TreatmentError.lengthOutOfRange(found: numerals.count, allowed: lengths, radix: radix)
    }
    guard numerals.allSatisfy({ $0 < radix }) else {
      throw TreatmentError.foreignCharacter(radix: radix)
    }
    return numerals
  }

  private func number(_ numerals: ArraySlice<Int>) -> UInt128 {
    numerals.reduce(UInt128(0)) { $0 * UInt128(radix) + UInt128($1) }
  }

  private func letters(_ number: UInt128, count: Int) -> String {
    let digits = String(number, radix: radix)
    return String(repeating: "0", count: count - digits.count) + digits
  }

  private func power(_ exponent: Int) -> UInt128 {
    (0..<exponent).reduce(UInt128(1)) { power, _ in power * UInt128(radix) }
  }

  private func bits(of number: UInt128) -> Int { 128 - number.leadingZeroBitCount }

  private func bytes(of number: UInt128, count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> UInt128(8 * $0)) }
  }

  private func bigEndian(_ number: Int) -> [UInt8] { bytes(of: UInt128(number), count: 4) }
}
