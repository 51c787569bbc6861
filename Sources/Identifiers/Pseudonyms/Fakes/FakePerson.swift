import Basics
import Tables
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
    case .spanish, .italian, .dutch, .portuguese, .swedish: return "+999 555 \(10 + bits[4] % 90) \(two)"
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
  package var ipAddress: String { ["192.0.2.", "198.51.100.", "203.0.113."][Int(bits[11] % 3)] + String(bits[12] % 256) }

  /// An address from the block reserved for documentation (RFC 7042).
  package var macAddress: String { "00:00:5E:00:53:" + Self.hex(bits[12]).suffix(2).uppercased() }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
