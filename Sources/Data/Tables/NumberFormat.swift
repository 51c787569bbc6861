/// The way that a column writes its numbers around and between their digits, such as `$1,234.50`,
/// `45.3%` or `(12)`.
///
/// As text it is a number format of spreadsheets: `$#,##0.0`, `0.0%`, `#.##0,0 €`, `0.0;(0.0)`. The
/// format says which signs there are; a column's type says how many digits follow the decimal mark.
package struct NumberFormat: Sendable, Hashable {
  /// The text before the digits.
  package var prefix = ""
  /// The text after the digits.
  package var suffix = ""
  /// The sign between groups of three digits, one of ``groupings``; nil if there is none.
  package var grouping: String?
  /// The sign before the decimals; nil if it is the file's.
  package var mark: DecimalMark?
  /// The form of negative numbers.
  package var negatives = Negatives.before
  /// Whether positive numbers are written with a plus.
  package var showsPlus = false

  /// The form of a negative number.
  package enum Negatives: Sendable, Hashable {
    /// `-$5`.
    case before
    /// `$-5`.
    case inside
    /// `5-`.
    case after
    /// `($5)`.
    case parentheses
  }

  /// Creates a format without any signs.
  package init() {}

  /// Digits, a minus and the file's decimal mark alone.
  package static let plain = NumberFormat()

  package var isPlain: Bool { self == .plain }

  /// Signs that separate thousands: a comma, a point, blanks of three kinds, apostrophes.
  package static let groupings = [",", ".", " ", "\u{A0}", "\u{202F}", "'", "\u{2019}"]
}

extension NumberFormat {
  /// The format as a spreadsheet has it.
  package func text(isDecimal: Bool) -> String {
    let body =
      (grouping.map { "#\($0)##0" } ?? "0") + (isDecimal ? "\(mark == .comma ? "," : ".")0" : "")
    let positive = (showsPlus ? "+" : "") + prefix + body + suffix
    switch negatives {
    case .before: return showsPlus ? "\(positive);-\(prefix)\(body)\(suffix)" : positive
    case .inside: return "\(positive);\(prefix)-\(body)\(suffix)"
    case .after: return "\(positive);\(prefix)\(body)\(suffix)-"
    case .parentheses: return "\(positive);(\(prefix)\(body)\(suffix))"
    }
  }

  /// Reads a format as ``text(isDecimal:)`` writes it; nil for any other text.
  package init?(_ text: String) {
    let sections = text.split(separator: ";", omittingEmptySubsequences: false)
    guard (1...2).contains(sections.count), var positive = sections.first else { return nil }
    if positive.hasPrefix("+") {
      showsPlus = true
      positive.removeFirst()
    }
    guard let first = positive.firstIndex(where: { "#0".contains($0) }),
      let last = positive.lastIndex(where: { "#0".contains($0) })
    else { return nil }
    prefix = String(positive[..<first])
    suffix = String(positive[positive.index(after: last)...])
    guard readBody(String(positive[first...last])), prefix.utf8.count <= 16,
      suffix.utf8.count <= 16,
      (prefix + suffix).allSatisfy({ !"0123456789;#".contains($0) && !$0.isNewline })
    else { return nil }
    guard sections.count == 2 else { return }
    let body = positive[first...last]
    switch sections[1] {
    case "-\(prefix)\(body)\(suffix)": negatives = .before
    case "\(prefix)-\(body)\(suffix)": negatives = .inside
    case "\(prefix)\(body)\(suffix)-": negatives = .after
    case "(\(prefix)\(body)\(suffix))": negatives = .parentheses
    default: return nil
    }
  }

  /// The mark of whole numbers, which do not show it, as far as other signs tell: it stands before
  /// dashes in place of decimals, and is not the sign between thousands.
  var impliedMark: DecimalMark? {
    switch (suffix.first, grouping) {
    case (",", _), (_, "."): .comma
    case (".", _), (_, ","): .point
    default: nil
    }
  }

  /// Reads `0`, `#,##0`, `0.0` or `#,##0.0` with the signs of some format.
  private mutating func readBody(_ body: String) -> Bool {
    var rest = Substring(body)
    for grouping in Self.groupings where rest.hasPrefix("#\(grouping)##0") {
      self.grouping = grouping
      rest.removeFirst(4)
    }
    guard rest.first == "0" else { return false }
    rest.removeFirst()
    if let sign = rest.first {
      guard
        let mark = [DecimalMark.point, .comma].first(where: {
          String(sign) == ($0 == .point ? "." : ",")
        }),
        rest.dropFirst().allSatisfy({ $0 == "0" }),
        rest.count > 1, grouping != String(sign)
      else { return false }
      self.mark = mark
    }
    return true
  }
}
