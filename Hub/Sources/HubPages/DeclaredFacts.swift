/// The facts about a whole table that its schema declares as public knowledge, for cards. The core
/// reads the schema itself; whatever a line does not say is left out.
package struct DeclaredFacts: Sendable, Equatable {
  /// The number of rows, about; nil unless it is declared to be public.
  package private(set) var rows: Int?
  /// Whom the guarantee protects, in words.
  package private(set) var unit: String?

  /// - Parameter text: A schema as `understudy inspect` writes it.
  package init(_ text: String) {
    for line in text.split(separator: "\n") {
      if let found = line.firstMatch(of: /^rows: *\{about: *(\d+), *public: *yes\}/) {
        rows = Int(found.output.1)
      } else if let found = line.firstMatch(of: /^unit: *\{person: *[^,}]+, *at most: *(\d+)\}/) {
        unit =
          found.output.1 == "1"
          ? "one row for each person" : "at most \(found.output.1) rows of each person"
      } else if line.firstMatch(of: /^unit: *\{row: *person\}/) != nil {
        unit = "one row for each person"
      }
    }
  }

  /// Both in words, for a card.
  package var tags: [String] {
    [rows.map { "about \($0) rows" }, unit].compactMap(\.self)
  }
}
