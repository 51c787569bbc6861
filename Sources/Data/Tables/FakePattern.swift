/// The form of an identifier. `9` stands for a digit, `A` for a capital letter, `a` for a small
/// letter, `x` for a hexadecimal digit, and a character after a backslash for itself. Other
/// characters stand for themselves.
///
/// The words `Given`, `Family` and `Number`, in any of the cases `GIVEN`, `Given` and `given`,
/// stand for the names and the number of the invented person: `Family, Given`,
/// `given.family@example.org`. Beside a name, letters stand for themselves; `9` is still a digit.
package struct FakePattern: Sendable, Hashable {
  /// One place of the form.
  package enum Part: Sendable, Hashable {
    case digit
    case capital
    case small
    case hexadecimal
    case literal(Character)
    case given(LetterCase)
    case family(LetterCase)
    case number

    /// The number of symbols that the place can hold; 1 if it is fixed.
    package var symbolCount: Int {
      switch self {
      case .digit: 10
      case .capital, .small: 26
      case .hexadecimal: 16
      case .literal, .given, .family, .number: 1
      }
    }
  }

  package enum LetterCase: Sendable, Hashable {
    case upper
    case title
    case lower
  }

  /// The pattern as written in a schema.
  package let text: String
  package let parts: [Part]

  /// Creates a pattern. Any text is a pattern.
  package init(_ text: String) {
    self.text = text
    var parts: [Part] = []
    let hasNames = ["given", "family"].contains { text.lowercased().contains($0) }
    var rest = text[...]
    while let first = rest.first {
      if let (word, part) = Self.words.first(where: { rest.hasPrefix($0.word) }) {
        parts.append(part)
        rest = rest.dropFirst(word.count)
        continue
      }
      rest = rest.dropFirst()
      switch first {
      case "9": parts.append(.digit)
      case "A" where !hasNames: parts.append(.capital)
      case "a" where !hasNames: parts.append(.small)
      case "x" where !hasNames: parts.append(.hexadecimal)
      case "\\":
        parts.append(.literal(rest.first ?? first))
        rest = rest.dropFirst()
      default: parts.append(.literal(first))
      }
    }
    self.parts = parts
  }

  private static let words: [(word: String, part: Part)] = [
    ("Given", .given(.title)), ("GIVEN", .given(.upper)), ("given", .given(.lower)),
    ("Family", .family(.title)),
    ("FAMILY", .family(.upper)), ("family", .family(.lower)), ("Number", .number),
    ("NUMBER", .number), ("number", .number),
  ]

  /// The number of texts that have the form, names aside; at most 2^62.
  package var size: Int {
    parts.reduce(1) { size, part in
      let (product, isOver) = size.multipliedReportingOverflow(by: part.symbolCount)
      return isOver || product > 1 << 62 ? 1 << 62 : product
    }
  }

  /// Whether the form includes a person's names.
  package var namesPerson: Bool {
    parts.contains { part in
      switch part {
      case .given, .family: true
      default: false
      }
    }
  }
}
