import Words

/// Detects places given as numbers: coordinates in degrees, decimal or with minutes and seconds,
/// plus codes, and what3words.
struct CoordinateDetector: ProseDetector {
  private static let fewestDecimals = 3

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var end = 0
    for index in text.digits where text.tokens[index].start >= end {
      guard
        let match = decimals(index, in: text) ?? degrees(index, in: text)
          ?? plusCode(index, in: text)
      else { continue }
      found.append(
        ProseSpan(range: match.range, type: .location, confidence: 0.93, reason: match.reason))
      end = match.range.upperBound
    }
    for range in threeWords(in: text) {
      found.append(
        ProseSpan(range: range, type: .location, confidence: 0.9, reason: "the form of what3words"))
    }
  }

  private typealias Match = (range: Range<Int>, reason: String)

  // MARK: decimal degrees

  /// Matches "51.50722, -0.12750", "48.2082° N, 16.3738° E", "lat 51.5 lon -0.12".
  private func decimals(_ index: Int, in text: ScannedText) -> Match? {
    guard let first = decimal(index, in: text) else { return nil }
    guard let next = second(behind: first, in: text), let other = decimal(next, in: text) else {
      return nil
    }
    let isLabelled = isLabel(index, in: text)
    guard
      isLabelled || first.decimals >= Self.fewestDecimals && other.decimals >= Self.fewestDecimals,
      abs(first.value) <= 180,
      abs(other.value) <= 180, min(abs(first.value), abs(other.value)) <= 90
    else { return nil }
    return (
      signed(index, in: text)..<hemisphere(behind: other.last, in: text), "coordinates in degrees"
    )
  }

  /// Reads a number with decimals: its last token, its value and its number of decimals.
  private func decimal(_ index: Int, in text: ScannedText) -> (
    last: Int, value: Double, decimals: Int
  )? {
    guard let whole = text.number(index), text.tokens[index].count <= 3,
      text.isGap(after: index, "."),
      text.tokens.indices.contains(index + 1),
      text.tokens[index + 1].kind == .number, !(index > 0 && text.isGap(after: index - 1, "."))
    else { return nil }
    let digits = text.tokens[index + 1].count
    let fraction = text.bytes[text.tokens[index + 1].range].prefix(6).reduce(0.0) {
      $0 * 10 + Double($1 - 48)
    }
    let value =
      Double(whole) + fraction / Double((0..<min(6, digits)).reduce(1) { power, _ in power * 10 })
    return (index + 1, value, digits)
  }

  /// Returns the token of the second number, after a comma or space, with a sign, a hemisphere
  /// letter or a word such as "lon" between.
  private func second(behind first: (last: Int, value: Double, decimals: Int), in text: ScannedText)
    -> Int?
  {
    var next = first.last + 1
    guard next < text.tokens.count else { return nil }
    if text.tokens[next].kind == .word, text.tokens[next].count <= 9, !text.tokens[next].hasDigit,
      Self.hemispheres.contains(text.tokens[next].hash)
        || Self.labels.contains(text.tokens[next].hash)
    {
      next += 1
      if next < text.tokens.count, Self.labels.contains(text.tokens[next].hash) { next += 1 }
    }
    guard next < text.tokens.count, text.tokens[next].start - text.tokens[first.last].end <= 16,
      text.bytes[text.tokens[first.last].end..<text.tokens[next].start].allSatisfy({
        $0 != 10 && $0 != UInt8(ascii: ".")
      })
    else { return nil }
    return next
  }

  private static let hemispheres = WordSet([
    "n", "s", "e", "w", "o", "north", "south", "east", "west",
  ])
  private static let labels = WordSet([
    "lat", "latitude", "lon", "lng", "long", "longitude", "latitud", "longitud", "breite", "lange",
    "gps", "coordinates", "coords", "ost",
  ])

  private func isLabel(_ index: Int, in text: ScannedText) -> Bool {
    (max(0, index - 2)..<index).contains { Self.labels.contains(text.tokens[$0].hash) }
  }

  private func signed(_ index: Int, in text: ScannedText) -> Int {
    let start = text.tokens[index].start
    let sign = text.byte(start - 1)
    return sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") ? start - 1 : start
  }

  private func hemisphere(behind last: Int, in text: ScannedText) -> Int {
    guard last + 1 < text.tokens.count, text.gap(after: last).count <= 3,
      text.tokens[last + 1].count == 1,
      Self.hemispheres.contains(text.tokens[last + 1].hash), text.tokens[last + 1].shape != .lower
    else { return text.tokens[last].end }
    return text.tokens[last + 1].end
  }

  // MARK: degrees, minutes, seconds

  /// Matches "51°30'26\"N 0°7'39\"W": two angles with at least degrees and minutes, each with a
  /// hemisphere letter.
  private func degrees(_ index: Int, in text: ScannedText) -> Match? {
    guard let first = angle(from: index, in: text), let second = angle(from: first.next, in: text),
      text.tokens[first.next].start - first.end <= 3
    else { return nil }
    return (text.tokens[index].start..<second.end, "coordinates in degrees, minutes and seconds")
  }

  /// Returns the end of an angle and the first token after it.
  private func angle(from index: Int, in text: ScannedText) -> (end: Int, next: Int)? {
    guard text.tokens.indices.contains(index), text.number(index) ?? 999 <= 180,
      isDegree(text.tokens[index].end, in: text)
    else {
      return nil
    }
    var last = index
    var parts = 0
    while parts < 3, last + 1 < text.tokens.count, text.tokens[last + 1].kind == .number,
      text.gap(after: last).count <= 3
    {
      last += 1
      if !text.isGap(after: last, ".") { parts += 1 }
    }
    guard parts > 0 else { return nil }
    let next = last + 1
    guard next < text.tokens.count, text.gap(after: last).count <= 3,
      Self.hemispheres.contains(text.tokens[next].hash),
      text.tokens[next].count == 1
    else { return nil }
    return (text.tokens[next].end, next + 1)
  }

  private func isDegree(_ place: Int, in text: ScannedText) -> Bool {
    text.byte(place) == 0xc2 && text.byte(place + 1) == 0xb0
  }

  // MARK: codes

  private static let plusAlphabet = Set("23456789CFGHJMPQRVWX".utf8)

  /// Matches "9C3XGV4C+XV", "GV4C+XV London" (Open Location Code).
  private func plusCode(_ index: Int, in text: ScannedText) -> Match? {
    let token = text.tokens[index]
    guard [4, 6, 8].contains(token.count), text.isGap(after: index, "+"),
      (2...3).contains(text.tokens[index + 1].count),
      [index, index + 1].allSatisfy({
        text.bytes[text.tokens[$0].range].allSatisfy(Self.plusAlphabet.contains)
      }),
      token.kind == .mixed || text.tokens[index + 1].kind != .number
    else { return nil }
    return (token.start..<text.tokens[index + 1].end, "the form of a plus code")
  }

  /// Matches "///filled.count.soap".
  private func threeWords(in text: ScannedText) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for index in text.tokens.indices.dropLast(2)
    where text.isGap(after: index, ".") && text.isGap(after: index + 1, ".") {
      let start = text.tokens[index].start
      guard start >= 3, (start - 3..<start).allSatisfy({ text.bytes[$0] == UInt8(ascii: "/") }),
        (index...(index + 2)).allSatisfy({ text.tokens[$0].kind == .word })
      else { continue }
      found.append(start..<text.tokens[index + 2].end)
    }
    return found
  }
}
