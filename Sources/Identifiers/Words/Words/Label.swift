/// The meaning of a label such as "MRN:" for the value after it.
package struct Label: Sendable {
  package let type: IdentifierType
  /// The smallest number of digits in a value.
  package let leastDigits: Int
  /// Whether the label only counts if a colon, a number sign or a word for "number" follows it.
  package let needsSign: Bool

  /// Whether the value is words, such as an address, rather than a number.
  package let isText: Bool

  /// Parses a section: `label TYPE`, `label TYPE 4` with the smallest number of digits, `label TYPE
  /// 4 sign`, or `label TYPE text`.
  init?(section: String) {
    let parts = section.split(separator: " ")
    guard parts.count >= 2, parts[0] == "label", let type = IdentifierType(rawValue: String(parts[1])) else { return nil }
    self.type = type
    leastDigits = parts.count > 2 ? Int(parts[2]) ?? 3 : 3
    needsSign = parts.count > 3
    isText = parts.count == 3 && parts[2] == "text"
  }
}
