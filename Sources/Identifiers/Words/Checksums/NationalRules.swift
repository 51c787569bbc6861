/// Numbering rules of national authorities, over symbol values from 0 to 35 (0 to 9 for digits,
/// then the letters).
enum NationalRules {
  private static func letter(_ character: Unicode.Scalar) -> UInt8 { UInt8(character.value - 55) }

  /// 20 CFR 422: no area 000, 666 or above 899, no group 00, no serial 0000. Numbers once printed
  /// in advertisements are no longer issued to anyone. They still count as valid, so that a rule
  /// made for samples never lets a real number through.
  static func isSocialSecurityNumber(_ symbols: [UInt8]) -> Bool {
    guard symbols.count == 9, symbols.allDigits else { return false }
    let (area, group, serial) = (
      Array(symbols[..<3]).number, Array(symbols[3..<5]).number, Array(symbols[5...]).number
    )
    return area != 0 && area != 666 && area < 900 && group != 0 && serial != 0
  }

  static func isHealthServiceNumber(_ symbols: [UInt8]) -> Bool {
    guard symbols.count == 10, symbols.allDigits, Set(symbols).count > 1 else { return false }
    let sum = (0..<9).reduce(0) { $0 + Int(symbols[$1]) * (10 - $1) }
    let check = 11 - sum % 11
    return check != 10 && check % 11 == Int(symbols[9])
  }

  /// HM Revenue and Customs, NIM39110.
  static func isNationalInsuranceNumber(_ symbols: [UInt8]) -> Bool {
    guard symbols.count == 8 || symbols.count == 9, symbols[2..<8].allSatisfy({ $0 < 10 }) else {
      return false
    }
    let prefix = symbols[..<2].map { $0 < 10 ? "?" : String(UnicodeScalar($0 + 55)) }
    if prefix.contains(where: { "?DFIQUV".contains($0) }) || prefix[1] == "O" { return false }
    if ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(prefix.joined()) { return false }
    return symbols.count == 8 || (letter("A")...letter("D")).contains(symbols[8])
  }

  static func isPrescriberNumber(_ symbols: [UInt8]) -> Bool {
    guard symbols.count == 9, symbols[0] > 9, symbols[2...].allSatisfy({ $0 < 10 }) else {
      return false
    }
    guard symbols[1] > 9 || symbols[1] == 9 else { return false }
    let digits = symbols[2...].map { Int($0) }
    return (digits[0] + digits[2] + digits[4] + 2 * (digits[1] + digits[3] + digits[5])) % 10
      == digits[6]
  }

  static func isCitizenServiceNumber(_ symbols: [UInt8]) -> Bool {
    guard symbols.count == 9, symbols.allDigits, Set(symbols).count > 1 else { return false }
    return ((0..<8).reduce(0) { $0 + Int(symbols[$1]) * (9 - $1) } - Int(symbols[8])) % 11 == 0
  }

  /// Royal Decree 1553/2005: the letter of DNI and NIE (X, Y, Z stand for 0, 1, 2).
  static func isSpanishNumber(_ symbols: [UInt8]) -> Bool {
    guard symbols.count == 9, symbols[8] > 9, symbols[1..<8].allSatisfy({ $0 < 10 }) else {
      return false
    }
    var digits = Array(symbols[..<8])
    if digits[0] > 9 {
      guard (letter("X")...letter("Z")).contains(digits[0]) else { return false }
      digits[0] -= letter("X")
    }
    return Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[digits.number % 23] == symbols[8] + 55
  }

  /// The tax identification number: eleven digits, the first not 0. Among the first ten, exactly
  /// one digit occurs two or three times.
  static func isGermanTaxNumber(_ symbols: [UInt8]) -> Bool {
    guard symbols.count == 11, symbols.allDigits, symbols[0] != 0 else { return false }
    let repeats = Dictionary(symbols[..<10].map { ($0, 1) }, uniquingKeysWith: +).values.filter {
      $0 > 1
    }
    guard repeats.count == 1, repeats[0] <= 3 else { return false }
    var product = 10
    for digit in symbols[..<10] {
      let sum = (Int(digit) + product) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    return (11 - product) % 10 == Int(symbols[10])
  }

  /// The NIR: sex, year, month, department (2A and 2B in Corsica), commune, order, key.
  static func isFrenchNumber(_ symbols: [UInt8]) -> Bool {
    guard symbols.count == 15, symbols[0] >= 1, symbols[0] <= 8 else { return false }
    var digits = symbols
    var shift = 0
    if digits[5] == 3, digits[6] >= 10 { return false }
    if digits[5] == 2, digits[6] == letter("A") || digits[6] == letter("B") {
      shift = digits[6] == letter("A") ? 1_000_000 : 2_000_000
      digits[6] = 0
    }
    guard digits.allDigits else { return false }
    return 97 - (Array(digits[..<13]).number - shift) % 97 == Array(digits[13...]).number
  }

  /// Ministerial Decree 23 December 1976. Letters may replace digits to tell namesakes apart
  /// (omocodia).
  static func isItalianCode(_ symbols: [UInt8]) -> Bool {
    let odd: [UInt8] = [
      1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ]
    guard symbols.count == 16, symbols[..<6].allSatisfy({ $0 > 9 }), symbols[8] > 9,
      symbols[11] > 9, symbols[15] > 9
    else { return false }
    let sum = (0..<15).reduce(0) { total, place in
      let value = symbols[place] < 10 ? symbols[place] : symbols[place] - 10
      return total + Int(place % 2 == 0 ? odd[Int(value)] : value)
    }
    return sum % 26 == Int(symbols[15]) - 10
  }
}
