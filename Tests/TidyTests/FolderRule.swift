/// The folders of a room use each other one way, so that a room is read from the ground up too.
///
/// A folder uses another if it names a type that is declared there. Files beside the folders belong
/// to all of them.
enum FolderRule {
  /// The rooms that keep the rule: those that a release is made of.
  static let rooms: Set<String> = ["Policies", "Manifests", "Reports", "Releases"]

  /// Pairs of folders of one room that use each other, with a file and a type for each direction.
  static func cycles(in files: [SourceText], rooms: Set<String> = Self.rooms) -> [String] {
    let modules = Set(files.map(\.target))
    return rooms.sorted().flatMap { room -> [String] in
      let own = files.filter { $0.isSource && $0.target == room }
      var homes: [Substring: String] = [:]
      for file in own { for type in declared(in: file) { homes[type] = folder(of: file) } }
      var uses: [String: [String: String]] = [:]
      for file in own {
        guard let folder = folder(of: file) else { continue }
        // A room has the name of a type here and there; an import means the room.
        let lines = file.code.filter { !$0.hasPrefix("import ") }
        for word in Set(lines.flatMap { $0.split { !$0.isLetter && !$0.isNumber } })
        where !modules.contains(String(word)) {
          guard let home = homes[word], home != folder else { continue }
          uses[folder, default: [:]][home] = "\(file.path) names \(word)"
        }
      }
      return uses.keys.sorted().flatMap { first -> [String] in
        uses[first, default: [:]].keys.sorted().compactMap { second in
          guard first < second, let back = uses[second]?[first] else { return nil }
          return
            "\(room): \(first) and \(second) use each other: \(uses[first]?[second] ?? ""), \(back)"
        }
      }
    }
  }

  /// The folder within the room; nil for a file beside the folders.
  private static func folder(of file: SourceText) -> String? {
    let parts = file.path.split(separator: "/")
    return parts.count > 4 ? String(parts[3]) : nil
  }

  private static func declared(in file: SourceText) -> [Substring] {
    file.code.compactMap { line in
      line.firstMatch(
        of: /^(?:package |public |final |indirect )*(?:struct|enum|class|protocol|actor) (\w+)/)?
        .output.1
    }
  }
}
