import Basics
import Pseudonyms
import Testing

@Suite struct FormatPreservingCipherTests {
  private static let aes256: [UInt8] = [
    0x2B, 0x7E, 0x15, 0x16, 0x28, 0xAE, 0xD2, 0xA6, 0xAB, 0xF7, 0x15, 0x88, 0x09, 0xCF, 0x4F, 0x3C,
    0xEF, 0x43, 0x59, 0xD8, 0xD5, 0x80,
    0xAA, 0x4F, 0x7F, 0x03, 0x6D, 0x6F, 0x04, 0xFC, 0x6A, 0x94,
  ]
  private static let digits = "0123456789"
  private static let mixed = "0123456789abcdefghi"

  /// The nine samples that NIST publishes as "FF1samples.pdf" beside SP 800-38G. The keys of 16 and
  /// 24 bytes are prefixes of the 32-byte key.
  @Test(arguments: [
    (16, 10, "", "2433477484"), (16, 10, "9876543210", "6124200773"),
    (16, 36, "7777pqrs777", "a9tv40mll9kdu509eum"),
    (24, 10, "", "2830668132"), (24, 10, "9876543210", "2496655549"),
    (24, 36, "7777pqrs777", "xbj3kv35jrawxv32ysr"),
    (32, 10, "", "6657667009"), (32, 10, "9876543210", "1001623463"),
    (32, 36, "7777pqrs777", "xs8a0azh2avyalyzuwd"),
  ])
  func publishedSamples(keyBytes: Int, radix: Int, tweak: String, expected: String) throws {
    let cipher = try FormatPreservingCipher(
      testing: Array(Self.aes256.prefix(keyBytes)), radix: radix)
    let plain = radix == 10 ? Self.digits : Self.mixed
    #expect(try cipher.encrypt(plain, tweak: Array(tweak.utf8)) == expected)
    #expect(try cipher.decrypt(expected, tweak: Array(tweak.utf8)) == plain)
  }

  @Test func theLeastLengthIsThatOfTheRevision() throws {
    for (radix, least) in [(2, 20), (10, 6), (26, 5), (36, 4)] {
      let cipher = try FormatPreservingCipher(testing: Self.aes256, radix: radix)
      #expect(cipher.lengths.lowerBound == least)
      for length in [least - 1, cipher.lengths.upperBound + 1] {
        #expect(
          throws: TreatmentError.lengthOutOfRange(
            found: length, allowed: cipher.lengths, radix: radix)
        ) {
          try cipher.encrypt(String(repeating: "0", count: length))
        }
      }
    }
    for radix in [1, 37] {
      #expect(throws: TreatmentError.radixOutOfRange(radix)) {
        try FormatPreservingCipher(testing: Self.aes256, radix: radix)
      }
    }
  }

  @Test(arguments: [2, 10, 36])
  func everyLengthComesBack(radix: Int) throws {
    let cipher = try FormatPreservingCipher(testing: Self.aes256, radix: radix)
    var generator = SplitMix64(seed: 3)
    for length in cipher.lengths {
      // The highest numeral throughout would reveal an overflow.
      let random = (0..<length).map { _ in
        String(Int(generator.next() % UInt64(radix)), radix: radix)
      }.joined()
      for plain in [random, String(repeating: String(radix - 1, radix: radix), count: length)] {
        let secret = try cipher.encrypt(plain, tweak: [1, 2])
        #expect(secret.count == length && secret != plain)
        #expect(try cipher.decrypt(secret, tweak: [1, 2]) == plain)
      }
    }
  }

  @Test func encryptionPermutes() throws {
    let cipher = try FormatPreservingCipher(testing: Self.aes256, radix: 10)
    let plain = (0..<2000).map { String(100_000 + $0) }
    let secret = try plain.map { try cipher.encrypt($0) }
    #expect(Set(secret).count == plain.count)
    #expect(try cipher.encrypt(plain[0], tweak: [7]) != secret[0])
  }

  @Test(arguments: ["12345x", "12 3456", "-123456", "１２３４５６"])
  func foreignCharactersAreRefusedAndNotShown(text: String) throws {
    let cipher = try FormatPreservingCipher(testing: Self.aes256, radix: 10)
    #expect(throws: TreatmentError.foreignCharacter(radix: 10)) { try cipher.encrypt(text) }
    #expect(!TreatmentError.foreignCharacter(radix: 10).description.contains(text))
  }
}
