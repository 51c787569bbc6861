/// Why prose cannot be scanned as asked. No message holds text of a document.
package enum ProseError: Error, Equatable, CustomStringConvertible {
  case pattern(detector: String, offset: Int, problem: String)
  case detectorFile(path: String, problem: String)
  case recognizer(problem: String)

  package var description: String {
    switch self {
    case .pattern(let detector, let offset, let problem):
      "The pattern of detector '\(detector)' is wrong at character \(offset): \(problem). Patterns are those of PCRE2."
    case .detectorFile(let path, let problem):
      "\(path): \(problem). A detector has name, type (such as OTHER_ID), pattern, and may have checksum, contextWords and confidence."
    case .recognizer(let problem):
      "The external recognizer \(problem). It must answer each line {\"id\", \"text\"} with one line {\"id\", \"spans\": "
        + "[{\"start\", \"end\", \"type\", \"confidence\"}]}, offsets in Unicode scalars."
    }
  }
}
