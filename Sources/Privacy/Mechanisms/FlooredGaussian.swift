import Accounting
import BigInt
import Crypto
import CryptoExtras
import Foundation

/// Whole-number noise for long vectors: floor(Z) for a Gaussian Z of standard deviation 2^24
/// (``GradientNoise/sigma``).
///
/// An integer answer plus floor(Z) is the floor of the answer plus Z, so a vector with this noise
/// reveals no more than one with Gaussian noise, for any number of coordinates. All results on the
/// Gaussian mechanism, with sampling and composition, apply unchanged (the discrete Gaussian lacks
/// this). Draws are exact up to a total variation distance of 2^-120 each. Floating point is used
/// only when the result is certain. `docs/proofs/floored-gaussian.md`.
package enum FlooredGaussian {
  /// The total variation distance between a draw and floor(Z) is at most 2 to this power.
  package static let distanceExponent = -120

  /// The number of draws one key of the cipher serves.
  private static let chunk = 4096
  private static let zeros = Data(count: chunk * 16)
  private static let nonce = try? AES._CTR.Nonce(nonceBytes: [UInt8](repeating: 0, count: 16))

  /// Adds a draw to each of `sums`, whole numbers below 2^52 in size. Complexity: about 6 ns a
  /// draw.
  package static func add(to sums: UnsafeMutableBufferPointer<Double>, using random: SecureRandom) {
    let table = HalfNormalTable.shared
    var start = 0
    while start < sums.count {
      let part = UnsafeMutableBufferPointer(rebasing: sums[start..<min(start + chunk, sums.count)])
      keystream(using: random).withUnsafeBytes { bytes in
        add(to: part, words: bytes.bindMemory(to: UInt64.self), table: table, random: random)
      }
      start += chunk
    }
  }

  /// Returns 64 KiB of AES-256 in counter mode under a fresh key.
  private static func keystream(using random: SecureRandom) -> Data {
    let key = (0..<4).map { _ in random.next() }.withUnsafeBytes { SymmetricKey(data: $0) }
    guard let nonce, let stream = try? AES._CTR.encrypt(zeros, using: key, nonce: nonce) else {
      preconditionFailure("the cipher refused to make a keystream")
    }
    return stream
  }

  private static func add(
    to sums: UnsafeMutableBufferPointer<Double>, words: UnsafeBufferPointer<UInt64>,
    table: HalfNormalTable, random: SecureRandom
  ) {
    table.own.withUnsafeBufferPointer { own in
      table.other.withUnsafeBufferPointer { other in
        table.surelyKept.withUnsafeBufferPointer { surelyKept in
          for index in sums.indices {
            let (first, second) = (words[2 * index], words[2 * index + 1])
            let column = Int(first >> 54)
            let high = UInt32(truncatingIfNeeded: second >> 32)
            let mine = UInt32(truncatingIfNeeded: own[column] >> 96)
            let step = Int(high < mine ? UInt16(truncatingIfNeeded: column) : other[column])
            if high != mine, UInt32(truncatingIfNeeded: second) < surelyKept[step] {
              sums[index] += Double(value(step: step, word: first))
            } else {
              sums[index] += Double(draw(first, second, table: table, random: random))
            }
          }
        }
      }
    }
  }

  /// Returns the whole number encoded by 13 standard deviations in steps of 1/64, 53 bits of a
  /// place within the step, and a sign.
  @inline(__always)
  private static func value(step: Int, word: UInt64) -> Int {
    let place = Int(
      (word & (1 << 53 - 1)) >> UInt64(53 - (GradientNoise.sigmaBits - HalfNormalTable.stepBits)))
    let magnitude = step << (GradientNoise.sigmaBits - HalfNormalTable.stepBits) | place
    // floor(-|z|) is -floor(|z|) - 1 unless z is whole.
    return word >> 53 & 1 == 0 ? magnitude : ~magnitude
  }

  /// Returns a draw from these two words, and from as many more as it takes.
  private static func draw(
    _ first: UInt64, _ second: UInt64, table: HalfNormalTable, random: SecureRandom
  ) -> Int {
    var (first, second) = (first, second)
    while true {
      let column = Int(first >> 54)
      let step = Int(
        isOwn(column, UInt32(second >> 32), table, random) ? UInt16(column) : table.other[column])
      let kept = UInt32(truncatingIfNeeded: second)
      if kept < table.surelyKept[step]
        || isKept(step: step, place: first & (1 << 53 - 1), kept, random)
      {
        return value(step: step, word: first)
      }
      (first, second) = (random.next(), random.next())
    }
  }

  /// Returns whether a number of 128 random bits, of which the first 32 are given, lies below the
  /// column's own part.
  private static func isOwn(
    _ column: Int, _ high: UInt32, _ table: HalfNormalTable, _ random: SecureRandom
  ) -> Bool {
    let mine = table.own[column]
    let mineHigh = UInt32(truncatingIfNeeded: mine >> 96)
    if high != mineHigh { return high < mineHigh }
    let middle = random.next()
    let mineMiddle = UInt64(truncatingIfNeeded: mine >> 32)
    if middle != mineMiddle { return middle < mineMiddle }
    return UInt32(truncatingIfNeeded: random.next()) < UInt32(truncatingIfNeeded: mine)
  }

  /// Returns true with probability exp(-(t/64)(k + t/2)/64) for the place t in step k, of which 53
  /// bits are given. 32 bits of the uniform number to compare with are given too. Both get as many
  /// more bits as the comparison takes.
  private static func isKept(step: Int, place: UInt64, _ kept: UInt32, _ random: SecureRandom)
    -> Bool
  {
    let low = random.next()
    let uniform = (Double(kept) + Double(low >> 11) * 0x1p-53) * 0x1p-32
    let t = Double(place) * 0x1p-53
    let density = exp(-t * (Double(step) + t / 2) * 0x1p-12)
    // Both sides are known to better than 1e-13.
    if abs(uniform - density) > 1e-12 { return uniform < density }
    return isKeptExactly(step: step, place: place, kept, low, random)
  }

  /// Makes the same comparison with 117 bits of the place and 160 of the uniform number.
  package static func isKeptExactly(
    step: Int, place: UInt64, _ kept: UInt32, _ low: UInt64, _ random: SecureRandom
  ) -> Bool {
    let t = BigUInt(place) << 64 + BigUInt(random.next())  // 117 bits
    let uniform = (BigUInt(kept) << 64 + BigUInt(low)) << 64 + BigUInt(random.next())  // 160 bits
    // (t / 2^117)(k + t / 2^118) / 2^12, as a fraction of 2^(117 + 118 + 12)
    let exponent = t * (BigUInt(step) << 118 + t)
    return uniform < BinaryFraction.expMinus(exponent, over: BigUInt(1) << 247, bits: 160)
  }
}
