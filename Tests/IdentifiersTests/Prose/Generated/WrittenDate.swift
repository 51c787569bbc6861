/// A date in the words of a language.
struct WrittenDate {
  let year: Int
  let month: Int
  let day: Int
  let language: String

  /// - Parameter days: since 1970.
  init(days: Int, language: String) {
    // Fliegel and Van Flandern, Comm. ACM 11 (1968), 657.
    var l = days + 2_440_588 + 68_569
    let n = 4 * l / 146_097
    l -= (146_097 * n + 3) / 4
    let i = 4_000 * (l + 1) / 1_461_001
    l += 31 - 1_461 * i / 4
    let j = 80 * l / 2_447
    day = l - 2_447 * j / 80
    month = j + 2 - 12 * (j / 11)
    year = 100 * (n - 49) + i + j / 11
    weekday = (days + 3) % 7
    self.language = language
  }

  /// From Monday.
  private let weekday: Int

  func field(_ name: String) -> String? {
    switch name {
    case "d": String(day)
    case "dd": day < 10 ? "0\(day)" : String(day)
    case "m": String(month)
    case "mm": month < 10 ? "0\(month)" : String(month)
    case "Y": String(year)
    case "y": year % 100 < 10 ? "0\(year % 100)" : String(year % 100)
    case "month": Self.months[language]?[month - 1]
    case "mon": Self.months[language].map { String($0[month - 1].prefix(3)) }
    case "MON": Self.months[language].map { String($0[month - 1].prefix(3)).uppercased() }
    case "wd": Self.weekdays[language]?[weekday]
    case "ord":
      "\(day)"
        + ((11...13).contains(day)
          ? "th" : day % 10 == 1 ? "st" : day % 10 == 2 ? "nd" : day % 10 == 3 ? "rd" : "th")
    default: nil
    }
  }

  private static func words(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init)
  }

  private static let months = [
    "english": words(
      "January February March April May June July August September October November December"),
    "german": words(
      "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    "french": words(
      "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    "spanish": words(
      "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    "italian": words(
      "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
    ),
    "dutch": words(
      "januari februari maart april mei juni juli augustus september oktober november december"),
    "portuguese": words(
      "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
  ]

  private static let weekdays = [
    "english": words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    "german": words("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"),
    "french": words("lundi mardi mercredi jeudi vendredi samedi dimanche"),
    "spanish": words("lunes martes miércoles jueves viernes sábado domingo"),
    "italian": words("lunedì martedì mercoledì giovedì venerdì sabato domenica"),
    "dutch": words("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"),
    "portuguese": words(
      "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo"),
  ]
}
