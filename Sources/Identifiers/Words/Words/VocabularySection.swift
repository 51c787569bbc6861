/// The sections of the vocabulary files (`Sources/Identifiers/WordLists/lists/english.txt` and
/// others) and the flags of their words.
enum VocabularySection {
  package static let flags: [String: WordFlags] = [
    "titles": .title, "kinship": .kinship, "roles": .role, "months": .month, "english months": .englishMonth, "person verbs": .personVerb,
    "street ends": .streetEnd,
    "street starts": .streetStart,
    "organization ends": .organizationEnd, "organization starts": .organizationStart, "eponym nouns": .eponymNoun,
    "place prepositions": .placePreposition, "states": .state, "state codes": .stateCode, "credentials": .credential,
    "particles": .particle, "never names": .neverName, "fillers": .filler, "weekdays": .weekday, "name cues": .nameCue,
    "date cues": .dateCue, "eponyms": .eponym, "age words": .ageWord, "generations": .generation, "place ends": .placeEnd,
    "employer cues": .employerCue, "company ends": .companyEnd, "units": .unit, "number words": .numberWord, "common words": .common,
    "verbs": .verb, "greetings": .greeting, "names before words": .nameFirst, "given names": [.given, .frequentGiven],
    "surnames": [.surname, .frequentSurname], "cities": .city, "sure titles": [.title, .sureTitle], "drugs": .drug, "holidays": .holiday,
    "day words": .dayWord, "weak months": [.month, .weakMonth], "range words": .rangeWord, "addressees": .addressee,
  ]

  /// Returns the flags of a section's words. For `function words`, these depend on the file's
  /// language.
  package static func flags(of section: String, in language: Language) -> WordFlags? {
    switch section {
    case "function words": language.functionFlag.union(language.flag)
    // English words are never names in any text, because medicine uses English everywhere.
    case "never names" where language != .english: [.neverNameThere, language.flag]
    default: flags[section]
    }
  }
}
