import Foundation

/// Numbers as people read them, the same in every locale.
package enum Numbers {
  /// Formats 48842 as `48,842`.
  package static func count(_ value: Int) -> String {
    var digits = Array(String(value.magnitude))
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: position)
      position -= 3
    }
    return (value < 0 ? "-" : "") + String(digits)
  }

  /// Returns `1 row`, `2 rows`, `1,000 rows`.
  package static func count(_ value: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(count(value)) \(value == 1 ? noun : plural ?? noun + "s")"
  }

  /// Formats 0.123 as `12 %`; small shares keep a digit.
  package static func percent(_ share: Double) -> String {
    let percent = share * 100
    return percent > 0 && percent < 0.95 ? fixed(percent, 1) + " %" : fixed(percent, 0) + " %"
  }

  /// Formats a number with a fixed number of digits after the point.
  package static func fixed(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  /// Formats up to four significant digits, and very small and very large numbers as `1e-9`.
  package static func short(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
    let exponent = Int(log10(abs(value)).rounded(.down))
    if exponent < -4 || exponent > 9 {
      let mantissa = trimmed(String(format: "%.3f", value / pow(10, Double(exponent))))
      return "\(mantissa)e\(exponent)"
    }
    return trimmed(String(format: "%.\(max(0, 3 - exponent))f", value))
  }

  /// Formats as ``short(_:)`` does, but never above the value: an amount shown as left can be asked
  /// for.
  package static func shortBelow(_ value: Double) -> String {
    guard value > 0, value.isFinite else { return short(value) }
    let scale = pow(10, Double(3 - Int(log10(value).rounded(.down))))
    return short((value * scale).rounded(.down) / scale)
  }

  /// Returns `40 s`, `3 min`, `2 h 5 min`.
  package static func duration(_ seconds: Double) -> String {
    if seconds < 1 { return "1 s" }
    if seconds < 90 { return "\(Int(seconds.rounded())) s" }
    let minutes = Int((seconds / 60).rounded())
    return minutes < 90 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }

  package static func megabytes(_ value: Double) -> String {
    value < 1000 ? "\(fixed(value, 0)) MB" : "\(fixed(value / 1000, 1)) GB"
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = Substring(text)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return String(text)
  }
}
