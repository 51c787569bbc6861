import ProseRedaction
import Understudy
import Words

/// Counts the findings, and writes them as JSON or for the owner to read.
struct FindingsVisitor: ProseVisitor {
  enum Style {
    /// Counts only.
    case counts
    /// One JSON object per document.
    case json
    /// A line for each finding, with its text.
    case shown
  }

  private(set) var tally = FindingTally()
  private let style: Style
  private let output: BufferedOutput
  private var document: [UInt8] = []
  private var part = DocumentName.Part.document
  private var isFirst = true
  /// Words of the document that no detector reads.
  private var unread: [UnreadWord.Script: Int] = [:]
  /// Scalars of the document's text before the current piece.
  private var scalars = 0

  init(_ style: Style, output: BufferedOutput) {
    self.style = style
    self.output = output
  }

  mutating func begin(_ document: DocumentName) {
    self.document = document.id
    part = document.part
    scalars = 0
    isFirst = true
    unread = [:]
    guard style == .json else { return }
    output.append("{\"id\":")
    output.append(document.id)
    output.append(",\"spans\":[")
  }

  mutating func visit(_ text: UnsafeRawBufferPointer, findings: ProseFindings, field: String?)
    -> [UInt8]?
  {
    tally.add(findings, field: field, part: part)
    for word in findings.unread { unread[word.script, default: 0] += 1 }
    switch style {
    case .counts: return nil
    case .json: write(findings.spans, of: text, field: field)
    case .shown: for span in findings.spans { show(span, of: text, field: field) }
    }
    return nil
  }

  mutating func end() {
    tally.endDocument(part)
    guard style == .json else { return }
    output.append("]")
    if !unread.isEmpty {
      let scripts = unread.sorted { $0.key.rawValue < $1.key.rawValue }.map {
        "\"\($0.key.rawValue)\":\($0.value)"
      }
      output.append(",\"unread\":{" + scripts.joined(separator: ",") + "}")
    }
    output.append("}\n")
  }

  private mutating func write(_ spans: [ProseSpan], of text: UnsafeRawBufferPointer, field: String?)
  {
    if field != nil { scalars = 0 }
    var place = 0
    for span in spans {
      scalars += ScalarOffsets.count(in: text, place..<span.range.lowerBound)
      let length = ScalarOffsets.count(in: text, span.range)
      output.append(
        "\(isFirst ? "" : ",")"
          + SpanJSON.object(span, scalars: scalars..<(scalars + length), field: field))
      isFirst = false
      scalars += length
      place = span.range.upperBound
    }
    scalars += ScalarOffsets.count(in: text, place..<text.count)
  }

  private func show(_ span: ProseSpan, of text: UnsafeRawBufferPointer, field: String?) {
    let place = String(decoding: document, as: UTF8.self) + (field.map { " \($0)" } ?? "")
    let value = String(decoding: text[span.range], as: UTF8.self).split(whereSeparator: \.isNewline)
      .joined(separator: " ")
    output.append("\(place)\t\(span.type.rawValue)\t\(span.confidence)\t\(value)\t\(span.reason)\n")
  }
}
