import Basics
import Foundation
import Manifests
import Tables

/// Drafts for a privacy officer, filled from a release's signed manifest: paragraphs for an impact
/// assessment, clauses for a data use agreement, a letter to a review board.
///
/// Each sentence follows from the manifest or from the definition of differential privacy. What
/// neither can know stands in brackets, to be filled in.
package struct Paperwork: Sendable {
  /// A draft: the name of its file, and its text in Markdown.
  package struct Document: Sendable, Equatable {
    package let name: String
    package let text: String
  }

  let manifest: Manifest

  /// - Parameter manifest: A manifest whose signature and files were checked.
  /// - Throws: ``PaperworkError/notPrivate`` if it promises nothing.
  package init(_ manifest: Manifest) throws(PaperworkError) {
    guard manifest.guarantee.isPrivate else { throw .notPrivate }
    self.manifest = manifest
  }

  /// The drafts, in order of their names.
  package var documents: [Document] {
    [
      Document(name: "data-use-agreement.md", text: agreement),
      Document(name: "impact-assessment.md", text: assessment),
      Document(name: "review-board.md", text: letter),
    ]
  }

  // MARK: The facts

  var table: String { Self.inline(manifest.table) }
  var date: String { String(manifest.created.prefix(10)) }
  var version: String { manifest.software.version }
  var key: String { manifest.signer.keyID }
  var epsilon: String { NumberText.parameter(manifest.guarantee.epsilon) }
  var delta: String { NumberText.parameter(manifest.guarantee.delta) }

  /// The most that e^ε multiplies a probability by, rounded up.
  var factor: String {
    let factor = exp(manifest.guarantee.epsilon)
    return factor < 1e9
      ? NumberText.decimal((factor * 100).rounded(.up) / 100, digits: 2) : "more than a billion"
  }

  /// The most percent of the time that an even guess becomes right, rounded up.
  var guess: String {
    String(Int((100 / (1 + exp(-manifest.guarantee.epsilon))).rounded(.up)))
  }

  /// The kind of a release, by its files.
  enum Kind { case table, linkedTables, trips, map, predictiveModel }

  var kind: Kind {
    let files = Set(manifest.files.keys)
    if files.contains(ReleaseArtefact.linkedModel.name) { return .linkedTables }
    if files.contains(ReleaseArtefact.heat.name) { return .map }
    if files.contains(ReleaseArtefact.scorecard.name) { return .predictiveModel }
    return files.contains(ReleaseArtefact.model.name) ? .table : .trips
  }

  /// The release, as the object of a sentence.
  var size: String {
    let columns = NumberText.plural(
      manifest.columns.count { $0.treatment != .dropped }, "column", "columns")
    let rows = NumberText.plural(manifest.rows, "row", "rows")
    switch kind {
    case .table: return "a table of \(rows) and \(columns)"
    case .trips: return "a table of synthetic trips with \(rows)"
    case .linkedTables:
      let others = Set(ReleaseArtefact.ofLinkedTables.map(\.name))
      let tables = NumberText.plural(
        manifest.files.keys.count { !others.contains($0) }, "table", "tables")
      let people = NumberText.plural(manifest.rows, "person", "people")
      return "a set of \(tables) of \(people), with \(columns)"
    case .map: return "a map of where people are"
    case .predictiveModel: return "a predictive model"
    }
  }

  /// The origin of its contents, in a sentence.
  var nature: String {
    switch kind {
    case .table, .trips: "Its rows are drawn from a model and belong to no person."
    case .linkedTables:
      "Its people and their rows are drawn from a model and belong to no person; tables that the owner declares to be public are copied."
    case .map: "Its figures are noisy counts."
    case .predictiveModel: "Its points were fitted with noise, and it holds no row."
    }
  }

  /// Whom the promise protects, in a sentence.
  var protects: String {
    let guarantee = manifest.guarantee
    if kind == .linkedTables {
      return "It protects each person, with all rows of theirs in every table."
    }
    if guarantee.unit == "row" {
      return guarantee.eachRowIsAPerson == true
        ? "It protects each row, which the owner declares to be a person of its own."
        : "It protects each row; a person with several rows is protected less."
    }
    if guarantee.personBound == .norm {
      return
        "It protects each person, with all rows that share a value of '\(Self.inline(guarantee.unit))' (whose counts are shortened to the "
        + "length of \(NumberText.plural(guarantee.maximumRowsPerUnit, "row", "rows")))."
    }
    return
      "It protects each person, with all rows that share a value of '\(Self.inline(guarantee.unit))' (of which at most "
      + "\(NumberText.count(guarantee.maximumRowsPerUnit)) count)."
  }

  /// The weaknesses of the promise, as a list.
  var hazards: String {
    guard !manifest.hazards.isEmpty else { return "- Nothing: the manifest names no hazard." }
    return manifest.hazards.map {
      "- **\($0.reported.title).** \(Self.inline($0.reported.detail))"
    }.joined(separator: "\n")
  }

  var unlearned: String {
    let names = manifest.unlearned ?? []
    return names.isEmpty ? "there are none" : names.map(Self.inline).joined(separator: ", ")
  }

  /// Escapes everything that Markdown or HTML would act on.
  static func inline(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\\", "|", "*", "[", "]", "#", "`": result += "\\\(character)"
      case "\n", "\r", "\r\n": result += " "
      default: result.append(character)
      }
    }
  }
}

/// A reason why there are no drafts.
package enum PaperworkError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The release is not as it was signed; the sentences say where.
  case notVerified([String])
  case notPrivate

  /// Names the fault, with the remedy from the second sentence on.
  package var description: String {
    switch self {
    case .notVerified(let failures):
      "The release is not what its owner signed. Ask the owner for it, and verify it: \(failures.joined(separator: " "))"
    case .notPrivate:
      "The release makes no promise: its run was seeded. Make a release without a seed."
    }
  }

  /// A stable name for programs that read errors.
  package var id: String {
    switch self {
    case .notVerified: "paperwork.not-verified"
    case .notPrivate: "paperwork.not-private"
    }
  }
}
