import Foundation
import Logging
import Synchronization

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Keeps the lines of a program's log.
final class Notes: Sendable {
  private let kept = Mutex<[String]>([])

  var lines: [String] { kept.withLock(\.self) }

  var logger: Logger {
    var logger = Logger(label: "test") { _ in Handler(notes: self) }
    logger.logLevel = .info
    return logger
  }

  private struct Handler: LogHandler {
    let notes: Notes
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let line = "\(event.message)"
      notes.kept.withLock { $0.append(line) }
    }
  }
}

/// Whether a text is well-formed XML, with the names of its elements.
final class XMLCheck: NSObject, XMLParserDelegate {
  private(set) var names: [String] = []
  private(set) var isWhole = false

  init(_ data: Data) {
    super.init()
    let parser = XMLParser(data: data)
    parser.delegate = self
    isWhole = parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    names.append(name)
  }
}
