/// The properties of a word according to the lists: the sections of the vocabulary files and the
/// lists of names, words and places.
package struct WordFlags: OptionSet, Sendable {
  package let rawValue: UInt64

  private init(bit: Int) { rawValue = 1 << UInt64(bit) }
  package init(rawValue: UInt64) { self.rawValue = rawValue }

  package static let given = WordFlags(bit: 0)
  package static let surname = WordFlags(bit: 1)
  /// Among the most frequent given names, or surnames.
  package static let frequentGiven = WordFlags(bit: 2)
  package static let frequentSurname = WordFlags(bit: 3)
  /// A word of a language that is written in lower case.
  package static let common = WordFlags(bit: 4)
  /// The first word of a phrase in the phrase table.
  package static let phraseStart = WordFlags(bit: 5)
  package static let title = WordFlags(bit: 6)
  package static let kinship = WordFlags(bit: 7)
  /// A person by role: patient, nurse, paciente.
  package static let role = WordFlags(bit: 8)
  package static let month = WordFlags(bit: 9)
  package static let streetEnd = WordFlags(bit: 10)
  package static let streetStart = WordFlags(bit: 11)
  package static let organizationEnd = WordFlags(bit: 12)
  package static let organizationStart = WordFlags(bit: 13)
  /// A noun that an eponym qualifies: disease, syndrome, catheter.
  package static let eponymNoun = WordFlags(bit: 14)
  /// A word before a place: in, from, near.
  package static let placePreposition = WordFlags(bit: 15)
  package static let state = WordFlags(bit: 16)
  package static let stateCode = WordFlags(bit: 17)
  package static let credential = WordFlags(bit: 18)
  /// A small word inside a name: de, van, al.
  package static let particle = WordFlags(bit: 19)
  /// Never a name, in any spelling.
  package static let neverName = WordFlags(bit: 20)
  package static let city = WordFlags(bit: 21)
  /// A word between a label and its value: number, no, is.
  package static let filler = WordFlags(bit: 22)
  package static let weekday = WordFlags(bit: 23)
  /// A word before a person's name: by, with, saw, attn.
  package static let nameCue = WordFlags(bit: 24)
  /// A word before a date: on, since, until.
  package static let dateCue = WordFlags(bit: 25)
  package static let eponym = WordFlags(bit: 26)
  package static let ageWord = WordFlags(bit: 27)
  package static let generation = WordFlags(bit: 28)
  package static let placeEnd = WordFlags(bit: 29)
  /// A word before an employer.
  package static let employerCue = WordFlags(bit: 30)
  package static let companyEnd = WordFlags(bit: 31)
  package static let unit = WordFlags(bit: 32)
  package static let numberWord = WordFlags(bit: 33)
  package static let verb = WordFlags(bit: 34)
  package static let greeting = WordFlags(bit: 35)
  /// A name in the first place, and only then a word: john, maria.
  package static let nameFirst = WordFlags(bit: 36)
  /// A month in English, where a full stop after a number ends a sentence.
  package static let englishMonth = WordFlags(bit: 37)
  /// An action of people only: says, lives, denies.
  package static let personVerb = WordFlags(bit: 38)
  /// A title with nothing else before or after it: Mr, Frau, Mme.
  package static let sureTitle = WordFlags(bit: 39)
  /// A medicine.
  package static let drug = WordFlags(bit: 40)
  /// A day commonly known by its name: Christmas Eve, Silvester.
  package static let holiday = WordFlags(bit: 41)
  /// The number of a day in words: third, dritten, primero.
  package static let dayWord = WordFlags(bit: 42)
  /// A month or its abbreviation that is also another word: may, out, set.
  package static let weakMonth = WordFlags(bit: 43)
  /// A word between the two ends of a range of dates: to, until, bis, al.
  package static let rangeWord = WordFlags(bit: 44)
  /// A form of address for a colleague, not a name: Kollege, confrère.
  package static let addressee = WordFlags(bit: 45)

  /// A label, such as "MRN".
  package static let label = WordFlags(bit: 61)

  /// Never a name in texts of the languages that have the word: "das" in German, "pan" in Spanish.
  static let neverNameThere = WordFlags(bit: 60)

  /// Bits 46 to 52 give the languages of a word, and bits 53 to 59 the languages in which it is a
  /// function word (``Language``).
  static let firstLanguageBit: UInt64 = 46
  static let firstFunctionBit: UInt64 = 53
  package static let anyLanguage = WordFlags(rawValue: 0x7f << firstLanguageBit)
  static let anyFunction = WordFlags(rawValue: 0x7f << firstFunctionBit)
}
