import DelimitedText
import Foundation

/// Processes texts as they pass: counts and lists them, or rewrites them.
package protocol ProseVisitor {
  /// Begins a document.
  mutating func begin(_ document: DocumentName) throws
  /// Visits a text of the document, or the next piece of one: a field of an object, a cell of a
  /// row, a stretch of a long text.
  /// - Parameters:
  ///   - findings: the findings, with offsets in bytes from the start of `text`.
  ///   - field: the field or column; nil for a text file.
  /// - Returns: the replacement text; nil to leave the text unchanged.
  mutating func visit(_ text: UnsafeRawBufferPointer, findings: ProseFindings, field: String?)
    throws -> [UInt8]?
  /// Ends the document.
  mutating func end() throws
}

/// A document and its person.
package struct DocumentName: Sendable {
  /// The part of the file: one of its documents or, in a table, the header or the lines above it.
  package enum Part: Sendable { case document, header, linesAbove }

  /// The id as JSON: a string or a number.
  package let id: [UInt8]
  /// The person the dates of the document belong to; their intervals are kept.
  package let person: [UInt8]
  package let part: Part

  package init(id: [UInt8], person: [UInt8], part: Part = .document) {
    self.id = id
    self.person = person
    self.part = part
  }
}

/// The way a file holds its texts.
package enum DocumentFormat: String, CaseIterable, Sendable {
  /// The whole file is one text.
  case text
  /// A delimited table; each cell is a text.
  case csv
  /// One JSON object per line; its strings are texts.
  case jsonl

  /// Infers the format from the file's name, or from its content if the name does not tell: a table
  /// that comes through a pipe or is called `export.txt` has columns of names all the same.
  /// - Throws: `TableError` if the file cannot be read.
  package init(_ url: URL, name: String) throws {
    var name = name.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    if [".csv", ".tsv"].contains(where: { name.hasSuffix($0) }) {
      self = .csv
    } else if [".jsonl", ".ndjson"].contains(where: { name.hasSuffix($0) }) {
      self = .jsonl
    } else {
      self =
        switch try ContentSigns(url) {
        case .objects: .jsonl
        case .table: .csv
        case .other: .text
        }
    }
  }
}
