/// The form of an identifier: `9` stands for a digit, `A` for a capital, `a` for a small letter, `x` for a hexadecimal digit, and whatever
/// follows a backslash for itself. Other characters stand for themselves.
///
/// The words `Given`, `Family` and `Number`, in any of the cases `GIVEN`, `Given` and `given`, stand for the names and the number of the
/// invented person: `Family, Given`, `given.family@example.org`. Beside a name, letters stand for themselves; `9` is a digit still.
public struct FakePattern: Sendable, Hashable {
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

    /// How many symbols the place may hold; 1 where it is settled.
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

  /// As it is written in a schema.
  public let text: String
  package let parts: [Part]

  /// Any text is a pattern.
  public init(_ text: String) {
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
    ("Given", .given(.title)), ("GIVEN", .given(.upper)), ("given", .given(.lower)), ("Family", .family(.title)),
    ("FAMILY", .family(.upper)), ("family", .family(.lower)), ("Number", .number), ("NUMBER", .number), ("number", .number),
  ]

  /// How many texts have the form, names aside; at most 2^62.
  package var size: Int {
    parts.reduce(1) { size, part in
      let (product, isOver) = size.multipliedReportingOverflow(by: part.symbolCount)
      return isOver || product > 1 << 62 ? 1 << 62 : product
    }
  }

  /// Whether a person's names are part of it.
  package var namesPerson: Bool {
    parts.contains { part in
      switch part {
      case .given, .family: true
      default: false
      }
    }
  }
}
