import Basics

/// The two stories of what models betray of the people whom they were trained on
/// (docs/why-privacy.md).
package struct ModelStories: Sendable, Encodable {
  package let dosing: DosingStory
  package let faces: FaceStory

  /// The lines between which the page holds the command's output.
  package static let firstLine = "<!-- figures of the models: written by make why-privacy -->"
  package static let lastLine = "<!-- end of the figures of the models -->"

  package init(dosing: DosingStory, faces: FaceStory) {
    (self.dosing, self.faces) = (dosing, faces)
  }

  /// The reasons why the stories do not hold, a sentence each; empty if they do.
  package var failures: [String] { dosing.failures + faces.failures }
  package var holds: Bool { failures.isEmpty }

  /// The figures, in Markdown.
  package var markdown: String {
    ([Self.firstLine, "", summary, "", "### Genes from a dosing model", ""]
      + DosingFigures(dosing).lines
      + ["![Genotypes guessed, by model](why-models.svg)", "", "### Faces from a recogniser", ""]
      + FaceFigures(story: faces).lines + [Self.lastLine, ""]).joined(separator: "\n")
  }

  package var dosingPicture: String { DosingFigures(dosing).picture }
  package var facesPicture: String { FaceFigures(story: faces).picture }

  private var summary: String {
    guard holds, let tree = dosing.finding(.tree), let ours = dosing.finding(.privately),
      let plain = faces.plain, let safest = faces.safest
    else { return "**The stories do not hold:** " + failures.joined(separator: " ") }
    return
      "**A grown-out tree gives away the genotype of \(NumberText.percent(tree.members.value)) of its members "
      + "(\(NumberText.percent(tree.strangers.value)) of strangers), the private model that of \(NumberText.percent(ours.members.value)) "
      + "(\(NumberText.percent(ours.strangers.value))). A plain recogniser gives away the faces of \(NumberText.percent(plain.recognised)) "
      + "of its people; at \(FaceFigures.title(safest.epsilon)) it gives away \(NumberText.percent(safest.recognised)), and names "
      + "\(NumberText.percent(safest.held)) of new pictures.**"
  }
}
