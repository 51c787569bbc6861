import Understudy

/// Bars and shades made of block characters.
package enum Blocks {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  private static let shades = ["·", "░", "▒", "▓", "█"]

  /// Returns a bar of `width` characters, filled to `share` (0 to 1).
  package static func bar(_ share: Double, width: Int) -> String {
    let eighthsFilled = Int((min(max(share, 0), 1) * Double(width * 8)).rounded())
    let filled = String(repeating: "█", count: eighthsFilled / 8) + eighths[eighthsFilled % 8]
    return filled + String(repeating: " ", count: width - filled.count)
  }

  /// The upper ends of the shades of an expected error.
  package static let errorLimits = [0.02, 0.05, 0.1, 0.2]

  /// Returns one character that is darker for a larger error.
  package static func shade(_ error: Double) -> String {
    shades[errorLimits.firstIndex { error < $0 } ?? errorLimits.count]
  }

  package static var legend: String {
    var parts = zip(shades, errorLimits).map { "\($0) below \(Numbers.short($1))" }
    parts.append("\(shades[errorLimits.count]) above")
    return parts.joined(separator: "   ")
  }
}
