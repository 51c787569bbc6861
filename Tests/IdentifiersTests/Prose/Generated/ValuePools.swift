import Foundation

/// The names, towns, streets and firms of each country that belong to one part.
struct ValuePools {
  private var lists: [String: [String]] = [:]

  init(_ text: String, part: GeneratedNotes.Part) {
    var section = ""
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("[") {
        section = String(line.dropFirst().dropLast())
        continue
      }
      let values = line.components(separatedBy: "; ")
      lists[section] = values.enumerated().filter { ($0.offset % 3 == 2) == (part == .heldOut) }
        .map(\.element)
    }
  }

  /// The values of a kind in a country; if the country lists no hospitals, its firms.
  func values(_ kind: String, of country: String) -> [String] {
    guard let list = lists["\(country) \(kind)"] ?? lists["\(country) firms"] else {
      preconditionFailure("no \(kind) of \(country)")
    }
    return list
  }

  static let countries = [
    "US", "GB", "IE", "CA", "AU", "NZ", "IN", "ZA", "NG", "DE", "FR", "ES", "IT", "NL", "PL", "SE",
    "PT", "BR",
  ]

  /// The postal code of a town from the pools, and the parts around it.
  static func divided(_ town: String) -> (
    code: String, city: String, state: String?, isCodeFirst: Bool
  ) {
    if let match = town.firstMatch(of: /^([0-9][0-9 \-]*(?:[A-Z]{2})?) (\p{L}.*)$/) {
      return (String(match.output.1), String(match.output.2), nil, true)
    }
    if let match = town.firstMatch(
      of: /^(.+?),? ([A-Z]{2,3}) ([0-9]{4,5}|[A-Z][0-9][A-Z] [0-9][A-Z][0-9])$/)
    {
      return (String(match.output.3), String(match.output.1), String(match.output.2), false)
    }
    guard let match = town.firstMatch(of: /^(.+?) ([0-9]{4,6}|[A-Z0-9]{2,4} [A-Z0-9]{3,4})$/) else {
      preconditionFailure("a town without a code")
    }
    return (String(match.output.2), String(match.output.1), nil, false)
  }
}
