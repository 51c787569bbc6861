import Basics
import Examples
import Reports

/// The figures of the faces in docs/why-privacy.md, in Markdown.
package struct FaceFigures {
  private let story: FaceStory

  package init(story: FaceStory) { self.story = story }

  static func title(_ epsilon: Double?) -> String {
    epsilon.map { "ε = \(NumberText.parameter($0)) a picture" } ?? "without privacy"
  }

  package var lines: [String] {
    let settings = story.settings
    return [
      "\(settings.people) invented people, \(settings.trained) pictures of each to train on and \(settings.held) held out, from which "
        + "an independent recogniser is made; it names \(NumberText.percent(story.recogniser)) of the training pictures. By chance "
        + "\(NumberText.percent(1 / Double(settings.people))) would be named. δ = \(NumberText.small(settings.delta)).",
      "",
      "| recogniser | its own pictures named | held-out pictures named | faces drawn from it that are recognised |",
      "|---|--:|--:|--:|",
    ]
      + story.findings.map { finding in
        let shares = [finding.trained, finding.held, finding.recognised].map(NumberText.percent)
        return "| \(Self.title(finding.epsilon)) | \(shares.joined(separator: " | ")) |"
      } + [""]
      + ["![The first invented people, and the faces drawn from each model](why-faces.svg)", ""]
  }

  /// The picture, to be kept beside the page.
  package var picture: String {
    let (faces, gap, left) = (88.0, 10.0, 144.0)
    let width = left + Double(FaceStory.drawnPeople) * (faces + gap) + gap
    let height = gap + Double(story.drawings.count) * (faces + gap)
    var svg = SVG(width: width, height: height)
    svg.rect(x: 0, y: 0, width: width, height: height, class: "paper")
    for (row, drawing) in story.drawings.enumerated() {
      let top = gap + Double(row) * (faces + gap)
      svg.text(drawing.title, x: 12, y: top + faces / 2 + 4, class: "name")
      for (column, picture) in drawing.pictures.enumerated() {
        let place = left + Double(column) * (faces + gap)
        draw(picture, x: place, y: top, width: faces, in: &svg)
      }
    }
    let shades = (0..<Self.shades).map { shade in
      let grey = String(20 + shade * 230 / (Self.shades - 1), radix: 16)
      let digits = grey.count < 2 ? "0" + grey : grey
      return ".g\(shade){stroke:#\(digits)\(digits)\(digits)}"
    }
    return svg.file(
      title: "Invented people, and the faces that were drawn from models that recognise them",
      style:
        "text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;fill:#1d2733}.name{font-weight:600}"
        + ".paper{fill:#fbfaf7}path{stroke-width:2.85;fill:none}" + shades.joined())
  }

  private static let shades = 9

  /// Draws a picture as strokes, those of one shade together.
  private func draw(
    _ picture: [Float], x: Double, y: Double, width: Double, in svg: inout SVG
  ) {
    let side = Int(Double(picture.count).squareRoot())
    let pixel = width / Double(side)
    var strokes = [String](repeating: "", count: Self.shades)
    for line in 0..<side {
      let shades = picture[line * side..<(line + 1) * side].map {
        min(max(Int(($0 + 0.5) * Float(Self.shades)), 0), Self.shades - 1)
      }
      var start = 0
      for end in 1...side where end == side || shades[end] != shades[start] {
        let (left, middle) = (x + Double(start) * pixel, y + (Double(line) + 0.5) * pixel)
        let length = Double(end - start) * pixel
        strokes[shades[start]] +=
          "M\(SVG.number(left)) \(SVG.number(middle))h\(SVG.number(length))"
        start = end
      }
    }
    for (shade, commands) in strokes.enumerated() where !commands.isEmpty {
      svg.path(commands, class: "g\(shade)")
    }
  }
}
