/// A part of a JSON document that the hub writes.
indirect enum JSONPart: Encodable, Sendable, Equatable, ExpressibleByStringLiteral,
  ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  case text(String)
  case flag(Bool)
  case whole(Int)
  case list([JSONPart])
  case object([String: JSONPart])

  init(stringLiteral text: String) { self = .text(text) }
  init(booleanLiteral flag: Bool) { self = .flag(flag) }
  init(integerLiteral number: Int) { self = .whole(number) }
  init(arrayLiteral parts: JSONPart...) { self = .list(parts) }
  init(dictionaryLiteral parts: (String, JSONPart)...) {
    self = .object(Dictionary(uniqueKeysWithValues: parts))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .flag(let flag): try container.encode(flag)
    case .whole(let number): try container.encode(number)
    case .list(let parts): try container.encode(parts)
    case .object(let parts): try container.encode(parts)
    }
  }

  /// A reference to a thing by its address.
  static func id(_ address: String) -> JSONPart { ["@id": .text(address)] }

  /// The object with a further property; without it if `part` is nil.
  func with(_ name: String, _ part: JSONPart?) -> JSONPart {
    guard case .object(var parts) = self, let part else { return self }
    parts[name] = part
    return .object(parts)
  }
}
