/// The reasons why prose cannot be scanned as requested. No message contains text from a document.
package enum ProseError: Error, Equatable, CustomStringConvertible {
  case pattern(detector: String, offset: Int, problem: String)
  case detectorFile(path: String, problem: String)
  /// A pattern took more steps than allowed.
  case patternLimit(detector: String)
  case recogniser(problem: String)
  case document(file: String, line: Int?, problem: String)

  package var description: String {
    switch self {
    case .pattern(let detector, let offset, let problem):
      "The pattern of detector '\(detector)' is wrong at character \(offset): \(problem). Patterns are those of PCRE2."
    case .detectorFile(let path, let problem):
      "\(path): \(problem). A detector has name, type (such as OTHER_ID), pattern, and may have checksum, contextWords and confidence."
    case .patternLimit(let detector):
      "The pattern of detector '\(detector)' takes too many steps on this text, so that nothing could be promised of it. "
        + "Make the pattern simpler: repeats inside repeats are the usual cause."
    case .document(let file, let line, let problem):
      "\(file)\(line.map { ", line \($0)" } ?? ""): \(problem)"
    case .recogniser(let problem):
      "The external recogniser \(problem). It must answer each line {\"id\", \"text\"} with one line {\"id\", \"spans\": "
        + "[{\"start\", \"end\", \"type\", \"confidence\"}]}, offsets in Unicode scalars."
    }
  }
}

extension ProseError {
  /// A stable name for programs that read errors.
  package var id: String {
    switch self {
    case .pattern: "detector.pattern"
    case .detectorFile: "detector.file"
    case .patternLimit: "detector.pattern-limit"
    case .recogniser: "detector.recogniser"
    case .document: "document.unreadable"
    }
  }
}
