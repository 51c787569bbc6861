import Tables

extension ColumnRole {
  /// The role that a header alone suggests, where no cell may be looked at. What may name a person is taken for an identifier.
  package init(header: String) {
    let reading = HeaderReading(header)
    if PersonSigns.namesPersons(header: header) {
      let kinds = reading.meanings.filter { $0.key.isIdentifier }.max { $0.value.weight < $1.value.weight }
      self = kinds?.key.role ?? .identifier(.code)
      return
    }
    let best = reading.meanings.filter { $0.value.weight >= 2 }
      .max { ($0.value.weight, $1.key.rawValue) < ($1.value.weight, $0.key.rawValue) }
    guard let meaning = best?.key, !(meaning.isIdentifier && (reading.isCount || reading.isKind)) else {
      self = .ordinary
      return
    }
    self = meaning.role
  }
}
