import DelimitedText
import Foundation
import ProseRedaction
import Pseudonyms
import Words

/// A file whose texts are searched for what names a person.
public struct ProseRequest: Sendable, Codable {
  /// A text, a table, or JSON lines, told apart by the name; `.gz` too.
  public var file: URL
  /// JSON lines: the fields that hold text; all if there are none.
  public var textFields: [String] = []
  /// Words that are found wherever they stand, such as the names of staff.
  public var always: [String] = []
  /// Words that are never taken for identifiers.
  public var never: [String] = []

  /// Creates a search of a file.
  public init(file: URL) { self.file = file }
}

/// The replacement of what names a person.
public enum RedactionTreatment: String, Sendable, Codable {
  /// A star for each character.
  case mask
  /// The type, as in `<PERSON>`.
  case tag
  /// An invented value of the same kind.
  case fake
  /// Letters and digits derived from the identifier and the key alone.
  case pseudonym
  /// Nothing.
  case drop
  /// The rules of HIPAA Safe Harbor: dates become years, postal codes their first three digits,
  /// ages end at 90, and everything else becomes its type.
  case safeHarbor = "hipaa-safe-harbor"
}

/// The identifiers found (and replaced, if the file was rewritten), as types and counts, never as
/// text.
///
/// It rests on rules and lists: much is found and some is missed.
public struct IdentifierFindings: Reported {
  package let report: RedactionReport
  package init(report: RedactionReport) { self.report = report }

  /// The texts, rows or documents that were searched.
  public var documents: Int { report.documents }
  /// The number of findings, by type of identifier.
  public var found: [String: Int] {
    Dictionary(report.types.map { ($0.type, $0.found) }) { first, _ in first }
  }
  /// Words that no detector reads, by script.
  public var unread: [String: Int] { report.unread }
}

extension ProseRequest {
  func settings() throws -> DocumentSettings {
    let scanner = try ProseScanner(
      always: always.isEmpty
        ? nil : TermList(always.joined(separator: "\n"), path: "the words that are always found"),
      never: never.isEmpty
        ? nil : TermList(never.joined(separator: "\n"), path: "the words that are never found"))
    var settings = DocumentSettings(
      format: try DocumentFormat(file, name: file.lastPathComponent), scanner: scanner)
    settings.textFields = textFields
    return settings
  }
}
