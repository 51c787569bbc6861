/// Street addresses, places below a state, and postal codes.
struct PlaceDetector: ProseDetector {
  private static let units = Set(
    ["apt", "apartment", "suite", "ste", "unit", "floor", "piso", "bldg", "room", "puerta", "no", "portal", "local", "esc"].map {
      WordHash.of($0.utf8)
    })
  private static let sureEnds = Set(
    ["street", "avenue", "road", "boulevard", "lane", "drive", "st", "ave", "rd", "blvd", "ln", "highway", "parkway", "court"].map {
      WordHash.of($0.utf8)
    })
  private static let sureStarts = Set(
    ["calle", "avenida", "avda", "paseo", "carretera", "rue", "viale", "piazza"].map { WordHash.of($0.utf8) })
  private static let residence = Set(
    [
      "lives", "live", "lived", "living", "resides", "residing", "moved", "born", "raised", "natural", "residente", "vive", "nacido",
      "nacida", "procedente", "originario", "vecino", "vecina",
    ].map { WordHash.of($0.utf8) })
  private static let germanEnds = ["straße", "strasse", "weg", "allee", "gasse", "platz", "str"].map { Array($0.utf8) }

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var index = 0
    while index < text.tokens.count {
      let start = text.tokens[index].start
      if let last = street(index, in: text) ?? streetBefore(index, in: text) ?? german(index, in: text) ?? box(index, in: text) {
        found.append(ProseSpan(range: start..<text.tokens[last].end, type: .address, confidence: 0.9, reason: "a street and its number"))
        index = last + 1
      } else if let code = postalCode(index, in: text) {
        found.append(ProseSpan(range: start..<text.tokens[code.last].end, type: .postalCode, confidence: 0.85, reason: code.reason))
        index = code.last + 1
      } else if let place = place(index, in: text) {
        found.append(
          ProseSpan(range: start..<text.tokens[place.last].end, type: .location, confidence: place.confidence, reason: place.reason))
        index = place.last + 1
      } else {
        index += 1
      }
    }
  }

  private func isCapital(_ index: Int, in text: ScannedText) -> Bool {
    text.tokens.indices.contains(index) && text.tokens[index].kind == .word && text.tokens[index].shape != .lower
  }

  private func adjoins(_ index: Int, in text: ScannedText) -> Bool { text.isSpace(after: index) || text.isGap(after: index, ". ") }

  /// "1420 N. Oak Ridge Ave., Apt 4B".
  private func street(_ index: Int, in text: ScannedText) -> Int? {
    guard text.tokens[index].hasDigit, text.tokens[index].count <= 6, (48...57).contains(text.bytes[text.tokens[index].start]) else {
      return nil
    }
    var best: Int?
    for end in (index + 2)..<(index + 6) where end < text.tokens.count {
      guard adjoins(end - 2, in: text) else { break }
      let word = text.tokens[end - 1]
      guard word.shape != .lower || word.kind == .mixed || word.flags.isDisjoint(with: [.unit, .verb, .ageWord]) else { break }
      guard text.isSpace(after: end - 1) || word.count == 1 && text.isGap(after: end - 1, ". ") else { break }
      guard text.tokens[end].flags.contains(.streetEnd) else { continue }
      let isCapitals = ((index + 1)...end).allSatisfy { text.tokens[$0].shape != .lower || text.tokens[$0].hasDigit }
      let isSure = Self.sureEnds.contains(text.tokens[end].hash) && end <= index + 3
      if isCapitals || isSure { best = end }
    }
    return best.map { unitEnd(after: $0, in: text) }
  }

  /// "Calle Mayor 12, 3º B", "12 rue de la Paix", "Via Roma 5".
  private func streetBefore(_ index: Int, in text: ScannedText) -> Int? {
    guard text.tokens[index].flags.contains(.streetStart), text.gap(after: index).count <= 4, index + 1 < text.tokens.count else {
      return nil
    }
    var last = index
    var words = 0
    while last + 1 < text.tokens.count, last < index + 7, text.tokens[last + 1].kind == .word,
      last == index && !text.isBreak(after: last) || adjoins(last, in: text)
    {
      let next = text.tokens[last + 1]
      guard next.shape != .lower || next.flags.contains(.particle) else { break }
      if next.shape != .lower { words += 1 }
      last += 1
    }
    guard words > 0 else { return nil }
    var number = last + 1
    if number < text.tokens.count, text.tokens[number].count <= 3, text.tokens[number].flags.contains(.filler),
      number + 1 < text.tokens.count
    {
      number += 1
    }
    if number < text.tokens.count, text.tokens[number].hasDigit, text.tokens[number].count <= 5, text.gap(after: number - 1).count <= 4,
      !text.isBreak(after: number - 1)
    {
      return unitEnd(after: number, in: text)
    }
    return Self.sureStarts.contains(text.tokens[index].hash) ? last : nil
  }

  private func german(_ index: Int, in text: ScannedText) -> Int? {
    guard isCapital(index, in: text), text.tokens[index].count > 6, index + 1 < text.tokens.count, text.tokens[index + 1].hasDigit else {
      return nil
    }
    guard text.isSpace(after: index) || text.isGap(after: index, ". "), text.tokens[index + 1].count <= 4 else { return nil }
    let bytes = text.bytes[text.tokens[index].range]
    return Self.germanEnds.contains { bytes.suffix($0.count).elementsEqual($0) } ? index + 1 : nil
  }

  private func box(_ index: Int, in text: ScannedText) -> Int? {
    guard (text.bytes[text.tokens[index].start] | 0x20) == UInt8(ascii: "p"), text.tokens[index].count <= 2 else { return nil }
    let box = text.tokens[index].count == 1 ? index + 2 : index + 1
    guard box + 1 < text.tokens.count, text.tokens[box].hash == WordHash.of("box".utf8), text.tokens[box + 1].hasDigit else { return nil }
    return box + 1
  }

  /// The end of an address with its flat, floor or suite.
  private func unitEnd(after end: Int, in text: ScannedText) -> Int {
    guard end + 2 < text.tokens.count, text.gap(after: end).count <= 3, !text.isLineBreak(after: end) else { return end }
    if Self.units.contains(text.tokens[end + 1].hash), text.gap(after: end + 1).count <= 3,
      text.tokens[end + 2].hasDigit || text.tokens[end + 2].count == 1
    {
      return end + 2
    }
    if text.tokens[end + 1].kind == .number, text.tokens[end + 1].count <= 2, text.byte(text.tokens[end + 1].end) == 0xc2 {
      return text.tokens[end + 2].count == 1 && text.gap(after: end + 1).count <= 4 ? end + 2 : end + 1
    }
    return end
  }

  private func postalCode(_ index: Int, in text: ScannedText) -> (last: Int, reason: String)? {
    let token = text.tokens[index]
    if token.kind == .mixed, (2...4).contains(token.count), token.shape != .lower, index + 1 < text.tokens.count,
      text.isGap(after: index, " ")
    {
      let inward = text.tokens[index + 1]
      let bytes = Array(text.bytes[inward.range])
      let isInward = inward.kind == .mixed && bytes.count == 3 && bytes[0] < 58 && bytes[1] > 57 && bytes[2] > 57 && inward.shape != .lower
      if isInward, text.bytes[token.start] > 57 { return (index + 1, "the form of a British postcode") }
    }
    guard token.kind == .number, token.count == 5 else { return nil }
    if index > 0, text.gap(after: index - 1).count <= 2, isState(endingAt: index - 1, in: text) {
      let isExtended = text.isGap(after: index, "-") && text.tokens[index + 1].kind == .number && text.tokens[index + 1].count == 4
      return (isExtended ? index + 1 : index, "five digits behind a state")
    }
    let isCity =
      index + 1 < text.tokens.count && text.isSpace(after: index) && isCapital(index + 1, in: text)
      && text.phrase(at: index + 1, having: .city) != nil
    return isCity ? (index, "five digits before a city") : nil
  }

  private func isState(endingAt index: Int, in text: ScannedText) -> Bool {
    let token = text.tokens[index]
    if token.flags.contains(.stateCode), token.shape == .upper { return true }
    return token.shape != .lower && (token.flags.contains(.state) || index > 0 && text.phrase(at: index - 1, having: .state) == index)
  }

  private func place(_ index: Int, in text: ScannedText) -> (last: Int, confidence: Double, reason: String)? {
    guard isCapital(index, in: text), text.tokens[index].count > 2 else { return nil }
    if let last = text.phrase(at: index, having: .state), text.phrase(at: index, having: .city) ?? 0 <= last { return nil }
    if let last = text.phrase(at: index, having: .city) {
      let isPlain = text.tokens[index...last].allSatisfy { $0.flags.isDisjoint(with: [.common, .given, .surname, .neverName]) }
      if isBeforeState(last, in: text) { return (last, 0.95, "a city before its state") }
      if hasPreposition(index, in: text), text.tokens[index].flags.isDisjoint(with: [.neverName, .eponym]) || last > index {
        return (last, 0.88, "a city behind a preposition of place")
      }
      if index > 0, text.tokens[index - 1].kind == .number, text.tokens[index - 1].count == 5, text.isSpace(after: index - 1) {
        return (last, 0.9, "a city behind its postal code")
      }
      if isPlain || last > index { return (last, 0.7, "a city of the lists") }
    }
    var last = index
    while last < index + 2, isCapital(last + 1, in: text), text.isSpace(after: last) { last += 1 }
    if last > index, text.tokens[last].flags.contains(.placeEnd), !text.tokens[index].flags.contains(.neverName) {
      return (last, 0.85, "a name of a place by its last word")
    }
    let isOther = !text.tokens[index].flags.contains(.neverName) && !text.tokens[index].flags.contains(.common)
    if isOther, isBeforeState(last, in: text) { return (last, 0.88, "a name before a state") }
    if isOther, hasResidence(index, in: text) { return (last, 0.88, "a name behind a word of residence") }
    return nil
  }

  private func isBeforeState(_ last: Int, in text: ScannedText) -> Bool {
    guard text.isGap(after: last, ", ") || text.isGap(after: last, " ") else { return false }
    let next = text.tokens[last + 1]
    if next.flags.contains(.stateCode), next.shape == .upper, next.count == 2,
      !next.flags.contains(.credential) || text.number(last + 2) != nil
    {
      return true
    }
    return text.isGap(after: last, ", ") && next.shape == .capitalised && text.phrase(at: last + 1, having: .state) != nil
  }

  private func hasPreposition(_ index: Int, in text: ScannedText) -> Bool {
    index > 0 && text.isSpace(after: index - 1) && text.tokens[index - 1].flags.contains(.placePreposition)
  }

  private func hasResidence(_ index: Int, in text: ScannedText) -> Bool {
    hasPreposition(index, in: text) && index > 1 && Self.residence.contains(text.tokens[index - 2].hash)
  }
}
