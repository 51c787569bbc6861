import Attacks
import Foundation

/// A JSON document as a tree, read without knowledge of its contents.
indirect enum JSONTree: Decodable, Sendable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONTree])
  case object([String: JSONTree])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([JSONTree].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: JSONTree].self))
    }
  }

  subscript(key: String) -> JSONTree? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  var texts: [String] {
    guard case .list(let items) = self else { return [] }
    return items.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  var number: Double? { if case .number(let number) = self { number } else { nil } }
}

extension JSONTree {
  /// Longer lists are summarised: their members correspond to nothing at the same place in another
  /// run.
  private static let longestList = 24

  /// Adds every value under its path. A long list adds its length, sum, least and largest number,
  /// and the texts in it.
  ///
  /// - Parameter isLeftOut: returns whether a path does not count.
  func addFeatures(to sighting: inout Sighting, path: String, isLeftOut: (String) -> Bool) {
    guard !isLeftOut(path) else { return }
    switch self {
    case .null: sighting[Feature(.word, path)] = .word("null")
    case .flag(let flag): sighting[Feature(.word, path)] = .word(flag ? "true" : "false")
    case .number(let number): sighting[Feature(.number, path)] = .number(number)
    case .text(let text): sighting[Feature(.word, path)] = .word(TextFeatures.short(text))
    case .object(let members):
      for (key, member) in members {
        member.addFeatures(to: &sighting, path: "\(path)/\(key)", isLeftOut: isLeftOut)
      }
    case .list(let items):
      sighting[Feature(.number, "\(path) length")] = .number(Double(items.count))
      for text in Set(texts.prefix(200)) {
        sighting[Feature(.word, "\(path) has '\(TextFeatures.short(text))'")] = .word("yes")
      }
      let numbers = items.compactMap(\.number)
      if numbers.count > Self.longestList {
        sighting[Feature(.number, "\(path) sum")] = .number(numbers.reduce(0, +))
        sighting[Feature(.number, "\(path) least")] = .number(numbers.min() ?? 0)
        sighting[Feature(.number, "\(path) largest")] = .number(numbers.max() ?? 0)
        return
      }
      for (place, item) in items.prefix(Self.longestList).enumerated() {
        if case .text = item { continue }
        item.addFeatures(to: &sighting, path: "\(path)/\(place)", isLeftOut: isLeftOut)
      }
    }
  }
}
