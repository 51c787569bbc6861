import Basics
import Examples
import Reports

/// The figures of the town in docs/why-privacy.md, in Markdown.
package struct TownFigures {
  /// The lines between which the page holds the command's output.
  package static let firstLine = "<!-- figures of the town: written by make why-privacy -->"
  package static let lastLine = "<!-- end of the figures of the town -->"

  let story: TownStory

  package init(_ story: TownStory) { self.story = story }

  package var markdown: String {
    ([
      Self.firstLine, "", summary, "",
      "![The same corner of the town on three maps](why-places.svg)", "",
    ]
      + homes + [""] + bases + [""] + trips + ["", Self.lastLine, ""]).joined(separator: "\n")
  }

  private var summary: String {
    let settings = story.settings
    let start =
      "A town of \(NumberText.count(settings.people)) people; private maps with ε = \(NumberText.parameter(settings.epsilon)), "
      + "δ = \(NumberText.small(settings.delta)). "
    guard story.holds else {
      return start + "**The story does not hold:** " + story.failures.joined(separator: " ")
    }
    func share(_ name: String) -> String {
      NumberText.percent(story.findings.first { $0.map == name }?.share ?? 0)
    }
    return start
      + "**The raw map leads to \(share("raw")) of the homes off the roads, the private one to \(share("private")): whether or not "
      + "those people are in it (\(share("private, made without all targets")) without them).** Blanking cells of few people protects "
      + "one map (\(share("cells of fewer than 3 people blanked"))), but the difference of two such maps, with a person and without, shows "
      + "where \(NumberText.percent(story.traced)) of them go."
  }

  private var homes: [String] {
    ["| map | homes sought | found |", "|---|--:|--:|"]
      + story.findings.map {
        "| \($0.map) | \(NumberText.count($0.homes)) | \(NumberText.percent($0.share)) |"
      } + ["| none: a blind guess | – | \(NumberText.percent(story.blindShare)) |"]
  }

  private var bases: [String] {
    ["| people who run along the fence | private maps | that show any of it |", "|--:|--:|--:|"]
      + story.bases.map { "| \($0.people) | \($0.draws) | \(NumberText.percent($0.share)) |" }
  }

  private var trips: [String] {
    let trips = story.trips
    let speed =
      "No synthetic trip is faster than \(NumberText.decimal(trips.fastest, digits: 1)) m/s; the bound is \(trips.bound)."
    let homes = [trips.with, trips.without].map {
      "\($0.map): \(NumberText.percent($0.share)) of homes found"
    }
    return [
      "Synthetic trips of a town of \(NumberText.count(trips.people)) people, beside a grid and a Markov chain at the same ε and δ "
        + "(total variation distance from the true distribution, a person's trips weighing 1 together):",
      "", "| | synthetic trips | grid and chain |", "|---|--:|--:|",
    ]
      + trips.errors.map {
        "| \($0.name) | \(NumberText.decimal($0.ours, digits: 3)) | \(NumberText.decimal($0.chain, digits: 3)) |"
      } + ["", ([speed] + homes.map { $0 + "." }).joined(separator: " ")]
  }

  /// The picture, to be kept beside the page.
  package var picture: String {
    let scale = Self.mapWidth / Double(Self.window)
    var svg = SVG(width: 3 * (Self.mapWidth + 16) + 16, height: Self.mapWidth + 46)
    svg.rect(
      x: 0, y: 0, width: 3 * (Self.mapWidth + 16) + 16, height: Self.mapWidth + 46, class: "paper")
    for (index, picture) in story.pictures.enumerated() {
      let left = 16 + Double(index) * (Self.mapWidth + 16)
      svg.text(picture.title, x: left, y: 22, class: "name")
      svg.rect(x: left, y: 32, width: Self.mapWidth, height: Self.mapWidth, class: "sea")
      for (row, column, length, shade) in Self.runs(picture.map) {
        svg.rect(
          x: left + Double(column) * scale, y: 32 + Double(Self.window - 1 - row) * scale,
          width: Double(length) * scale, height: scale, class: "m\(shade)")
      }
    }
    return svg.file(
      title:
        "A corner of the town with a base: what was recorded, with cells of few people blanked, and on a private map",
      style: Self.style)
  }

  private static let mapWidth = 288.0
  /// The cells a side of the corner that is shown, and its south-west cell.
  private static let window = 48
  private static let corner = SIMD2(80, 0)

  /// Returns the runs of equal shade of the corner's rows.
  private static func runs(_ map: [Double]) -> [(row: Int, column: Int, length: Int, shade: Int)] {
    let shown = (0..<window).map { row in
      (0..<window).map { map[(corner.y + row) * TownExample.side + corner.x + $0] }
    }
    let heats = shown.flatMap { $0 }.filter { $0 > 0 }.sorted()
    let steps = [0.4, 0.7, 0.9].map { heats.isEmpty ? 0 : heats[Int(Double(heats.count - 1) * $0)] }
    var runs: [(row: Int, column: Int, length: Int, shade: Int)] = []
    for (row, line) in shown.enumerated() {
      for (column, heat) in line.enumerated() where heat > 0 {
        let shade = steps.count { heat > $0 }
        if let last = runs.last, last.row == row, last.column + last.length == column,
          last.shade == shade
        {
          runs[runs.count - 1].length += 1
        } else {
          runs.append((row, column, 1, shade))
        }
      }
    }
    return runs
  }

  /// Readable on both white and black pages: the picture brings its own paper.
  private static let style =
    "text{font:13px system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;fill:#1d2733}.name{font-weight:600}"
    + ".paper{fill:#fbfaf7}.sea{fill:#f0efe8}.m0{fill:#9fcdcb}.m1{fill:#66acae}.m2{fill:#2f7f88}.m3{fill:#083840}"
}
