/// Every error has a description and a name that never changes.
enum ErrorRule {
  /// The file that describes the errors of all rooms.
  static let words = "Sources/Doors/Understudy/Failures/UnderstudyError+Describing.swift"
  static let page = "docs/command-line.md"

  /// Errors that never get there, with the reason.
  static let elsewhere: [String: String] = [
    "UnderstudyError": "It is what the others become.",
    "AdverseVerdict": "The command has shown what it found.",
    "RareConditionsError": "`Sampling.swift` says which condition is impossible.",
    "Fault": "`LedgerChain.swift` turns it into `LedgerError.corrupt`.",
    "AddressFault": "`SourceArgument.swift` turns it into `SourceError.address`.",
    "DriverFault": "`SourceArgument.swift` turns it into `SourceError.driver`.",
    "SourceColumnFault": "`ArrowColumn.swift` turns it into `SourceError.text`.",
  ]

  /// The types that the sources declare as errors, by name; a nested type by its own name only.
  static func declared(in files: [SourceText]) -> Set<String> {
    let pattern = /\b(?:enum|struct|class)\s+(\w+)\s*:[^{]*\bError\b/
    return Set(
      files.filter(\.isSource).flatMap {
        $0.code.flatMap { $0.matches(of: pattern).map { String($0.output.1) } }
      })
  }

  /// Uses of `default:` in the description or the name of an error: a new case would get the words
  /// of an old one.
  static func defaults(in file: SourceText, errors: Set<String>) -> [Violation] {
    guard file.isSource, !file.isUnder([FlagRule.doors]),
      file.code.contains(where: { $0.utf8.contains(run: "default:".utf8) })
    else { return [] }
    var owner: Substring?
    var indent: Substring?
    return file.code.indices.filter { number in
      let line = file.code[number]
      if let match = line.firstMatch(of: /^(?:\w+ )*(?:enum|struct|class|extension) ([\w.]+)/) {
        owner = match.output.1
      }
      if let match = line.firstMatch(
        of: /^( *)(?:\w+ )*var (?:id|\w*[dD]escription): String\?? \{$/)
      {
        let names = owner?.split(separator: ".").map(String.init) ?? []
        indent = names.contains { errors.contains($0) } ? match.output.1 : nil
      } else if let current = indent, line == current + "}" {
        indent = nil
      }
      return indent != nil && line.contains(/^ *default:/)
    }.map {
      Violation(path: file.path, line: $0 + 1, rule: "the words of an error name every case")
    }
  }

  /// The errors that ``words`` describes.
  static func described(in files: [SourceText]) -> Set<String> {
    let lines = files.first { $0.path == words }?.code ?? []
    return Set(
      lines.flatMap { $0.matches(of: /\bas (?:\w+\.)?(\w+):/).map { String($0.output.1) } })
  }

  /// The names of kinds of faults: those that an error's `var id` returns, and those that the
  /// command line adds.
  static func identifiers(in files: [SourceText]) -> Set<String> {
    var found: Set<String> = []
    for file in files where file.isSource {
      var indent: Substring?
      for line in file.lines {
        if let match = line.firstMatch(of: /^( *)(?:package |public )?var id: String \{$/) {
          indent = match.output.1
        } else if let current = indent {
          if line == current + "}" {
            indent = nil
          } else if let match = line.firstMatch(of: /: "([a-z0-9.-]+)"$/) {
            found.insert(String(match.output.1))
          }
        }
        if file.isUnder(["Sources/Doors/CommandLine/Failures", "Sources/Doors/Understudy/Failures"])
        {
          for match in line.matches(of: /\bid: "([a-z0-9.-]+)"/) {
            found.insert(String(match.output.1))
          }
        }
      }
    }
    return found
  }

  /// The names that the page lists, in its table about `id`.
  static func listed(on page: String) -> Set<String> {
    let rows = page.split(separator: "\n", omittingEmptySubsequences: false).drop {
      !$0.hasPrefix("| about | `id` |")
    }.dropFirst(2).prefix { $0.hasPrefix("|") }
    return Set(rows.flatMap { $0.matches(of: /`([^`]+)`/).map { String($0.output.1) } })
  }
}
