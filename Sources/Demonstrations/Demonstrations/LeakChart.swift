import Attacks
import Basics
import Releases

/// Draws how much each attack learned about the rare people from each stand-in: a bar for the risk
/// and a line for its interval.
struct LeakChart {
  let report: RarePeopleReport

  private static let width = 640.0
  private static let left = 168.0
  private static let plot = 400.0
  private static let lineHeight = 18.0
  private static let groupHeight = 84.0

  func file() -> String {
    let bottom = Double(report.attacks.count) * Self.groupHeight
    var svg = SVG(width: Self.width, height: bottom + 30)
    svg.rect(x: 0, y: 0, width: Self.width, height: bottom + 30, class: "paper")
    for mark in [0, 0.25, 0.5, 0.75, 1] {
      svg.path("M\(SVG.number(Self.x(mark))) 6V\(SVG.number(bottom))", class: "grid")
      svg.text(NumberText.percent(mark), x: Self.x(mark), y: bottom + 16, class: "quiet", anchor: .middle)
    }
    for (index, attack) in report.attacks.enumerated() {
      let top = Double(index) * Self.groupHeight
      svg.text(LeakWording.title(attack), x: 12, y: top + 20, class: "name")
      for (line, kind) in StandInKind.allCases.enumerated() {
        guard let leak = report.standIn(kind)?.leak(attack, .rare) else { continue }
        draw(leak, kind, top: top + 26 + Double(line) * Self.lineHeight, in: &svg)
      }
    }
    return svg.file(title: "What attacks learn of the rare people, by stand-in, with 95 % intervals", style: Self.style)
  }

  private func draw(_ leak: Leak, _ kind: StandInKind, top: Double, in svg: inout SVG) {
    let risk = leak.risk
    let words = "\(kind.title): \(NumberText.percent(risk.value)), interval \(LeakWording.interval(risk))"
    let middle = SVG.number(top + 7)
    svg.text(LeakWording.title(kind, report.settings), x: 24, y: top + 11, class: "quiet")
    svg.rect(x: Self.left, y: top + 1, width: max(Self.plot * risk.value, 1), height: 12, class: kind.rawValue, title: words)
    svg.path("M\(SVG.number(Self.x(risk.low))) \(middle)H\(SVG.number(Self.x(risk.high)))", class: "interval")
    svg.text(NumberText.percent(risk.value), x: Self.width - 12, y: top + 11, class: "figure", anchor: .end)
  }

  private static func x(_ share: Double) -> Double { left + plot * share }

  /// Readable on both white and black pages: the picture brings its own paper.
  private static let style =
    "text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;fill:#1d2733}.name{font-weight:600}.quiet{fill:#56616e}"
    + ".paper{fill:#fbfaf7}.grid{stroke:#dfe1df;fill:none}.interval{stroke:#1d2733;stroke-width:2;fill:none}"
    + ".original{fill:#b3b9be}.without-privacy{fill:#c0504d}.with-privacy{fill:#5fa9ae}"
}
