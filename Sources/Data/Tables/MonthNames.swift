/// The names of months as a pattern writes them.
///
/// A pattern may begin with the language of its months in brackets. Small letters say that the
/// names are in small letters (`[fr]d MMMM yyyy`: 3 mars 2020), a capital that they begin with one
/// (`[De]`: März), capitals that all are (`[EN]ddMMMyyyy`: 03MAR2020). Without brackets they are
/// English and begin with a capital. Cells may have any case.
package struct MonthNames: Sendable, Hashable {
  /// The languages that have names, by their ISO 639 codes.
  package static let languages = ["en", "de", "fr", "es", "it", "nl", "pt"]

  /// The letters of the tag in brackets.
  package let tag: String
  /// Whether the names are cut to three letters or so.
  package let isShort: Bool

  /// Returns nil if the tag names no known language.
  package init?(tag: String, isShort: Bool) {
    guard Self.languages.contains(tag.lowercased()) else { return nil }
    self.tag = tag
    self.isShort = isShort
  }

  /// The names as written, January first.
  package var texts: [String] {
    let names = Self.table[tag.lowercased(), default: []].map { isShort ? $0.short : $0.long }
    if tag == tag.uppercased() { return names.map { $0.uppercased() } }
    if tag == tag.lowercased() { return names }
    return names.map { $0.prefix(1).uppercased() + $0.dropFirst() }
  }

  /// The names in small letters, as given, and in capitals: how cells may have them.
  var spellings: [[[UInt8]]] {
    Self.table[tag.lowercased(), default: []].map { name in
      let text = isShort ? name.short : name.long
      return [text, text.prefix(1).uppercased() + text.dropFirst(), text.uppercased()].map {
        Array($0.utf8)
      }
    }
  }

  private static let table: [String: [(long: String, short: String)]] = [
    "en": names(
      "january february march april may june july august september october november december",
      "jan feb mar apr may jun jul aug sep oct nov dec"),
    "de": names(
      "januar februar märz april mai juni juli august september oktober november dezember",
      "jan feb mär apr mai jun jul aug sep okt nov dez"),
    "fr": names(
      "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
      "janv févr mars avr mai juin juil août sept oct nov déc"),
    "es": names(
      "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
      "ene feb mar abr may jun jul ago sep oct nov dic"),
    "it": names(
      "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
      "gen feb mar apr mag giu lug ago set ott nov dic"),
    "nl": names(
      "januari februari maart april mei juni juli augustus september oktober november december",
      "jan feb mrt apr mei jun jul aug sep okt nov dec"),
    "pt": names(
      "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
      "jan fev mar abr mai jun jul ago set out nov dez"),
  ]

  private static func names(_ long: String, _ short: String) -> [(long: String, short: String)] {
    zip(long.split(separator: " "), short.split(separator: " ")).map { (String($0), String($1)) }
  }
}

/// Compiled names of months.
struct MonthTexts: Sendable, Equatable {
  let names: MonthNames
  /// The names as written.
  let written: [[UInt8]]
  private let spellings: [[[UInt8]]]

  init(_ names: MonthNames) {
    self.names = names
    written = names.texts.map { Array($0.utf8) }
    spellings = names.spellings
  }

  /// Returns the month whose name begins at `start`, the longest if several do, and the name's
  /// length.
  func month(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> (month: Int, length: Int)? {
    var best: (month: Int, length: Int)?
    for (place, spellings) in spellings.enumerated() {
      for name in spellings where name.count > best?.length ?? 0 && start + name.count <= text.count
      {
        if name.indices.allSatisfy({ text[start + $0] == name[$0] }) {
          best = (place + 1, name.count)
        }
      }
    }
    return best
  }
}
