import Words

/// Detects street addresses of twelve countries and more: "1420 N. Oak Ridge Ave., Apt 4B", "Calle
/// Mayor 12, 3º B", "12 bis, rue de la Paix", "Lindenallee 12", "Prins Hendriklaan 4-2", "ul. Długa
/// 12/4", "P.O. Box 9"; and streets without a house after a word of place.
struct StreetDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    let reader = StreetReader(text: text)
    var index = 0
    while index < text.tokens.count {
      let token = text.tokens[index]
      let end: Int?
      if token.hasDigit {
        end = reader.numberFirst(index)
      } else if token.flags.contains(.streetStart) {
        end = reader.streetFirst(index) ?? reader.houseLast(index) ?? reader.box(index)
      } else if token.shape != .lower {
        end =
          reader.houseLast(index) ?? (token.count <= 2 ? reader.box(index) : nil)
          ?? reader.withoutHouse(index)
      } else {
        end = token.count <= 2 ? reader.box(index) : nil
      }
      guard let end else {
        index += 1
        continue
      }
      let first = reader.start(index)
      found.append(
        ProseSpan(
          range: text.tokens[first].start..<reader.endByte(end), type: .address, confidence: 0.9,
          reason: "a street and its number"))
      index = end + 1
    }
  }
}

/// Reads streets and houses, starting at a token.
struct StreetReader {
  let text: ScannedText

  static let units = WordSet([
    "apt", "apartment", "suite", "ste", "unit", "floor", "flat", "piso", "bldg", "room", "puerta",
    "portal", "local", "esc", "escalera",
    "bajo", "interior", "int", "depto", "departamento", "apto", "studio", "appartamento", "piano",
    "lot", "edificio", "planta", "scala",
    "appt", "etage", "bat", "batiment", "whg", "wohnung", "stock", "og", "eg", "huis", "bus", "lok",
    "bloco", "andar", "sala", "fl",
    "shop",
    "no", "plot", "house", "block", "level",
  ])
  private static let sides = WordSet([
    "izda", "izq", "izquierda", "dcha", "drcha", "derecha", "centro", "bajo", "esq", "dto", "dir",
    "frente", "fte", "a", "b", "c", "d",
    "e",
  ])
  private static let repeats = WordSet(["bis", "ter", "quater"])

  func isCapital(_ index: Int) -> Bool {
    text.tokens.indices.contains(index) && text.tokens[index].kind == .word
      && text.tokens[index].shape != .lower
  }

  func adjoins(_ index: Int) -> Bool {
    text.isSpace(after: index) || text.isGap(after: index, ". ")
  }

  /// Returns the end of the last token, including ordinal signs, as in "3º".
  func endByte(_ last: Int) -> Int {
    let end = text.tokens[last].end
    return text.byte(end) == 0xc2 && (text.byte(end + 1) == 0xba || text.byte(end + 1) == 0xaa)
      ? end + 2 : end
  }

  /// Returns the start, including "Flat 3, " or, in a French address, the number before the street.
  func start(_ index: Int) -> Int {
    var first = index
    if text.tokens[index].flags.contains(.streetStart) {
      first = frenchNumber(before: index) ?? index
    }
    if first >= 1, Self.units.contains(text.tokens[first - 1].hash),
      text.isSpace(after: first - 1) || text.isGap(after: first - 1, ". ")
    {
      return first - 1
    }
    guard first >= 2, text.tokens[first - 1].count <= 4, text.isGap(after: first - 1, ", "),
      Self.units.contains(text.tokens[first - 2].hash), text.isSpace(after: first - 2)
    else { return first }
    return first - 2
  }

  /// Returns the number before a street word: "12, rue de la Paix", "12 bis rue de la Paix".
  private func frenchNumber(before index: Int) -> Int? {
    guard index >= 1, text.tokens[index].flags.isDisjoint(with: [.verb]) else { return nil }
    var number = index - 1
    if Self.repeats.contains(text.tokens[number].hash), number >= 1,
      text.isGap(after: number - 1, " ")
    {
      number -= 1
    }
    guard text.tokens[number].hasDigit,
      text.tokens[number].count <= (text.isGap(after: number, ", ") || number < index - 1 ? 4 : 3),
      text.isGap(after: number, ", ") || text.isGap(after: number, " ")
    else { return nil }
    return number
  }

  // MARK: after the house

  /// Whether a second number of three digits follows the first, before a comma, as in Mexico.
  private func isSecondNumber(_ index: Int) -> Bool {
    text.isGap(after: index - 1, " ") && text.tokens[index].count == 3
      && text.tokens[index - 1].kind == .number
      && text.isGap(after: index, ", ")
  }

  /// Returns the end of an address, including its flat, floor, suite or second number.
  func unitEnd(after end: Int) -> Int {
    var end = end
    for _ in 0..<4 {
      guard let next = unit(after: end) else { return end }
      end = next
    }
    return end
  }

  private func unit(after end: Int) -> Int? {
    guard end + 1 < text.tokens.count, text.gap(after: end).count <= 4,
      !text.isLineBreak(after: end)
    else { return nil }
    let next = text.tokens[end + 1]
    if Self.units.contains(next.hash), end + 2 < text.tokens.count,
      text.gap(after: end + 1).count <= 3, !text.isLineBreak(after: end + 1),
      text.tokens[end + 2].hasDigit && text.tokens[end + 2].count <= 5
        || text.tokens[end + 2].count == 1
    {
      return end + 2
    }
    let isDivided = text.isGap(after: end, "/") || text.isGap(after: end, "-")
    if isDivided, next.hasDigit && next.count <= 4 || next.count == 1 && text.tokens[end].hasDigit {
      return end + 1
    }
    if next.count == 1, next.kind == .word, text.isGap(after: end, " "),
      text.tokens[end].kind == .number, text.tokens[end].count <= 4,
      end + 2 >= text.tokens.count || !text.isSpace(after: end + 1),
      next.shape != .lower || text.gapContains(after: end + 1, ",")
    {
      return end + 1
    }
    let isOrdinal =
      text.byte(next.end) == 0xc2
      || text.byte(next.end) == UInt8(ascii: ".") && text.byte(next.end + 1) == 0xc2
    if next.kind == .number, next.count <= 4, isOrdinal || isSecondNumber(end + 1) {
      return end + 1
    }
    let isBehindOrdinal =
      text.byte(text.tokens[end].end) == 0xc2 || text.byte(text.tokens[end].end + 1) == 0xc2
    if Self.sides.contains(next.hash), isBehindOrdinal || next.count > 3 { return end + 1 }
    return nil
  }

  /// Matches "P.O. Box 9", "Postfach 1020", "Apartado de Correos 12", "BP 44".
  func box(_ index: Int) -> Int? {
    guard (text.bytes[text.tokens[index].start] | 0x20) == UInt8(ascii: "p") else { return nil }
    let box = text.tokens[index].count == 1 ? index + 2 : index + 1
    guard box + 1 < text.tokens.count, text.tokens[box].hash == WordHash.of("box".utf8),
      text.tokens[box + 1].hasDigit
    else { return nil }
    return box + 1
  }
}

/// Words that end streets written as one word: "Goethestraße", "Kerkstraat", "Storgatan".
enum StreetWords {
  private static let ends = [
    "straße", "strasse", "weg", "allee", "gasse", "platz", "str", "ring", "damm", "ufer", "steig",
    "chaussee", "stieg", "pfad", "wall",
    "markt",
    "straat", "laan", "plein", "gracht", "kade", "dijk", "singel", "steeg", "dreef", "plantsoen",
    "pad", "hof", "baan", "lei", "gatan",
    "gata",
    "vägen", "vagen", "stigen", "torget", "gränd", "allén", "backen", "vej", "gade", "veien", "vei",
    "gaten", "katu", "tie", "kuja", "utca",
  ]
  .map { Array($0.utf8) }

  /// Endings that mean a street only at the end of a longer word, and never end names or towns.
  private static let sure = Set(
    [
      "straße", "strasse", "gasse", "allee", "str", "chaussee", "straat", "laan", "plein", "gracht",
      "kade", "dreef", "plantsoen", "steeg",
      "gatan", "vägen", "vej", "gade",
    ]
    .map { Array($0.utf8) })

  /// Whether a word ends like a street.
  static func isStreet(_ word: UnsafeRawBufferPointer.SubSequence) -> Bool { end(of: word) != nil }

  /// Whether a word ends like a street and like nothing else.
  static func isSurelyStreet(_ word: UnsafeRawBufferPointer.SubSequence) -> Bool {
    end(of: word).map(sure.contains) ?? false
  }

  private static func end(of word: UnsafeRawBufferPointer.SubSequence) -> [UInt8]? {
    guard let last = word.last, word.count >= 3 else { return nil }
    let small = last < 0x80 ? last | 0x20 : last
    return ends.first { end in
      end.last == small && word.count >= end.count
        && zip(word.suffix(end.count), end).allSatisfy { ($0 < 0x80 ? $0 | 0x20 : $0) == $1 }
    }
  }
}
