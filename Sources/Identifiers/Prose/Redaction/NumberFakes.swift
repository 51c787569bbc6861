/// Numbers and codes in the place of numbers and codes: every digit and letter is replaced in its place, signs and spaces stay.
///
/// Six to seventy digits are encrypted as a whole by FF1, so that two numbers never become one; fewer, and letters, follow from the HMAC of
/// the whole.
struct NumberFakes {
  let key: PseudonymKey

  /// - Parameter letters: whether letters are replaced too.
  func fake(of text: [UInt8], purpose: String, letters: Bool = true) -> [UInt8] {
    let digits = text.filter(Self.isDigit)
    let symbols = text.filter { Self.isDigit($0) || Self.isLetter($0) }.map { Self.isLetter($0) ? $0 | 0x20 : $0 }
    let stream = Stream(key: key, seed: symbols, purpose: purpose)
    var replaced = encrypted(digits, purpose: purpose) ?? digits.indices.map { 48 + stream[$0] % 10 }
    if replaced == digits, !digits.isEmpty { replaced[digits.count - 1] = 48 + (digits[digits.count - 1] - 48 + 1) % 10 }
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

  /// A card number with a right check digit (Luhn); the first digit stays.
  func card(_ text: [UInt8]) -> [UInt8] {
    var fake = fake(of: text, purpose: "card")
    let places = fake.indices.filter { Self.isDigit(fake[$0]) }
    guard places.count > 2, let first = places.first, let last = places.last else { return fake }
    fake[first] = text[first]
    let sum = (places.dropLast().map { fake[$0] - 48 } + [0]).luhnSum
    fake[last] = 48 + UInt8((10 - sum % 10) % 10)
    return fake
  }

  /// An account number with right check digits (ISO 13616); the country stays.
  func bankAccount(_ text: [UInt8]) -> [UInt8] {
    var fake = fake(of: text, purpose: "account")
    let places = fake.indices.filter { Self.isDigit(fake[$0]) || Self.isLetter(fake[$0]) }
    guard places.count > 4 else { return fake }
    for place in places[..<2] { fake[place] = text[place] }
    let values = (places[4...] + places[..<2]).map { place -> UInt8 in
      Self.isDigit(fake[place]) ? fake[place] - 48 : (fake[place] & 0xdf) - 55
    }
    let check = 98 - (values + [0, 0]).remainder97
    fake[places[2]] = 48 + UInt8(check / 10)
    fake[places[3]] = 48 + UInt8(check % 10)
    return fake
  }

  /// Hexadecimal digits replaced by others.
  func hexadecimal(_ text: [UInt8], keeping kept: Int, purpose: String) -> [UInt8] {
    let stream = Stream(key: key, seed: text.map { Self.isLetter($0) ? $0 | 0x20 : $0 }, purpose: purpose)
    let digits = Array("0123456789abcdef".utf8)
    return text.enumerated().map { place, byte in
      guard place >= kept, Self.isDigit(byte) || Self.isLetter(byte) else { return byte }
      let digit = digits[Int(stream[place] % 16)]
      return digit > 57 && byte < 97 && byte > 57 ? digit & 0xdf : digit
    }
  }

  private func encrypted(_ digits: [UInt8], purpose: String) -> [UInt8]? {
    guard digits.count >= 6, let cipher = try? FormatPreservingCipher(key: key), cipher.lengths.contains(digits.count) else { return nil }
    return (try? cipher.encrypt(String(decoding: digits, as: UTF8.self), tweak: Array(purpose.utf8))).map { Array($0.utf8) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { byte < 0x80 && (97...122).contains(byte | 0x20) }

  /// Bytes that follow from a key and a text, as many as are asked for.
  private struct Stream {
    private let first: [UInt8]
    private let key: PseudonymKey
    private let seed: String
    private let purpose: String

    init(key: PseudonymKey, seed: [UInt8], purpose: String) {
      self.key = key
      self.seed = String(decoding: seed, as: UTF8.self)
      self.purpose = "number " + purpose
      first = key.digest(self.seed, purpose: self.purpose)
    }

    subscript(place: Int) -> UInt8 {
      place < first.count ? first[place] : key.digest("\(place / 32) \(seed)", purpose: purpose)[place % 32]
    }
  }
}
