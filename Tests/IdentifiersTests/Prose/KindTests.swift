import Identifiers
import Testing

/// Kinds of writing that once passed, or were masked needlessly: signs that look alike, ranges and words of dates, ages in words, names
/// that are words, names in both orders, places by numbers, accounts, eponyms and medicines.
@Suite struct KindTests {
  private static let cases: [(text: String, gone: [String], kept: [String])] = [
    ("On file: SSN 219\u{2011}09\u{2011}9999, ring 312\u{2013}555\u{2011}0144.", ["9999", "0144"], []),
    ("SSN 219\u{200b}-09\u{200b}-9999 and 219\u{ad}-09-9999", ["9999"], []),
    ("MRN \u{660}\u{660}\u{664}\u{668}\u{662}\u{669}\u{661}\u{663} seen", ["\u{664}\u{668}"], []),
    ("card \u{ff14}\u{ff11}\u{ff11}\u{ff11} 1111 1111 1111 today", ["\u{ff14}\u{ff11}"], []),
    ("tel. 612\u{a0}345\u{202f}678", ["345"], []),
    ("He stayed 3/5-3/9/2021, then from 3/12 to 3/15.", ["3/5", "3/9", "3/12", "3/15"], []),
    ("Admitted 3 to 5 March 2020.", ["3 to 5"], []),
    ("stationär vom 3. bis 5. März 2021", ["3. bis 5. März"], []),
    ("ingresado del 3 al 5 de mayo de 2020", ["3 al 5 de mayo"], []),
    ("Born May the 3rd, 1950; admitted the fourteenth of February; back on 14.II.2019.", ["3rd", "fourteenth of February", "14.II"], []),
    ("since the twenty-second of June", ["twenty-second of June"], []),
    ("nata il quattordici febbraio 1950", ["quattordici febbraio"], []),
    ("on Friday the 15th we met", ["15th"], []),
    ("This patient, 97 y.o., lives alone. He is 94. Her sister, 93 y/o, too.", ["97", "94", "93"], []),
    ("a ninety-two year old man", ["ninety-two"], []),
    ("She is in her nineties.", ["nineties"], []),
    ("patiente de quatre-vingt-douze ans", ["quatre-vingt-douze"], []),
    ("BP 120/94, sats 97%, SpO2 is 94.", [], ["94", "97"]),
    ("Seen by Mr. Day, Dr. Head and Mr. Bill Street at noon. Mrs O\u{2019}Donoghue came.", ["Day", "Head", "Bill", "Donoghue"], []),
    ("Kind regards,\nHope Young", ["Hope", "Young"], []),
    ("Ms. Winter and Mr Price waited", ["Winter", "Price"], []),
    ("PATIENT: OKAFOR, CHIDI  DOB 04/05/1961", ["OKAFOR", "CHIDI"], []),
    ("Patiënt: van den Berg, Cornelis, geb. 1-2-1950", ["van den Berg", "Cornelis"], []),
    ("The fall was at 51.50722, -0.12750. Mum posts as @sunny_jo88. They live in K1A 0B1.", ["51.50722", "sunny_jo88", "K1A 0B1"], []),
    ("at 48°12'30\"N 16°22'23\"E by the river", ["48°12", "16°22"], []),
    ("wonende Kerkstraat 75, 5611 EM Eindhoven", ["5611 EM", "Eindhoven", "Kerkstraat"], []),
    ("lives in Tralee V92 X8P4", ["V92 X8P4"], []),
    ("insta: sunny.jo_88 is hers", ["sunny.jo_88"], []),
    (
      "Dx: Dubin-Johnson syndrome, Ehlers-Danlos, Mallory-Weiss tear. Allergies: Allegra.",
      [], ["Dubin-Johnson", "Ehlers-Danlos", "Mallory-Weiss", "Allegra"]
    ),
    ("Budd-Chiari and Guillain-Barré were excluded", [], ["Budd-Chiari", "Guillain-Barré"]),
    ("Li-Fraumeni syndrome in the family; Sturge-Weber too", [], ["Li-Fraumeni", "Sturge-Weber"]),
    ("Ozempic and Xarelto were stopped", [], ["Ozempic", "Xarelto"]),
    ("2-Wheel Drive, Rear", [], ["Wheel Drive"]),
  ]

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (48...57).contains(byte) || (97...122).contains(byte | 0x20)
  }

  /// No letter or digit of what must go is left, and none of what must stay is touched.
  @Test(arguments: cases) func eachKind(text: String, gone: [String], kept: [String]) throws {
    let bytes = Array(text.utf8)
    var covered = [Bool](repeating: false, count: bytes.count)
    for span in try ProseScanner().spans(in: bytes) {
      for place in span.range { covered[place] = true }
    }
    for words in gone { #expect(!Self.touched(words, in: bytes, covered).contains(false), "\(text): \(words)") }
    for words in kept { #expect(!Self.touched(words, in: bytes, covered).contains(true), "\(text): \(words)") }
  }

  /// For each letter and digit of words, wherever they stand in a text, whether it is covered.
  private static func touched(_ words: String, in bytes: [UInt8], _ covered: [Bool]) -> [Bool] {
    let wanted = Array(words.utf8)
    var touched: [Bool] = []
    for start in bytes.indices where bytes[start...].starts(with: wanted) {
      for place in start..<(start + wanted.count) where isWord(bytes[place]) { touched.append(covered[place]) }
    }
    return touched
  }
}
