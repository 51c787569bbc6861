import Basics

/// Draws how far the guarantee lets an attacker's belief move, from three prior beliefs.
struct BeliefChart {
  static let priors = [0.01, 0.1, 0.5]

  let guarantee: ReportGuarantee

  func svg() -> String {
    let left = 66.0
    let width = 240.0
    var svg = SVG(width: left + width + 104, height: 134)
    for (index, prior) in Self.priors.enumerated() {
      let y = Double(index) * 34 + 8
      let low = guarantee.lowestBelief(from: prior)
      let high = guarantee.highestBelief(from: prior)
      svg.text("\(NumberText.percent(prior)) sure", x: 0, y: y + 15)
      svg.rect(x: left, y: y + 4, width: width, height: 14, class: "track")
      svg.rect(
        x: left + width * low, y: y + 4, width: max(width * (high - low), 2), height: 14,
        class: "bar",
        title: "between \(NumberText.percent(low)) and \(NumberText.percent(high))")
      svg.path("M\(SVG.number(left + width * prior)) \(SVG.number(y))v22", class: "original")
      svg.text(
        "at most \(NumberText.percent(high))", x: left + width + 10, y: y + 15, class: "figure")
    }
    svg.path("M\(SVG.number(left)) 112h\(SVG.number(width))", class: "axis")
    for (share, anchor) in [(0.0, SVG.Anchor.start), (0.5, .middle), (1, .end)] {
      svg.text(
        NumberText.percent(share), x: left + width * share, y: 128, class: "quiet", anchor: anchor)
    }
    let words = Self.priors.map {
      "\(NumberText.percent($0)) before, at most \(NumberText.percent(guarantee.highestBelief(from: $0))) after"
    }
    return svg.document(
      title: "How sure an attacker can become: " + words.joined(separator: "; "), class: "ranked")
  }
}
