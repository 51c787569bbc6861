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
      guard !types.isEmpty, types != [.person] || !Self.isAbbreviation(header) else { return nil }
      return Finding(position: position + 1, types: types)
    }
  }

  /// Whether a name is written as programs write the names of variables, and nobody writes that of
  /// a person: `HI_CHOL`, `Br_INAA`, `Marg.adhesion`, `D.nD` or `tom`, all of which hold a name.
  /// `Anna_Smith` and `LEE` are none.
  static func isAbbreviation(_ header: String) -> Bool {
    let words = header.split { $0 == "." || $0 == "_" }
    guard words.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isLetter } }) else { return false }
    // An initial tells nothing of how the rest is written.
    let whole = words.filter { $0.count > 1 || $0.first?.isLowercase == true }
    let forms = Set(whole.map(Form.init))
    if forms.contains(.mixed) || forms.count > 1 { return true }
    if forms == [.capitals] { return words.count > 1 && words.contains { $0.count <= 2 } }
    return forms == [.small] && words.count == 1 && words[0].count <= 3
  }

  /// The letters of a word.
  private enum Form {
    case small, capitals, title, mixed

    init(_ word: Substring) {
      let rest = word.dropFirst()
      switch (word.first?.isUppercase ?? false, rest.allSatisfy(\.isLowercase)) {
      case (false, true): self = .small
      // `McDonald` is written as a name is.
      case (true, let isSmall):
        self = !isSmall && rest.allSatisfy(\.isUppercase) ? .capitals : .title
      case (false, false): self = .mixed
      }
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
