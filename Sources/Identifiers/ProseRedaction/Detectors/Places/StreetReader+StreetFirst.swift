import Words

/// Reads addresses whose street precedes the house: "Calle Mayor 12", "rue de la Paix",
/// "Lindenallee 12", "Nieuwe Markt 26".
extension StreetReader {
  private static let sureStarts = WordSet([
    "calle", "avenida", "avda", "paseo", "carretera", "rue", "viale", "piazza", "plaza",
    "boulevard", "chemin", "ul", "ulica", "rua",
    "travessa",
    "vicolo", "lungomare", "impasse",
  ])
  private static let sn = WordHash.of("s".utf8)

  /// Matches an address that begins with a street word.
  func streetFirst(_ index: Int) -> Int? {
    let token = text.tokens[index]
    guard text.gap(after: index).count <= 4, index + 1 < text.tokens.count, opens(index) else {
      return nil
    }
    let isSure = Self.sureStarts.contains(token.hash)
    guard let (last, words) = streetEnd(from: index, isSure: isSure) else { return grid(index) }
    if let number = number(after: last) { return unitEnd(after: behindRoad(number, last)) }
    // "Plaza de Cruces s/n"
    if last + 2 < text.tokens.count, text.tokens[last + 1].hash == Self.sn,
      text.isGap(after: last + 1, "/"),
      text.tokens[last + 2].count == 1
    {
      return last + 2
    }
    return (isSure || start(index) < index) && words > 0 ? last : nil
  }

  private static let roads = WordSet(
    "nacional nationale provinciale statale municipal comunale departementale")

  /// Returns the house after the number of a road: "Estrada Nacional 10, 172".
  private func behindRoad(_ number: Int, _ last: Int) -> Int {
    guard Self.roads.contains(text.tokens[last].hash), text.isGap(after: number, ", "),
      number + 1 < text.tokens.count
    else {
      return number
    }
    let house = text.tokens[number + 1].flags.contains(.filler) ? number + 2 : number + 1
    guard house < text.tokens.count, text.tokens[house].kind == .number,
      text.tokens[house].count <= 4
    else { return number }
    return house
  }

  /// Returns the last word of a street's name, and the number of its capitalised words.
  private func streetEnd(from index: Int, isSure: Bool) -> (last: Int, words: Int)? {
    var last = index
    var (words, small) = (0, 0)
    while last + 1 < text.tokens.count, last < index + 8 {
      if let date = dateEnd(behind: last) {
        last = date
        words += 1
        continue
      }
      guard text.tokens[last + 1].kind == .word,
        last == index || adjoins(last) || text.isGap(after: last, "-")
          || text.isGap(after: last, "'") || text.isGap(after: last, ".")
      else { break }
      let next = text.tokens[last + 1]
      if next.flags.contains(.filler), next.count <= 3, last + 2 < text.tokens.count,
        text.tokens[last + 2].hasDigit, words > 0
      {
        break
      }
      if last > index, text.isGap(after: last, ". "), text.tokens[last].count > 4 { break }
      if next.shape == .lower, !next.flags.contains(.particle) {
        // "calle real 5": a lower-case word counts only if a number follows.
        guard small == 0, words == 0, isSure, last + 2 < text.tokens.count,
          text.tokens[last + 2].hasDigit
        else { break }
        small += 1
      }
      if next.shape != .lower { words += 1 }
      last += 1
    }
    return words + small > 0 ? (last, words) : nil
  }

  /// Matches a day that streets are named after: "rue du 8 Mai 1945", "Rua 5 de Outubro".
  private func dateEnd(behind last: Int) -> Int? {
    guard last + 2 < text.tokens.count, text.tokens[last + 1].kind == .number,
      text.tokens[last + 1].count <= 2,
      text.isGap(after: last, " ")
    else { return nil }
    let month =
      text.tokens[last + 2].flags.contains(.particle) && text.tokens[last + 2].shape == .lower
      ? last + 3 : last + 2
    guard month < text.tokens.count, text.tokens[month].flags.contains(.month),
      text.tokens[month].shape != .lower || month > last + 2,
      text.isGap(after: month - 1, " ")
    else { return nil }
    let isYear =
      text.number(month + 1).map { (1700...2100).contains($0) } == true
      && text.isGap(after: month, " ")
    return isYear ? month + 1 : month
  }

  /// Matches a street and a house given only by numbers, as in "Carrera 7 No. 45-10".
  private func grid(_ index: Int) -> Int? {
    guard index + 3 < text.tokens.count, text.tokens[index + 1].hasDigit,
      text.tokens[index + 1].count <= 4, text.isSpace(after: index)
    else { return nil }
    let house = text.tokens[index + 2].flags.contains(.filler) ? index + 3 : index + 2
    guard text.gapContains(after: index + 1, "#") || house == index + 3,
      text.tokens[house].hasDigit, text.gap(after: house - 1).count <= 3
    else { return nil }
    return unitEnd(after: house)
  }

  /// Whether a word, with the text after it, opens a street: "C/" and "C." but not the letter
  /// alone.
  private func opens(_ index: Int) -> Bool {
    let token = text.tokens[index]
    guard token.count <= 2 else {
      return !text.isBreak(after: index) || token.count <= 4 && text.isGap(after: index, ". ")
    }
    let next = text.byte(token.end)
    if token.count == 1 {
      let isSpanish = token.languages & (Language.spanish.bit | Language.portuguese.bit) != 0
      return next == UInt8(ascii: "/") && text.byte(token.end - 2) <= 64
        || next == 0xc2 && isSpanish
        || next == UInt8(ascii: ".") && token.shape != .lower && isSpanish && isCapital(index + 1)
          && text.tokens[index + 1].count > 2
          && text.byte(token.start - 1) <= 64
    }
    return next == UInt8(ascii: ".") || next == UInt8(ascii: "/") || token.shape != .lower
  }

  private func number(after last: Int) -> Int? {
    var number = last + 1
    for _ in 0..<2
    where number + 1 < text.tokens.count && text.tokens[number].count <= 6
      && text.tokens[number].flags.contains(.filler)
    {
      number += 1
    }
    guard number < text.tokens.count, text.tokens[number].hasDigit,
      (48...57).contains(text.bytes[text.tokens[number].start]),
      text.tokens[number].count <= 4, text.gap(after: number - 1).count <= 4,
      !text.isLineBreak(after: number - 1)
    else { return nil }
    let joins = (last..<number).allSatisfy { place in
      text.gap(after: place).allSatisfy {
        " ,.#".utf8.contains(text.bytes[$0]) || text.bytes[$0] == 0xc2 || text.bytes[$0] == 0xba
          || text.bytes[$0] == 0xb0
      }
    }
    return joins && !(text.isBreak(after: last) && text.tokens[last].count > 4) ? number : nil
  }

  // MARK: house last

  /// Matches "Lindenallee 12", "Karl-Marx-Straße 3a", "Prins Hendriklaan 124-2", "Zum Alten Bahnhof
  /// 59", "Lange Reihe 8, 50667 Köln".
  func houseLast(_ index: Int) -> Int? {
    guard isCapital(index),
      index == 0 || !isCapital(index - 1) || !text.isGap(after: index - 1, " ")
        || opensStreet(index)
    else {
      return nil
    }
    var last = index
    var isStreet = false
    while last < index + 5 {
      let token = text.tokens[last]
      isStreet = StreetWords.isStreet(text.bytes[token.range]) && (token.count > 6 || last > index)
      let isPoint = text.isGap(after: last, ". ") && token.count <= 14
      if last + 1 < text.tokens.count, text.tokens[last + 1].hasDigit,
        text.isGap(after: last, " ") || isPoint
      {
        break
      }
      guard last + 1 < text.tokens.count,
        text.isGap(after: last, " ") || text.isGap(after: last, "-")
      else { return nil }
      let next = text.tokens[last + 1]
      guard next.kind == .word,
        next.shape != .lower && next.flags.isDisjoint(with: [.month, .weekday]) || isArticle(next)
      else {
        return nil
      }
      last += 1
    }
    let house = last + 1
    guard house < text.tokens.count, isHouse(house),
      text.tokens[last].flags.isDisjoint(with: [.month, .weekday, .unit])
    else { return nil }
    let hasPreposition = isPreposition(index) && last > index
    let isPlaced = isBeforeCode(unitEnd(after: house))
    guard
      isStreet || hasPreposition && isClosed(house) || isPlaced && last <= index + 3
        || last > index && isCued(index) && isClosed(house)
    else { return nil }
    return unitEnd(after: house)
  }

  /// Whether a street can begin with a word after a capitalised one: at a preposition of streets.
  private func opensStreet(_ index: Int) -> Bool { isPreposition(index) }

  private static let articles = WordSet([
    "der", "den", "dem", "die", "de", "het", "van", "den", "du", "av", "och", "an", "zu",
  ])
  private static let prepositions = WordSet([
    "am", "an", "im", "in", "auf", "hinter", "unter", "vor", "zum", "zur", "bei", "beim", "lange",
    "alte", "neue", "obere", "untere",
    "aan", "op", "achter",
  ])
  private static let cues = WordSet([
    "wohnhaft", "wonende", "anschrift", "adresse", "wohnt", "woont", "demeurant", "residente",
    "address", "at", "lieferung",
  ])

  private func isArticle(_ token: Token) -> Bool {
    token.shape == .lower && Self.articles.contains(token.hash)
  }

  private func isPreposition(_ index: Int) -> Bool {
    text.tokens[index].shape == .capitalised && Self.prepositions.contains(text.tokens[index].hash)
  }

  private func isHouse(_ index: Int) -> Bool {
    let token = text.tokens[index]
    guard token.count <= 5, (48...57).contains(text.bytes[token.start]) else { return false }
    let digits = text.bytes[token.range].prefix { (48...57).contains($0) }
    guard digits.count <= 4, token.count - digits.count <= 1,
      text.byte(token.end) != UInt8(ascii: "%")
    else { return false }
    if text.byte(token.end) == UInt8(ascii: ":") || text.isGap(after: index, "."),
      (48...57).contains(text.byte(token.end + 1))
    {
      return false
    }
    return index + 1 >= text.tokens.count || text.isBreak(after: index)
      || text.tokens[index + 1].flags.isDisjoint(with: [.unit, .month, .ageWord])
  }

  /// Whether an address can end after a house: at a comma, a line break, a parenthesis, or before
  /// small words.
  private func isClosed(_ index: Int) -> Bool {
    guard index + 1 < text.tokens.count else { return true }
    if !text.isSpace(after: index) { return true }
    let next = text.tokens[index + 1]
    return next.kind == .word && next.flags.isDisjoint(with: [.unit, .ageWord]) && index > 2
      && !text.isBreak(after: index - 3)
  }

  private func isBeforeCode(_ index: Int) -> Bool {
    let reader = PostalCodeReader(text: text)
    guard index + 1 < text.tokens.count,
      text.isGap(after: index, ", ") || text.isGap(after: index, "\n")
        || text.gapContains(after: index, "|")
    else { return false }
    if let code = reader.formed(index + 1) { return isCapital(code.last + 1) }
    guard let last = reader.digits(index + 1), isCapital(last + 1), text.isSpace(after: last) else {
      return false
    }
    return text.tokens[last + 1].flags.isDisjoint(with: [.neverName, .month])
  }

  private func isCued(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    if Self.cues.contains(text.tokens[index - 1].hash) { return true }
    return index > 1 && Self.cues.contains(text.tokens[index - 2].hash)
      && text.tokens[index - 1].shape == .lower
  }

  // MARK: no house

  private static let fullEnds = WordSet([
    "street", "road", "avenue", "lane", "boulevard", "crescent", "terrace", "highway",
  ])
  private static let places = WordSet([
    "in", "on", "at", "near", "off", "along", "of", "from", "to", "behind", "opposite",
  ])

  /// Matches "on Station Road", "near Old Mill Lane"; "Kerkstraat" and "Goethestraße" after such a
  /// word.
  func withoutHouse(_ index: Int) -> Int? {
    guard index > 0,
      Self.places.contains(text.tokens[index - 1].hash)
        || text.tokens[index - 1].flags.contains(.placePreposition),
      text.isSpace(after: index - 1), text.tokens[index].shape == .capitalised
    else { return nil }
    if StreetWords.isSurelyStreet(text.bytes[text.tokens[index].range]),
      text.tokens[index].count > 6
    {
      return index
    }
    var last = index
    while last < index + 3, last + 1 < text.tokens.count, text.isGap(after: last, " "),
      text.tokens[last + 1].shape == .capitalised
    {
      last += 1
      if Self.fullEnds.contains(text.tokens[last].hash) { return last }
    }
    return nil
  }
}
