import Foundation
import Words

/// Notes written for the tests: identifiers are marked `[[TYPE|text]]`, and text that must stay
/// `{{text}}`.
struct LabelledNote {
  let text: [UInt8]
  let identifiers: [(range: Range<Int>, type: IdentifierType)]
  let nearMisses: [Range<Int>]

  /// The notes of a file of `Corpus`, separated by lines of two percent signs; in files of
  /// near-misses, each line is one note.
  static func read(_ file: String) throws -> [LabelledNote] {
    guard
      let url = Bundle.module.url(forResource: file, withExtension: "txt", subdirectory: "Corpus")
    else {
      throw CocoaError(.fileNoSuchFile)
    }
    let text = try String(contentsOf: url, encoding: .utf8)
    if file.contains("near-misses") {
      return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
        try LabelledNote(String($0))
      }
    }
    return try text.components(separatedBy: "%%\n").map { $0.trimmingCharacters(in: .newlines) }
      .filter { !$0.isEmpty }
      .map { try LabelledNote($0) }
  }

  init(_ marked: String) throws {
    var text: [UInt8] = []
    var identifiers: [(range: Range<Int>, type: IdentifierType)] = []
    var nearMisses: [Range<Int>] = []
    var rest = Substring(marked)
    while let mark = rest.firstMatch(of: /\[\[([A-Z_]+)\|([^\]]+)\]\]|\{\{(.+?)\}\}/) {
      text += rest[..<mark.range.lowerBound].utf8
      let start = text.count
      if let name = mark.output.1, let value = mark.output.2 {
        guard let type = IdentifierType(rawValue: String(name)) else {
          throw CocoaError(.formatting)
        }
        text += value.utf8
        identifiers.append((start..<text.count, type))
      } else if let value = mark.output.3 {
        text += value.utf8
        nearMisses.append(start..<text.count)
      }
      rest = rest[mark.range.upperBound...]
    }
    self.text = text + rest.utf8
    self.identifiers = identifiers
    self.nearMisses = nearMisses
  }
}
