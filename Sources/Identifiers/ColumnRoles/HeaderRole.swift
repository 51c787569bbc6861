import Tables

extension ColumnRole {
  /// Creates the role that a header alone suggests when cells must not be read. A header that may
  /// name a person counts as an identifier.
  package init(header: String) {
    let reading = HeaderReading(header)
    if PersonSigns.namesPersons(header: header) {
      let kinds = reading.meanings.filter { $0.key.isIdentifier }.max {
        $0.value.weight < $1.value.weight
      }
      self = kinds?.key.role ?? .identifier(.code)
      return
    }
    let best = reading.meanings.filter { $0.value.weight >= 2 }
      .max { ($0.value.weight, $1.key.rawValue) < ($1.value.weight, $0.key.rawValue) }
    guard let meaning = best?.key, !(meaning.isIdentifier && (reading.isCount || reading.isKind))
    else {
      self = .ordinary
      return
    }
    self = meaning.role
  }
}
