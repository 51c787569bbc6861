/// The properties of a word according to the lists: the sections of the vocabulary files and the
/// lists of names, words and places.
///
/// It is public, frozen and inlinable, though nothing outside the program uses it: the compiler
/// does not see through `package` from another room and would build every set of flags with generic
/// code, which made the search of prose 4.6 times as slow.
@frozen public struct WordFlags: OptionSet, Sendable {
  /// One bit for each property.
  public let rawValue: UInt64

  @inlinable init(bit: Int) { rawValue = 1 << UInt64(bit) }
  /// Creates flags from their bits.
  @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// A given name.
  @inlinable public static var given: WordFlags { WordFlags(bit: 0) }
  /// A surname.
  @inlinable public static var surname: WordFlags { WordFlags(bit: 1) }
  /// Among the most frequent given names, or surnames.
  @inlinable public static var frequentGiven: WordFlags { WordFlags(bit: 2) }
  /// Among the most frequent surnames.
  @inlinable public static var frequentSurname: WordFlags { WordFlags(bit: 3) }
  /// A word of a language that is written in lower case.
  @inlinable public static var common: WordFlags { WordFlags(bit: 4) }
  /// The first word of a phrase in the phrase table.
  @inlinable public static var phraseStart: WordFlags { WordFlags(bit: 5) }
  /// A title: Dr, Mrs, Herr.
  @inlinable public static var title: WordFlags { WordFlags(bit: 6) }
  /// A relation: mother, Sohn, hermana.
  @inlinable public static var kinship: WordFlags { WordFlags(bit: 7) }
  /// A person by role: patient, nurse, paciente.
  @inlinable public static var role: WordFlags { WordFlags(bit: 8) }
  /// A month.
  @inlinable public static var month: WordFlags { WordFlags(bit: 9) }
  /// The end of a street's name: street, road, straße.
  @inlinable public static var streetEnd: WordFlags { WordFlags(bit: 10) }
  /// The start of a street's name: rue, via, calle.
  @inlinable public static var streetStart: WordFlags { WordFlags(bit: 11) }
  /// The end of an organisation's name: hospital, university.
  @inlinable public static var organizationEnd: WordFlags { WordFlags(bit: 12) }
  /// The start of an organisation's name: hôpital, universidad.
  @inlinable public static var organizationStart: WordFlags { WordFlags(bit: 13) }
  /// A noun that an eponym qualifies: disease, syndrome, catheter.
  @inlinable public static var eponymNoun: WordFlags { WordFlags(bit: 14) }
  /// A word before a place: in, from, near.
  @inlinable public static var placePreposition: WordFlags { WordFlags(bit: 15) }
  /// A state or region.
  @inlinable public static var state: WordFlags { WordFlags(bit: 16) }
  /// The abbreviation of a state: TX, NSW.
  @inlinable public static var stateCode: WordFlags { WordFlags(bit: 17) }
  /// A credential behind a name: MD, PhD.
  @inlinable public static var credential: WordFlags { WordFlags(bit: 18) }
  /// A small word inside a name: de, van, al.
  @inlinable public static var particle: WordFlags { WordFlags(bit: 19) }
  /// Never a name, in any spelling.
  @inlinable public static var neverName: WordFlags { WordFlags(bit: 20) }
  /// A city.
  @inlinable public static var city: WordFlags { WordFlags(bit: 21) }
  /// A word between a label and its value: number, no, is.
  @inlinable public static var filler: WordFlags { WordFlags(bit: 22) }
  /// A day of the week.
  @inlinable public static var weekday: WordFlags { WordFlags(bit: 23) }
  /// A word before a person's name: by, with, saw, attn.
  @inlinable public static var nameCue: WordFlags { WordFlags(bit: 24) }
  /// A word before a date: on, since, until.
  @inlinable public static var dateCue: WordFlags { WordFlags(bit: 25) }
  /// A person's name that names a disease, a sign or a device: Parkinson, Foley.
  @inlinable public static var eponym: WordFlags { WordFlags(bit: 26) }
  /// A word of ages: years, aged, Jahre.
  @inlinable public static var ageWord: WordFlags { WordFlags(bit: 27) }
  /// A generation behind a name: Jr, III.
  @inlinable public static var generation: WordFlags { WordFlags(bit: 28) }
  /// The end of a place's name: -ville, -burg.
  @inlinable public static var placeEnd: WordFlags { WordFlags(bit: 29) }
  /// A word before an employer.
  @inlinable public static var employerCue: WordFlags { WordFlags(bit: 30) }
  /// The end of a company's name: Ltd, GmbH.
  @inlinable public static var companyEnd: WordFlags { WordFlags(bit: 31) }
  /// A unit of measurement.
  @inlinable public static var unit: WordFlags { WordFlags(bit: 32) }
  /// A number in words.
  @inlinable public static var numberWord: WordFlags { WordFlags(bit: 33) }
  /// A verb.
  @inlinable public static var verb: WordFlags { WordFlags(bit: 34) }
  /// A greeting: dear, hallo.
  @inlinable public static var greeting: WordFlags { WordFlags(bit: 35) }
  /// A name in the first place, and only then a word: john, maria.
  @inlinable public static var nameFirst: WordFlags { WordFlags(bit: 36) }
  /// A month in English, where a full stop after a number ends a sentence.
  @inlinable public static var englishMonth: WordFlags { WordFlags(bit: 37) }
  /// An action of people only: says, lives, denies.
  @inlinable public static var personVerb: WordFlags { WordFlags(bit: 38) }
  /// A title with nothing else before or after it: Mr, Frau, Mme.
  @inlinable public static var sureTitle: WordFlags { WordFlags(bit: 39) }
  /// A medicine.
  @inlinable public static var drug: WordFlags { WordFlags(bit: 40) }
  /// A day commonly known by its name: Christmas Eve, Silvester.
  @inlinable public static var holiday: WordFlags { WordFlags(bit: 41) }
  /// The number of a day in words: third, dritten, primero.
  @inlinable public static var dayWord: WordFlags { WordFlags(bit: 42) }
  /// A month or its abbreviation that is also another word: may, out, set.
  @inlinable public static var weakMonth: WordFlags { WordFlags(bit: 43) }
  /// A word between the two ends of a range of dates: to, until, bis, al.
  @inlinable public static var rangeWord: WordFlags { WordFlags(bit: 44) }
  /// A form of address for a colleague, not a name: Kollege, confrère.
  @inlinable public static var addressee: WordFlags { WordFlags(bit: 45) }

  /// A label, such as "MRN".
  @inlinable public static var label: WordFlags { WordFlags(bit: 61) }

  /// Never a name in texts of the languages that have the word: "das" in German, "pan" in Spanish.
  static let neverNameThere = WordFlags(bit: 60)

  /// Bits 46 to 52 give the languages of a word, and bits 53 to 59 the languages in which it is a
  /// function word (``Language``).
  @inlinable static var firstLanguageBit: UInt64 { 46 }
  static let firstFunctionBit: UInt64 = 53
  /// The languages of a word, all of them.
  @inlinable public static var anyLanguage: WordFlags { WordFlags(rawValue: 0x7f << firstLanguageBit) }
  static let anyFunction = WordFlags(rawValue: 0x7f << firstFunctionBit)
}
