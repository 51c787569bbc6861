import Tables
import WordLists

/// The names that replace real names, by locale: public lists of frequent names
/// (`Sources/Identifiers/WordLists/lists/fake-names.txt`).
struct FakeNames: Sendable {
  let female: [String]
  let male: [String]
  let family: [String]

  private static let all: [String: [String]] = {
    let list = understudy_fake_names()
    let text = String(decoding: UnsafeBufferPointer(start: list.bytes, count: list.count), as: UTF8.self)
    var sections: [String: [String]] = [:]
    var section = ""
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("[") {
        section = String(line.dropFirst().dropLast())
      } else {
        sections[section, default: []] += line.split(separator: " ").map(String.init)
      }
    }
    return sections
  }()

  private static let byLocale = Dictionary(
    uniqueKeysWithValues: FakeLocale.allCases.map { locale in
      let names = { (part: String) in all["\(locale.rawValue) \(part)"] ?? [] }
      return (locale, FakeNames(female: names("female"), male: names("male"), family: names("family")))
    })

  /// Returns the lists of a locale. Each has at least 80 names.
  package static func of(_ locale: FakeLocale) -> FakeNames {
    guard let names = byLocale[locale] else { preconditionFailure("every locale has a list") }
    return names
  }

  /// Female and male given names of all locales, in lower case. Names that are both are in neither.
  static let (femaleOnly, maleOnly): (Set<String>, Set<String>) = {
    let female = Set(byLocale.values.flatMap(\.female).map { $0.lowercased() })
    let male = Set(byLocale.values.flatMap(\.male).map { $0.lowercased() })
    return (female.subtracting(male), male.subtracting(female))
  }()

  /// Whether a given name is a woman's or a man's; nil if the lists do not say.
  static func isFemale(_ given: String) -> Bool? {
    let name = given.lowercased()
    return femaleOnly.contains(name) ? true : maleOnly.contains(name) ? false : nil
  }
}
