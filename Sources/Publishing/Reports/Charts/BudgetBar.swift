import Basics

/// Draws the stages of a budget as parts of one bar.
struct BudgetBar {
  static let shades = 6

  let shares: [BudgetShare]

  func svg() -> String {
    let total = max(shares.reduce(0) { $0 + max($1.share, 0) }, 1e-12)
    var svg = SVG(width: 1000, height: 30)
    var x = 0.0
    for (index, share) in shares.enumerated() {
      let width = 1000 * max(share.share, 0) / total
      svg.rect(
        x: x, y: 0, width: max(width - 2, 1), height: 30, class: "b\(index % Self.shades)",
        title: "\(share.stage): \(NumberText.percent(share.share / total))")
      x += width
    }
    let parts = shares.map { "\($0.stage) \(NumberText.percent($0.share / total))" }.joined(
      separator: ", ")
    return svg.document(
      title: "Where the budget went: \(parts)", class: "budget", isStretched: true)
  }
}
