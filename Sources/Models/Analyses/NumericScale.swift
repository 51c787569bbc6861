import Foundation
import Tables

/// The number that a tick of a column stands for: days for dates, seconds for times, and the value
/// itself for numbers.
package enum NumericScale: Sendable, Equatable {
  /// The value is the tick times the factor.
  case linear(Double)
  case scientific(digits: Int)

  /// Returns nil for columns of labels.
  package init?(_ type: ColumnType) {
    switch type {
    case .integer, .boolean, .date: self = .linear(1)
    case .decimal(let digits): self = .linear(pow(10, -Double(digits)))
    case .scientific(let format): self = .scientific(digits: format.digits)
    case .timestamp(let format):
      self = .linear(
        format.fractionDigits > 0
          ? pow(10, -Double(format.fractionDigits)) : Double(format.secondsPerTick))
    case .category, .identifier, .text: return nil
    }
  }

  /// The factor between ticks and values; nil if they are not proportional.
  package var factor: Double? {
    if case .linear(let factor) = self { factor } else { nil }
  }

  package func value(_ tick: Int64) -> Double {
    switch self {
    case .linear(let factor): Double(tick) * factor
    case .scientific(let digits): ScientificTick(digits: digits).value(of: tick)
    }
  }
}
