import Basics
import Tables
import WordLists
import Words

/// One invented person, determined by a seed and a number.
package struct FakePerson: Sendable {
  /// The number of the person, from 0, distinct for each person of a release.
  package let number: Int
  package let given: String
  let family: String
  package let domain: String
  let locale: FakeLocale
  private let bits: SplitBits

  /// Domains reserved for examples (RFC 2606).
  package static let domains = ["example.com", "example.net", "example.org"]

  /// - Parameter isFemale: Whether the person is a woman; nil to choose at random.
  init(seed: UInt64, number: Int, locale: FakeLocale, isFemale: Bool?) {
    bits = SplitBits(seed: seed, number: number)
    self.number = number
    self.locale = locale
    let names = FakeNames.of(locale)
    given = bits.pick((isFemale ?? (bits[0] % 2 == 0)) ? names.female : names.male, 1)
    family = bits.pick(names.family, 2)
    domain = bits.pick(Self.domains, 3)
  }

  var fullName: String { "\(given) \(family)" }

  /// An e-mail address that is distinct for every number.
  package var email: String { "\(given).\(family)\(number + 1)@\(domain)".folded }

  /// A number from a block reserved for fiction, if the country has one; otherwise under the
  /// unassigned country code 999.
  package var phone: String {
    let line = Int(bits[5] % 100)
    let two = (line < 10 ? "0" : "") + String(line)
    switch locale {
    // North American Numbering Plan: 555-0100 to 555-0199.
    case .english: return "(\(201 + Int(bits[4] % 789))) 555-01\(two)"
    // Bundesnetzagentur, 2019: Berlin 23125 000 to 999.
    case .german: return "030 23125 \(bits[4] % 10)\(two)"
    // Arcep, decision 2018-0881: 01 99 00.
    case .french: return "01 99 00 \(10 + bits[4] % 90) \(two)"
    case .spanish, .italian, .dutch, .portuguese, .swedish:
      return "+999 555 \(10 + bits[4] % 90) \(two)"
    }
  }

  /// A street name that is clearly invented, so that nobody lives there.
  package var address: String {
    let house = number + 1
    switch locale {
    case .english: return "\(house) Example Street"
    case .german: return "Musterstraße \(house)"
    case .french: return "\(house) rue de l'Exemple"
    case .spanish: return "Calle Ejemplo \(house)"
    case .italian: return "Via Esempio \(house)"
    case .dutch: return "Voorbeeldstraat \(house)"
    case .portuguese: return "Rua Exemplo \(house)"
    case .swedish: return "Exempelgatan \(house)"
    }
  }

  /// A random identifier of version 4, variant 1 (RFC 9562).
  package var uuid: String {
    let high = bits[6] & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = bits[7] & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    let digits = Array(Self.hex(high) + Self.hex(low))
    let cuts = [0, 8, 12, 16, 20, 32]
    return zip(cuts, cuts.dropFirst()).map { String(digits[$0..<$1]) }.joined(separator: "-")
  }

  /// 26 letters and digits, as in a pseudonym.
  var freshPseudonym: String {
    let symbols = Array("abcdefghijklmnopqrstuvwxyz234567")
    let letters = (0..<26).map { place -> Character in
      let word = bits[UInt64(8 + place / 12)]
      return symbols[Int(word >> UInt64(place % 12 * 5) & 31)]
    }
    return String(letters)
  }

  /// An address in one of the three networks reserved for documentation (RFC 5737).
  package var ipAddress: String {
    ["192.0.2.", "198.51.100.", "203.0.113."][Int(bits[11] % 3)] + String(bits[12] % 256)
  }

  /// An address from the block reserved for documentation (RFC 7042).
  package var macAddress: String { "00:00:5E:00:53:" + Self.hex(bits[12]).suffix(2).uppercased() }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

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
  package func person(row: Int, locale: FakeLocale = .english, isFemale: Bool? = nil) -> FakePerson
  {
    FakePerson(seed: seed, number: row, locale: locale, isFemale: isFemale)
  }

  /// Returns a place among `size` for a row. No two rows below `size` share one.
  package func place(row: Int, size: Int, purpose: UInt64) -> Int {
    Scrambler(seed: seed &+ purpose, size: size).place(of: row % size)
  }
}

/// The names that replace real names, by locale: public lists of frequent names
/// (`Sources/Identifiers/WordLists/lists/fake-names.txt`).
struct FakeNames: Sendable {
  let female: [String]
  let male: [String]
  let family: [String]

  private static let all: [String: [String]] = {
    let list = understudy_fake_names()
    let text = String(
      decoding: UnsafeBufferPointer(start: list.bytes, count: list.count), as: UTF8.self)
    var sections: [String: [String]] = [:]
    var section = ""
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("[") {
        section = String(line.dropFirst().dropLast())
      } else {
        sections[section, default: []] += line.split(separator: " ").map(String.init)
      }
    }
    return sections
  }()

  private static let byLocale = Dictionary(
    uniqueKeysWithValues: FakeLocale.allCases.map { locale in
      let names = { (part: String) in all["\(locale.rawValue) \(part)"] ?? [] }
      return (
        locale, FakeNames(female: names("female"), male: names("male"), family: names("family"))
      )
    })

  /// Returns the lists of a locale. Each has at least 80 names.
  package static func of(_ locale: FakeLocale) -> FakeNames {
    guard let names = byLocale[locale] else { preconditionFailure("every locale has a list") }
    return names
  }

  /// Female and male given names of all locales, in lower case. Names that are both are in neither.
  static let (femaleOnly, maleOnly): (Set<String>, Set<String>) = {
    let female = Set(byLocale.values.flatMap(\.female).map { $0.lowercased() })
    let male = Set(byLocale.values.flatMap(\.male).map { $0.lowercased() })
    return (female.subtracting(male), male.subtracting(female))
  }()

  /// Whether a given name is a woman's or a man's; nil if the lists do not say.
  static func isFemale(_ given: String) -> Bool? {
    let name = given.lowercased()
    return femaleOnly.contains(name) ? true : maleOnly.contains(name) ? false : nil
  }
}
