/// Street addresses: "1420 N. Oak Ridge Ave., Apt 4B", "Calle Mayor 12, 3º B", "12, rue de la Paix", "Lindenallee 12", "P.O. Box 9".
struct StreetDetector: ProseDetector {
  private static let units = Set(
    [
      "apt", "apartment", "suite", "ste", "unit", "floor", "flat", "piso", "bldg", "room", "puerta", "portal", "local", "esc", "escalera",
      "bajo", "interior", "int", "depto", "departamento", "apto", "studio", "appartamento", "piano", "lot", "edificio", "planta",
    ].map { WordHash.of($0.utf8) })
  private static let sides = Set(
    ["izda", "izq", "izquierda", "dcha", "drcha", "derecha", "centro", "bajo", "a", "b", "c", "d", "e"].map { WordHash.of($0.utf8) })
  private static let sureEnds = Set(
    ["street", "avenue", "road", "boulevard", "lane", "drive", "st", "ave", "rd", "blvd", "ln", "highway", "parkway", "court"].map {
      WordHash.of($0.utf8)
    })
  private static let sureStarts = Set(
    ["calle", "avenida", "avda", "paseo", "carretera", "rue", "viale", "piazza", "plaza", "boulevard", "chemin"].map {
      WordHash.of($0.utf8)
    })
  private static let germanEnds = [
    "straße", "strasse", "weg", "allee", "gasse", "platz", "str", "ring", "damm", "ufer", "steig", "chaussee",
  ].map {
    Array($0.utf8)
  }
  private static let sn = WordHash.of("s".utf8)

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var index = 0
    while index < text.tokens.count {
      let token = text.tokens[index]
      let end =
        token.hasDigit
        ? numberFirst(index, in: text)
        : token.flags.contains(.streetStart)
          ? streetFirst(index, in: text) ?? german(index, in: text) ?? box(index, in: text)
          : token.count <= 2 ? box(index, in: text) : german(index, in: text)
      guard let end else {
        index += 1
        continue
      }
      let first = start(index, in: text)
      found.append(
        ProseSpan(
          range: text.tokens[first].start..<endByte(end, in: text), type: .address, confidence: 0.9, reason: "a street and its number"))
      index = end + 1
    }
  }

  /// Ordinal signs behind the last token, as in "3º", belong to it.
  private func endByte(_ last: Int, in text: ScannedText) -> Int {
    let end = text.tokens[last].end
    return text.byte(end) == 0xc2 && (text.byte(end + 1) == 0xba || text.byte(end + 1) == 0xaa) ? end + 2 : end
  }

  private func isCapital(_ index: Int, in text: ScannedText) -> Bool {
    text.tokens.indices.contains(index) && text.tokens[index].kind == .word && text.tokens[index].shape != .lower
  }

  private func adjoins(_ index: Int, in text: ScannedText) -> Bool { text.isSpace(after: index) || text.isGap(after: index, ". ") }

  /// With "Flat 3, " or, of a French address, its number before the street.
  private func start(_ index: Int, in text: ScannedText) -> Int {
    if index >= 1, text.tokens[index].flags.contains(.streetStart), text.tokens[index - 1].hasDigit,
      text.tokens[index - 1].count <= (text.isGap(after: index - 1, ", ") ? 4 : 3), text.tokens[index].flags.isDisjoint(with: [.verb]),
      text.isGap(after: index - 1, ", ") || text.isGap(after: index - 1, " ")
    {
      return index - 1
    }
    if index >= 1, Self.units.contains(text.tokens[index - 1].hash), text.isSpace(after: index - 1) { return index - 1 }
    guard index >= 2, text.tokens[index - 1].count <= 4, text.isGap(after: index - 1, ", "),
      Self.units.contains(text.tokens[index - 2].hash), text.isSpace(after: index - 2)
    else { return index }
    return index - 2
  }

  // MARK: the number first

  private func numberFirst(_ index: Int, in text: ScannedText) -> Int? {
    let token = text.tokens[index]
    guard token.count <= 6, (48...57).contains(text.bytes[token.start]), !text.isGap(after: index - 1, "/"),
      !text.isGap(after: index - 1, ".")
    else { return nil }
    if index > 1, text.isGap(after: index - 1, ", "), Self.units.contains(text.tokens[index - 2].hash) == false,
      text.tokens[index - 1].hasDigit, text.tokens[max(0, index - 2)].flags.contains(.month)
    {
      return nil
    }
    // "12-B Mango Street"
    let first = text.isGap(after: index, "-") && index + 1 < text.tokens.count && text.tokens[index + 1].count == 1 ? index + 1 : index
    return named(from: first, in: text) ?? placed(from: first, in: text)
  }

  /// Up to four words, the last of which is one for streets.
  private func named(from index: Int, in text: ScannedText) -> Int? {
    var best: Int?
    var end = index + 1
    while end < text.tokens.count, end <= index + 5, isJoined(end - 1, from: index, in: text) {
      let word = text.tokens[end]
      let isSmall = word.shape == .lower && !word.hasDigit
      if end > index + 1, word.flags.contains(.streetEnd) {
        let isSure = Self.sureEnds.contains(word.hash) && end <= index + 3
        let isCapitals = ((index + 1)...end).allSatisfy { text.tokens[$0].shape != .lower || text.tokens[$0].hasDigit }
        if isCapitals || isSure { best = end }
      }
      if isSmall,
        !word.flags.isDisjoint(with: [.unit, .verb, .ageWord, .placePreposition, .dateCue, .filler, .particle, .month, .neverName])
      {
        break
      }
      if !isSmall, word.flags.contains(.month) || word.flags.contains(.title) && !word.flags.contains(.streetEnd) { break }
      end += 1
    }
    return best.map { unitEnd(after: $0, in: text) }
  }

  /// Whether a word of a street goes on behind a token: a space, a comma behind the number, or a point behind a short word.
  private func isJoined(_ index: Int, from number: Int, in text: ScannedText) -> Bool {
    if text.isSpace(after: index) { return true }
    return index == number ? text.isGap(after: index, ", ") : text.tokens[index].count <= 2 && text.isGap(after: index, ". ")
  }

  /// Words in capitals that are no known street, before a flat, or before a place and its postal code.
  private func placed(from index: Int, in text: ScannedText) -> Int? {
    var last = index
    while last < index + 4, isCapital(last + 1, in: text), text.isSpace(after: last), !text.tokens[last + 1].flags.contains(.month) {
      if Self.units.contains(text.tokens[last + 1].hash), last > index { break }
      last += 1
    }
    guard last > index, text.tokens[index].kind == .number else { return nil }
    let end = unitEnd(after: last, in: text)
    if end > last, Self.units.contains(text.tokens[last + 1].hash) { return end }
    guard text.isGap(after: last, ", ") || text.isGap(after: last, "\n") else { return nil }
    // A place of up to three words, then a state's letters or a postal code.
    var place = last + 1
    while place < last + 4, isCapital(place, in: text), text.isSpace(after: place) || text.isGap(after: place, ", ") { place += 1 }
    guard place > last + 1, place < text.tokens.count else { return nil }
    let code = text.tokens[place]
    let isState = text.tokens[place - 1].flags.contains(.stateCode) && text.tokens[place - 1].shape == .upper
    if isState, code.kind == .number, code.count == 5 { return last }
    return isOutward(place, in: text) ? last : nil
  }

  /// Whether the first half of a British postcode stands here.
  private func isOutward(_ index: Int, in text: ScannedText) -> Bool {
    text.tokens[index].kind == .mixed && (2...4).contains(text.tokens[index].count) && text.tokens[index].shape != .lower
      && text.isGap(after: index, " ") && text.tokens[index + 1].kind == .mixed && text.tokens[index + 1].count == 3
  }

  // MARK: the word for a street first

  private func streetFirst(_ index: Int, in text: ScannedText) -> Int? {
    let token = text.tokens[index]
    guard text.gap(after: index).count <= 4, index + 1 < text.tokens.count, opens(index, in: text) else { return nil }
    let isSure = Self.sureStarts.contains(token.hash)
    var last = index
    var (words, small) = (0, 0)
    while last + 1 < text.tokens.count, last < index + 8, text.tokens[last + 1].kind == .word,
      last == index || adjoins(last, in: text) || text.isGap(after: last, "-") || text.isGap(after: last, "'")
    {
      let next = text.tokens[last + 1]
      if next.flags.contains(.filler), next.count <= 3, last + 2 < text.tokens.count, text.tokens[last + 2].hasDigit, words > 0 { break }
      if last > index, text.isGap(after: last, ". "), text.tokens[last].count > 4 { break }
      if next.shape == .lower, !next.flags.contains(.particle) {
        // "calle real 5": a small word only where a number follows.
        guard small == 0, words == 0, isSure, last + 2 < text.tokens.count, text.tokens[last + 2].hasDigit else { break }
        small += 1
      }
      if next.shape != .lower { words += 1 }
      last += 1
    }
    guard words + small > 0 else { return grid(index, in: text) }
    if let number = number(after: last, in: text) { return unitEnd(after: number, in: text) }
    // "Plaza de Cruces s/n"
    if last + 2 < text.tokens.count, text.tokens[last + 1].hash == Self.sn, text.isGap(after: last + 1, "/"),
      text.tokens[last + 2].count == 1
    {
      return last + 2
    }
    // "Carrera 7 No. 45-10" has numbers only.
    return (isSure || start(index, in: text) < index) && words > 0 ? last : nil
  }

  /// A street and a house by numbers alone, as in "Carrera 7 No. 45-10".
  private func grid(_ index: Int, in text: ScannedText) -> Int? {
    guard index + 3 < text.tokens.count, text.tokens[index + 1].hasDigit, text.tokens[index + 1].count <= 4, text.isSpace(after: index)
    else { return nil }
    let house = text.tokens[index + 2].flags.contains(.filler) ? index + 3 : index + 2
    guard text.gapContains(after: index + 1, "#") || house == index + 3, text.tokens[house].hasDigit, text.gap(after: house - 1).count <= 3
    else { return nil }
    return unitEnd(after: house, in: text)
  }

  /// Whether the word, with what follows it, opens a street: "C/" and "C." but not the letter alone.
  private func opens(_ index: Int, in text: ScannedText) -> Bool {
    let token = text.tokens[index]
    guard token.count <= 2 else { return !text.isBreak(after: index) || token.count <= 4 && text.isGap(after: index, ". ") }
    let next = text.byte(token.end)
    if token.count == 1 {
      return next == UInt8(ascii: "/") && text.byte(token.end - 2) <= 64 || next == 0xc2
        || next == UInt8(ascii: ".") && token.shape != .lower
          && isCapital(index + 1, in: text) && text.tokens[index + 1].count > 2
    }
    return next == UInt8(ascii: ".") || next == UInt8(ascii: "/") || token.shape != .lower
  }

  private func number(after last: Int, in text: ScannedText) -> Int? {
    var number = last + 1
    for _ in 0..<2 where number + 1 < text.tokens.count && text.tokens[number].count <= 6 && text.tokens[number].flags.contains(.filler) {
      number += 1
    }
    guard number < text.tokens.count, text.tokens[number].hasDigit, (48...57).contains(text.bytes[text.tokens[number].start]),
      text.tokens[number].count <= 4, text.gap(after: number - 1).count <= 4, !text.isLineBreak(after: number - 1)
    else { return nil }
    let joins = (last..<number).allSatisfy { place in
      text.gap(after: place).allSatisfy { " ,.#".utf8.contains(text.bytes[$0]) || text.bytes[$0] == 0xc2 || text.bytes[$0] == 0xba }
    }
    return joins && !(text.isBreak(after: last) && text.tokens[last].count > 4) ? number : nil
  }

  // MARK: other forms

  private func german(_ index: Int, in text: ScannedText) -> Int? {
    guard isCapital(index, in: text), index + 1 < text.tokens.count, text.tokens[index + 1].hasDigit, text.tokens[index + 1].count <= 5,
      text.isSpace(after: index) || text.isGap(after: index, ". ")
    else { return nil }
    let bytes = text.bytes[text.tokens[index].range]
    let isJoined = index > 0 && text.isGap(after: index - 1, "-")
    guard bytes.count > 6 || isJoined,
      Self.germanEnds.contains(where: { bytes.map { $0 | ($0 < 0x80 ? 0x20 : 0) }.suffix($0.count).elementsEqual($0) })
    else { return nil }
    return unitEnd(after: index + 1, in: text)
  }

  private func box(_ index: Int, in text: ScannedText) -> Int? {
    guard (text.bytes[text.tokens[index].start] | 0x20) == UInt8(ascii: "p") else { return nil }
    let box = text.tokens[index].count == 1 ? index + 2 : index + 1
    guard box + 1 < text.tokens.count, text.tokens[box].hash == WordHash.of("box".utf8), text.tokens[box + 1].hasDigit else { return nil }
    return box + 1
  }

  /// Whether a second number of three digits stands behind the first, before a comma, as in Mexico.
  private func isSecondNumber(_ index: Int, in text: ScannedText) -> Bool {
    text.isGap(after: index - 1, " ") && text.tokens[index].count == 3 && text.tokens[index - 1].kind == .number
      && text.isGap(after: index, ", ")
  }

  /// The end of an address with its flat, floor, suite or second number.
  private func unitEnd(after end: Int, in text: ScannedText) -> Int {
    var end = end
    for _ in 0..<3 {
      guard end + 1 < text.tokens.count, text.gap(after: end).count <= 4, !text.isLineBreak(after: end) else { return end }
      let next = text.tokens[end + 1]
      if Self.units.contains(next.hash), end + 2 < text.tokens.count, text.gap(after: end + 1).count <= 3,
        text.tokens[end + 2].hasDigit && text.tokens[end + 2].count <= 5 || text.tokens[end + 2].count == 1
      {
        end += 2
      } else if next.hasDigit, next.count <= 4, text.isGap(after: end, "/") || text.isGap(after: end, "-") {
        end += 1
      } else if next.kind == .number, next.count <= 4, text.byte(next.end) == 0xc2 || isSecondNumber(end + 1, in: text) {
        end += 1
      } else if Self.sides.contains(next.hash), text.byte(text.tokens[end].end) == 0xc2 || next.count > 3 {
        end += 1
      } else {
        return end
      }
    }
    return end
  }
}
