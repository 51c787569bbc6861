import Foundation

/// Reads JSON that names nothing unknown: a misspelled `columns` must not ask for all of them.
enum StrictJSON {
  struct UnknownKey: Error {}

  /// - Throws: An error of decoding, or ``UnknownKey``.
  static func decode<Value: Codable>(_ type: Value.Type, from data: Data) throws -> Value {
    let value = try JSONDecoder().decode(type, from: data)
    let given = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
    // Whatever is known comes back when the value is written again.
    let known = try JSONSerialization.jsonObject(
      with: JSONEncoder().encode(value), options: .fragmentsAllowed)
    guard isKnown(given, known) else { throw UnknownKey() }
    return value
  }

  private static func isKnown(_ given: Any, _ known: Any?) -> Bool {
    switch (given, known) {
    case (is NSNull, _): true
    case (let given as [String: Any], let known as [String: Any]):
      given.allSatisfy { isKnown($0.value, known[$0.key]) }
    case (let given as [Any], let known as [Any]):
      given.count == known.count && zip(given, known).allSatisfy(isKnown)
    case (is [String: Any], _), (is [Any], _), (_, nil): false
    default: true
    }
  }
}
