import ProseRedaction
import Words

/// Receives JSON in pieces.
package protocol ProseOutput: AnyObject {
  func append(_ text: String)
}

/// Rewrites the findings and counts them. Writes their old and new positions as JSON, if asked to.
package struct RedactionVisitor: ProseVisitor {
  package private(set) var tally = FindingTally()
  private let redactor: Redactor
  private let output: (any ProseOutput)?
  private let usualOrder: DayMonthGuess
  private var order: DayMonthGuess
  private var document: DocumentName?
  private var isFirst = true
  private var (scalars, newScalars) = (0, 0)

  /// - Parameter output: receives one JSON object per document.
  package init(_ redactor: Redactor, order: DayMonthGuess, output: (any ProseOutput)?) {
    self.redactor = redactor
    self.output = output
    usualOrder = order
    self.order = order
  }

  package mutating func begin(_ document: DocumentName) {
    self.document = document
    order = usualOrder
    (scalars, newScalars) = (0, 0)
    isFirst = true
    output?.append("{\"id\":" + String(decoding: document.id, as: UTF8.self) + ",\"spans\":[")
  }

  package mutating func visit(
    _ text: UnsafeRawBufferPointer, findings: ProseFindings, field: String?
  ) -> [UInt8]? {
    let spans = findings.spans
    tally.add(findings, field: field, part: document?.part ?? .document)
    order.look(at: spans, in: text)
    if spans.isEmpty, output == nil { return nil }
    let (changed, edits) = redactor.redact(
      text, spans: spans, person: document?.person ?? [], isDayFirst: order.isDayFirst)
    if let output { write(edits, from: text, to: changed, field: field, output: output) }
    return changed
  }

  package mutating func end() {
    tally.endDocument(document?.part ?? .document)
    output?.append("]}\n")
  }

  private mutating func write(
    _ edits: [Redactor.Edit], from text: UnsafeRawBufferPointer, to changed: [UInt8],
    field: String?, output: any ProseOutput
  ) {
    if field != nil { (scalars, newScalars) = (0, 0) }
    changed.withUnsafeBytes { changed in
      var (place, newPlace) = (0, 0)
      for edit in edits {
        scalars += ScalarOffsets.count(in: text, place..<edit.span.range.lowerBound)
        newScalars += ScalarOffsets.count(in: changed, newPlace..<edit.newRange.lowerBound)
        let length = ScalarOffsets.count(in: text, edit.span.range)
        let newLength = ScalarOffsets.count(in: changed, edit.newRange)
        output.append(
          (isFirst ? "" : ",")
            + SpanJSON.object(
              edit.span, scalars: scalars..<(scalars + length),
              new: newScalars..<(newScalars + newLength), field: field))
        isFirst = false
        (scalars, newScalars) = (scalars + length, newScalars + newLength)
        (place, newPlace) = (edit.span.range.upperBound, edit.newRange.upperBound)
      }
      scalars += ScalarOffsets.count(in: text, place..<text.count)
      newScalars += ScalarOffsets.count(in: changed, newPlace..<changed.count)
    }
  }
}
