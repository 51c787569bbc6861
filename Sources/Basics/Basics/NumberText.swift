import Foundation

/// Formats numbers for people.
package enum NumberText {
  /// Returns `0`, `0.04 %`, `2.3 %` or `37 %`; never rounds something to nothing or to everything.
  package static func percent(_ share: Double) -> String {
    let percent = share * 100
    if percent <= 0 { return "0 %" }
    if percent < 0.01 { return "< 0.01 %" }
    if percent < 0.1 { return String(format: "%.2f %%", percent) }
    if percent < 9.95 { return trimmed(String(format: "%.1f", percent)) + " %" }
    if percent < 99.5 || share >= 1 { return String(format: "%.0f %%", percent) }
    return percent < 99.95 ? String(format: "%.1f %%", percent) : "> 99.9 %"
  }

  package static func decimal(_ value: Double, digits: Int) -> String {
    let text = String(format: "%.\(digits)f", value)
    return text.hasPrefix("-")
      ? (Double(text) == 0 ? String(text.dropFirst()) : "−" + text.dropFirst()) : text
  }

  /// Returns the number with commas between thousands.
  package static func count(_ value: Int) -> String {
    var groups: [String] = []
    var rest = abs(value)
    while rest >= 1000 {
      groups.insert(String(format: "%03d", rest % 1000), at: 0)
      rest /= 1000
    }
    groups.insert(String(rest), at: 0)
    return (value < 0 ? "−" : "") + groups.joined(separator: ",")
  }

  /// Returns the first names, and how many more there are: `a, b and 3 more`.
  package static func list(_ names: some Collection<String>, most: Int) -> String {
    let shown = names.prefix(most).joined(separator: ", ")
    return names.count > most ? "\(shown) and \(count(names.count - most)) more" : shown
  }

  /// Returns whole numbers of five or more digits with commas, and any other text unchanged.
  package static func grouped(_ label: String) -> String {
    guard let whole = Int(label), abs(whole) >= 10_000 else { return label }
    return count(whole)
  }

  /// Returns a budget as people write it: `1`, `0.5`, `2.75`.
  package static func parameter(_ value: Double) -> String { String(format: "%.4g", value) }

  /// Returns `1e-9` as `10⁻⁹`, and other small numbers as they are.
  package static func small(_ value: Double) -> String {
    guard value > 0, value < 0.01 else { return parameter(value) }
    let exponent = Int(log10(value).rounded(.down) + 0)
    let mantissa = value / pow(10, Double(exponent))
    let digits = String(-exponent).map {
      String(
        "⁰¹²³⁴⁵⁶⁷⁸⁹"[
          "⁰¹²³⁴⁵⁶⁷⁸⁹".index("⁰¹²³⁴⁵⁶⁷⁸⁹".startIndex, offsetBy: $0.wholeNumberValue ?? 0)])
    }
    let power = "10⁻" + digits.joined()
    return abs(mantissa - 1) < 1e-9 ? power : String(format: "%.3g", mantissa) + " × " + power
  }

  /// Returns a factor that can be anything from 1.01 to millions.
  package static func factor(_ value: Double) -> String {
    if !value.isFinite || value >= 1e9 { return "more than a billion" }
    if value >= 100 { return count(Int(value.rounded())) }
    return value >= 10 ? decimal(value, digits: 0) : decimal(value, digits: 2)
  }

  package static func plural(_ number: Int, _ one: String, _ many: String) -> String {
    "\(count(number)) \(number == 1 ? one : many)"
  }

  private static func trimmed(_ text: String) -> String {
    text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
