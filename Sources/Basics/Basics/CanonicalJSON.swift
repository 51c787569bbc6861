import Foundation

/// JSON with equal bytes for equal values: keys are sorted and slashes are not escaped.
package enum CanonicalJSON {
  /// Encodes one value per line, for people too.
  /// - Parameter namesInfinities: Whether numbers that JSON lacks are written as `inf`, `-inf` and
  ///   `nan` instead of being refused.
  package static func lines(_ value: some Encodable, namesInfinities: Bool = false) throws -> Data {
    let encoder = encoder([.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
    if namesInfinities {
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    }
    return try encoder.encode(value)
  }

  /// Encodes on one line, without blanks.
  package static func line(_ value: some Encodable) throws -> String {
    String(
      decoding: try encoder([.sortedKeys, .withoutEscapingSlashes]).encode(value), as: UTF8.self)
  }

  private static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    return encoder
  }
}
