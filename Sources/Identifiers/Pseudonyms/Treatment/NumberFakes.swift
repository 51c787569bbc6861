/// Replaces numbers and codes with others. Every digit and letter is replaced in its place; signs
/// and spaces stay.
///
/// Six to seventy digits are encrypted as a whole by FF1, so that two numbers never become one.
/// Fewer digits, and letters, are derived from the HMAC of the whole.
struct NumberFakes {
  package let key: PseudonymKey

  /// - Parameter letters: Whether letters are replaced too.
  package func fake(of text: [UInt8], letters: Bool = true) -> [UInt8] {
    let digits = text.filter(Self.isDigit)
    let symbols = text.filter { Self.isDigit($0) || Self.isLetter($0) }.map {
      Self.isLetter($0) ? $0 | 0x20 : $0
    }
    let stream = Stream(key: key, seed: symbols)
    var replaced = encrypted(digits) ?? digits.indices.map { 48 + stream[$0] % 10 }
    if replaced == digits, !digits.isEmpty {
      replaced[digits.count - 1] = 48 + (digits[digits.count - 1] - 48 + 1) % 10
    }
    var (digit, letter) = (0, 0)
    return text.map { byte in
      if Self.isDigit(byte) {
        digit += 1
        return replaced[digit - 1]
      }
      guard letters, Self.isLetter(byte) else { return byte }
      letter += 1
      return (byte & 0x20) | (65 + stream[digits.count + letter] % 26)
    }
  }

  /// Returns a card number with a right check digit (Luhn) that begins with 9, which no network
  /// uses.
  func card(_ text: [UInt8]) -> [UInt8] { Self.shaped(fake(of: text), NumberForms.card) }

  /// Returns an account number with right check digits (ISO 13616) that belongs to no bank. The
  /// country stays.
  package func bankAccount(_ text: [UInt8]) -> [UInt8] {
    var fake = fake(of: text)
    for place in text.indices.filter({ Self.isDigit(text[$0]) || Self.isLetter(text[$0]) }).prefix(
      2)
    { fake[place] = text[place] }
    return Self.shaped(fake, NumberForms.account)
  }

  /// Returns a number in area 666, which is never issued.
  package func socialSecurityNumber(_ text: [UInt8]) -> [UInt8] {
    Self.shaped(fake(of: text), NumberForms.security)
  }

  /// Returns a number that North America reserves for fiction (555-01XX) for ten digits, or for
  /// eleven that begin with 1; otherwise other digits.
  package func phone(_ text: [UInt8]) -> [UInt8] {
    var fake = fake(of: text, letters: false)
    let places = fake.indices.filter { Self.isDigit(fake[$0]) }
    let hasCountry = places.count == 11 && text[places[0]] == UInt8(ascii: "1")
    guard places.count == 10 || hasCountry else { return fake }
    if hasCountry { fake[places[0]] = UInt8(ascii: "1") }
    for (place, digit) in zip(places.suffix(7), "55501".utf8) { fake[place] = digit }
    let area = places.suffix(10)[places.count - 10]
    if fake[area] < UInt8(ascii: "2") { fake[area] += 2 }
    return fake
  }

  /// Replaces hexadecimal digits with others.
  package func hexadecimal(_ text: [UInt8], keeping kept: Int) -> [UInt8] {
    let stream = Stream(key: key, seed: text.map { Self.isLetter($0) ? $0 | 0x20 : $0 })
    let digits = Array("0123456789abcdef".utf8)
    return text.enumerated().map { place, byte in
      guard place >= kept, Self.isDigit(byte) || Self.isLetter(byte) else { return byte }
      let digit = digits[Int(stream[place] % 16)]
      return digit > 57 && byte < 97 && byte > 57 ? digit & 0xdf : digit
    }
  }

  /// Returns a random identifier (RFC 9562). Version and variant stay.
  package func uuid(_ text: [UInt8]) -> [UInt8] {
    var fake = hexadecimal(text, keeping: 0)
    for place in [14, 19] where place < text.count { fake[place] = text[place] }
    return fake
  }

  private static func shaped(_ fake: [UInt8], _ shape: (String) -> String) -> [UInt8] {
    Array(shape(String(decoding: fake, as: UTF8.self)).utf8)
  }

  /// The tweak of FF1, here and for encrypted columns.
  static let tweak = Array("number".utf8)

  private func encrypted(_ digits: [UInt8]) -> [UInt8]? {
    guard digits.count >= 6, let cipher = try? FormatPreservingCipher(key: key),
      cipher.lengths.contains(digits.count)
    else { return nil }
    return (try? cipher.encrypt(String(decoding: digits, as: UTF8.self), tweak: Self.tweak)).map {
      Array($0.utf8)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte < 0x80 && (97...122).contains(byte | 0x20)
  }

  /// A stream of bytes derived from a key and a text, of any length.
  private struct Stream {
    private let first: [UInt8]
    private let key: PseudonymKey
    private let seed: String
    private static let purpose = "number"

    init(key: PseudonymKey, seed: [UInt8]) {
      self.key = key
      self.seed = String(decoding: seed, as: UTF8.self)
      first = key.digest(self.seed, purpose: Self.purpose)
    }

    subscript(place: Int) -> UInt8 {
      place < first.count
        ? first[place] : key.digest("\(place / 32) \(seed)", purpose: Self.purpose)[place % 32]
    }
  }
}
