import ColumnRoles
import DelimitedText
import Tables
import Words

/// Invented replacements for identifiers, derived from the owner's key, for the cells of identifier
/// columns and for prose alike.
///
/// Under one key, the same identifier has the same fake in every column, text, table and run,
/// whatever its detected type. The words of a name are replaced one by one, so that "Keller,
/// Maria", "Ms Keller" and `maria.keller@…` stay one person; the digits of a number are replaced as
/// a whole. Without the key, a fake reveals only the kind and shape of its original: upper and
/// lower case, the number of digits, and for a frequent given name whether women or men bear it.
package struct KeyedFakes: Sendable {
  package let key: PseudonymKey
  /// The locale of the names that replace real ones.
  var locale: FakeLocale = .english

  package init(key: PseudonymKey, locale: FakeLocale = .english) {
    self.key = key
    self.locale = locale
  }

  package func fake(of text: [UInt8], type: IdentifierType) -> [UInt8] {
    switch type {
    case .person: names.fake(of: text)
    case .location: spelt(pick(Self.towns, text, "town"), like: text)
    case .organization: spelt(pick(Self.organizations, text, "organization"), like: text)
    case .address: address(text)
    case .email: email(text)
    case .url: Array("https://www.example.org/\(short(text, "url"))".utf8)
    case .ipAddress: network(text)
    case .macAddress: numbers.hexadecimal(text, keeping: 0)
    case .age: Array("90+".utf8)
    case .creditCard: numbers.card(text)
    case .bankAccount: numbers.bankAccount(text)
    case .socialSecurityNumber: numbers.socialSecurityNumber(text)
    case .phone, .fax: numbers.phone(text)
    default:
      ValuePattern.uuid.matches(String(decoding: text, as: UTF8.self))
        ? numbers.uuid(text) : numbers.fake(of: text)
    }
  }

  private var names: NameFakes { NameFakes(key: key, locale: locale) }
  private var numbers: NumberFakes { NumberFakes(key: key) }

  /// Returns a pseudonym of 26 letters and digits. The case and spaces of the original do not
  /// count.
  package func pseudonym(of text: [UInt8]) -> [UInt8] {
    Array(key.pseudonym(of: Self.folded(text), purpose: "identifier").utf8)
  }

  /// Returns the number of days by which a person's dates move: 1 to 364 back or forth.
  package func shift(of person: [UInt8]) -> Int {
    let digest = key.digest(String(decoding: person, as: UTF8.self), purpose: "date shift")
    let value = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let days = Int(value % 728)
    return days < 364 ? days + 1 : 363 - days
  }

  package static func folded(_ text: [UInt8]) -> String {
    String(decoding: text, as: UTF8.self).lowercased().split(whereSeparator: {
      !$0.isLetter && !$0.isNumber
    }).joined(separator: " ")
  }

  private func number(_ text: [UInt8], _ purpose: String) -> Int {
    key.digest(Self.folded(text), purpose: purpose).prefix(7).reduce(0) { $0 << 8 | Int($1) }
  }

  private func short(_ text: [UInt8], _ purpose: String) -> String {
    String(key.pseudonym(of: Self.folded(text), purpose: purpose).prefix(8))
  }

  /// Picks an element of a list, never the original.
  private func pick(_ list: [String], _ text: [UInt8], _ purpose: String) -> String {
    let index = number(text, purpose) % list.count
    return list[index].lowercased() == Self.folded(text)
      ? list[(index + 1) % list.count] : list[index]
  }

  private func spelt(_ fake: String, like text: [UInt8]) -> [UInt8] {
    let original = String(decoding: text, as: UTF8.self)
    guard original.contains(where: \.isLetter) else { return Array(fake.utf8) }
    if original == original.uppercased() { return Array(fake.uppercased().utf8) }
    return Array((original == original.lowercased() ? fake.lowercased() : fake).utf8)
  }

  private func address(_ text: [UInt8]) -> [UInt8] {
    let house = number(text, "house") % 980 + 10
    let street = pick(Self.streets, text, "street")
    let isNumberFirst = text.first.map { (48...57).contains($0) } == true
    return spelt(isNumberFirst ? "\(house) \(street) Street" : "\(street) \(house)", like: text)
  }

  private func email(_ text: [UInt8]) -> [UInt8] {
    let local = text.prefix { $0 != UInt8(ascii: "@") }
    let hidden = numbers.fake(of: names.fake(of: Array(local)), letters: false)
    return hidden + Array("@".utf8)
      + Array(FakePerson.domains[number(text, "domain") % FakePerson.domains.count].utf8)
  }

  /// Returns an address from the ranges reserved for documentation (RFC 5737, RFC 3849).
  private func network(_ text: [UInt8]) -> [UInt8] {
    let value = number(text, "network")
    if text.contains(UInt8(ascii: ":")) {
      return Array(("2001:db8::" + String(value & 0xffff, radix: 16)).utf8)
    }
    return Array("\(["192.0.2", "198.51.100", "203.0.113"][value % 3]).\(value / 3 % 254 + 1)".utf8)
  }

  private static let towns = list(
    "Ashvale, Birchford, Brookmere, Cedarbrook, Clearhaven, Dunmere, Eastholm, Elmstead, Fairwick, Fernley Cross, Glenhaven, Harrowfield, "
      + "Hazelmoor, Ivybridge End, Kestrel Bay, Lakeholm, Larkfield, Maplecrest, Marlowe Heath, Millbrook End, Northmere, Oakhollow, "
      + "Pinecombe, Quarrydale, Ravenholm, Redmarsh, Rosefield, Sandholme, Silverdale, Southwick Green, Stonehaven Vale, Thornbury Hill, "
      + "Underwood, Valewick, Westholm, Whitmoor, Willowford, Winterbrook, Wrenfield, Yarrowdale")
  private static let organizations = list(
    "Northgate Institution, Riverbend Institution, Lakeside Institution, Hillcrest Institution, Oakwood Institution, Seaview Institution, "
      + "Meadow Institution, Sunrise Institution, Harbour Institution, Granite Institution, Juniper Institution, Summit Institution"
  )
  private static let streets = list(
    "Alder, Aspen, Beech, Birch, Bramble, Canal, Cedar, Chestnut, Clover, Copper, Fern, Foundry, Garnet, Harbour, Hawthorn, Hazel, "
      + "Heather, Juniper, Lantern, Larch, Linden, Meadow, Mill, Orchard, Pebble, Poplar, Quarry, Rowan, Saddle, Sorrel, Spruce, Thistle, "
      + "Violet, Willow")

  private static func list(_ text: String) -> [String] {
    text.split(separator: ", ").map(String.init)
  }
}

/// Replaces names with names, word by word, so that "Maria Keller", "KELLER, Maria" and "Ms Keller"
/// stay one person.
private struct NameFakes {
  package let key: PseudonymKey
  let locale: FakeLocale

  /// Returns the fake of a name. Particles, signs, spaces and the case of each word stay.
  package func fake(of text: [UInt8]) -> [UInt8] {
    var fake: [UInt8] = []
    var word: [UInt8] = []
    for byte in text + [0] {
      if Tokenizer.isWordByte(byte), !(48...57).contains(byte) {
        word.append(byte)
        continue
      }
      if !word.isEmpty { fake += replacement(of: word) }
      word = []
      if byte != 0 { fake.append(byte) }
    }
    return fake
  }

  private func replacement(of word: [UInt8]) -> [UInt8] {
    let hash = WordHash.of(word)
    let flags = WordTable.shared[hash]
    let text = String(decoding: word, as: UTF8.self)
    if flags.contains(.particle), text == text.lowercased() || text.count <= 3 { return word }
    // The hash ignores case and accents.
    let digest = key.digest("\(hash)", purpose: "name").prefix(7).reduce(0) { $0 << 8 | Int($1) }
    if text.count == 1 {
      return Array(spelt(String(UnicodeScalar(UInt8(65 + digest % 26))), like: text).utf8)
    }
    let list = self.list(text.lowercased(), flags)
    let index = digest % list.count
    let name = WordHash.of(list[index].utf8) == hash ? list[(index + 1) % list.count] : list[index]
    return Array(spelt(name, like: text).utf8)
  }

  private func list(_ name: String, _ flags: WordFlags) -> [String] {
    let isGiven =
      flags.contains(.frequentGiven) || flags.contains(.given) && !flags.contains(.frequentSurname)
    guard isGiven, !(flags.contains(.frequentSurname) && !flags.contains(.frequentGiven)) else {
      return FakeNames.of(locale).family
    }
    let isFemale =
      FakeNames.isFemale(name) ?? (name.hasSuffix("a") && name != "joshua" && name != "luca")
    return isFemale ? FakeNames.of(locale).female : FakeNames.of(locale).male
  }

  private func spelt(_ name: String, like text: String) -> String {
    if text == text.lowercased() { return name.lowercased() }
    return text.count > 1 && text == text.uppercased() ? name.uppercased() : name
  }
}
