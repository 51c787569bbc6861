import Basics
import Tables

/// Invented people, one per row, so that the fakes of several columns agree: the e-mail address
/// matches the name.
///
/// A person depends only on a seed and the row number. No real value is used, and blocks of rows
/// can be made in any order.
/// The hash provides variety, not secrecy: fakes have nothing to hide.
package struct FakePeople: Sendable {
  private let seed: UInt64

  /// Draws the seed.
  package init(using generator: inout some RandomNumberGenerator) { seed = generator.next() }

  private init(seed: UInt64) { self.seed = seed }

  /// Returns a different set of as many people.
  package func shifted(by purpose: UInt64) -> FakePeople { FakePeople(seed: seed &+ purpose) }

  /// Returns the person of a row.
  /// - Parameter isFemale: The sex according to the row; nil to choose at random.
  package func person(row: Int, locale: FakeLocale = .english, isFemale: Bool? = nil) -> FakePerson {
    FakePerson(seed: seed, number: row, locale: locale, isFemale: isFemale)
  }

  /// Returns a place among `size` for a row. No two rows below `size` share one.
  package func place(row: Int, size: Int, purpose: UInt64) -> Int {
    Scrambler(seed: seed &+ purpose, size: size).place(of: row % size)
  }
}
