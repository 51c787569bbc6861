/// How far the synthetic table is expected to be from the original, as known without looking again: total variation distances.
package struct ExpectedError: Codable, Sendable, Equatable {
  package var oneWay: Double
  package var twoWay: Double?
  /// How the figures were come by.
  package var explanation: String

  package init(oneWay: Double, twoWay: Double? = nil, explanation: String) {
    self.oneWay = oneWay
    self.twoWay = twoWay
    self.explanation = explanation
  }
}
