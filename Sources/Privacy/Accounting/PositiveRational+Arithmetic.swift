import BigInt
import Foundation

extension PositiveRational {
  /// Returns the exact product.
  package static func * (left: PositiveRational, right: PositiveRational) -> PositiveRational {
    PositiveRational(
      reducing: left.numerator * right.numerator, left.denominator * right.denominator)
  }

  /// Returns the exact quotient.
  package static func / (left: PositiveRational, right: PositiveRational) -> PositiveRational {
    PositiveRational(reducing: left.numerator * right.denominator, left.denominator * right.numerator)
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
