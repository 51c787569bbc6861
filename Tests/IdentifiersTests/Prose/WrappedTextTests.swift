import ProseRedaction
import Testing

/// Letters are wrapped at some width, within names and dates too. If an identifier is found in a
/// text, it must be found however the text is wrapped; lists and forms must read as they did.
@Suite struct WrappedTextTests {
  private static let letters: [(text: String, secrets: [String])] = [
    (
      "Mr. John Quibbleton (DOB 03/04/1957) of 12 Elm Street, Springfield, IL 62704, was seen by Dr. Mary Patel on March 3rd, 2021 "
        + "after Mrs. Anna Jones had called 555-867-5309 and sent a letter.",
      ["John", "Quibbleton", "1957", "Elm", "62704", "Patel", "3rd", "2021", "Jones", "867"]
    ),
    (
      "Herr Jürgen Müßigmann, geboren am 12. März 1961, wohnhaft in der Lindenallee 14a in 80331 München, wurde von Frau Dr. med. Karin "
        + "Schäuble am 3. April 2021 wegen Beschwerden aufgenommen.",
      ["Jürgen", "Müßigmann", "1961", "Lindenallee", "Schäuble", "2021"]
    ),
    (
      "Mme Éloïse Dubrovnique, née le 2 février 1975, demeurant 15 rue de la République à 69002 Lyon, a été vue par le Dr Jean Lefèvre "
        + "le 4 mai 2021 pour une consultation.",
      ["Éloïse", "Dubrovnique", "février", "1975", "République", "69002", "Lefèvre", "mai 2021"]
    ),
  ]

  private func redacted(_ text: String) throws -> String {
    let bytes = Array(text.utf8)
    var (rest, place) = ([UInt8](), 0)
    for span in try ProseScanner().spans(in: bytes) {
      rest += bytes[place..<span.range.lowerBound] + Array("#".utf8)
      place = span.range.upperBound
    }
    return String(decoding: rest + bytes[place...], as: UTF8.self)
  }

  private func wrapped(_ text: String, at width: Int, _ end: String) -> String {
    var lines: [String] = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.utf8.count + 1 + word.utf8.count <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: end)
  }

  @Test(arguments: letters.indices, ["\n", "\r\n", " \n  "]) func nothingIsLostAtLineEnds(
    _ letter: Int, _ end: String
  ) throws {
    let (text, secrets) = Self.letters[letter]
    let whole = try redacted(text)
    #expect(secrets.allSatisfy { !whole.contains($0) }, "\(whole)")
    for width in 36..<90 {
      let found = try redacted(wrapped(text, at: width, end))
      #expect(secrets.allSatisfy { !found.contains($0) }, "at \(width): \(found)")
    }
  }

  /// Nothing runs on from one line of a form or a list to the next.
  @Test(arguments: [
    ("Patient: Mary Keller\nSmoker: no\n", "Patient: #\nSmoker: no\n"),
    (
      "Seen by Dr. Patel\n\nElm tablets, twice a day\n",
      "Seen by Dr. #\n\nElm tablets, twice a day\n"
    ),
    (
      "1. Mary Keller\n2. Aspirin 100 mg\n3. Brown bread\n",
      "1. #\n2. Aspirin 100 mg\n3. Brown bread\n"
    ),
    ("Mary Keller\t12\nBrown bread\t3\n", "#\t12\nBrown bread\t3\n"),
  ]) func formsAndListsAreReadLineByLine(_ text: String, _ expected: String) throws {
    #expect(try redacted(text) == expected)
  }
}
