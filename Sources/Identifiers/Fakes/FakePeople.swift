import Tables

/// Invented people, one a row, so that the fakes of several columns agree: the e-mail address is the name's.
///
/// A person follows from a seed and the row number alone. No real value goes in, and blocks of rows can be made in any order.
/// The hash is for variety, not for secrecy: fakes hide nothing, since nothing is in them.
public struct FakePeople: Sendable {
  private let seed: UInt64

  /// Draws the seed.
  public init(using generator: inout some RandomNumberGenerator) { seed = generator.next() }

  private init(seed: UInt64) { self.seed = seed }

  /// Other people, as many.
  func shifted(by purpose: UInt64) -> FakePeople { FakePeople(seed: seed &+ purpose) }

  /// The person of a row.
  /// - Parameter isFemale: what the row says; nil to leave it to chance.
  func person(row: Int, locale: FakeLocale = .english, isFemale: Bool? = nil) -> FakePerson {
    FakePerson(seed: seed, number: row, locale: locale, isFemale: isFemale)
  }

  /// A place among `size` for a row: no two rows below `size` share one.
  func place(row: Int, size: Int, purpose: UInt64) -> Int {
    Scrambler(seed: seed &+ purpose, size: size).place(of: row % size)
  }
}

/// A permutation of 0 ..< size that looks random: a Feistel network of four rounds over the next power of four, walked until
/// it lands inside (Black and Rogaway 2002). For variety, not for secrecy.
struct Scrambler: Sendable {
  private let seed: UInt64
  private let size: UInt64
  private let halfBits: UInt64

  init(seed: UInt64, size: Int) {
    precondition(size > 0 && size <= 1 << 62, "a scrambler has 1 to 2^62 places")
    self.seed = seed
    self.size = UInt64(size)
    var halfBits: UInt64 = 1
    while (UInt64(1) << (2 * halfBits)) < UInt64(size) { halfBits += 1 }
    self.halfBits = halfBits
  }

  func place(of index: Int) -> Int {
    var value = UInt64(index)
    repeat {
      let mask = (UInt64(1) << halfBits) - 1
      var (left, right) = (value >> halfBits, value & mask)
      for round in 0..<4 as Range<UInt64> {
        (left, right) = (right, left ^ (SplitBits(seed: seed ^ right &* 0xD6E8_FEB8_6659_FD93, number: Int(right))[round] & mask))
      }
      value = left << halfBits | right
    } while value >= size
    return Int(value)
  }
}
