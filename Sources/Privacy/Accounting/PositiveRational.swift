import BigInt
import Foundation

/// An exact fraction above zero, in lowest terms: the form in which the noise scale is drawn,
/// charged and recorded.
///
/// Written as text, `n/d`, so that no reader rounds it.
package struct PositiveRational: Hashable, Sendable {
  package let numerator: BigUInt
  package let denominator: BigUInt

  /// Creates the fraction of two positive numbers without a common divisor.
  package init(lowestTerms numerator: BigUInt, _ denominator: BigUInt) {
    precondition(numerator > 0 && denominator > 0, "a positive fraction has no zero in it")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Creates the fraction `numerator / denominator`, reduced; throws if either is zero.
  package init(_ numerator: BigUInt, _ denominator: BigUInt) throws {
    guard numerator > 0, denominator > 0 else { throw AccountingError.notAPositiveFraction }
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }

  /// Creates the fraction `numerator / denominator`, reduced; throws
  /// ``AccountingError/notAPositiveFraction`` unless both are positive.
  package init(_ numerator: Int, _ denominator: Int = 1) throws {
    guard numerator > 0, denominator > 0 else { throw AccountingError.notAPositiveFraction }
    try self.init(BigUInt(numerator), BigUInt(denominator))
  }

  /// Creates the exact number that `value` holds (every finite double is a fraction); throws unless
  /// it is finite and above zero.
  package init(exactly value: Double) throws {
    guard value.isFinite, value > 0 else { throw AccountingError.notAPositiveFraction }
    // value = significand * 2^exponent with the significand scaled to a whole number below 2^53.
    let shift = Int(value.ulp.exponent)
    let significand = BigUInt((value / value.ulp).rounded())
    try self.init(
      shift > 0 ? significand << shift : significand, shift < 0 ? BigUInt(1) << -shift : 1)
  }
}

extension PositiveRational: Codable, CustomStringConvertible {
  /// The fraction as `n/d`.
  package var description: String { "\(numerator)/\(denominator)" }

  /// Reads `n/d`; throws ``AccountingError/notAPositiveFraction`` on anything else.
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let areDigits = parts.allSatisfy {
      !$0.isEmpty && $0.utf8.count <= 2000 && $0.utf8.allSatisfy { (48...57).contains($0) }
    }
    guard parts.count == 2, areDigits, let numerator = BigUInt(parts[0], radix: 10),
      let denominator = BigUInt(parts[1], radix: 10)
    else { throw AccountingError.notAPositiveFraction }
    try self.init(numerator, denominator)
  }

  /// Writes `n/d`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension PositiveRational {
  /// Returns the exact product.
  package static func * (left: PositiveRational, right: PositiveRational) -> PositiveRational {
    PositiveRational(
      reducing: left.numerator * right.numerator, left.denominator * right.denominator)
  }

  /// Returns the exact quotient.
  package static func / (left: PositiveRational, right: PositiveRational) -> PositiveRational {
    PositiveRational(
      reducing: left.numerator * right.denominator, left.denominator * right.numerator)
  }

  /// The smallest double that is at least this fraction, or the greatest finite double if the
  /// fraction is above every one. As a cost, that is more than any grant.
  package var roundedUp: Double {
    // Scale the quotient into 2^53 ... 2^55, round it up, then round the result to 53 bits, up
    // again.
    let scale = 54 - (numerator.bitWidth - denominator.bitWidth)
    let scaledNumerator = scale > 0 ? numerator << scale : numerator
    let scaledDenominator = scale < 0 ? denominator << -scale : denominator
    let (quotient, remainder) = scaledNumerator.quotientAndRemainder(dividingBy: scaledDenominator)
    var significand = UInt64(quotient) + (remainder == 0 ? 0 : 1)
    var exponent = -scale
    while significand >= 1 << 53 {
      significand = (significand >> 1) + (significand & 1)
      exponent += 1
    }
    let result = min(scalbn(Double(significand), exponent), .greatestFiniteMagnitude)
    // Below the smallest normal number the scaling itself rounds, so take the next number up.
    return result < Double.leastNormalMagnitude ? result.nextUp : result
  }

  init(reducing numerator: BigUInt, _ denominator: BigUInt) {
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    self.init(lowestTerms: numerator / divisor, denominator / divisor)
  }
}
