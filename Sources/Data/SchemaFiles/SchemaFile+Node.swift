/// A tree of texts with their line numbers: the common part of YAML and JSON.
package indirect enum SchemaNode: Sendable {
  /// `isQuoted` tells the text "null" from the word null.
  case scalar(String, isQuoted: Bool, line: Int)
  case list([SchemaNode], line: Int)
  case map([Entry], line: Int)

  package struct Entry: Sendable {
    package let key: String
    package let line: Int
    package let value: SchemaNode
  }

  package var line: Int {
    switch self {
    case .scalar(_, _, let line), .list(_, let line), .map(_, let line): line
    }
  }

  /// The text of a scalar.
  package var text: String? {
    if case .scalar(let text, _, _) = self { text } else { nil }
  }

  package var items: [SchemaNode]? {
    if case .list(let items, _) = self { items } else { nil }
  }

  package var entries: [Entry]? {
    if case .map(let entries, _) = self { entries } else { nil }
  }

  /// The value of a key in a mapping.
  package subscript(key: String) -> SchemaNode? { entries?.first { $0.key == key }?.value }

  /// Whether the key has no value, or the word null.
  package var isNull: Bool {
    if case .scalar(let text, let isQuoted, _) = self {
      !isQuoted && ["", "~", "null"].contains(text)
    } else {
      false
    }
  }

  /// The name of this kind of node in messages.
  package var shape: String {
    switch self {
    case .scalar: "a single value"
    case .list: "a list"
    case .map: "keys with values"
    }
  }
}
