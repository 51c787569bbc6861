import Testing
import Words

/// Every check is applied to a correct number, to all numbers with one wrong digit, to numbers with
/// spaces, and to numbers of another length.
@Suite struct ChecksumTests {
  /// Numbers published as examples, or worked out by hand from the rule (see `Checksum`).
  static let valid: [(check: Checksum, number: String)] = [
    (.luhn, "4111111111111111"), (.iban, "GB29NWBK60161331926819"),
    (.iban, "DE89370400440532013000"), (.iban, "ES9121000418450200051332"),
    (.mod97, "12345676"), (.nhs, "9434765919"), (.npi, "1234567893"), (.dea, "AB1234563"),
    (.vin, "1HGCM82633A004352"), (.bsn, "111222333"),
    (.dni, "12345678Z"), (.dni, "X1234567L"), (.steuerID, "86095742719"), (.nir, "185057800608491"),
    (.codiceFiscale, "RSSMRA85T10A562S"),
  ]

  @Test(arguments: valid)
  func aRightNumberPasses(check: Checksum, number: String) {
    #expect(check.isValid(number.utf8))
    #expect(check.isValid(number.lowercased().utf8))
    let spaced = number.enumerated().map {
      $0.offset % 4 == 3 ? "\($0.element) " : String($0.element)
    }.joined()
    #expect(check.isValid(spaced.utf8))
  }

  /// A check digit catches every single wrong digit, with two exceptions: the check of DEA numbers,
  /// which doubles without carrying, and that of the Codice Fiscale catch most, and must catch nine
  /// in ten.
  @Test(arguments: valid)
  func oneDigitWrongFails(check: Checksum, number: String) {
    let characters = Array(number.utf8)
    var (wrong, passed) = (0, 0)
    for place in characters.indices where (48...57).contains(characters[place]) {
      for digit in UInt8(48)...57 where digit != characters[place] {
        var changed = characters
        changed[place] = digit
        wrong += 1
        if check.isValid(changed) { passed += 1 }
      }
    }
    let isComplete = ![.dea, .codiceFiscale, .vin].contains(check)
    #expect(
      isComplete ? passed == 0 : Double(passed) <= 0.1 * Double(wrong),
      "\(check): \(passed) of \(wrong) pass")
  }

  @Test(arguments: valid)
  func anotherLengthFails(check: Checksum, number: String) {
    guard check != .luhn, check != .mod97 else { return }
    #expect(!check.isValid(number.dropLast().utf8) || check == .nationalInsurance)
    #expect(!check.isValid((number + "0").utf8))
    #expect(!check.isValid("".utf8))
    #expect(!check.isValid((number + "é").utf8))
  }

  @Test func rangesOfNumbersWithoutACheckDigit() {
    #expect(Checksum.ssn.isValid("219-09-9998".utf8))
    for never in ["000-12-3456", "666-12-3456", "900-12-3456", "219-00-9998", "219-09-0000"] {
      #expect(!Checksum.ssn.isValid(never.utf8))
    }
    #expect(Checksum.nationalInsurance.isValid("AB 12 34 56 C".utf8))
    for never in ["DB123456C", "AO123456C", "BG123456C", "AB123456E"] {
      #expect(!Checksum.nationalInsurance.isValid(never.utf8))
    }
  }
}
