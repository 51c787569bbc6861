import Foundation

/// JSON in which equal values give equal bytes: keys are sorted, and slashes stand as they are.
package enum CanonicalJSON {
  /// One value a line, for people too.
  /// - Parameter namesInfinities: whether numbers that JSON does not have are written as `inf`, `-inf` and `nan` instead of refused.
  package static func lines(_ value: some Encodable, namesInfinities: Bool = false) throws -> Data {
    let encoder = encoder([.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
    if namesInfinities {
      encoder.nonConformingFloatEncodingStrategy = .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    }
    return try encoder.encode(value)
  }

  /// Without blanks, in one line.
  package static func line(_ value: some Encodable) throws -> String {
    String(decoding: try encoder([.sortedKeys, .withoutEscapingSlashes]).encode(value), as: UTF8.self)
  }

  private static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    return encoder
  }
}
