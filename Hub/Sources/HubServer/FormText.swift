import Foundation

/// The fields of a form or of an address's query, as browsers write them.
package struct FormText: Sendable, Equatable {
  package private(set) var values: [String: [String]] = [:]
  package static let mostFields = 200

  package init(_ text: String, mostFields: Int = FormText.mostFields) {
    for pair in text.split(separator: "&").prefix(mostFields) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(parts[0]),
        let value = parts.count > 1 ? Self.decoded(parts[1]) : ""
      else { continue }
      values[name, default: []].append(value)
    }
  }

  private static func decoded(_ text: Substring) -> String? {
    text.replacing("+", with: " ").removingPercentEncoding
  }

  /// The first value of a field; empty if there is none.
  package subscript(name: String) -> String { values[name]?.first ?? "" }

  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// The parts between commas.
  func list(_ name: String) -> [String] {
    self[name].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }

  func whole(_ name: String) -> Int? { Int(self[name].trimmingCharacters(in: .whitespaces)) }

  func number(_ name: String) -> Double? {
    Double(self[name].trimmingCharacters(in: .whitespaces).replacing(",", with: "."))
  }

  /// The text of a field without spaces at its ends; nil if that is nothing.
  func word(_ name: String) -> String? {
    let text = self[name].trimmingCharacters(in: .whitespacesAndNewlines)
    return text.isEmpty ? nil : text
  }
}
