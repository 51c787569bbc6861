import Identifiers

/// How many identifiers were found, by type and by column or field.
struct FindingTally {
  private(set) var counts: [IdentifierType: Int] = [:]
  private(set) var fields: [String: [IdentifierType: Int]] = [:]
  private(set) var documents = 0

  mutating func add(_ spans: [ProseSpan], field: String?) {
    for span in spans {
      counts[span.type, default: 0] += 1
      if let field { fields[field, default: [:]][span.type, default: 0] += 1 }
    }
  }

  mutating func endDocument() { documents += 1 }

  var total: Int { counts.values.reduce(0, +) }

  /// By falling count, then by name.
  var byCount: [(type: IdentifierType, count: Int)] {
    counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map { ($0.key, $0.value) }
  }

  /// The counts of a field, by the names of the types.
  func named(_ field: String) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: (fields[field] ?? [:]).map { ($0.key.rawValue, $0.value) })
  }

  var named: [String: Int] { Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) }) }
}
