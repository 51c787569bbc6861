import Tables
import Words

/// The signs in the cells alone: their forms, check digits and word lists. Shares are of distinct
/// values, so that a frequent value counts once.
enum ValueSigns {
  package static func find(_ evidence: ColumnEvidence) -> [Sign] {
    guard evidence.couldIdentify, evidence.present > 0 else { return [] }
    return patterns(evidence) + checks(evidence) + names(evidence) + lists(evidence)
      + uniqueness(evidence) + prose(evidence)
      + health(evidence)
  }

  private static func share(_ share: Double) -> String { HeaderSigns.share(share) }

  // MARK: - Forms

  private static func patterns(_ evidence: ColumnEvidence) -> [Sign] {
    guard evidence.isLabels else { return [] }
    return ValuePattern.allCases.compactMap { pattern in
      let found = evidence.share(pattern.matches)
      guard found >= 0.8, evidence.distinct >= 3, pattern != .streetAddress || !isCategory(evidence)
      else { return nil }
      return Sign(
        pattern.meaning, pattern.weight * found,
        "\(share(found)) of the values look like \(pattern.words)")
    }
  }

  /// Whether the values are few and recur in many rows, such as "4-Wheel Drive", under a header
  /// that does not name an address.
  private static func isCategory(_ evidence: ColumnEvidence) -> Bool {
    evidence.header.meanings[.address] == nil && evidence.distinct <= 50
      && evidence.present >= 4 * evidence.distinct
  }

  /// Finds numbers with check digits. At most one in nine passes by chance, so ten that all pass
  /// are not a coincidence.
  private static func checks(_ evidence: ColumnEvidence) -> [Sign] {
    guard evidence.distinct >= 10 else { return [] }
    return CheckedNumber.all.compactMap { number in
      let texts = evidence.sample.filter { number.hasForm($0) }
      guard Double(texts.count) >= 0.8 * Double(evidence.sample.count) else { return nil }
      let passing = Double(texts.count { number.checksum.isValid($0.utf8) }) / Double(texts.count)
      guard passing >= 0.85 else { return nil }
      return Sign(
        number.meaning, number.weight * passing,
        "\(share(passing)) of the values pass the check of \(number.words)")
    }
  }

  // MARK: - Lists

  private static func names(_ evidence: ColumnEvidence) -> [Sign] {
    guard evidence.isLabels, evidence.distinct >= 10, !evidence.header.isKind else { return [] }
    let shaped = evidence.share(NameShape.matches)
    let known = evidence.share(NameShape.isKnown)
    guard shaped >= 0.8, known >= 0.5, !isOfThings(evidence) else { return [] }
    let named = evidence.header.meanings.filter { $0.key.isName }.max {
      $0.value.weight < $1.value.weight
    }?.key
    if named == nil,
      evidence.header.meanings[.place] != nil
        || evidence.share({ WordTable.shared.isPlace($0) }) >= 0.8
    {
      return []
    }
    let isPerson = evidence.meanWords >= 1.5
    let given = evidence.share(NameShape.isKnownGivenName)
    let family = evidence.share(NameShape.isKnownFamilyName)
    let seen: ColumnMeaning = isPerson ? .personName : given >= family ? .givenName : .familyName
    let weight =
      evidence.uniqueShare < 0.05
      ? 1.0 : evidence.distinct >= 20 ? 1 + 2.5 * known : 0.8 + 1.5 * known
    return [
      Sign(
        named ?? seen, weight, "\(share(known)) of the values contain a frequent name of a person")
    ]
  }

  /// Whether names of persons occur in the values as they do in names of firms, courses and codes:
  /// beside words for firms, beside common words that are not names, or as two or three capitals.
  private static func isOfThings(_ evidence: ColumnEvidence) -> Bool {
    let parts = evidence.header.parts
    if parts.contains(.thing), parts.isDisjoint(with: [.person, .staff]),
      !evidence.header.meanings.contains(where: { $0.key.isName })
    {
      return true
    }
    let codes = evidence.share {
      (2...3).contains($0.utf8.count) && $0.utf8.allSatisfy { (65...90).contains($0) }
    }
    if codes >= 0.5 { return true }
    let firms = evidence.shareOfTexts { word in
      !WordTable.shared[WordHash.of(word.utf8)].isDisjoint(with: [.companyEnd, .organizationEnd])
        && word.utf8.count > 1
    }
    if evidence.meanWords >= 1.5, firms >= 0.1 { return true }
    let things = evidence.shareOfTexts { word in
      let flags = WordTable.shared[WordHash.of(word.utf8)]
      return word.utf8.count > 3 && flags.contains(.common)
        && flags.isDisjoint(with: [.given, .surname, .title, .particle])
    }
    return evidence.meanWords >= 1.5 && things >= 0.4
  }

  /// Finds cells that are words of a list, such as the words for the sexes.
  private static func lists(_ evidence: ColumnEvidence) -> [Sign] {
    guard evidence.isLabels, (2...200).contains(evidence.distinct) else { return [] }
    let texts = evidence.sample.map(\.folded)
    var signs: [Sign] = []
    for meaning in ColumnMeaning.allCases {
      let best =
        HeaderVocabulary.all.map { vocabulary -> Double in
          guard let values = vocabulary.values[meaning] else { return 0 }
          return Double(texts.count { values.contains($0) }) / Double(texts.count)
        }.max() ?? 0
      guard best >= 0.5, Double(texts.count) * best >= 2 else { continue }
      // Single letters are weak evidence.
      let isShort = texts.allSatisfy { $0.utf8.count <= 1 }
      let weight =
        meaning == .sex
        ? (evidence.distinct <= 5 ? (isShort ? 1.2 : 2.4) : 0) : isShort ? 0.3 : 1.6 * best
      if weight > 0 {
        signs.append(
          Sign(meaning, weight, "\(share(best)) of the values are words for \(words(meaning))"))
      }
    }
    let cities = evidence.share { WordTable.shared.isPlace($0) }
    if cities >= 0.5, evidence.distinct >= 8, evidence.share(NameShape.isKnownGivenName) < 0.5 {
      signs.append(Sign(.place, 1 + cities, "\(share(cities)) of the values are places"))
    }
    return signs
  }

  private static func words(_ meaning: ColumnMeaning) -> String {
    switch meaning {
    case .sex: "a person's sex"
    case .family: "family and marriage"
    case .origin: "where people's families come from"
    case .title: "titles"
    case .belief: "political views"
    case .sexuality: "sexual orientation"
    default: meaning.rawValue
    }
  }

  // MARK: - How values differ

  private static func uniqueness(_ evidence: ColumnEvidence) -> [Sign] {
    if evidence.countsRows, evidence.present >= 10 {
      return [Sign(.rowNumber, 4, "the cells count the rows")]
    }
    if evidence.header.isCount { return [] }
    var signs: [Sign] = []
    let differ = "\(share(evidence.uniqueShare)) of the cells differ"
    if evidence.isLabels, evidence.uniqueShare >= 0.9, evidence.present >= 20 {
      let shape = evidence.commonestCodeShape
      if shape >= 0.7 {
        signs.append(
          Sign(
            .uniqueCode, 2 + 1.5 * shape,
            "\(share(shape)) of the values are codes of one shape, and \(differ)"))
      } else if evidence.present >= 50 {
        signs.append(Sign(.unique, 1.6, "\(differ) from all others"))
      }
    }
    if evidence.type == .integer, evidence.header.isUnknown, evidence.present >= 100,
      evidence.uniqueShare >= 0.9999,
      let range = evidence.range, range.lowerBound >= 10_000,
      range.upperBound / range.lowerBound < 100
    {
      signs.append(Sign(.uniqueCode, 1.8, "whole numbers of about one length, all of which differ"))
    }
    return signs
  }

  /// Finds many different texts of several words.
  private static func prose(_ evidence: ColumnEvidence) -> [Sign] {
    guard evidence.isLabels, evidence.meanWords >= 4 else { return [] }
    let isMany = evidence.distinct >= 50 && evidence.uniqueShare >= 0.5
    guard isMany || evidence.type == .text && evidence.uniqueShare >= 0.3 else { return [] }
    let words = Int(evidence.meanWords.rounded())
    return [
      Sign(
        .prose, evidence.meanWords >= 6 ? 3 : 2.2,
        "\(evidence.distinct) different texts of \(words) words on average read like prose")
    ]
  }

  // MARK: - Health

  private static func health(_ evidence: ColumnEvidence) -> [Sign] {
    guard evidence.isLabels, evidence.distinct >= 5 else { return [] }
    let codes = evidence.share(ValuePattern.isDiseaseCode)
    if codes >= 0.8 {
      return [Sign(.health, 2.2, "\(share(codes)) of the values look like codes of the ICD")]
    }
    let medical =
      HeaderVocabulary.all.map { vocabulary in
        evidence.shareOfTexts { vocabulary.medicine.contains($0) }
      }.max() ?? 0
    guard medical >= 0.1 else { return [] }
    return [
      Sign(
        .health, medical >= 0.3 ? 2.2 : 1.4,
        "\(share(medical)) of the values contain a word of medicine")
    ]
  }
}

extension ValuePattern {
  fileprivate var meaning: ColumnMeaning {
    switch self {
    case .email: .email
    case .uuid: .uuid
    case .url: .url
    case .ipAddress: .ipAddress
    case .macAddress: .macAddress
    case .socialSecurityNumber: .socialSecurityNumber
    case .phone: .phone
    case .streetAddress: .address
    }
  }

  fileprivate var weight: Double {
    switch self {
    case .email, .ipAddress, .macAddress: 6
    case .uuid, .url, .socialSecurityNumber, .streetAddress: 4.2
    case .phone: 3.8
    }
  }
}
