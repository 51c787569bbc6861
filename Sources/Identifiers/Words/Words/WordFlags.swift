/// The properties of a word according to the lists: the sections of the vocabulary files and the
/// lists of names, words and places.
///
/// It is public, frozen and inlinable, though nothing outside the program uses it: the compiler
/// does not see through `package` from another room and would build every set of flags with generic
/// code, which made the search of prose 4.6 times as slow.
@frozen package struct WordFlags: OptionSet, Sendable {
  /// One bit for each property.
  package let rawValue: UInt64

  @inlinable init(bit: Int) { rawValue = 1 << UInt64(bit) }
  /// Creates flags from their bits.
  @inlinable package init(rawValue: UInt64) { self.rawValue = rawValue }

  /// A given name.
  @inlinable package static var given: WordFlags { WordFlags(bit: 0) }
  /// A surname.
  @inlinable package static var surname: WordFlags { WordFlags(bit: 1) }
  /// Among the most frequent given names, or surnames.
  @inlinable package static var frequentGiven: WordFlags { WordFlags(bit: 2) }
  /// Among the most frequent surnames.
  @inlinable package static var frequentSurname: WordFlags { WordFlags(bit: 3) }
  /// A word of a language that is written in lower case.
  @inlinable package static var common: WordFlags { WordFlags(bit: 4) }
  /// The first word of a phrase in the phrase table.
  @inlinable package static var phraseStart: WordFlags { WordFlags(bit: 5) }
  /// A title: Dr, Mrs, Herr.
  @inlinable package static var title: WordFlags { WordFlags(bit: 6) }
  /// A relation: mother, Sohn, hermana.
  @inlinable package static var kinship: WordFlags { WordFlags(bit: 7) }
  /// A person by role: patient, nurse, paciente.
  @inlinable package static var role: WordFlags { WordFlags(bit: 8) }
  /// A month.
  @inlinable package static var month: WordFlags { WordFlags(bit: 9) }
  /// The end of a street's name: street, road, straße.
  @inlinable package static var streetEnd: WordFlags { WordFlags(bit: 10) }
  /// The start of a street's name: rue, via, calle.
  @inlinable package static var streetStart: WordFlags { WordFlags(bit: 11) }
  /// The end of an organisation's name: hospital, university.
  @inlinable package static var organizationEnd: WordFlags { WordFlags(bit: 12) }
  /// The start of an organisation's name: hôpital, universidad.
  @inlinable package static var organizationStart: WordFlags { WordFlags(bit: 13) }
  /// A noun that an eponym qualifies: disease, syndrome, catheter.
  @inlinable package static var eponymNoun: WordFlags { WordFlags(bit: 14) }
  /// A word before a place: in, from, near.
  @inlinable package static var placePreposition: WordFlags { WordFlags(bit: 15) }
  /// A state or region.
  @inlinable package static var state: WordFlags { WordFlags(bit: 16) }
  /// The abbreviation of a state: TX, NSW.
  @inlinable package static var stateCode: WordFlags { WordFlags(bit: 17) }
  /// A credential behind a name: MD, PhD.
  @inlinable package static var credential: WordFlags { WordFlags(bit: 18) }
  /// A small word inside a name: de, van, al.
  @inlinable package static var particle: WordFlags { WordFlags(bit: 19) }
  /// Never a name, in any spelling.
  @inlinable package static var neverName: WordFlags { WordFlags(bit: 20) }
  /// A city.
  @inlinable package static var city: WordFlags { WordFlags(bit: 21) }
  /// A word between a label and its value: number, no, is.
  @inlinable package static var filler: WordFlags { WordFlags(bit: 22) }
  /// A day of the week.
  @inlinable package static var weekday: WordFlags { WordFlags(bit: 23) }
  /// A word before a person's name: by, with, saw, attn.
  @inlinable package static var nameCue: WordFlags { WordFlags(bit: 24) }
  /// A word before a date: on, since, until.
  @inlinable package static var dateCue: WordFlags { WordFlags(bit: 25) }
  /// A person's name that names a disease, a sign or a device: Parkinson, Foley.
  @inlinable package static var eponym: WordFlags { WordFlags(bit: 26) }
  /// A word of ages: years, aged, Jahre.
  @inlinable package static var ageWord: WordFlags { WordFlags(bit: 27) }
  /// A generation behind a name: Jr, III.
  @inlinable package static var generation: WordFlags { WordFlags(bit: 28) }
  /// The end of a place's name: -ville, -burg.
  @inlinable package static var placeEnd: WordFlags { WordFlags(bit: 29) }
  /// A word before an employer.
  @inlinable package static var employerCue: WordFlags { WordFlags(bit: 30) }
  /// The end of a company's name: Ltd, GmbH.
  @inlinable package static var companyEnd: WordFlags { WordFlags(bit: 31) }
  /// A unit of measurement.
  @inlinable package static var unit: WordFlags { WordFlags(bit: 32) }
  /// A number in words.
  @inlinable package static var numberWord: WordFlags { WordFlags(bit: 33) }
  /// A verb.
  @inlinable package static var verb: WordFlags { WordFlags(bit: 34) }
  /// A greeting: dear, hallo.
  @inlinable package static var greeting: WordFlags { WordFlags(bit: 35) }
  /// A name in the first place, and only then a word: john, maria.
  @inlinable package static var nameFirst: WordFlags { WordFlags(bit: 36) }
  /// A month in English, where a full stop after a number ends a sentence.
  @inlinable package static var englishMonth: WordFlags { WordFlags(bit: 37) }
  /// An action of people only: says, lives, denies.
  @inlinable package static var personVerb: WordFlags { WordFlags(bit: 38) }
  /// A title with nothing else before or after it: Mr, Frau, Mme.
  @inlinable package static var sureTitle: WordFlags { WordFlags(bit: 39) }
  /// A medicine.
  @inlinable package static var drug: WordFlags { WordFlags(bit: 40) }
  /// A day commonly known by its name: Christmas Eve, Silvester.
  @inlinable package static var holiday: WordFlags { WordFlags(bit: 41) }
  /// The number of a day in words: third, dritten, primero.
  @inlinable package static var dayWord: WordFlags { WordFlags(bit: 42) }
  /// A month or its abbreviation that is also another word: may, out, set.
  @inlinable package static var weakMonth: WordFlags { WordFlags(bit: 43) }
  /// A word between the two ends of a range of dates: to, until, bis, al.
  @inlinable package static var rangeWord: WordFlags { WordFlags(bit: 44) }
  /// A form of address for a colleague, not a name: Kollege, confrère.
  @inlinable package static var addressee: WordFlags { WordFlags(bit: 45) }

  /// A label, such as "MRN".
  @inlinable package static var label: WordFlags { WordFlags(bit: 61) }

  /// Never a name in texts of the languages that have the word: "das" in German, "pan" in Spanish.
  static let neverNameThere = WordFlags(bit: 60)

  /// Bits 46 to 52 give the languages of a word, and bits 53 to 59 the languages in which it is a
  /// function word (``Language``).
  @inlinable static var firstLanguageBit: UInt64 { 46 }
  static let firstFunctionBit: UInt64 = 53
  /// The languages of a word, all of them.
  @inlinable package static var anyLanguage: WordFlags {
    WordFlags(rawValue: 0x7f << firstLanguageBit)
  }
  static let anyFunction = WordFlags(rawValue: 0x7f << firstFunctionBit)
}
