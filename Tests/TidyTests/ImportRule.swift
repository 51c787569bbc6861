/// Imports point one way: a room imports only the rooms that Package.swift gives it.
struct ImportRule {
  /// The rooms that each room may import.
  let allowed: [String: Set<String>]
  /// The rooms in the order in which they are declared.
  let rooms: [String]
  /// The floor that each room is on.
  let floors: [String: String]

  /// Reads the `room(…)` lines of a manifest.
  init(manifest: String) {
    var allowed: [String: Set<String>] = [:]
    var rooms: [String] = []
    var floors: [String: String] = [:]
    for match in manifest.matches(
      of: /\n\s+room\(\s*"(\w+)",\s*on:\s*"(\w+)"\s*(?:,\s*\[([^\]]*)\])?/)
    {
      let name = String(match.output.1)
      floors[name] = String(match.output.2)
      let dependencies = (match.output.3 ?? "").matches(of: /"(\w+)"/).map { String($0.output.1) }
      allowed[name] = Set(dependencies)
      rooms.append(name)
    }
    self.allowed = allowed
    self.rooms = rooms
    self.floors = floors
  }

  /// The floors from the ground up, each once. If a room belongs to a floor that has already ended,
  /// that floor appears again.
  var floorsInOrder: [String] {
    rooms.compactMap { floors[$0] }.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  func violations(in file: SourceText) -> [Violation] {
    guard file.isSource, let allowed = allowed[file.target] else { return [] }
    return file.code.indices.compactMap { line in
      guard Declaration(file.code[line])?.keyword == "import" else { return nil }
      let pattern =
        /^\s*(?:@\w+\s+)*(?:\w+\s+)?import\s+(?:(?:struct|class|enum|protocol|func|typealias|var|let)\s+)?(\w+)/
      guard let name = file.code[line].firstMatch(of: pattern).map({ String($0.output.1) }) else {
        return nil
      }
      guard rooms.contains(name), !allowed.contains(name) else { return nil }
      return Violation(
        path: file.path, line: line + 1,
        rule: "\(file.target) may not import \(name) (see Package.swift)")
    }
  }

  /// Imports against the flow of data: rooms named by a room that is declared before them.
  var backwardImports: [String] {
    var declared: Set<String> = []
    var found: [String] = []
    for room in rooms {
      let ahead = allowed[room, default: []].subtracting(declared).intersection(rooms)
      found += ahead.sorted().map { "\(room) imports \($0), which comes later" }
      declared.insert(room)
    }
    return found
  }
}
