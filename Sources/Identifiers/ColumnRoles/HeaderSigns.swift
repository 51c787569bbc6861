/// The signs in the header, as far as the cells agree.
enum HeaderSigns {
  package static func find(_ evidence: ColumnEvidence) -> [Sign] {
    evidence.header.meanings.map { meaning, said in
      Sign(meaning, said.weight + doubt(meaning, evidence), "the header says '\(said.word)'")
    } + dates(evidence) + numbers(evidence) + texts(evidence)
  }

  /// Returns the deduction that the cells make from a meaning in the header.
  private static func doubt(_ meaning: ColumnMeaning, _ evidence: ColumnEvidence) -> Double {
    let header = evidence.header
    if evidence.isTime { return meaning == .time ? 0 : -4 }
    if meaning.isName {
      guard evidence.isLabels, !header.isCount, !header.isKind, evidence.distinct >= 3 else {
        return -4
      }
      if header.parts.contains(.thing), !header.parts.contains(.person), meaning == .personName {
        return -3
      }
      let shaped = evidence.share(NameShape.matches)
      guard shaped >= 0.6 else { return -3 }
      let known = evidence.share(NameShape.isKnown)
      if evidence.uniqueShare < 0.05, known < 0.4 { return -2 }
      return evidence.uniqueShare >= 0.5 ? 0.6 : 0
    }
    if meaning.isNumber {
      return numberDoubt(evidence, least: meaning == .card || meaning == .iban ? 8 : 1)
    }
    switch meaning {
    case .email, .username: return evidence.isLabels && evidence.distinct >= 3 ? 0 : -4
    case .address:
      return evidence.isLabels && evidence.distinct >= 10 && !header.isKind && !header.isCount
        ? 0 : -4
    case .phone, .fax:
      return evidence.couldIdentify && evidence.share(withDigits: 6) >= 0.6
        && evidence.distinct >= 10 ? 0.5 : -4
    case .url, .ipAddress, .wallet, .biometric:
      return evidence.isLabels && evidence.distinct >= 10 ? 0 : -3
    case .prose:
      return evidence.isLabels && evidence.meanWords >= 3 && evidence.uniqueShare >= 0.1 ? 0.5 : -4
    case .age: return ageDoubt(evidence)
    case .time: return timeDoubt(evidence)
    default: return 0
    }
  }

  private static func numberDoubt(_ evidence: ColumnEvidence, least digits: Int) -> Double {
    guard evidence.couldIdentify, !evidence.header.isCount, !evidence.header.isKind else {
      return -4
    }
    guard evidence.share(withDigits: digits) >= 0.5 else { return -3 }
    return evidence.distinct >= 20 && evidence.uniqueShare >= 0.02
      || evidence.uniqueShare >= 0.9 && evidence.present >= 3 ? 0.5 : -3
  }

  private static func ageDoubt(_ evidence: ColumnEvidence) -> Double {
    if let range = evidence.range {
      return range.lowerBound >= -1 && range.upperBound <= 1500 ? 0 : -2
    }
    return 0
  }

  /// Treats a number called time as a duration, unless it is large enough to be seconds since 1970.
  private static func timeDoubt(_ evidence: ColumnEvidence) -> Double {
    let isDuration = evidence.isNumeric && (evidence.range?.upperBound ?? 0) < 300_000_000
    return isDuration
      && ["time", "zeit", "temps", "duration"].contains(evidence.header.meanings[.time]?.word)
      ? -2.5 : 0
  }

  /// Finds births and deaths by their dates or years.
  private static func dates(_ evidence: ColumnEvidence) -> [Sign] {
    let parts = evidence.header.parts
    let looksLikeYear =
      evidence.range.map { $0.lowerBound >= 1850 && $0.upperBound <= 2100 } ?? false
    let looksLikeDate =
      evidence.isLabels
      && evidence.share {
        (6...10).contains($0.utf8.count) && $0.utf8.count(where: Ascii.isDigit) >= 4
      } >= 0.8
    var signs: [Sign] = []
    if evidence.isTime || looksLikeYear || looksLikeDate {
      if parts.contains(.birth) {
        signs.append(Sign(.birth, 4, "the header says birth, and the cells are dates"))
      }
      if parts.contains(.death) {
        signs.append(Sign(.death, 4, "the header says death, and the cells are dates"))
      }
    }
    if evidence.isTime { signs.append(Sign(.time, 2.5, "the cells are dates or times")) }
    if let range = evidence.range, range.lowerBound >= 300_000_000,
      evidence.header.meanings[.time] != nil, evidence.distinct >= 20
    {
      signs.append(Sign(.time, 3, "the header says time, and the numbers are seconds since 1970"))
    }
    return signs
  }

  /// Reads a header such as `patient_nbr`: a person's number of any kind, a record's number if
  /// there are many values, otherwise a key of the table.
  private static func numbers(_ evidence: ColumnEvidence) -> [Sign] {
    let (header, parts) = (evidence.header, evidence.header.parts)
    guard evidence.couldIdentify, evidence.meanWords <= 1.5, !header.isCount, !header.isKind else {
      return []
    }
    guard header.isNumber || header.isPersonAlone || header.isRecordAlone else { return [] }
    let isPlain = header.isPersonAlone || header.isRecordAlone
    let isMany = evidence.distinct >= 20 || evidence.uniqueShare >= 0.9 && evidence.present >= 3
    if isPlain, !header.isNumber,
      !(isMany && evidence.share(withDigits: 1) >= 0.5 && evidence.uniqueShare >= 0.02)
    {
      return []
    }
    let differ = "\(evidence.distinct) different values in \(evidence.present) cells"
    let isUnique = evidence.uniqueShare >= 0.9
    // In a small table, a number may repeat only a few times. A number with few distinct values is
    // a category.
    guard
      isMany || parts.contains(.person) && evidence.distinct >= 5 && evidence.uniqueShare >= 0.05
    else {
      return parts.contains(.thing)
        ? [Sign(.thing, 2, "the header names the number of a thing")] : []
    }
    // The number of a card or a passport is more specific than a person's number.
    if header.meanings.contains(where: { $0.key.isNumber && $0.value.weight >= 2 }) { return [] }
    if parts.contains(.person), !(parts.contains(.thing) && !isUnique && evidence.growth < 0.3) {
      return [Sign(.personNumber, 4.5, "the header names a person's number, with \(differ)")]
    }
    if parts.contains(.staff) {
      return [
        Sign(.staffNumber, 3, "the header names the number of a doctor or the like, with \(differ)")
      ]
    }
    if parts.contains(.record), !parts.contains(.thing) || isUnique {
      return [Sign(.recordCode, 4, "the header names a record's number, with \(differ)")]
    }
    if parts.contains(.row), isUnique {
      return [Sign(.rowNumber, 4, "the header names the number of a row")]
    }
    if parts.contains(.thing) || !header.meanings.isEmpty {
      let unique =
        isUnique && evidence.present >= 10
        ? [Sign(.unique, 1.4, "\(share(evidence.uniqueShare)) of the cells differ")] : []
      return unique
        + (parts.contains(.thing)
          ? [Sign(.thing, 2, "the header names the number of a thing")] : [])
    }
    if isUnique {
      return [
        Sign(
          .rowNumber, 4,
          "the header says number or id, and \(share(evidence.uniqueShare)) of the cells differ")
      ]
    }
    guard header.isNumberAlone, evidence.distinct >= 100 else { return [] }
    return [Sign(.recordCode, 2, "the header is a bare id, with \(differ)")]
  }

  /// Finds a header that names a class of things, or a thing by name.
  private static func texts(_ evidence: ColumnEvidence) -> [Sign] {
    let header = evidence.header
    guard header.parts.contains(.thing),
      header.isName || header.isKind || header.isNumber || header.meanings.isEmpty
    else { return [] }
    return [Sign(.thing, 1.3, "the header names a thing")]
  }

  static func share(_ share: Double) -> String { "\(Int((share * 100).rounded(.down))) %" }
}
