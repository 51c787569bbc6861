/// What a label such as "MRN:" says of the value behind it.
package struct Label: Sendable {
  package let type: IdentifierType
  /// The fewest digits of a value.
  package let leastDigits: Int
  /// Whether the label only counts with a colon, a number sign or a word for "number" behind it.
  package let needsSign: Bool

  /// Whether the value is words, such as an address, rather than a number.
  package let isText: Bool

  /// A section is `label TYPE`, or `label TYPE 4` with the fewest digits, or `label TYPE 4 sign`, or `label TYPE text`.
  init?(section: String) {
    let parts = section.split(separator: " ")
    guard parts.count >= 2, parts[0] == "label", let type = IdentifierType(rawValue: String(parts[1])) else { return nil }
    self.type = type
    leastDigits = parts.count > 2 ? Int(parts[2]) ?? 3 : 3
    needsSign = parts.count > 3
    isText = parts.count == 3 && parts[2] == "text"
  }
}
