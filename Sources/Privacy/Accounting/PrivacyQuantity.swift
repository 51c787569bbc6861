/// A finite, non-negative number of the privacy accounting that is never confused with another kind
/// of number.
///
/// Written to JSON and other formats as a plain number, and checked again when read.
package protocol PrivacyQuantity: Comparable, Hashable, Sendable, Codable, CustomStringConvertible {
  /// The name of the quantity in errors, such as `epsilon`.
  static var name: String { get }
  /// The largest number allowed, in the quantity's own unit.
  static var maximum: Double { get }
  /// The number itself.
  var value: Double { get }
  /// Wraps a number that was already checked to lie in `0...maximum`.
  init(checked value: Double)
}

extension PrivacyQuantity {
  /// The largest finite number, if a quantity sets no tighter limit.
  package static var maximum: Double { .greatestFiniteMagnitude }

  /// Wraps `value`; throws ``AccountingError`` unless it is finite and lies in `0...maximum`.
  package init(_ value: Double) throws {
    guard value.isFinite, value >= 0, value <= Self.maximum else {
      throw AccountingError.outOfRange(quantity: Self.name, found: value, maximum: Self.maximum)
    }
    self.init(checked: value + 0)  // -0 becomes 0
  }

  /// Reads a plain number; throws if it is out of range.
  package init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(Double.self))
  }

  /// Writes a plain number.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }

  /// Orders by the number.
  package static func < (left: Self, right: Self) -> Bool { left.value < right.value }

  /// The number, in the shortest form that reads back as the same.
  package var description: String { "\(value)" }
}
