import ColumnRoles
import Tables
import Words

/// The column of a schema that gives the sex of a row's person, so that the given names of fakes
/// agree with it.
///
/// It is found by the words of its name and read by the words in its cells. Both are public, and
/// the cells are those of synthetic rows.
package struct SexColumn: Sendable {
  /// The name of the column.
  package let name: String

  /// Returns nil if no modelled column seems to be about sex.
  package init?(schema: Schema) {
    let languages = HeaderReading.languages(of: schema.columns.map(\.name))
    let found = schema.columns.first { column in
      column.isModelled && column.type.hasWords
        && HeaderReading(column.name, languages: languages).meanings[.sex].map { $0.weight >= 2 }
          ?? false
    }
    guard let found else { return nil }
    name = found.name
  }

  private static let female: Set<String> = [
    "f", "female", "woman", "girl", "w", "weiblich", "frau", "femme", "feminin", "fille", "mujer",
    "femenino", "femmina", "donna", "vrouw",
    "nina", "k", "kvinna",
  ]
  private static let male: Set<String> = [
    "m", "male", "man", "boy", "mannlich", "mann", "homme", "masculin", "garcon", "hombre",
    "masculino", "varon", "maschio", "uomo", "h",
    "v",
    "nino",
  ]

  /// Returns the sex for each row, or nil if the cell says neither.
  package func areFemale(in column: Column) -> [Bool?] {
    func isFemale(_ label: String) -> Bool? {
      let word = label.folded
      return Self.female.contains(word) ? true : Self.male.contains(word) ? false : nil
    }
    switch (column.cells, column.type) {
    case (.labels(let codes, let dictionary), _):
      let meanings = dictionary.labels.map(isFemale)
      return codes.map { $0 == Cells.missingCode ? nil : meanings[Int($0)] }
    case (.ticks(let ticks), .boolean(let words)):
      let (whenFalse, whenTrue) = (isFemale(words.whenFalse), isFemale(words.whenTrue))
      return ticks.map { $0 == Cells.missingTick ? nil : $0 == 0 ? whenFalse : whenTrue }
    case (.ticks, _): return Array(repeating: nil, count: column.count)
    }
  }
}

extension ColumnType {
  /// Whether cells are words: labels, or the two words of a boolean.
  fileprivate var hasWords: Bool {
    if case .boolean = self { return true }
    return !isOrdered
  }
}
