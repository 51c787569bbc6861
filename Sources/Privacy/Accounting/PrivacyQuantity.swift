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

/// The epsilon of (epsilon, delta)-differential privacy: the bound on the log-likelihood ratio of
/// an output under two neighbouring tables.
package struct Epsilon: PrivacyQuantity {
  /// The name used in errors.
  package static let name = "epsilon"
  /// The numeric value.
  package let value: Double

  /// Wraps a checked number; traps if it is out of range. Use the throwing initialiser for input.
  package init(checked value: Double) {
    precondition(value >= 0 && value.isFinite, "epsilon must be checked before it is wrapped")
    self.value = value
  }
}

/// The delta of (epsilon, delta)-differential privacy: a probability, from 0 to 1.
package struct Delta: PrivacyQuantity {
  /// The name used in errors.
  package static let name = "delta"
  /// The largest probability.
  package static let maximum = 1.0
  /// Nothing spent.
  package static let zero = Delta(checked: 0)
  /// The numeric value.
  package let value: Double

  /// Wraps a checked number; traps if it is out of range. Use the throwing initialiser for input.
  package init(checked value: Double) {
    precondition(value >= 0 && value <= 1, "delta must be checked before it is wrapped")
    self.value = value
  }

  /// Returns the sum, rounded up and never above 1: an upper bound on the delta of two mechanisms
  /// together.
  package static func + (left: Delta, right: Delta) -> Delta {
    Delta(checked: min(1, left.value.addingUpwards(right.value)))
  }
}

/// The rho of zero-concentrated differential privacy (Bun and Steinke 2016): the Rényi divergence
/// of every order alpha is at most rho times alpha.
package struct Rho: PrivacyQuantity {
  /// The name used in errors.
  package static let name = "rho"
  /// Nothing spent.
  package static let zero = Rho(checked: 0)
  /// The numeric value.
  package let value: Double

  /// Wraps a checked number; traps if it is out of range. Use the throwing initialiser for input.
  package init(checked value: Double) {
    precondition(value >= 0 && value.isFinite, "rho must be checked before it is wrapped")
    self.value = value
  }

  /// Returns the sum, rounded up: the rho of two mechanisms together (Bun and Steinke 2016, Lemma
  /// 1.7).
  package static func + (left: Rho, right: Rho) -> Rho {
    Rho(checked: left.value.addingUpwards(right.value))
  }
}

/// The cost of a question under approximate zero-concentrated differential privacy (Bun and Steinke
/// 2016, Definition 8.1): apart from an event of probability at most `delta`, the mechanism is
/// `rho`-zCDP.
package struct PrivacyCost: Hashable, Sendable, Codable {
  /// The bound on the Rényi divergence of order alpha, divided by alpha.
  package let rho: Rho
  /// The probability of the event that is left out.
  package let delta: Delta

  /// Creates a cost from both numbers; without a delta by default.
  package init(rho: Rho, delta: Delta = .zero) {
    self.rho = rho
    self.delta = delta
  }

  /// The cost of asking nothing.
  package static let zero = PrivacyCost(rho: .zero)

  /// Returns the cost of both, rounded up. The second may be chosen after seeing the first answer
  /// (Bun and Steinke 2016, section 8).
  package static func + (left: PrivacyCost, right: PrivacyCost) -> PrivacyCost {
    PrivacyCost(rho: left.rho + right.rho, delta: left.delta + right.delta)
  }
}

/// The largest change of an answer when one privacy unit is added or removed, in the answer's own
/// unit and the norm that the mechanism names (L2 for Gaussian noise, L1 for Laplace noise, the
/// largest single score for the exponential mechanism).
package struct Sensitivity: PrivacyQuantity {
  /// The name used in errors.
  package static let name = "sensitivity"
  /// The numeric value.
  package let value: Double

  /// Wraps a checked number; traps if it is out of range. Use the throwing initialiser for input.
  package init(checked value: Double) {
    precondition(value >= 0 && value.isFinite, "a sensitivity must be checked before it is wrapped")
    self.value = value
  }

  /// Returns the sensitivity of counts if one privacy unit has at most `rows` rows. All may fall
  /// into one cell, so it is `rows`, not its root.
  package static func counts(maximumRowsPerUnit rows: Int) -> Sensitivity {
    precondition(
      rows >= 1 && rows < 1 << 53, "a privacy unit has at least one row, and fewer than 2^53")
    return Sensitivity(checked: Double(rows))
  }
}

extension Rho {
  /// Returns a share of this rho, 0 to 1, rounded down so that shares never add up to more than the
  /// whole.
  package func share(_ share: Double) -> Rho {
    precondition((0...1).contains(share), "a share is between 0 and 1")
    return Rho(checked: max(0, (value * share).nextDown))
  }
}

extension Delta {
  /// Returns a share of this delta, 0 to 1, rounded down.
  package func share(_ share: Double) -> Delta {
    precondition((0...1).contains(share), "a share is between 0 and 1")
    return Delta(checked: max(0, (value * share).nextDown))
  }
}
