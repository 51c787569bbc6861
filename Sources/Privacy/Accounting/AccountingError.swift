import Foundation

/// A number or an event that the accounting cannot accept.
package enum AccountingError: Error, Hashable, Sendable {
  /// A quantity that is negative, infinite, not a number or above its maximum.
  case outOfRange(quantity: String, found: Double, maximum: Double)
  /// A fraction that is not written `n/d` with two positive whole numbers.
  case notAPositiveFraction
  /// The deltas already used by the events leave nothing of the requested delta.
  case deltaUsedUp(asked: Double, used: Double)
}

extension AccountingError: LocalizedError, CustomStringConvertible {
  /// The error and its remedy in a sentence.
  package var description: String {
    switch self {
    case .outOfRange(let quantity, let found, let maximum):
      let limit = maximum == .greatestFiniteMagnitude ? "" : " and at most \(maximum)"
      return "\(quantity) must be a finite number, at least 0\(limit). Found \(found)."
    case .notAPositiveFraction:
      return "A fraction must be two positive whole numbers written as n/d, such as 25/2."
    case .deltaUsedUp(let asked, let used):
      return
        "The delta asked for is \(asked), but the questions already asked use \(used). Ask for a larger delta."
    }
  }

  /// The same sentence, for callers that only know `Error`.
  package var errorDescription: String? { description }
}

extension AccountingError {
  /// A stable identifier, for programs that read errors.
  package var id: String {
    switch self {
    case .outOfRange: "promise.out-of-range"
    case .notAPositiveFraction: "promise.not-a-positive-fraction"
    case .deltaUsedUp: "promise.delta-used-up"
    }
  }
}
