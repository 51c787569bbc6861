import ProseRedaction
import Testing

/// Kinds of writing that were once missed, or masked needlessly: look-alike characters, date ranges
/// and dates in words, ages in words, names that are also words, names in both orders, places given
/// by numbers, accounts, eponyms and medicines.
@Suite struct KindTests {
  private static let cases: [(text: String, gone: [String], kept: [String])] = [
    (
      "On file: SSN 219\u{2011}09\u{2011}9999, ring 312\u{2013}555\u{2011}0144.", ["9999", "0144"],
      []
    ),
    ("SSN 219\u{200b}-09\u{200b}-9999 and 219\u{ad}-09-9999", ["9999"], []),
    ("MRN \u{660}\u{660}\u{664}\u{668}\u{662}\u{669}\u{661}\u{663} seen", ["\u{664}\u{668}"], []),
    ("card \u{ff14}\u{ff11}\u{ff11}\u{ff11} 1111 1111 1111 today", ["\u{ff14}\u{ff11}"], []),
    ("tel. 612\u{a0}345\u{202f}678", ["345"], []),
    ("He stayed 3/5-3/9/2021, then from 3/12 to 3/15.", ["3/5", "3/9", "3/12", "3/15"], []),
    ("Admitted 3 to 5 March 2020.", ["3 to 5"], []),
    ("stationär vom 3. bis 5. März 2021", ["3. bis 5. März"], []),
    ("ingresado del 3 al 5 de mayo de 2020", ["3 al 5 de mayo"], []),
    (
      "Born May the 3rd, 1950; admitted the fourteenth of February; back on 14.II.2019.",
      ["3rd", "fourteenth of February", "14.II"], []
    ),
    ("since the twenty-second of June", ["twenty-second of June"], []),
    ("nata il quattordici febbraio 1950", ["quattordici febbraio"], []),
    ("on Friday the 15th we met", ["15th"], []),
    (
      "This patient, 97 y.o., lives alone. He is 94. Her sister, 93 y/o, too.", ["97", "94", "93"],
      []
    ),
    ("a ninety-two year old man", ["ninety-two"], []),
    ("She is in her nineties.", ["nineties"], []),
    ("patiente de quatre-vingt-douze ans", ["quatre-vingt-douze"], []),
    ("BP 120/94, sats 97%, SpO2 is 94.", [], ["94", "97"]),
    (
      "Seen by Mr. Day, Dr. Head and Mr. Bill Street at noon. Mrs O\u{2019}Donoghue came.",
      ["Day", "Head", "Bill", "Donoghue"], []
    ),
    ("Kind regards,\nHope Young", ["Hope", "Young"], []),
    ("Ms. Winter and Mr Price waited", ["Winter", "Price"], []),
    ("PATIENT: OKAFOR, CHIDI  DOB 04/05/1961", ["OKAFOR", "CHIDI"], []),
    ("Patiënt: van den Berg, Cornelis, geb. 1-2-1950", ["van den Berg", "Cornelis"], []),
    (
      "The fall was at 51.50722, -0.12750. Mum posts as @sunny_jo88. They live in K1A 0B1.",
      ["51.50722", "sunny_jo88", "K1A 0B1"], []
    ),
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
    // Minus signs and figure dashes, a soft hyphen in an e-mail address, Devanagari digits.
    (
      "NHS 943\u{2212}476\u{2212}5919 and IBAN DE89\u{2060}3704\u{a0}0044\u{a0}0532\u{a0}0130\u{a0}00",
      ["5919", "0532"], []
    ),
    (
      "write to jo.qu\u{ad}ill@clinic.example, tel. \u{966}\u{967}\u{968}\u{966} \u{969}\u{96a}\u{96b}\u{96c}\u{96d}\u{96e}",
      ["jo.qu", "\u{96c}"], []
    ),
    // Ranges of dates.
    ("off sick 28/2\u{2013}4/3/2022 and again 5.\u{2013}9.4.2022", ["28/2", "4/3", "9.4"], []),
    (
      "from 12 through 19 August; hospitalis\u{e9} du 3 au 5 mai 2020",
      ["12 through 19 August", "3 au 5 mai"], []
    ),
    // Dates in words.
    (
      "Signed the 29th day of March 2020; born the second of June",
      ["29th day of March", "second of June"], []
    ),
    (
      "La paziente \u{e8} stata ricoverata venerd\u{ec} 8 e dimessa il primo maggio, poi rivista il 3.XI.2018",
      ["8", "primo maggio", "3.XI"], []
    ),
    // Ages.
    ("Faleceu aos 94 anos; mancata all'affetto dei suoi cari, di anni 101.", ["94", "101"], []),
    ("a 91yo woman and her ninety-three-year-old sister", ["91", "ninety-three"], []),
    // Names that are also words.
    ("la dott.ssa Fiore e il sig. Testa, visti dal prof. Leone", ["Fiore", "Testa", "Leone"], []),
    (
      "cama 14, sr. Lobo, avisado o Dr. Leal; letto 12 Fontana dorme", ["Lobo", "Leal", "Fontana"],
      []
    ),
    ("Warm regards,\nFaith Rivers\n\nMs D\u{2019}Arcy called", ["Faith", "Rivers", "Arcy"], []),
    // Names with the family name first.
    ("Surname, forename: NWOSU, ADAEZE (DOB 1/2/1960)", ["NWOSU", "ADAEZE"], []),
    (
      "Rossi, Maria Grazia, nata il 3/4/1950; parlato con il figlio Primo Rossi",
      ["Rossi", "Maria Grazia", "Primo"], []
    ),
    // Coordinates, handles and postal codes.
    (
      "parked at 40.4461 N, 79.9822 W; DM @oak_lee.7; mail to SW1A 1AA",
      ["40.4461", "79.9822", "oak_lee.7", "SW1A 1AA"], []
    ),
    (
      "mora na Rua do Carmo 12, 1200-109 Lisboa; ul. Polna 4/6, 50-101 Wroc\u{142}aw",
      ["1200-109", "Lisboa", "Polna", "50-101"], []
    ),
    // Eponyms.
    (
      "Charcot-Marie-Tooth, Prader-Willi syndrome, Kaposi sarcoma; Glasgow 15; New York Heart Association class II",
      [],
      ["Charcot-Marie-Tooth", "Prader-Willi", "Kaposi", "Glasgow"]
    ),
    (
      "Singulair, Celebrex and Zoloft; Foley catheter; deceduto per IMA", [],
      ["Singulair", "Celebrex", "Zoloft", "Foley", "IMA"]
    ),
    // Technical terms that resemble names or codes.
    (
      "All-Wheel Drive; ISO 9001; drive D: is full; HDD drive 2", [],
      ["Wheel Drive", "ISO", "drive"]
    ),
  ]

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (48...57).contains(byte) || (97...122).contains(byte | 0x20)
  }

  /// No letter or digit that must go is left, and none that must stay is masked.
  @Test(arguments: cases) func eachKind(text: String, gone: [String], kept: [String]) throws {
    let bytes = Array(text.utf8)
    var covered = [Bool](repeating: false, count: bytes.count)
    for span in try ProseScanner().spans(in: bytes) {
      for place in span.range { covered[place] = true }
    }
    for words in gone {
      #expect(!Self.touched(words, in: bytes, covered).contains(false), "\(text): \(words)")
    }
    for words in kept {
      #expect(!Self.touched(words, in: bytes, covered).contains(true), "\(text): \(words)")
    }
  }

  /// For each letter and digit of the words, wherever they occur in a text, whether it is covered.
  private static func touched(_ words: String, in bytes: [UInt8], _ covered: [Bool]) -> [Bool] {
    let wanted = Array(words.utf8)
    var touched: [Bool] = []
    for start in bytes.indices where bytes[start...].starts(with: wanted) {
      for place in start..<(start + wanted.count) where isWord(bytes[place]) {
        touched.append(covered[place])
      }
    }
    return touched
  }
}
