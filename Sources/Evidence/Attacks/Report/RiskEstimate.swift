/// A risk and its 95 % interval, each from 0 to 1.
package struct RiskEstimate: Codable, Sendable, Equatable {
  package var value: Double
  package var low: Double
  package var high: Double

  package init(value: Double, low: Double, high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }
}
