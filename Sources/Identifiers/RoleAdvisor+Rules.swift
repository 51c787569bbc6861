import Tables

/// The rules, each of which looks for one sign. Shares are of distinct values, so that a frequent value counts once.
extension RoleAdvisor {
  /// Values of an unmistakable form.
  static func patternRule(_ evidence: ColumnEvidence) -> Finding? {
    for pattern in ValuePattern.allCases {
      let share = evidence.share(pattern.matches)
      guard share >= 0.8 else { continue }
      return Finding(
        role: .identifier(pattern.kind), confidence: 0.6 + 0.39 * share,
        reason: "\(percent(share)) of the values look like \(pattern.words)")
    }
    return nil
  }

  /// 1, 2, 3, … down the table.
  static func rowNumberRule(_ evidence: ColumnEvidence) -> Finding? {
    guard evidence.countsRows, evidence.present >= 10 else { return nil }
    return Finding(role: .identifier(.code), confidence: 0.95, reason: "the cells count the rows from 1")
  }

  /// A header such as `patient_nbr`: any number of persons, one of their records where values are many, else a key of the table.
  static func numberRule(_ evidence: ColumnEvidence) -> Finding? {
    let header = evidence.header
    guard header.isNumber || header.isPersonAlone else { return nil }
    let isUnique = evidence.uniqueShare >= 0.9 && (evidence.present >= 10 || header.isNumberAlone || header.isPerson)
    if isUnique, header.isNumber {
      return Finding(
        role: .identifier(.code), confidence: 0.95,
        reason: "the header says number or id, and \(percent(evidence.uniqueShare)) of the cells differ")
    }
    guard !header.isThing, evidence.distinct >= 20 else { return nil }
    if header.isPerson, header.isNumber || evidence.meanWords <= 1 && evidence.uniqueShare >= 0.02 {
      return Finding(
        role: .identifier(.code), confidence: header.isNumber ? 0.9 : 0.7,
        reason: "the header names a person's number, with \(evidence.distinct) different values")
    }
    if header.isRecord {
      return Finding(
        role: .identifier(.code), confidence: 0.8, reason: "the header names a record's number, with \(evidence.distinct) different values")
    }
    guard header.isNumberAlone, evidence.distinct >= 100 else { return nil }
    return Finding(
      role: .identifier(.code), confidence: 0.6, reason: "the header is a bare id, with \(evidence.distinct) different values")
  }

  /// Passports, licences and the like by header.
  static func officialRule(_ evidence: ColumnEvidence) -> Finding? {
    guard evidence.header.isOfficial, !evidence.header.isThing, evidence.uniqueShare >= 0.1, evidence.distinct >= 20 else { return nil }
    return Finding(
      role: .identifier(.code), confidence: 0.9,
      reason: "the header names an official number, and \(percent(evidence.uniqueShare)) of the cells differ")
  }

  /// One to three capitalised words, supported by the header or by known names.
  static func nameRule(_ evidence: ColumnEvidence) -> Finding? {
    guard evidence.isLabels, evidence.distinct >= 3 else { return nil }
    let shaped = evidence.share(NameShape.matches)
    let known = evidence.share(NameShape.isKnown)
    if let kind = evidence.header.nameKind, shaped >= 0.7, evidence.uniqueShare >= 0.1 || known >= 0.2 {
      return Finding(
        role: .identifier(kind), confidence: 0.7 + 0.2 * shaped + 0.1 * known,
        reason: "the header names a person's name, and \(percent(shaped)) of the values have the shape of one")
    }
    guard shaped >= 0.8, known >= 0.4, evidence.distinct >= 20, evidence.uniqueShare >= 0.1 else { return nil }
    let kind =
      evidence.meanWords >= 1.5
      ? IdentifierKind.personName : evidence.share(NameShape.isKnownGivenName) >= known / 2 ? .givenName : .familyName
    return Finding(
      role: .identifier(kind), confidence: 0.5 + 0.4 * known, reason: "\(percent(known)) of the values contain a frequent name of a person")
  }

  /// Addresses, telephone numbers and e-mail by header, for values in forms of their own.
  static func contactRule(_ evidence: ColumnEvidence) -> Finding? {
    let header = evidence.header
    guard evidence.uniqueShare >= 0.2, evidence.distinct >= 20 else { return nil }
    let words = "of the cells differ"
    if header.isEmail, evidence.isLabels, evidence.share({ $0.contains("@") }) >= 0.3 {
      return Finding(role: .identifier(.email), confidence: 0.96, reason: "the header says e-mail, and the values have an @")
    }
    if header.isPhone, evidence.type == .integer || evidence.share({ $0.utf8.count(where: Ascii.isDigit) >= 6 }) >= 0.7 {
      return Finding(
        role: .identifier(.phone), confidence: 0.96, reason: "the header says telephone, and \(percent(evidence.uniqueShare)) \(words)")
    }
    if header.isAddress, evidence.isLabels {
      return Finding(
        role: .identifier(.other), confidence: 0.85, reason: "the header says address, and \(percent(evidence.uniqueShare)) \(words)")
    }
    return nil
  }

  /// Codes of one shape that hardly repeat.
  static func codeShapeRule(_ evidence: ColumnEvidence) -> Finding? {
    guard evidence.isLabels, evidence.present >= 20, evidence.uniqueShare >= 0.9 else { return nil }
    let share = evidence.commonestCodeShape
    guard share >= 0.7 else { return nil }
    return Finding(
      role: .identifier(.code), confidence: 0.5 + 0.4 * share,
      reason: "\(percent(share)) of the values are codes of one shape, and \(percent(evidence.uniqueShare)) of the cells differ")
  }

  /// Many different texts of several words.
  static func proseRule(_ evidence: ColumnEvidence) -> Finding? {
    guard evidence.isLabels else { return nil }
    let isMany = evidence.distinct >= 50 && evidence.uniqueShare >= 0.3
    if evidence.meanWords >= 4, isMany || evidence.type == .text && evidence.uniqueShare >= 0.3 {
      return Finding(
        role: .prose, confidence: 0.75,
        reason: "\(evidence.distinct) different texts of \(Int(evidence.meanWords.rounded())) words on average read like prose")
    }
    return nil
  }

  /// Labels that hardly ever repeat tell rows apart, whatever they are.
  static func uniqueTextRule(_ evidence: ColumnEvidence) -> Finding? {
    guard evidence.isLabels, evidence.present >= 50, evidence.uniqueShare >= 0.9 else { return nil }
    return Finding(
      role: .identifier(.other), confidence: 0.6, reason: "\(percent(evidence.uniqueShare)) of the cells differ from all others")
  }
}

/// The shape of a person's name.
enum NameShape {
  private static let given = Set((CensusNames.female + CensusNames.male).map { $0.lowercased() })
  private static let family = Set(CensusNames.family.map { $0.lowercased() })

  /// One to four words, each a capital and then letters, with apostrophes, dashes, a point or trailing digits allowed.
  static func matches(_ text: String) -> Bool {
    let words = words(text)
    return (1...4).contains(words.count) && words.allSatisfy(isNameWord) && words.contains { $0.count >= 2 }
  }

  /// Whether a word is a frequent name.
  static func isKnown(_ text: String) -> Bool { words(text).contains { given.contains(stem($0)) || family.contains(stem($0)) } }

  static func isKnownGivenName(_ text: String) -> Bool { words(text).contains { given.contains(stem($0)) } }

  private static func words(_ text: String) -> [Substring] { text.split { $0 == " " || $0 == "," } }

  private static func stem(_ word: Substring) -> String { word.filter(\.isLetter).lowercased() }

  private static func isNameWord(_ word: Substring) -> Bool {
    guard let first = word.first, first.isUppercase || first.isLetter && first.lowercased() == first.uppercased() else { return false }
    let letters = word.prefix { $0.isLetter || "'’.-".contains($0) }
    return letters.filter(\.isLetter).count * 2 >= word.count && word[letters.endIndex...].allSatisfy(\.isNumber)
  }
}
