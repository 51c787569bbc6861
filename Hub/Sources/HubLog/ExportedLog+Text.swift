import Foundation

extension ExportedLog {
  /// The log as text: one JSON document a line, the seal last.
  package func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let seal = try seal.map { String(decoding: try encoder.encode(["seal": $0]), as: UTF8.self) }
    return (lines + [seal].compactMap(\.self)).map { $0 + "\n" }.joined()
  }

  /// Reads such a text. A last line that is not a seal is taken as an entry.
  package init(text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    let seal = lines.last.flatMap {
      try? JSONDecoder().decode([String: LogSeal].self, from: Data($0.utf8))["seal"]
    }
    if seal != nil { lines.removeLast() }
    self.init(lines: lines, seal: seal)
  }
}
