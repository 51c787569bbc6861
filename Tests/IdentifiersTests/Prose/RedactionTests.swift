import Foundation
import ProseRedaction
import Pseudonyms
import Testing
import Words

/// The replacements for identifiers.
@Suite struct RedactionTests {
  private let key = PseudonymKey(testing: Array(1...32))
  private let otherKey = PseudonymKey(testing: Array(2...33))

  private func redact(
    _ text: String, _ plan: RedactionPlan, key: PseudonymKey? = nil, person: String = "p",
    isDayFirst: Bool = false
  ) throws -> String {
    let bytes = Array(text.utf8)
    let redactor = Redactor(plan: plan, key: key ?? self.key, thisYear: 2026)
    let spans = try ProseScanner().spans(in: bytes)
    return bytes.withUnsafeBytes {
      String(
        decoding: redactor.redact(
          $0, spans: spans, person: Array(person.utf8), isDayFirst: isDayFirst
        ).text, as: UTF8.self)
    }
  }

  private let note =
    "Patient: Zoë Okafor, MRN 4471882, seen 2020-02-28, again on March 3, 2020. Zoë writes to z.okafor@clinic.example."

  @Test func maskKeepsEveryPlace() throws {
    let masked = try redact(note, RedactionPlan(.mask))
    #expect(masked.unicodeScalars.count == note.unicodeScalars.count)
    #expect(
      !masked.contains("Okafor") && !masked.contains("4471882") && masked.contains("Patient: ***"))
  }

  @Test func tagDropAndKeep() throws {
    #expect(try redact("call 612-555-0147 now", RedactionPlan(.tag)) == "call <PHONE> now")
    #expect(try redact("call 612-555-0147 now", RedactionPlan(.drop)) == "call  now")
    #expect(
      try redact("call 612-555-0147 now", RedactionPlan(.tag, [.phone: .keep]))
        == "call 612-555-0147 now")
  }

  @Test func fakesAreTheSameUnderOneKeyAndOthersUnderAnother() throws {
    let first = try redact(note, RedactionPlan(.fake))
    #expect(first == (try redact(note, RedactionPlan(.fake))))
    #expect(first != (try redact(note, RedactionPlan(.fake), key: otherKey)))
    for real in ["Zoë", "Okafor", "okafor", "4471882", "2020-02-28"] {
      #expect(!first.contains(real), "\(first)")
    }
    // A person keeps one fake name in every spelling.
    let names = try redact("Dr. Maria Keller saw him. Signed: KELLER, MARIA", RedactionPlan(.fake))
    let words = names.split { !$0.isLetter }.map { $0.lowercased() }
    #expect(words.count == 8 && words[1] == words[7] && words[2] == words[6], "\(names)")
  }

  @Test func fakeNumbersKeepTheirShapeAndCheck() throws {
    let card = try redact("paid with 4111 1111 1111 1111 today", RedactionPlan(.fake))
    let digits = card.filter(\.isNumber)
    #expect(
      card.count == "paid with 4111 1111 1111 1111 today".count && digits != "4111111111111111")
    #expect(Checksum.luhn.isValid(digits.utf8))
    let account = try redact("DE89 3704 0044 0532 0130 00", RedactionPlan(.fake))
    #expect(account.hasPrefix("DE") && Checksum.iban.isValid(account.utf8))
  }

  @Test func shiftsKeepIntervalsOfAPersonAndTheirWriting() throws {
    let plan = RedactionPlan(.tag, [.date: .shift])
    let text =
      "on 2020-02-27 and on 2020-03-01, el 1 de marzo de 2020, on March 1st, 2020, on 01.03.2020"
    let shifted = try redact(text, plan, isDayFirst: true)
    let dates = shifted.matches(of: /\d{4}-\d{2}-\d{2}/).map { String($0.output) }
    let days = dates.compactMap { try? Date($0, strategy: .iso8601.year().month().day()) }
    #expect(days.count == 2 && days[1].timeIntervalSince(days[0]) == 3 * 86_400, "\(shifted)")
    #expect(
      shifted.contains(
        /el \d+ de [a-z]+ de \d{4}, on [A-Z][a-z]+ \d+(st|nd|rd|th), \d{4}, on \d\d\.\d\d\.\d{4}/),
      "\(shifted)")
    #expect(shifted == (try redact(text, plan, isDayFirst: true)))
    #expect(shifted != (try redact(text, plan, person: "q", isDayFirst: true)))
  }

  @Test func safeHarborKeepsYearsAndThreeDigits() throws {
    let plan = SafeHarbor.plan(usual: .tag)
    let text =
      "Seen 03/14/2019. Lives in Duluth, MN 55802; once in Abbot, ME 03601. A 93-year-old woman, born on 4 May 1931."
    let clean = try redact(text, plan)
    #expect(
      clean.contains("Seen 2019") && clean.contains("MN 558;") && clean.contains("ME 000.")
        && clean.contains("A 90+-year-old"))
    #expect(
      clean.contains("born on <DATE>") && !clean.contains("1931") && !clean.contains("Duluth"))
    for mode in [RedactionMode.keep, .fake, .pseudonym, .shift] {
      #expect(!SafeHarbor.allows(mode))
    }
    #expect(SafeHarbor.lines.count == 18)
    let covered = Set(SafeHarbor.lines.flatMap(\.types))
    #expect(covered == Set(IdentifierType.allCases))
  }

  @Test func everyLineHasAStanding() {
    let standings = SafeHarbor.lines.map {
      SafeHarbor.standing($0, counts: [.person: 3, .biometricIdentifier: 1])
    }
    #expect(standings[0] == (.handled, 3))
    #expect(standings[3] == (.absent, 0))
    #expect(standings[15] == (.needsPerson, 1))
    #expect(standings[16] == (.needsPerson, 0))
  }

  @Test func theListOfAreasCanBeReplaced() throws {
    #expect(try ThreeDigitZips("# none but one\n554\n", path: "zips.txt") != .census2000)
    #expect(throws: ProseError.self) { try ThreeDigitZips("55\n", path: "zips.txt") }
    #expect(throws: ProseError.self) { try ThreeDigitZips("# empty\n", path: "zips.txt") }
  }
}
