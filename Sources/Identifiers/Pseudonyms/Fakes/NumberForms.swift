import Tables
import Words

/// Numbers that keep the form and the check digits of real ones but cannot belong to anyone.
enum NumberForms {
  /// Area 666, which the Social Security Administration never issues (20 CFR 422).
  package static let socialSecurityNumber = FakePattern("666-99-9999")
  /// Begins with 9, which ISO/IEC 7812 leaves to national bodies and no card network uses.
  package static let creditCard = FakePattern("9999999999999999")
  package static let iban = FakePattern("DE99 9999 9999 9999 9999 99")
  package static let code = FakePattern("\\ID99999999")
  package static let digits = FakePattern("999999999")

  /// Returns the same digits with 9 as the first and the Luhn check digit as the last.
  static func card(_ text: String) -> String {
    var characters = Array(text)
    let places = characters.indices.filter { characters[$0].isASCII && characters[$0].isNumber }
    guard let first = places.first, let last = places.last, places.count > 1 else { return text }
    characters[first] = "9"
    characters[last] = "0"
    let digits = places.map { UInt8(characters[$0].wholeNumberValue ?? 0) }
    characters[last] = Character(String((10 - digits.luhnSum % 10) % 10))
    return String(characters)
  }

  /// Returns the same account number with 0 in the first four places of the bank code, which no
  /// bank uses, and right check digits (ISO 13616).
  package static func account(_ text: String) -> String {
    var characters = Array(text)
    let places = characters.indices.filter { characters[$0].isLetter || characters[$0].isNumber }
    guard places.count >= 12 else { return text }
    for place in places[4..<8] { characters[place] = "0" }
    characters[places[2]] = "0"
    characters[places[3]] = "0"
    let symbols = places.compactMap { characters[$0].uppercased().utf8.first }.map {
      $0 < 65 ? $0 - 48 : $0 - 55
    }
    let check = 98 - (Array(symbols[4...]) + symbols[..<4]).remainder97
    characters[places[2]] = Character(String(check / 10))
    characters[places[3]] = Character(String(check % 10))
    return String(characters)
  }

  /// Returns the same digits in area 666.
  static func security(_ text: String) -> String {
    var characters = Array(text)
    for place in characters.indices.filter({ characters[$0].isNumber }).prefix(3) {
      characters[place] = "6"
    }
    return String(characters)
  }
}
