import DelimitedText
import Foundation
import ProseRedaction

extension DocumentRun {
  /// Rewrites the file. It appears whole or not at all.
  ///
  /// - Parameters:
  ///   - places: Receives the old and new places of every finding as JSON, one object per document.
  ///   - remedyOfUnread: The way to go on if some words are read by no detector, in the words of
  ///     the door: nothing is written then. Nil to leave such words as they are.
  package func redact(
    to output: URL, with redactor: Redactor, isDayFirst: Bool = false,
    places: (any ProseOutput)? = nil, remedyOfUnread: String?
  ) throws -> FindingTally {
    var visitor = RedactionVisitor(
      redactor, order: DayMonthGuess(isDayFirst: isDayFirst), output: places)
    if linesAbove > 0 {
      places?.append("{\"id\":\"above the header\",\"linesLeftOut\":\(linesAbove),\"spans\":[]}\n")
    }
    let sink = try ByteSink(output)
    try run(&visitor, sink: sink)
    if let remedyOfUnread, let words = visitor.tally.unreadWords {
      throw UnderstudyError(
        "\(name): no detector reads \(words). Nothing was written, since Safe Harbor could not be promised.",
        remedy: remedyOfUnread)
    }
    try sink.finish()
    return visitor.tally
  }

  /// Counts the findings.
  func count() throws -> FindingTally {
    var visitor = CountingVisitor()
    try run(&visitor, sink: nil)
    return visitor.tally
  }
}

/// Counts the findings and leaves every text as it is.
private struct CountingVisitor: ProseVisitor {
  var tally = FindingTally()
  private var part = DocumentName.Part.document

  mutating func begin(_ document: DocumentName) { part = document.part }

  mutating func visit(_ text: UnsafeRawBufferPointer, findings: ProseFindings, field: String?)
    -> [UInt8]?
  {
    tally.add(findings, field: field, part: part)
    return nil
  }

  mutating func end() { tally.endDocument(part) }
}
