import Words

/// The identifiers that a table's column names give away. A release publishes the names unchanged,
/// above the redacted cells. Names of people get there from pivot tables, and from files whose
/// first row was mistaken for a header.
package struct HeaderSearch: Sendable {
  /// The types found in the name of a column, counted from 1.
  package struct Finding: Sendable, Equatable {
    package let position: Int
    package let types: [IdentifierType]
  }

  package let findings: [Finding]

  /// - Parameter headers: the names as in the file; empty strings if the file has none.
  package init(_ headers: [String], scanner: ProseScanner? = nil) throws {
    let scanner = try scanner ?? ProseScanner()
    findings = try headers.enumerated().compactMap { position, header in
      let types = Set(try scanner.spans(in: Array(header.utf8)).map(\.type)).sorted {
        $0.rawValue < $1.rawValue
      }
      return types.isEmpty ? nil : Finding(position: position + 1, types: types)
    }
  }

  /// Days, places, ages and firms are ordinary column names, as in a table with a column for each
  /// month or town. Other types are not.
  private static let ordinary: Set<IdentifierType> = [
    .date, .age, .location, .postalCode, .organization, .url,
  ]

  /// Whether a finding names people or their numbers.
  package var namesPeople: Bool { findings.contains { !Self.ordinary.isSuperset(of: $0.types) } }

  /// Returns column names for output that must not show text: a name with a finding is replaced by
  /// its position.
  package func callable(_ names: [String]) -> [String] {
    let found = Set(findings.map(\.position))
    return names.enumerated().map { found.contains($0 + 1) ? "column \($0 + 1)" : $1 }
  }

  /// A sentence for the owner that contains no column name; nil if nothing was found.
  package var note: String? {
    guard !findings.isEmpty else { return nil }
    let places = findings.map {
      "\($0.position) (\($0.types.map(\.rawValue).joined(separator: ", ")))"
    }
    return
      "the name of \(findings.count == 1 ? "column" : "columns") \(places.joined(separator: ", ")) looks as if it named a person, a "
      + "day or a place. A release publishes the names of columns as they are: rename \(findings.count == 1 ? "it" : "them"), or say "
      + "`format: {header: no}` in the schema if the first line is a row."
  }
}
