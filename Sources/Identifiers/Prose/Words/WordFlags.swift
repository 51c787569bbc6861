/// What is known of a word from the lists: the sections of the vocabulary files and the lists of names, words and places.
struct WordFlags: OptionSet, Sendable {
  let rawValue: UInt64

  private init(bit: Int) { rawValue = 1 << UInt64(bit) }
  init(rawValue: UInt64) { self.rawValue = rawValue }

  static let given = WordFlags(bit: 0)
  static let surname = WordFlags(bit: 1)
  /// Among the most frequent given names, or surnames.
  static let frequentGiven = WordFlags(bit: 2)
  static let frequentSurname = WordFlags(bit: 3)
  /// A word of a language that is written in lower case.
  static let common = WordFlags(bit: 4)
  /// The first word of a phrase of the phrase table.
  static let phraseStart = WordFlags(bit: 5)
  static let title = WordFlags(bit: 6)
  static let kinship = WordFlags(bit: 7)
  /// A person by role: patient, nurse, paciente.
  static let role = WordFlags(bit: 8)
  static let month = WordFlags(bit: 9)
  static let streetEnd = WordFlags(bit: 10)
  static let streetStart = WordFlags(bit: 11)
  static let organizationEnd = WordFlags(bit: 12)
  static let organizationStart = WordFlags(bit: 13)
  /// What an eponym names: disease, syndrome, catheter.
  static let eponymNoun = WordFlags(bit: 14)
  /// A word that places follow: in, from, near.
  static let placePreposition = WordFlags(bit: 15)
  static let state = WordFlags(bit: 16)
  static let stateCode = WordFlags(bit: 17)
  static let credential = WordFlags(bit: 18)
  /// A small word inside a name: de, van, al.
  static let particle = WordFlags(bit: 19)
  /// Never a name, however it is written.
  static let neverName = WordFlags(bit: 20)
  static let city = WordFlags(bit: 21)
  /// A word between a label and its value: number, no, is.
  static let filler = WordFlags(bit: 22)
  static let weekday = WordFlags(bit: 23)
  /// A word that a person's name follows: by, with, saw, attn.
  static let nameCue = WordFlags(bit: 24)
  /// A word that dates follow: on, since, until.
  static let dateCue = WordFlags(bit: 25)
  static let eponym = WordFlags(bit: 26)
  static let ageWord = WordFlags(bit: 27)
  static let generation = WordFlags(bit: 28)
  static let placeEnd = WordFlags(bit: 29)
  /// A word that an employer follows.
  static let employerCue = WordFlags(bit: 30)
  static let companyEnd = WordFlags(bit: 31)
  static let unit = WordFlags(bit: 32)
  static let numberWord = WordFlags(bit: 33)
  static let verb = WordFlags(bit: 34)
  static let greeting = WordFlags(bit: 35)
  /// A word that is a name before it is a word: john, maria.
  static let nameFirst = WordFlags(bit: 36)
  /// A month in English, where a point behind a number ends a sentence.
  static let englishMonth = WordFlags(bit: 37)
  /// What only people do: says, lives, denies.
  static let personVerb = WordFlags(bit: 38)
  /// A title before which and behind which nothing else is written: Mr, Frau, Mme.
  static let sureTitle = WordFlags(bit: 39)
  /// A medicine.
  static let drug = WordFlags(bit: 40)
  /// A day that everybody knows by its name: Christmas Eve, Silvester.
  static let holiday = WordFlags(bit: 41)
  /// The number of a day in words: third, dritten, primero.
  static let dayWord = WordFlags(bit: 42)
  /// A month's word or abbreviation that is another word too: may, out, set.
  static let weakMonth = WordFlags(bit: 43)
  /// A word that joins the ends of a range of dates: to, until, bis, al.
  static let rangeWord = WordFlags(bit: 44)
  /// What addresses a colleague rather than names one: Kollege, confrère.
  static let addressee = WordFlags(bit: 45)

  /// A label, such as "MRN".
  static let label = WordFlags(bit: 61)

  /// Never a name in texts of the languages that have the word: "das" in German, "pan" in Spanish.
  static let neverNameThere = WordFlags(bit: 60)

  /// Bits 46 to 52 say of which languages a word is, 53 to 59 of which it is a function word (``Language``).
  static let firstLanguageBit: UInt64 = 46
  static let firstFunctionBit: UInt64 = 53
  static let anyLanguage = WordFlags(rawValue: 0x7f << firstLanguageBit)
  static let anyFunction = WordFlags(rawValue: 0x7f << firstFunctionBit)
}
