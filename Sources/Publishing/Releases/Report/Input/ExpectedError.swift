/// The expected distance of the synthetic table from the original, known without another look:
/// total variation distances.
package struct ExpectedError: Codable, Sendable, Equatable {
  package var oneWay: Double
  package var twoWay: Double?
  /// How the figures were obtained.
  package var explanation: String

  package init(oneWay: Double, twoWay: Double? = nil, explanation: String) {
    self.oneWay = oneWay
    self.twoWay = twoWay
    self.explanation = explanation
  }
}
