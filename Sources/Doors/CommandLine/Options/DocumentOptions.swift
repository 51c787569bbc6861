import ArgumentParser
import Foundation
import ProseRedaction
import Understudy
import Words

/// The texts that are searched for identifiers, and the means of the search.
struct DocumentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How the file holds its texts: text, csv or jsonl. Default: by its name, or else its content.",
      valueName: "format"
    ))
  var format: DocumentFormat?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "JSON lines: a field that holds text, with dots between nested keys. Repeatable. Default: all.",
      valueName: "field"))
  var textField: [String] = []

  @Option(help: ArgumentHelp("JSON lines: the field that names the document.", valueName: "field"))
  var idField = "id"

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Tables: what a column holds: a type such as PERSON, or prose, or plain. Repeatable. Default: judged by the rows.",
      valueName: "name=use"))
  var column: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A file of detectors of your own. Repeatable.", valueName: "file.yaml"))
  var detectors: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A list of words that always go, such as the names of staff and wards; [PERSON] on a line of its own says what follows. Repeatable.",
      valueName: "file"))
  var always: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A list of words that are never taken for identifiers. Repeatable.", valueName: "file"))
  var never: [String] = []

  @Option(
    help: ArgumentHelp(
      "A program that finds identifiers too: it answers a line of JSON with a line of JSON.",
      valueName: "command"))
  var recogniser: String?

  @OptionGroup var reading: ReadingOptions

  func scanner() throws -> ProseScanner {
    let custom = try detectors.flatMap { path in
      guard let text = try InputFile.text(path) else {
        throw Failure(
          "\(path): there is no such file of detectors, or it cannot be read.",
          remedy: "Check the path.")
      }
      return try DetectorDescription.list(yaml: text, path: path)
    }
    return try ProseScanner(
      customDetectors: custom,
      recogniser: try recogniser.map { try ExternalRecogniser(command: $0) },
      always: try Self.list(always),
      never: try Self.list(never))
  }

  /// The files that a scan reads besides the texts, each with a noun.
  var files: [(file: String?, use: String)] {
    detectors.map { ($0, "a file of detectors that is read") }
      + (always + never).map { ($0, "a list of words that is read") }
  }

  /// Returns the words of several files; nil if there is no file.
  private static func list(_ paths: [String]) throws -> TermList? {
    var list: TermList?
    for path in paths {
      guard let text = try InputFile.text(path) else {
        throw Failure(
          "\(path): there is no such list of words, or it cannot be read.",
          remedy: "Check the path. It must be UTF-8.")
      }
      let more = try TermList(text, path: path)
      list = list?.joined(with: more) ?? more
    }
    return list
  }

  func validate() throws { _ = try uses() }

  /// Returns a pass over a file.
  func run(
    _ path: String, personField: String? = nil, findsSets: Bool = false,
    progress: @escaping (Double) throws -> Void
  ) throws -> DocumentRun {
    let url = try InputFile.readable(path)
    var settings = DocumentSettings(
      format: try format ?? DocumentFormat(url, name: path), scanner: try scanner())
    (settings.textFields, settings.idField, settings.personField) = (
      textField, idField, personField
    )
    (settings.columns, settings.reading) = (try uses(), try reading.readOptions())
    return try DocumentRun(
      url, name: InputFile.name(url), settings: settings, findsSets: findsSets, progress: progress)
  }

  /// The uses of columns that the user states.
  private func uses() throws -> [(name: String, use: TableWalk.ColumnUse)] {
    try column.map { entry in
      let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let use = Self.use(parts[1]) else {
        throw ValidationError(
          "--column: must be NAME=TYPE, NAME=prose or NAME=plain; the types are those of `understudy scan --help`"
        )
      }
      return (parts[0], use)
    }
  }

  private static func use(_ word: String) -> TableWalk.ColumnUse? {
    switch word.lowercased() {
    case "prose": .prose
    case "plain": .plain
    default: IdentifierType(rawValue: word.uppercased()).map { .identifier($0) }
    }
  }
}

extension DocumentFormat: ExpressibleByArgument {}
