/// What differs between engines is asked of the engine (`Synthesizer`): no other code tells them
/// apart.
struct EngineRule {
  /// The registry, which lists the engines.
  static let registry = "Sources/Models/Engines/"
  /// The names of the engines' constants.
  let engines: [String]
  private let pattern: Regex<Substring>

  init(_ files: [SourceText]) throws {
    engines = files.filter(\.isSource).flatMap { file in
      file.code.compactMap {
        $0.firstMatch(of: /static let (\w+) = Engine\(/).map { String($0.output.1) }
      }
    }
    pattern = try Regex(
      #"(?:\bcase|[=!]=)\s+\.(?:\#(engines.joined(separator: "|")))\b"#, as: Substring.self)
  }

  /// Lines that ask which engine it is.
  func violations(in file: SourceText) -> [Violation] {
    guard file.isSource, !file.path.hasPrefix(Self.registry) else { return [] }
    return file.violations(
      of: pattern, holding: engines.map { ".\($0)" }, in: file.code,
      rule: "an engine is told apart by name; ask its synthesizer")
  }
}
