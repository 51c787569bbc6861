import Foundation
import ProseRedaction
import Testing
import Words

/// Each type in a valid, a wrong, a spaced and an embedded form, and texts in which nothing may be
/// found.
@Suite struct DetectorTests {
  private func found(_ text: String) throws -> [String] {
    let bytes = Array(text.utf8)
    return try ProseScanner().spans(in: bytes).map {
      "\($0.type.rawValue) \(String(decoding: bytes[$0.range], as: UTF8.self))"
    }
  }

  @Test(arguments: [
    ("write to ana.b@c.example.org.", "EMAIL ana.b@c.example.org"),
    ("SSN: 219-09-9998", "SSN 219-09-9998"), ("his number 219-09-9998 is", "SSN 219-09-9998"),
    ("x 219 09 9998 y", "SSN 219 09 9998"),
    ("paid with 4111 1111 1111 1111 today", "CREDIT_CARD 4111 1111 1111 1111"),
    ("(4111111111111111)", "CREDIT_CARD 4111111111111111"),
    ("GB29 NWBK 6016 1331 9268 19", "IBAN GB29 NWBK 6016 1331 9268 19"),
    ("to DE89370400440532013000.", "IBAN DE89370400440532013000"),
    ("12345678Z", "NATIONAL_ID 12345678Z"), ("con 12345678-Z,", "NATIONAL_ID 12345678-Z"),
    ("AB 12 34 56 C", "NATIONAL_ID AB 12 34 56 C"),
    ("NHS number 943 476 5919", "NATIONAL_ID 943 476 5919"),
    ("RSSMRA85T10A562S", "NATIONAL_ID RSSMRA85T10A562S"),
    ("car 1HGCM82633A004352 seen", "VEHICLE_ID 1HGCM82633A004352"),
    ("plate: 7ABC123", "VEHICLE_ID 7ABC123"),
    ("by AB1234563.", "DEA AB1234563"), ("NPI 1234567893", "NPI 1234567893"),
    ("MRN: 00-12-34-56", "MEDICAL_RECORD_NUMBER 00-12-34-56"),
    ("Member ID: XYZ123456789", "HEALTH_PLAN_NUMBER XYZ123456789"),
    ("account number 55512345", "ACCOUNT_NUMBER 55512345"),
    ("license number D1234567", "LICENSE_NUMBER D1234567"),
    ("serial number: PM-443321", "DEVICE_ID PM-443321"),
    ("passport no. X1234567", "PASSPORT X1234567"),
    ("fingerprint ID FP-88213", "BIOMETRIC_ID FP-88213"),
    ("case number 20-CV-1234", "OTHER_ID 20-CV-1234"),
    ("00:1A:2B:3C:4D:5E", "MAC_ADDRESS 00:1A:2B:3C:4D:5E"),
    ("from 10.0.0.12, then", "IP_ADDRESS 10.0.0.12"),
    ("fe80::1ff:fe23:4567:890a", "IP_ADDRESS fe80::1ff:fe23:4567:890a"),
    ("see https://a.example/x?y=1.", "URL https://a.example/x?y=1"),
    ("call (212) 555-0147", "PHONE (212) 555-0147"),
    ("fax 212-555-0199", "FAX 212-555-0199"), ("tel. 612 345 678", "PHONE 612 345 678"),
    ("a 92-year-old man", "AGE 92"),
    ("mujer de 95 años", "AGE 95"), ("on 03/14/2019", "DATE 03/14/2019"),
    ("el 3 de marzo de 1950", "DATE 3 de marzo de 1950"),
    ("on March 3rd, 2020", "DATE March 3rd, 2020"),
    ("at 1420 Oak Ridge Ave.", "ADDRESS 1420 Oak Ridge Ave"),
    ("Calle Mayor 12, 3º B", "ADDRESS Calle Mayor 12, 3º B"), ("Chicago, IL", "LOCATION Chicago"),
    ("IL 62704", "POSTAL_CODE 62704"),
    ("SW1A 1AA", "POSTAL_CODE SW1A 1AA"), ("at Cleveland Clinic", "ORGANIZATION Cleveland Clinic"),
    ("Dr. Okonkwo came", "PERSON Okonkwo"),
    ("pt john smith seen by dr garcia", "PERSON john smith"),
    ("SMITH, JOHN A", "PERSON SMITH, JOHN A"),
    ("D. Juan Pérez de la Cruz", "PERSON D. Juan Pérez de la Cruz"),
    ("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "CRYPTO_WALLET 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"),
    (
      "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
      "CRYPTO_WALLET bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"
    ),
  ])
  func isFound(text: String, expected: String) throws {
    #expect(try found(text).contains(expected))
  }

  @Test(arguments: [
    "BP 120/80, HR 92, Temp 98.6", "a 67-year-old woman", "in 2012", "in March",
    "Strength 4/5, 2+ edema", "ICD-10 E11.9",
    "Metformin 500 mg",
    "Parkinson's disease", "Foley catheter placed", "Glasgow Coma Scale 15", "Apgar 9/10",
    "HISTORY OF PRESENT ILLNESS:", "lives in Texas",
    "4111 1111 1111 1112", "12345678A", "1HGCM82633A004353", "AB1234564", "10.0.0.256",
    "3/6 systolic murmur",
    "version 10.2.3.4",
    "WBC 12.4, Na 140", "Will follow. May improve.", "the hospital", "DE89370400440532013001",
    "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3",
  ])
  func isNotFound(text: String) throws {
    #expect(try found(text) == [])
  }

  /// Finds of the detectors without a check, by form or label: alone, inside a sentence, in
  /// parentheses, and on a line of its own between spaces.
  @Test(arguments: [
    ("", "ana.b@c.example.org", "EMAIL"), ("", "https://a.example/x?y=1", "URL"),
    ("call ", "212-555-0147", "PHONE"),
    ("fax ", "212-555-0199", "FAX"), ("on ", "03/14/2019", "DATE"),
    ("on ", "March 3rd, 2020", "DATE"),
    ("el ", "3 de marzo de 1950", "DATE"), ("aged ", "93", "AGE"),
    ("at ", "1420 Oak Ridge Ave", "ADDRESS"),
    ("en ", "Calle Mayor 12", "ADDRESS"), ("lives in ", "Springfield", "LOCATION"),
    ("IL ", "62704", "POSTAL_CODE"),
    ("at ", "Cleveland Clinic", "ORGANIZATION"), ("Dr. ", "Okonkwo", "PERSON"),
    ("MRN: ", "00-12-34-56", "MEDICAL_RECORD_NUMBER"),
    ("Member ID: ", "XYZ123456789", "HEALTH_PLAN_NUMBER"),
    ("account number ", "55512345", "ACCOUNT_NUMBER"),
    ("license number ", "D1234567", "LICENSE_NUMBER"),
    ("serial number: ", "PM-443321", "DEVICE_ID"), ("passport no. ", "X1234567", "PASSPORT"),
    ("plate: ", "7ABC123", "VEHICLE_ID"), ("fingerprint ID ", "FP-88213", "BIOMETRIC_ID"),
    ("case number ", "20-CV-1234", "OTHER_ID"), ("NPI ", "1234567893", "NPI"),
  ])
  func isFoundWhereverItStands(before: String, value: String, type: String) throws {
    let text = before + value
    for text in [
      text, "Seen today, \(text), and then nothing more.", "(\(text))",
      "line one\n   \(text)   \nline two",
    ] {
      #expect(try found(text).contains("\(type) \(value)"), "\(text)")
    }
  }

  /// Finds of the detectors with a check: a correct number alone, with spaces or signs, and inside
  /// a sentence, but never with a wrong digit. (After a label of its type, even a wrong number is
  /// found, because a mistyped number names a person too.)
  @Test(arguments: [
    ("219-09-9998", "SSN", "219-00-9998"),
    ("4111 1111 1111 1111", "CREDIT_CARD", "4111 1111 1111 1121"),
    ("4111111111111111", "CREDIT_CARD", "4111111111111112"),
    ("GB29 NWBK 6016 1331 9268 19", "IBAN", "GB29 NWBK 6016 1331 9268 18"),
    ("ES9121000418450200051332", "IBAN", "ES9121000418450200051333"),
    ("AB1234563", "DEA", "AB1234573"),
    ("1HGCM82633A004352", "VEHICLE_ID", "1HGCM82633A004362"),
    ("12345678Z", "NATIONAL_ID", "12345679Z"),
    ("12345678-Z", "NATIONAL_ID", "12345679-Z"), ("X1234567L", "NATIONAL_ID", "X1234568L"),
    ("943 476 5919", "NATIONAL_ID", "943 476 5918"),
    ("1 85 05 78 006 084 91", "NATIONAL_ID", "1 85 05 78 006 085 91"),
    ("RSSMRA85T10A562S", "NATIONAL_ID", "RSSMRA85T10A562T"),
    ("AB 12 34 56 C", "NATIONAL_ID", "DB 12 34 56 C"), ("192.0.2.44", "IP_ADDRESS", "192.0.2.444"),
    ("00:1A:2B:3C:4D:5E", "MAC_ADDRESS", "00:1A:2B:3C:4D:5G"),
    ("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "CRYPTO_WALLET", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3"),
    ("SW1A 1AA", "POSTAL_CODE", "SW1A 11A"),
  ])
  func aCheckDecides(number: String, type: String, wrong: String) throws {
    for text in [number, "it is \(number).", "(\(number))", "so \(number), which"] {
      #expect(try found(text).contains("\(type) \(number)"), "\(text)")
    }
    #expect(try !found("it is \(wrong).").contains { $0.hasPrefix(type) })
  }

  /// A long line of near-matches takes time in proportion to its length: four times the length
  /// takes less than ten times the thread's processor time. Other programs that share caches and
  /// cores only lengthen either, so the shortest of several measurements counts.
  @Test(arguments: [
    "12-", "a.", "1.1.1.", "Calle ", "Mr. ", "@a", "ab:", "Maria ", "1 ", "| ", "MRN ", "de la ",
    "March ", "A. ", "5 Oak ", "\u{301}",
  ])
  func nearMatchesDoNotBlowUp(piece: String) throws {
    let scanner = try ProseScanner()
    let length = 60_000
    _ = try scanNearMatches(piece, length: 1_000, scanner)
    var short = try scanNearMatches(piece, length: length, scanner)
    var long = try scanNearMatches(piece, length: 4 * length, scanner)
    for _ in 0..<4 where long >= 10 * short + 0.2 {
      // The short line sets the limit, so its longest time is the fairer one.
      short = max(short, try scanNearMatches(piece, length: length, scanner))
      long = min(long, try scanNearMatches(piece, length: 4 * length, scanner))
    }
    #expect(
      long < 10 * short + 0.2, "\(short) s for \(length) bytes, \(long) s for four times as many")
  }

  /// Seconds of this thread's processor time for a line that repeats one piece.
  private func scanNearMatches(_ piece: String, length: Int, _ scanner: ProseScanner) throws
    -> Double
  {
    let text = Array(String(repeating: piece, count: length / piece.utf8.count).utf8)
    var place = 0
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    try TextWalk(scanner: scanner).run { buffer in
      let count = min(buffer.count, text.count - place)
      buffer.copyBytes(from: text[place..<(place + count)])
      place += count
      return count
    } body: { _, _ in
    }
    return now() - start
  }

  /// No sequence of bytes crashes the scanner, and findings stay inside the text, sorted and
  /// disjoint.
  @Test func anyBytesAreScanned() throws {
    let scanner = try ProseScanner()
    var state: UInt64 = 7
    func next() -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33)
    }
    let pieces = [
      "0", "12", "(", ")", "-", ".", "/", ":", "@", " ", "\n", "é", "Dr. ", "MRN", "Calle", "St",
      "May", "de", "A", "IBAN ES91", "+", "#",
      "º", "|", "born in",
      "\u{1f600}", "l'", "O'B", "12:30", "http://", "www.", "Name: ", "C/", "p.o. box ", "0x",
      "bc1q",
    ].map { Array($0.utf8) }
    for _ in 0..<3_000 {
      let text = (0..<(next() % 24)).flatMap { _ in
        next() % 12 == 0 ? [UInt8(next() % 256)] : pieces[next() % pieces.count]
      }
      let spans = try scanner.spans(in: text)
      #expect(
        spans.allSatisfy {
          $0.range.lowerBound >= 0 && !$0.range.isEmpty && $0.range.upperBound <= text.count
        })
      #expect(
        zip(spans, spans.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound })
    }
  }

  /// A pattern whose matching runs away is an error; its text is not skipped silently.
  @Test func aPatternThatRunsAwayIsRefused() throws {
    let scanner = try ProseScanner(customDetectors: [
      .init(name: "slow", type: .other, pattern: "(?:a+)+[0-9]")
    ])
    let text = Array(String(repeating: "a", count: 200_000).utf8)
    #expect(throws: ProseError.patternLimit(detector: "slow")) { try scanner.spans(in: text) }
  }

  @Test func aDetectorOfTheUserIsRead() throws {
    let yaml =
      "- {name: badge, type: OTHER_ID, pattern: '\\bWB-(\\d{5})\\b', contextWords: [locker], confidence: 0.9}"
    let scanner = try ProseScanner(
      customDetectors: try DetectorDescription.list(yaml: yaml, path: "d.yaml"))
    let bytes = Array("his locker WB-12345".utf8)
    #expect(try scanner.spans(in: bytes).map(\.range) == [14..<19])
    #expect(try scanner.spans(in: Array("his dog WB-12345".utf8)).isEmpty)
    #expect(throws: ProseError.self) {
      try DetectorDescription.list(yaml: "- {name: x}", path: "d.yaml")
    }
    #expect(throws: ProseError.self) {
      try ProseScanner(customDetectors: [.init(name: "x", type: .other, pattern: "(")])
    }
  }
}
