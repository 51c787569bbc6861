/// Numbers with correct check digits.
enum CheckedValues {
  /// Follows a pattern, or the check of Spain's DNI or France's NIR.
  static func national(_ pattern: String, _ random: inout FormRandom) -> String {
    switch pattern {
    case "dni":
      let number = random.below(90_000_000) + 10_000_000
      return "\(number)" + String(Array("TRWAGMYFPDXBNJZSQVHLCKE")[number % 23])
    case "nir":
      let body =
        "\(random.below(2) + 1)" + random.text(like: "%#") + padded(random.below(12) + 1)
        + padded(random.below(94) + 1)
        + random.text(like: "######")
      let key = padded(97 - body.reduce(0) { ($0 * 10 + ($1.wholeNumberValue ?? 0)) % 97 })
      let groups = [1, 2, 2, 2, 3, 3].reduce(into: (text: "", rest: Substring(body))) {
        state, length in
        state.text += state.rest.prefix(length) + " "
        state.rest = state.rest.dropFirst(length)
      }
      return groups.text + key
    default: return random.text(like: pattern)
    }
  }

  /// An ISO 13616 account number, in groups of four.
  static func account(of country: String, _ random: inout FormRandom) -> String {
    let patterns = [
      "DE": "##################", "FR": "#######################", "ES": "####################",
      "IT": "?######################",
      "NL": "????##########", "PT": "#####################", "GB": "????##############",
      "IE": "????##############",
      "PL": "########################", "SE": "####################",
    ]
    let home = patterns[country] == nil ? "DE" : country
    let body = random.text(like: patterns[home] ?? "")
    var remainder = 0
    for sign in body + home + "00" {
      let value = sign.wholeNumberValue ?? Int(sign.asciiValue ?? 65) - 55
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
    }
    let whole = home + padded(98 - remainder) + body
    return stride(from: 0, to: whole.count, by: 4).map { String(whole.dropFirst($0).prefix(4)) }
      .joined(separator: " ")
  }

  /// A number that passes the Luhn formula.
  static func card(_ random: inout FormRandom) -> String {
    let body = "4" + random.text(like: "##############")
    let sum = body.reversed().enumerated().reduce(0) { sum, digit in
      let value = (digit.element.wholeNumberValue ?? 0) * (digit.offset % 2 == 0 ? 2 : 1)
      return sum + value / 10 + value % 10
    }
    let whole = body + "\((10 - sum % 10) % 10)"
    return stride(from: 0, to: 16, by: 4).map { String(whole.dropFirst($0).prefix(4)) }.joined(
      separator: " ")
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
