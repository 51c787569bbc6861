/// The table of rooms in docs/ARCHITECTURE.md: name, contents, and the rooms it may import.
struct ArchitectureTable {
  /// The imports that the document lists for each existing room.
  let imports: [String: Set<String>]

  init(markdown: String) {
    var imports: [String: Set<String>] = [:]
    for line in markdown.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimming(while: \.isWhitespace) }
      guard cells.count == 3, let name = cells[0].firstMatch(of: /^`([\w-]+)`/)?.output.1 else {
        continue
      }
      imports[String(name)] = Set(cells[2].matches(of: /`(\w+)`/).map { String($0.output.1) })
    }
    self.imports = imports
  }

  /// The differences between the document and the manifest.
  func differences(from manifest: ImportRule) -> [String] {
    manifest.rooms.compactMap { room in
      let inManifest = manifest.allowed[room, default: []]
      guard let inTable = imports[room] else { return "\(room) is missing from the table of rooms" }
      return inTable == inManifest
        ? nil
        : "\(room): the table says \(inTable.sorted()), Package.swift says \(inManifest.sorted())"
    }
  }
}

extension Substring {
  fileprivate func trimming(while predicate: (Character) -> Bool) -> Substring {
    var trimmed = drop(while: predicate)
    while let last = trimmed.last, predicate(last) { trimmed.removeLast() }
    return trimmed
  }
}
