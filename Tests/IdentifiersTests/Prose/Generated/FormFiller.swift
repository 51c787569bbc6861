import Foundation

/// Fills a form: `$1g` is the given name of the first person, `$2dd` a day of the second date,
/// `$street` a house in a street, `<a~b>` one of several words, and `[[TOWN]]` a postal code and a
/// place as the country writes them. A first line `@ 1f 2m US` gives the sex of each person and the
/// country.
struct FormFiller {
  private let language: String
  private let pools: ValuePools
  private var random: FormRandom
  private let firstDay: Int
  private var country = "US"
  private var women: [Int: Bool] = [:]
  private var persons: [Int: FormPerson] = [:]
  private var dates: [Int: WrittenDate] = [:]
  private var places: [Int: String] = [:]

  private static let homes = [
    "german": "DE", "french": "FR", "spanish": "ES", "italian": "IT", "dutch": "NL",
    "portuguese": "PT",
  ]

  init(language: String, pools: ValuePools, seed: UInt64) {
    self.language = language
    self.pools = pools
    random = FormRandom(seed: seed)
    firstDay = 17_000 + random.below(3_000)
  }

  mutating func filled(_ form: String) -> String {
    var lines = form.components(separatedBy: "\n")
    country = Self.homes[language] ?? ValuePools.countries[random.below(ValuePools.countries.count)]
    if lines[0].hasPrefix("@ ") {
      for word in lines.removeFirst().dropFirst(2).split(separator: " ") {
        if let number = word.first?.wholeNumberValue {
          women[number] = word.last == "f"
        } else {
          country = String(word)
        }
      }
    }
    var text = lines.joined(separator: "\n")
    text = replaced(text, /<([^<>\n]*~[^<>\n]*)>/) { filler, match in
      filler.random.pick(match.output.1.components(separatedBy: "~"))
    }
    text = replaced(text, /\[\[TOWN\]\]/) { filler, _ in filler.town() }
    return replaced(text, /\$([0-9]?)([A-Za-z]+)(\(([^)]*)\))?/) { filler, match in
      let number = Int(match.output.1) ?? 1
      if match.output.2 == "n", let pattern = match.output.4 {
        return filler.random.text(like: String(pattern))
      }
      let word = String(match.output.2)
      for length in stride(from: word.count, to: 0, by: -1) {
        guard let value = filler.value(String(word.prefix(length)), number) else { continue }
        return value + word.dropFirst(length) + (match.output.3 ?? "")
      }
      preconditionFailure("a form asks for \(word)")
    }
  }

  private mutating func replaced<Output>(
    _ text: String, _ pattern: Regex<Output>,
    _ value: (inout FormFiller, Regex<Output>.Match) -> String
  ) -> String {
    var (result, rest) = ("", Substring(text))
    while let match = rest.firstMatch(of: pattern) {
      result += rest[..<match.range.lowerBound]
      result += value(&self, match)
      rest = rest[match.range.upperBound...]
    }
    return result + rest
  }

  private mutating func value(_ field: String, _ number: Int) -> String? {
    if FormPerson.fields.contains(field) { return person(number).field(field) }
    if let date = date(number).field(field) { return date }
    let numbers = CountryForms.of(country)
    switch field {
    case "street":
      return CountryForms.address(
        random.pick(pools.values("streets", of: country)), in: country, &random)
    case "zip": return ValuePools.divided(place(number)).code
    case "city": return ValuePools.divided(place(number)).city
    case "phone": return random.text(like: random.pick(numbers.phones))
    case "mobile": return random.text(like: random.pick(numbers.mobiles))
    case "intl": return random.text(like: random.pick(numbers.international))
    case "plate": return random.text(like: random.pick(numbers.plates))
    case "natid": return CheckedValues.national(random.pick(numbers.nationals), &random)
    case "iban": return CheckedValues.account(of: country, &random)
    case "card": return CheckedValues.card(&random)
    case "ssn": return random.text(like: "4##-%#-%###")
    case "hospital": return random.pick(pools.values("hospitals", of: country))
    case "firm": return random.pick(pools.values("firms", of: country))
    case "age": return String(random.below(14) + 90)
    case "ip": return "10.\(random.below(250)).\(random.below(250)).\(random.below(250) + 1)"
    case "mac":
      return (0..<6).map { _ in String(format: "%02X", random.below(256)) }.joined(separator: ":")
    case "site":
      return random.pick(["kestrel-hall.example", "portal.riverbend.example", "tidewater.example"])
    case "coord": return coordinates()
    default: return nil
    }
  }

  private mutating func person(_ number: Int) -> FormPerson {
    if let person = persons[number] { return person }
    // In general English text, some people come from other countries.
    let home =
      language == "english" && number > 1 && random.below(4) == 0
      ? random.pick(ValuePools.countries) : country
    let isWoman = women[number] ?? (random.below(2) == 0)
    let person = FormPerson(
      given: random.pick(pools.values(isWoman ? "women" : "men", of: home)),
      last: random.pick(pools.values("last", of: home)),
      digits: random.below(90) + 10,
      host: random.pick([
        "mailbox.example", "posta.example.org", "quillmail.example", "northlane.example.com",
      ]))
    persons[number] = person
    return person
  }

  /// The dates of a form are within weeks of each other, except the ninth, a date of birth.
  private mutating func date(_ number: Int) -> WrittenDate {
    if let date = dates[number] { return date }
    let days =
      number == 9 ? random.below(24_000) - 12_000 : firstDay + (number - 1) * (random.below(30) + 1)
    let date = WrittenDate(days: days, language: language)
    dates[number] = date
    return date
  }

  private mutating func place(_ number: Int) -> String {
    if let place = places[number] { return place }
    let place = random.pick(pools.values("towns", of: country))
    places[number] = place
    return place
  }

  private mutating func town() -> String {
    let town = ValuePools.divided(place(1))
    if town.isCodeFirst { return "[[POSTAL_CODE|\(town.code)]] [[LOCATION|\(town.city)]]" }
    let separator = country == "US" || country == "CA" ? ", " : " "
    return "[[LOCATION|\(town.city)]]" + (town.state.map { separator + $0 } ?? "")
      + " [[POSTAL_CODE|\(town.code)]]"
  }

  private mutating func coordinates() -> String {
    let (north, east) = (random.below(60_000) + 10_000, random.below(90_000))
    let latitude = "\(north / 1_000).\(north % 1_000 + 1_000)"
    let longitude = "\(east / 1_000).\(east % 1_000 + 1_000)"
    switch random.below(3) {
    case 0: return "\(latitude), -\(longitude)"
    case 1: return "\(latitude)° N, \(longitude)° W"
    default:
      return
        "\(north / 1_000)°\(random.below(60))'\(random.below(60))\"N \(east / 1_000)°\(random.below(60))'\(random.below(60))\"E"
    }
  }
}

/// A person of a form.
struct FormPerson {
  let given: String
  let last: String
  let digits: Int
  let host: String

  static let fields = ["g", "l", "G", "L", "i", "j", "gl", "ll", "mail", "user"]

  func field(_ name: String) -> String? {
    switch name {
    case "g": given
    case "l": last
    case "G": given.uppercased()
    case "L": last.uppercased()
    case "i": String(given.prefix(1))
    case "j": String(last.prefix(1))
    case "gl": given.lowercased()
    case "ll": last.lowercased()
    case "mail": "\(Self.plain(given)).\(Self.plain(last))@\(host)"
    case "user":
      digits % 2 == 0
        ? "\(Self.plain(given))_\(digits)"
        : "\(Self.plain(last))\(Self.plain(given).prefix(1))\(digits)"
    default: nil
    }
  }

  /// Lower-case ASCII letters.
  private static func plain(_ name: String) -> String {
    name.decomposedStringWithCanonicalMapping.lowercased().filter { $0.isASCII && $0.isLetter }
  }
}
