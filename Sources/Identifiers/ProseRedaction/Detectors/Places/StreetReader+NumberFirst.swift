import Words

/// Reads addresses whose house precedes the street: "1420 N. Oak Ridge Ave.", "8/176 Wattle
/// Street".
extension StreetReader {
  private static let sureEnds = WordSet([
    "street", "avenue", "road", "boulevard", "lane", "drive", "st", "ave", "rd", "blvd", "ln",
    "highway", "parkway", "court",
  ])

  func numberFirst(_ index: Int) -> Int? {
    let token = text.tokens[index]
    guard token.count <= 6, (48...57).contains(text.bytes[token.start]),
      !text.isGap(after: index - 1, "/"),
      !text.isGap(after: index - 1, "."), !text.isGap(after: index - 1, ":")
    else { return nil }
    if index > 1, text.isGap(after: index - 1, ", "),
      Self.units.contains(text.tokens[index - 2].hash) == false,
      text.tokens[index - 1].hasDigit, text.tokens[max(0, index - 2)].flags.contains(.month)
    {
      return nil
    }
    // "12-B Mango Street", "8/176 Wattle Street", "12-14 High Street"
    var first = index
    if text.isGap(after: index, "-") || text.isGap(after: index, "/"),
      index + 1 < text.tokens.count,
      text.tokens[index + 1].count == 1
        || text.tokens[index + 1].kind == .number && text.tokens[index + 1].count <= 4
          && token.count <= 4
    {
      first = index + 1
    }
    return named(from: first) ?? placed(from: first)
  }

  /// Matches up to five words, the last of which is a street word.
  private func named(from index: Int) -> Int? {
    var best: Int?
    var end = index + 1
    while end < text.tokens.count, end <= index + 5, isJoined(end - 1, from: index) {
      let word = text.tokens[end]
      let isSmall = word.shape == .lower && !word.hasDigit
      if end > index + 1 || text.tokens[index].hasDigit && isThe(end - 1),
        word.flags.contains(.streetEnd)
      {
        let isSure = Self.sureEnds.contains(word.hash) && end <= index + 3
        let isCapitals = ((index + 1)...end).allSatisfy {
          text.tokens[$0].shape != .lower || text.tokens[$0].hasDigit
        }
        if isCapitals || isSure { best = end }
      }
      // "The Esplanade", "The Quays": an article and a street word.
      if end == index + 1, isThe(end), end + 1 < text.tokens.count,
        text.tokens[end + 1].flags.contains(.streetEnd), isCapital(end + 1)
      {
        best = end + 1
      }
      if isSmall,
        !word.flags.isDisjoint(with: [
          .unit, .verb, .ageWord, .placePreposition, .dateCue, .filler, .particle, .month,
          .neverName,
        ])
      {
        break
      }
      if !isSmall,
        word.flags.contains(.month) && !isCapital(end + 1)
          || word.flags.contains(.title) && !word.flags.contains(.streetEnd)
      {
        break
      }
      end += 1
    }
    guard let best else { return nil }
    // "County Road 12", "State Route 44": the road's own number.
    if best + 1 < text.tokens.count, text.tokens[best + 1].kind == .number,
      text.tokens[best + 1].count <= 3, text.isGap(after: best, " "),
      Self.numbered.contains(text.tokens[best].hash)
    {
      return unitEnd(after: best + 1)
    }
    return unitEnd(after: compass(behind: best))
  }

  private static let numbered = WordSet(["road", "route", "highway", "hwy", "rd", "county"])
  private static let points = WordSet([
    "n", "s", "e", "w", "ne", "nw", "se", "sw", "north", "south", "east", "west",
  ])

  /// Returns the end, including a compass point: "Spruce Ave NW", "King St W".
  private func compass(behind end: Int) -> Int {
    guard end + 1 < text.tokens.count, text.isGap(after: end, " "),
      Self.points.contains(text.tokens[end + 1].hash),
      text.tokens[end + 1].shape != .lower
    else { return end }
    return end + 1
  }

  private func isThe(_ index: Int) -> Bool {
    text.tokens.indices.contains(index) && text.tokens[index].hash == WordHash.of("the".utf8)
  }

  /// Whether a street continues after a token: a space, a comma after the number, or a full stop
  /// after a short word.
  private func isJoined(_ index: Int, from number: Int) -> Bool {
    if text.isSpace(after: index) { return true }
    if index == number { return text.isGap(after: index, ", ") }
    return text.tokens[index].count <= 3
      && (text.isGap(after: index, ". ")
        || text.tokens[index].count == 1 && text.isGap(after: index, "."))
  }

  /// Matches capitalised words that are not a known street, before a flat, or before a place and
  /// its postal code.
  private func placed(from index: Int) -> Int? {
    var last = index
    while last < index + 4, isCapital(last + 1), text.isSpace(after: last),
      !text.tokens[last + 1].flags.contains(.month)
    {
      if Self.units.contains(text.tokens[last + 1].hash), last > index { break }
      last += 1
    }
    guard last > index, text.tokens[index].kind == .number else { return nil }
    let end = unitEnd(after: last)
    if end > last, Self.units.contains(text.tokens[last + 1].hash) { return end }
    guard text.isGap(after: last, ", ") || text.isGap(after: last, "\n") else { return nil }
    // A place of up to three words, then the letters of a state or a postal code.
    var place = last + 1
    while place < last + 4, isCapital(place),
      text.isSpace(after: place) || text.isGap(after: place, ", ")
    { place += 1 }
    guard place > last + 1, place < text.tokens.count else { return nil }
    let code = text.tokens[place]
    let isState =
      text.tokens[place - 1].flags.contains(.stateCode) && text.tokens[place - 1].shape == .upper
    if isState, code.kind == .number, code.count == 5 { return last }
    return PostalCodeReader(text: text).formed(place) != nil ? last : nil
  }
}
