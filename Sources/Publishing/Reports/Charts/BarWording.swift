import Basics
import Quality

extension NumberText {
  /// Describes a bar in words.
  static func comparison(_ bar: ColumnDistribution.Bar, interval: Bool = false) -> String {
    let name =
      if interval, let upper = bar.upper, let lower = bar.lower, bar.label == parameter(lower) {
        "\(bar.label) to \(parameter(upper))"
      } else if interval { "from \(bar.label)" } else { bar.label }
    guard let original = bar.original else {
      return "\(name): \(percent(bar.synthetic))\(bar.margin.map { " ± \(percent($0))" } ?? "")"
    }
    return "\(name): synthetic \(percent(bar.synthetic)), original \(percent(original))"
  }
}
