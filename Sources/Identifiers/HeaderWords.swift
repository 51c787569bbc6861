import Tables

/// What the words of a column's header say, one set of words a language.
package struct HeaderWords: Sendable {
  /// Words that mean a number or code of something when they stand last or first: `patient_nbr`, `id_android`.
  let numberLast: Set<String>
  let numberFirst: Set<String>
  /// Whom a number may stand for.
  let person: Set<String>
  /// Records of one person: a number of one is as good as a name.
  let record: Set<String>
  /// Records that a person keeps over time, so that their number is the person's.
  let personRecord: Set<String>
  /// Things many people share: numbers of these are categories.
  let thing: Set<String>
  /// Official numbers, by themselves.
  let official: Set<String>
  let address: Set<String>
  let email: Set<String>
  let phone: Set<String>
  /// Whole headers, words joined by spaces.
  let givenName: Set<String>
  let familyName: Set<String>
  let personName: Set<String>

  static let english = HeaderWords(
    numberLast: ["id", "ids", "identifier", "nr", "nbr", "no", "num", "number", "key", "guid", "uuid"], numberFirst: ["id"],
    person: [
      "patient", "pat", "subject", "person", "people", "participant", "user", "member", "customer", "client", "employee", "student",
      "pupil",
      "household", "respondent", "donor", "beneficiary", "citizen", "resident", "android", "device", "individual",
    ],
    record: [
      "record", "encounter", "admission", "hadm", "stay", "icustay", "visit", "episode", "case", "account", "basket", "order",
      "transaction",
      "row", "claim", "sample", "specimen", "invoice", "session", "track", "trip", "application", "policy", "card", "medical", "hospital",
    ],
    personRecord: ["record", "mrn", "chart", "nhs", "ssn"],
    thing: [
      "type", "source", "disposition", "status", "category", "class", "group", "product", "item", "movie", "store", "drug", "department",
      "ward", "unit", "region", "country", "state", "city", "county", "manufacturer", "brand", "code", "diagnosis", "procedure", "site",
      "level",
      "provider", "organization", "payer", "company", "file", "species", "gene", "phone", "education",
    ],
    official: ["ssn", "mrn", "nhs", "passport", "drivers", "licence", "license", "iban", "vin", "npi", "plate"],
    address: ["address", "street", "addr"], email: ["email", "mail"],
    phone: ["phone", "telephone", "tel", "mobile", "cell", "cellphone", "fax"],
    givenName: ["first", "first name", "given name", "givenname", "forename", "fname", "firstname", "middle name", "nickname"],
    familyName: ["last", "last name", "surname", "family name", "familyname", "lname", "lastname", "maiden", "maiden name"],
    personName: [
      "name", "full name", "fullname", "patient name", "person name", "contact", "contact name", "customer name", "employee name",
    ])

  static let german = HeaderWords(
    numberLast: ["nummer", "kennung", "kennzeichen", "schlüssel"], numberFirst: [],
    person: ["patienten", "probanden", "kunden", "mitarbeiter", "personen", "versicherten", "benutzer"],
    record: ["fall", "aufnahme", "auftrags", "konto", "akten", "besuchs"], personRecord: ["akten", "patientennummer"],
    thing: ["artikel", "produkt", "station", "abteilung"],
    official: ["patientennummer", "fallnummer", "versichertennummer", "ausweis", "sozialversicherungsnummer", "kontonummer"],
    address: ["adresse", "anschrift", "straße", "strasse"], email: [], phone: ["telefon", "handy", "telefonnummer"],
    givenName: ["vorname"], familyName: ["nachname", "familienname", "geburtsname"], personName: ["vollname"])

  static let languages = [english, german]

  /// The words of a header in lower case: `PharmGKB Subject ID`, `movieId` and `patient_nbr` fall apart at capitals and separators.
  package static func split(_ header: String) -> [String] {
    var words: [String] = []
    var word = ""
    var previous: Character = " "
    let close = {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    for character in header {
      if !character.isLetter && !character.isNumber {
        close()
      } else {
        if character.isUppercase, previous.isLowercase || previous.isNumber { close() }
        word += character.lowercased()
      }
      previous = character
    }
    close()
    return words == ["e", "mail"] ? ["email"] : words
  }
}

/// What a header says, over all languages.
struct HeaderMeaning: Sendable {
  let isNumber, isPerson, isRecord, isPersonRecord, isThing, isOfficial, isAddress, isEmail, isPhone: Bool
  let nameKind: IdentifierKind?
  /// The header is one word, which names a person: `PATIENT`.
  let isPersonAlone: Bool
  let isNumberAlone: Bool

  init(_ header: String) {
    let words = HeaderWords.split(header)
    let phrase = words.joined(separator: " ")
    let any = { (keys: KeyPath<HeaderWords, Set<String>>) in
      HeaderWords.languages.contains { language in words.contains { language[keyPath: keys].contains($0) } }
    }
    let whole = { (keys: KeyPath<HeaderWords, Set<String>>) in HeaderWords.languages.contains { $0[keyPath: keys].contains(phrase) } }
    isNumber = HeaderWords.languages.contains {
      $0.numberLast.contains(words.last ?? "") || $0.numberFirst.contains(words.first ?? "")
    }
    isPerson = any(\.person)
    isRecord = any(\.record)
    isPersonRecord = any(\.personRecord)
    isThing = any(\.thing)
    isOfficial = any(\.official)
    isAddress = any(\.address)
    isEmail = any(\.email)
    isPhone = any(\.phone)
    isPersonAlone = words.count == 1 && any(\.person)
    isNumberAlone = words.count == 1 && isNumber
    nameKind = whole(\.givenName) ? .givenName : whole(\.familyName) ? .familyName : whole(\.personName) ? .personName : nil
  }
}
