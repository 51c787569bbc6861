/// What is done with texts as they pass: counted and listed, or rewritten.
package protocol ProseVisitor {
  /// A document begins.
  mutating func begin(_ document: DocumentName) throws
  /// A text of the document, or the next piece of one: a field of an object, a cell of a row, a stretch of a long text.
  /// - Parameters:
  ///   - findings: what was found; offsets in bytes from the start of `text`.
  ///   - field: the field or column; nil for a text file.
  /// - Returns: what stands in its place; nil to leave it as it is.
  mutating func visit(_ text: UnsafeRawBufferPointer, findings: ProseFindings, field: String?) throws -> [UInt8]?
  /// The document ends.
  mutating func end() throws
}

/// A document, and whose it is.
package struct DocumentName: Sendable {
  /// What it is of its file: one of its documents, or of a table what stands above the rows.
  package enum Part: Sendable { case document, header, linesAbove }

  /// As JSON: a string or a number.
  package let id: [UInt8]
  /// Whom the dates of the document belong to: their intervals are kept.
  package let person: [UInt8]
  package let part: Part

  package init(id: [UInt8], person: [UInt8], part: Part = .document) {
    self.id = id
    self.person = person
    self.part = part
  }
}
