import Basics
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
  package func shifted(by purpose: UInt64) -> FakePeople { FakePeople(seed: seed &+ purpose) }

  /// The person of a row.
  /// - Parameter isFemale: what the row says; nil to leave it to chance.
  package func person(row: Int, locale: FakeLocale = .english, isFemale: Bool? = nil) -> FakePerson {
    FakePerson(seed: seed, number: row, locale: locale, isFemale: isFemale)
  }

  /// A place among `size` for a row: no two rows below `size` share one.
  package func place(row: Int, size: Int, purpose: UInt64) -> Int {
    Scrambler(seed: seed &+ purpose, size: size).place(of: row % size)
  }
}
