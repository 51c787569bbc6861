import DelimitedText
import Encoding
import TableSources
import Tables

/// The codes of texts under a declared list of labels.
///
/// Texts are the same if Unicode calls them equivalent, as in Swift. Most are spelled as in the
/// list: those are found by their bytes, and only the rest are composed and compared again.
struct LabelCodes {
  /// The bytes of labels, ascending, with their codes.
  private let known: [(label: String, code: Int)]
  private let missing: Int
  /// The code of texts that are not in the list.
  private let outside: Int
  private let name: String

  /// - Parameter isMissing: Whether a text is a word that stands for missing cells.
  init(
    _ codec: LabelCodec, declared: ColumnSchema, attribute: CountedAttribute,
    isMissing: (String) -> Bool
  ) {
    name = declared.name
    let count = codec.labels.count
    let other = codec.otherLabel == nil ? codec.fallback : count
    missing = attribute.code(codec.hasMissing ? codec.size - 1 : other)
    // A text beyond the declared labels becomes the label for all others, if that is declared too,
    // and else a missing cell.
    let substitute = codec.labels.firstIndex(of: declared.otherLabel)
    if case .declared(let labels) = declared.categories, labels.contains(declared.otherLabel) {
      outside = substitute.map(attribute.code) ?? attribute.code(other)
    } else {
      outside = missing
    }
    known = codec.labels.enumerated().filter { !isMissing($1) }
      .map { ($1, attribute.code($0)) }
      .sorted { Array($0.label.utf8).lexicographicallyPrecedes(Array($1.label.utf8)) }
  }

  func expression(
    of value: String, tokens: [String], _ dialect: any CountDialect
  ) throws -> String {
    let spelled = try tree(known.map { ($0.label, $0.code) }, of: value, dialect)
    let composed = try tree(
      try equivalent(dialect).sorted {
        Array($0.0.utf8).lexicographicallyPrecedes(Array($1.0.utf8))
      }, of: dialect.composed(value), dialect)
    let words = try tokens.map {
      "WHEN \(dialect.compare(dialect.trimmed(value), "=", try dialect.literal($0))) THEN \(missing)"
    }
    return """
      CASE WHEN \(value) IS NULL THEN \(missing) ELSE COALESCE(\(spelled), \
      CASE \(words.joined(separator: " ")) ELSE COALESCE(\(composed), \(outside)) END) END
      """
  }

  /// Returns the labels in composed form, or in all spellings if the engine cannot compose.
  private func equivalent(_ dialect: any CountDialect) throws -> [(String, Int)] {
    try known.flatMap { known -> [(String, Int)] in
      guard !dialect.composes else { return [(known.label.canonicallyComposed, known.code)] }
      guard let spellings = CanonicalSpellings.all(of: known.label) else {
        throw CountingFault.column(name, .type)
      }
      return spellings.map { ($0, known.code) }
    }
  }

  /// Returns the code of a text that is one of the labels, byte for byte, and else NULL.
  private func tree(
    _ labels: [(String, Int)], of value: String, _ dialect: any CountDialect
  ) throws -> String {
    func part(_ range: Range<Int>) throws -> String {
      guard range.count > 2 else {
        let cases = try labels[range].map {
          "WHEN \(dialect.compare(value, "=", try dialect.literal($0.0))) THEN \($0.1)"
        }
        return "CASE \(cases.joined(separator: " ")) END"
      }
      let middle = range.lowerBound + range.count / 2
      let sign = dialect.compare(value, "<", try dialect.literal(labels[middle].0))
      return "CASE WHEN \(sign) THEN \(try part(range.lowerBound..<middle)) "
        + "ELSE \(try part(middle..<range.upperBound)) END"
    }
    return labels.isEmpty ? "CAST(NULL AS integer)" : try part(0..<labels.count)
  }
}
