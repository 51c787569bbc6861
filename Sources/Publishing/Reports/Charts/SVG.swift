/// Writes one inline picture. All text from outside is escaped here.
package struct SVG {
  package enum Anchor: String {
    case start, middle, end
  }

  let width: Double
  let height: Double
  private(set) var body = ""

  package init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  package mutating func rect(
    x: Double, y: Double, width: Double, height: Double, class name: String, title: String? = nil
  ) {
    body +=
      "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(max(width, 0)))\""
    body += " height=\"\(Self.number(max(height, 0)))\" class=\"\(name)\""
    body += title.map { "><title>\(Self.escape($0))</title></rect>" } ?? "/>"
  }

  package mutating func text(
    _ text: String, x: Double, y: Double, class name: String = "", anchor: Anchor = .start,
    turned degrees: Double = 0
  ) {
    body += "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    if !name.isEmpty { body += " class=\"\(name)\"" }
    if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
    if degrees != 0 {
      body += " transform=\"rotate(\(Self.number(degrees)) \(Self.number(x)) \(Self.number(y)))\""
    }
    body += ">\(Self.escape(text))</text>"
  }

  package mutating func path(_ commands: String, class name: String) {
    body += "<path d=\"\(commands)\" class=\"\(name)\"/>"
  }

  /// Returns the picture with its name, which screen readers read and pointers show. `isStretched`
  /// fills its frame, whatever the frame's proportions.
  func document(title: String, class name: String = "", isStretched: Bool = false) -> String {
    let box = "0 0 \(Self.number(width)) \(Self.number(height))"
    let aspect = isStretched ? " preserveAspectRatio=\"none\"" : ""
    let size = " width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
    return
      "<svg viewBox=\"\(box)\"\(size)\(aspect) class=\"\(name)\" role=\"img\"><title>\(Self.escape(title))</title>\(body)</svg>"
  }

  /// Returns the picture as a separate file, with its style sheet.
  package func file(title: String, style: String) -> String {
    let box = "viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\""
    let size = "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
    return
      "<svg xmlns=\"http://www.w3.org/2000/svg\" \(box) \(size) role=\"img\"><title>\(Self.escape(title))</title>"
      + "<style>\(style)</style>\(body)</svg>\n"
  }

  /// Formats a number with at most one decimal, which is finer than a screen shows.
  package static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0
      ? String(tenths / 10) : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  package static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default:
        // Control characters are not allowed in a page.
        if scalar.value >= 32 || scalar == "\n" || scalar == "\t" {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  /// Returns at most `length` characters. The last is an ellipsis if some are left out.
  static func clipped(_ text: String, to length: Int) -> String {
    text.count <= length
      ? text : text.prefix(length - 1).trimmingSuffix(while: \.isWhitespace) + "…"
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    var end = self
    while let last = end.last, predicate(last) { end.removeLast() }
    return String(end)
  }
}
