import Words

/// What the names of a table's columns give away. A release publishes them as they are, and they stand above what is redacted: names of
/// people come there from pivot tables, and from files whose first row was taken for names.
package struct HeaderSearch: Sendable {
  /// What was found in the name of a column, counted from 1.
  package struct Finding: Sendable, Equatable {
    package let position: Int
    package let types: [IdentifierType]
  }

  package let findings: [Finding]

  /// - Parameter headers: as the file has them; empty texts where it has none.
  package init(_ headers: [String], scanner: ProseScanner? = nil) throws {
    let scanner = try scanner ?? ProseScanner()
    findings = try headers.enumerated().compactMap { position, header in
      let types = Set(try scanner.spans(in: Array(header.utf8)).map(\.type)).sorted { $0.rawValue < $1.rawValue }
      return types.isEmpty ? nil : Finding(position: position + 1, types: types)
    }
  }

  /// Days, places, ages and firms are ordinary names of columns, as of a table with a column for each month or town; other types are not.
  private static let ordinary: Set<IdentifierType> = [.date, .age, .location, .postalCode, .organization, .url]

  /// Whether something was found that names people or their numbers.
  package var namesPeople: Bool { findings.contains { !Self.ordinary.isSuperset(of: $0.types) } }

  /// The names by which columns are called where no text may stand: a name in which something was found gives way to its place.
  package func callable(_ names: [String]) -> [String] {
    let found = Set(findings.map(\.position))
    return names.enumerated().map { found.contains($0 + 1) ? "column \($0 + 1)" : $1 }
  }

  /// A sentence for the owner, which holds no name of a column; nil where nothing was found.
  package var note: String? {
    guard !findings.isEmpty else { return nil }
    let places = findings.map { "\($0.position) (\($0.types.map(\.rawValue).joined(separator: ", ")))" }
    return
      "the name of \(findings.count == 1 ? "column" : "columns") \(places.joined(separator: ", ")) looks as if it named a person, a "
      + "day or a place. A release publishes the names of columns as they are: rename \(findings.count == 1 ? "it" : "them"), or say "
      + "`format: {header: no}` in the schema if the first line is a row."
  }
}
