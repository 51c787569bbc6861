import ProseRedaction
import Pseudonyms
import Tables
import Testing
import Words

@Suite struct CellTreatmentTests {
  private let key = PseudonymKey(testing: [1, 2, 3])
  private let other = PseudonymKey(testing: [1, 2, 4])

  private func treated(
    _ text: String, _ treatment: IdentifierTreatment, _ kind: IdentifierKind,
    key: PseudonymKey? = nil
  ) throws -> String {
    try #require(try CellTreatment(treatment, kind: kind, key: key ?? self.key).treat(text))
  }

  private static let cells: [(text: String, kind: IdentifierKind)] = [
    ("Anna Schmidt", .personName), ("Anna", .givenName), ("Schmidt", .familyName),
    ("anna@example.de", .email), ("030 123456", .phone),
    ("5247a9ef-7702-4d70-b7af-a863a64a3902", .uuid), ("P-1234567", .code),
    ("12 High Street", .address),
    ("123-45-6789", .socialSecurityNumber),
    ("4111 1111 1111 1111", .creditCard), ("DE89 3704 0044 0532 0130 00", .iban),
    ("10.1.2.3", .ipAddress),
    ("00:1B:44:11:3A:B7", .macAddress),
    ("https://example.de/anna", .url),
  ]

  @Test(arguments: [IdentifierTreatment.fake, .pseudonym]) func oneKeyIsStableAndAnotherDiffers(
    _ treatment: IdentifierTreatment
  ) throws {
    for (text, kind) in Self.cells {
      let once = try treated(text, treatment, kind)
      #expect(try treated(text, treatment, kind) == once)
      #expect(once != text, "\(kind) stays as it is")
      // There are few documentation addresses, so two keys may agree by chance. Another text then
      // decides.
      let differs = try ["", "1", "2", "3"].contains {
        try treated(text + $0, treatment, kind, key: other) != treated(text + $0, treatment, kind)
      }
      #expect(differs, "\(kind) does not depend on the key")
    }
  }

  /// A person's prose gets the same replacements as the columns, in other spellings too, and under
  /// whatever type the number was found.
  @Test func proseGetsWhatColumnsGet() throws {
    let redactor = Redactor(plan: RedactionPlan(.fake), key: key, thisYear: 2026)
    func inProse(_ text: String, _ type: IdentifierType) -> String {
      let bytes = Array(text.utf8)
      let span = ProseSpan(range: bytes.indices, type: type, confidence: 1, reason: "")
      let redacted = bytes.withUnsafeBytes {
        redactor.redact($0, spans: [span], person: [], isDayFirst: false).text
      }
      return String(decoding: redacted, as: UTF8.self)
    }
    for (given, family) in [
      ("Anna", "Schmidt"), ("Zoë", "Okafor"), ("Juan", "Quillfeather"), ("María", "O'Brien"),
    ] {
      let (fakeGiven, fakeFamily) = try (
        treated(given, .fake, .givenName), treated(family, .fake, .familyName)
      )
      #expect(
        try treated("\(family), \(given)", .fake, .personName) == "\(fakeFamily), \(fakeGiven)")
      #expect(inProse("\(given) \(family)", .person) == "\(fakeGiven) \(fakeFamily)")
      #expect(
        inProse("\(given.uppercased()) \(family.uppercased())", .person)
          == "\(fakeGiven) \(fakeFamily)".uppercased())
    }
    #expect(
      try treated("anna.schmidt@b.de", .fake, .email).hasPrefix(
        inProse("anna", .person) + "." + inProse("schmidt", .person) + "@"))
    for type in [IdentifierType.medicalRecordNumber, .accountNumber, .other, .healthPlanNumber] {
      #expect(try treated("MRN-0048-2913", .fake, .code) == inProse("MRN-0048-2913", type))
      #expect(
        try treated("P0042", .fake, .code).filter(\.isNumber)
          == inProse("p-0042", type).filter(\.isNumber))
    }
    let kinds: [(IdentifierKind, IdentifierType)] = [
      (.email, .email), (.phone, .phone), (.address, .address),
      (.socialSecurityNumber, .socialSecurityNumber), (.creditCard, .creditCard),
      (.iban, .bankAccount), (.ipAddress, .ipAddress), (.macAddress, .macAddress), (.url, .url),
      (.uuid, .other),
      (.code, .medicalRecordNumber),
    ]
    for (kind, type) in kinds {
      for cell in Self.cells where cell.kind == kind {
        #expect(try treated(cell.text, .fake, kind) == inProse(cell.text, type))
      }
    }
  }

  @Test func sexAndLettersAreKept() throws {
    let women = try Set(
      ["Mary", "Patricia", "Barbara", "Margaret"].map { try treated($0, .fake, .givenName) })
    let men = try Set(
      ["John", "Robert", "David", "Thomas"].map { try treated($0, .fake, .givenName) })
    #expect(women.isDisjoint(with: men), "\(women) and \(men)")
    #expect(
      try treated("ANNA SCHMIDT", .fake, .personName)
        == treated("Anna Schmidt", .fake, .personName).uppercased())
    let german = try CellTreatment(.fake, kind: .familyName, key: key, locale: .german)
    #expect(try german.treat("Schmidt") != treated("Schmidt", .fake, .familyName))
  }

  @Test func formsAndChecksAreKept() throws {
    for place in 0..<100 {
      let phone = try treated("(612) 345-\(1000 + place)", .fake, .phone)
      #expect(phone.contains(/^\([2-9]\d\d\) 555-01\d\d$/), "\(phone)")
      let card = try treated("4111 1111 1111 \(1000 + place)", .fake, .creditCard)
      #expect(card.utf8.count == 19 && card.hasPrefix("9") && Checksum.luhn.isValid(card.utf8))
      let account = try treated("DE89 3704 0044 0532 \(1000 + place) 00", .fake, .iban)
      #expect(
        account.hasPrefix("DE") && Checksum.iban.isValid(account.utf8)
          && account.dropFirst(5).hasPrefix("0000"))
      let security = try treated("123-45-\(1000 + place)", .fake, .socialSecurityNumber)
      #expect(security.hasPrefix("666-") && !Checksum.ssn.isValid(security.utf8))
      let code = try treated("P-12\(1000 + place)x", .fake, .code)
      #expect(code.utf8.count == 9 && Array(code)[1] == "-" && code.filter(\.isNumber).count == 6)
    }
  }

  @Test func encryptionKeepsDigitsApartAndRefusesFew() throws {
    let all = try Set((0..<1000).map { try treated("P-\(1_000_000 + $0)/A", .encrypt, .code) })
    #expect(
      all.count == 1000
        && all.allSatisfy { $0.hasPrefix("P-") && $0.hasSuffix("/A") && $0.utf8.count == 11 })
    #expect(throws: TreatmentError.self) { try treated("A12", .encrypt, .code) }
  }

  @Test func masksAndDropsSayNothing() throws {
    #expect(try treated("Anna", .mask, .givenName) == "[given-name removed]")
    #expect(try CellTreatment(.drop, kind: .email, key: key).treat("a@b.de") == nil)
  }
}
