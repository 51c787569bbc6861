import Tables

/// The reason an analysis cannot be made. It follows from the analysis, the schema and the
/// release's domain alone, never from a row.
package enum AnalysisFault: Error, Equatable, Sendable {
  case unreadable(file: String)
  case notYAML(file: String, line: Int?)
  case unknownKey(String, nearest: String?)
  case unknownWord(key: String, nearest: String?, allowed: [String])
  case wrongShape(key: String, allowed: String)
  case missingKey(String, kind: String)
  case needlessKey(String, kind: String)
  case unknownColumn(String, nearest: String?)
  case notDirect(String)
  case wrongColumn(String, allowed: String)
  case unknownLabel(column: String, nearest: String?, known: [String])
  case unlearned(String)
  case unreadableRange(column: String, type: String)
  /// A condition on values beyond those that the release knows, which count as the nearest known.
  case beyondRange(column: String, low: String, high: String)
  case tooManyCells(Int, most: Int)
  case tooManyTerms(Int, most: Int)
  case columnTwice(String)
  case noGraphicalModel
  case noMeasurements
  case unreadableModel(reason: String)
  case wrongModel(kind: String, allowed: String)

  /// The largest number of cells of a table that is asked for.
  package static let mostCells = 20_000
  /// The largest number of coefficients of a regression.
  package static let mostTerms = 64
}

extension AnalysisFault {
  /// A label that a column does not have: the labels that it has, or the nearest if they are many.
  static func unknownLabel(_ label: String, of column: String, known: [String]) -> AnalysisFault {
    known.count <= mostNamed
      ? .unknownLabel(column: column, nearest: nil, known: known)
      : .unknownLabel(
        column: column, nearest: SchemaWords.nearest(to: label, in: known), known: [])
  }

  private static let mostNamed = 8
}

extension AnalysisFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let file):
      "\(file): this analysis cannot be read. Check the path, and that the file is text in UTF-8."
    case .notYAML(let file, let line):
      "\(file)\(line.map { ", line \($0)" } ?? ""): this is neither YAML nor JSON. Write one `key: value` on each line."
    case .unknownKey(let key, let nearest):
      "analysis: there is no key `\(key)`. "
        + (nearest.map { "Did you mean `\($0)`?" }
          ?? "The keys are \(AnalysisFile.keys.joined(separator: ", ")).")
    case .unknownWord(let key, let nearest, let allowed):
      "analysis, \(key): this word is not known. "
        + (nearest.map { "Did you mean \($0)?" }
          ?? "Write one of \(allowed.joined(separator: ", ")).")
    case .wrongShape(let key, let allowed):
      "analysis, \(key): this cannot be read. Write \(allowed)."
    case .missingKey(let key, let kind): "analysis: `\(kind)` needs `\(key)`. Add it."
    case .needlessKey(let key, let kind):
      "analysis: `\(kind)` has no use for `\(key)`. Take it out."
    case .unknownColumn(let name, let nearest):
      "analysis: the release has no column '\(name)'. "
        + (nearest.map { "Did you mean '\($0)'?" }
          ?? "Identifiers, prose and dropped columns cannot be analysed.")
    case .notDirect(let name):
      "analysis: column '\(name)' is known to the release only through a rule with other columns. Use those columns instead."
    case .wrongColumn(let name, let allowed):
      "analysis: column '\(name)' is of the wrong type here. Use \(allowed)."
    case .unknownLabel(let column, let nearest, let known):
      "analysis: column '\(column)' has no such label in the release. "
        + (nearest.map { "Did you mean \($0)?" }
          ?? (known.isEmpty
            ? "Look at the release's report for its labels."
            : "Its labels are \(known.joined(separator: ", "))."))
    case .unlearned(let name):
      "analysis: nothing could be learned about column '\(name)', which is empty in the release. Use another column, or ask its owner for "
        + "a release with more epsilon."
    case .unreadableRange(let column, let type):
      "analysis, where: the range for column '\(column)' cannot be read as \(type). Write low..high as in the table, the lower value first."
    case .beyondRange(let column, let low, let high):
      "analysis, where: the release knows column '\(column)' from \(low) to \(high), and values beyond count as the nearest of these, "
        + "so that nothing can be said of them. Name a range that reaches into these values."
    case .tooManyCells(let count, let most):
      "analysis: this asks for \(count) numbers at once, more than \(most). Name fewer columns, or columns with fewer labels."
    case .tooManyTerms(let count, let most):
      "analysis: this regression has \(count) coefficients, more than \(most). Name fewer terms, or terms with fewer labels."
    case .columnTwice(let name):
      "analysis: column '\(name)' stands in two places. Give each column one part to play."
    case .noGraphicalModel:
      "This release holds a network, which has no noisy marginals to draw conclusions from. Ask its owner for a release made with the "
        + "engine aim or mst."
    case .unreadableModel(let reason): "analysis, model: this is not a scorecard. \(reason)"
    case .wrongModel(let kind, let allowed):
      "analysis, model: `\(kind)` needs a model whose scores are \(allowed). Use another one."
    case .noMeasurements:
      "This release was made before noisy marginals were published with the model. Ask its owner for a new one."
    }
  }

  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .unreadable: "analysis.unreadable"
    case .notYAML: "analysis.not-yaml"
    case .unknownKey: "analysis.unknown-key"
    case .unknownWord: "analysis.unknown-word"
    case .wrongShape: "analysis.wrong-shape"
    case .missingKey: "analysis.missing-key"
    case .needlessKey: "analysis.needless-key"
    case .unknownColumn: "analysis.unknown-column"
    case .notDirect: "analysis.not-direct"
    case .wrongColumn: "analysis.wrong-column"
    case .unknownLabel: "analysis.unknown-label"
    case .unlearned: "analysis.unlearned"
    case .unreadableRange: "analysis.unreadable-range"
    case .beyondRange: "analysis.beyond-range"
    case .tooManyCells: "analysis.too-many-cells"
    case .tooManyTerms: "analysis.too-many-terms"
    case .columnTwice: "analysis.column-twice"
    case .noGraphicalModel: "analysis.no-graphical-model"
    case .noMeasurements: "analysis.no-measurements"
    case .unreadableModel: "analysis.unreadable-model"
    case .wrongModel: "analysis.wrong-model"
    }
  }
}
