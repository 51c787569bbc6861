import Tables
import Words

extension FakePattern {
  /// Returns the text of the form at the given place among all its texts, with the names of a
  /// person.
  ///
  /// - Parameter place: 0 ..< ``size``. The symbols are the digits of the place, the last symbol
  ///   the lowest.
  package func text(place: Int, person: FakePerson) -> String {
    var rest = place
    var symbols: [String] = []
    symbols.reserveCapacity(parts.count)
    for part in parts.reversed() {
      let digit = rest % part.symbolCount
      rest /= part.symbolCount
      switch part {
      case .digit: symbols.append(String(digit))
      case .capital: symbols.append(String(UnicodeScalar(UInt8(65 + digit))))
      case .small: symbols.append(String(UnicodeScalar(UInt8(97 + digit))))
      case .hexadecimal: symbols.append(String(digit, radix: 16))
      case .literal(let character): symbols.append(String(character))
      case .given(let letters): symbols.append(letters.written(person.given, folds: isAddress))
      case .family(let letters): symbols.append(letters.written(person.family, folds: isAddress))
      case .number: symbols.append(String(person.number + 1))
      }
    }
    return symbols.reversed().joined()
  }

  /// Whether the pattern is an address. Names in an address lose their accents.
  private var isAddress: Bool { parts.contains(.literal("@")) }
}

extension FakePattern.LetterCase {
  fileprivate func written(_ name: String, folds: Bool) -> String {
    let name = folds ? name.withoutAccents : name
    switch self {
    case .upper: return name.uppercased()
    case .title: return name
    case .lower: return name.lowercased()
    }
  }
}
