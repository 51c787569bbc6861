/// The sections of the vocabulary files (`Sources/WordLists/lists/english.txt` and others) and what they say of their words.
enum VocabularySection {
  static let flags: [String: WordFlags] = [
    "titles": .title, "kinship": .kinship, "roles": .role, "months": .month, "english months": .englishMonth, "person verbs": .personVerb,
    "street ends": .streetEnd,
    "street starts": .streetStart,
    "organization ends": .organizationEnd, "organization starts": .organizationStart, "eponym nouns": .eponymNoun,
    "place prepositions": .placePreposition, "states": .state, "state codes": .stateCode, "credentials": .credential,
    "particles": .particle, "never names": .neverName, "fillers": .filler, "weekdays": .weekday, "name cues": .nameCue,
    "date cues": .dateCue, "eponyms": .eponym, "age words": .ageWord, "generations": .generation, "place ends": .placeEnd,
    "employer cues": .employerCue, "company ends": .companyEnd, "units": .unit, "number words": .numberWord, "common words": .common,
    "verbs": .verb, "greetings": .greeting, "names before words": .nameFirst, "given names": [.given, .frequentGiven],
    "surnames": [.surname, .frequentSurname], "cities": .city,
  ]
}
