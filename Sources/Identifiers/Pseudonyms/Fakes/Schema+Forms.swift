import ColumnRoles
import SchemaFiles
import Tables
import Words

extension Schema {
  /// Returns the schema with the apparent form of identifiers and country of names, for the owner
  /// to read, and comments on any forms left out.
  ///
  /// A form is proposed only if a random number of that form is very unlikely to be one of those in
  /// the table. Otherwise a comment offers it.
  package func withForms(of table: Table, advice: [ColumnAdvice]) -> (
    schema: Schema, comments: [String: [String]]
  ) {
    var schema = self
    var comments: [String: [String]] = [:]
    let locale = NameLocale.find(in: table, advice: advice)
    for place in schema.columns.indices {
      guard case .identifier(let kind) = schema.columns[place].role,
        let column = table.column(named: schema.columns[place].name)
      else {
        continue
      }
      if kind.followsLocale { schema.columns[place].locale = locale }
      guard let pattern = CodeForm.pattern(of: column, kind: kind) else { continue }
      let distinct = Double(column.distinctCount)
      let chance =
        pattern.namesPerson ? 0 : distinct * Double(table.rowCount) / Double(pattern.size)
      if chance <= Self.mostCoincidences || kind.hasOwnBlock {
        schema.columns[place].pattern = pattern
      } else {
        comments[schema.columns[place].name] = [
          "pattern: \(SchemaText.quoted(pattern.text)) would keep the form, but of numbers drawn so, some would by chance be real ones."
        ]
      }
    }
    return (schema, comments)
  }

  /// The number of real numbers that a release as large as the table is expected to hit by chance,
  /// at most.
  private static let mostCoincidences = 0.01
}

extension IdentifierKind {
  fileprivate var followsLocale: Bool {
    switch self {
    case .personName, .givenName, .familyName, .phone, .address: true
    default: false
    }
  }

  /// Whether the fakes come from a block of numbers that belongs to nobody.
  fileprivate var hasOwnBlock: Bool {
    self == .socialSecurityNumber || self == .creditCard || self == .iban
  }
}

/// The form shared by the values of a column.
private enum CodeForm {
  private static let leastValues = 20

  /// Returns nil if the values do not share a form, or if fakes of the kind have their own.
  package static func pattern(of column: Column, kind: IdentifierKind) -> FakePattern? {
    guard case .labels(_, let dictionary) = column.cells, dictionary.count >= leastValues else {
      return nil
    }
    let texts = dictionary.labels
    switch kind {
    case .personName: return namePattern(texts)
    case .givenName: return isUpper(texts) ? FakePattern("GIVEN") : nil
    case .familyName: return isUpper(texts) ? FakePattern("FAMILY") : nil
    case .code, .other, .creditCard, .iban, .socialSecurityNumber: return codePattern(texts)
    case .email, .phone, .uuid, .address, .url, .ipAddress, .macAddress: return nil
    }
  }

  private static func isUpper(_ texts: [String]) -> Bool {
    texts.allSatisfy { $0 == $0.uppercased() && $0 != $0.lowercased() }
  }

  private static func namePattern(_ texts: [String]) -> FakePattern? {
    let isFamilyFirst = texts.count { $0.contains(", ") } * 10 >= texts.count * 9
    switch (isFamilyFirst, isUpper(texts)) {
    case (false, false): return nil
    case (true, false): return FakePattern("Family, Given")
    case (true, true): return FakePattern("FAMILY, GIVEN")
    case (false, true): return FakePattern("GIVEN FAMILY")
    }
  }

  /// Finds the pattern place by place: the character that all values share, a digit or a letter.
  /// Shared letters stay.
  private static func codePattern(_ texts: [String]) -> FakePattern? {
    let rows = texts.map { Array($0.unicodeScalars) }
    guard let length = rows.first?.count, (4...40).contains(length),
      rows.allSatisfy({ $0.count == length })
    else { return nil }
    var pattern = ""
    for place in 0..<length {
      let symbols = Set(rows.map { $0[place] })
      if symbols.allSatisfy({ ("0"..."9").contains($0) }) {
        pattern += "9"
      } else if symbols.count == 1, let only = symbols.first, only.isASCII, only.value >= 32 {
        pattern += "9Aaxgfn\\GFN".unicodeScalars.contains(only) ? "\\\(only)" : String(only)
      } else if symbols.allSatisfy({ ("A"..."Z").contains($0) }) {
        pattern += "A"
      } else if symbols.allSatisfy({ ("a"..."z").contains($0) }) {
        pattern += symbols.allSatisfy { ("a"..."f").contains($0) } ? "x" : "a"
      } else if symbols.allSatisfy({ ("0"..."9").contains($0) || ("a"..."f").contains($0) }) {
        pattern += "x"
      } else {
        return nil
      }
    }
    return FakePattern(pattern)
  }
}

/// The locale of the names in a table.
private enum NameLocale {
  /// Returns the locale whose lists know most of the names, or else the language of the headers.
  package static func find(in table: Table, advice: [ColumnAdvice]) -> FakeLocale {
    let names = advice.filter { $0.identifier == .person }.compactMap {
      table.column(named: $0.column)
    }
    var words: Set<String> = []
    for column in names {
      guard case .labels(_, let dictionary) = column.cells else { continue }
      for code in stride(from: 0, to: dictionary.count, by: max(1, dictionary.count / 1000)) {
        words.formUnion(dictionary[code].split { !$0.isLetter }.map { String($0).folded })
      }
    }
    let known = FakeLocale.allCases.map { locale -> (FakeLocale, Double) in
      let list = FakeNames.of(locale)
      let all = Set((list.female + list.male + list.family).map(\.folded))
      // A longer list knows more names by chance.
      return (locale, Double(words.count(where: all.contains)) / Double(all.count))
    }
    if let best = known.max(by: { $0.1 < $1.1 }), best.1 * 400 >= 10 {
      let english = known.first { $0.0 == .english }?.1 ?? 0
      return best.1 > 1.3 * english ? best.0 : .english
    }
    let languages = HeaderReading.languages(of: table.columns.map(\.name))
    let byLanguage: [FakeLocale] = [.english, .german, .french, .spanish, .italian]
    return zip(byLanguage, languages).max { $0.1 < $1.1 }?.0 ?? .english
  }
}
