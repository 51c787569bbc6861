import Foundation

extension ValueTally {
  static func logarithm(_ value: Double) -> Double { log2(value) }
  static func exponential(_ value: Double) -> Double { exp(value) }
}
