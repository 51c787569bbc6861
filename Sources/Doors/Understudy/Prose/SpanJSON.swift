import ProseRedaction
import Words

/// A finding as JSON.
package enum SpanJSON {
  /// - Parameters:
  ///   - scalars: its position, in Unicode scalars of the text.
  ///   - new: its position in the rewritten text.
  package static func object(
    _ span: ProseSpan, scalars: Range<Int>, new: Range<Int>? = nil, field: String?
  ) -> String {
    var text =
      "{\"start\":\(scalars.lowerBound),\"end\":\(scalars.upperBound),\"type\":\"\(span.type.rawValue)\""
    text +=
      ",\"confidence\":\(span.confidence),\"why\":"
      + String(decoding: JSONText.string(span.reason.utf8), as: UTF8.self)
    if let new { text += ",\"newStart\":\(new.lowerBound),\"newEnd\":\(new.upperBound)" }
    if let field {
      text += ",\"field\":" + String(decoding: JSONText.string(field.utf8), as: UTF8.self)
    }
    return text + "}"
  }
}
