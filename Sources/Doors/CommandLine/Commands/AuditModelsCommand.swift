import ArgumentParser
import Foundation
import ModelStories
import Releases

/// The `understudy audit models` command.
struct AuditModelsCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Shows on invented people what dosing models and face recognisers betray.",
    discussion: """
      No data of yours is read. Invented patients' genotypes are guessed from dosing \
      models, of members beside strangers, and invented faces are drawn from \
      recognisers, with and without privacy. docs/why-privacy.md explains the figures. \
      It takes about a minute of processor time.

      The exit code is 3 if the models without privacy betray nobody, or if those with \
      privacy betray somebody.

      The folder gets figures.md, why-models.svg, why-faces.svg and report.json.

      Example:
        understudy audit models -o models
      """)

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to be made.", valueName: "folder"))
  var output: String

  @Option(help: ArgumentHelp("Tables of patients.", valueName: "number"))
  var tables = DosingStorySettings().tables

  @Option(help: ArgumentHelp("Another seed invents other people.", valueName: "number"))
  var seed = DosingStorySettings().seed

  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    guard (2...100).contains(tables) else {
      throw ValidationError("--tables: must be from 2 to 100")
    }
  }

  func execute(_ console: Console) throws {
    let made = try ReleaseFolder(at: InputFile.url(output), replaces: false)
    var (dosing, faces) = (DosingStorySettings(), FaceStorySettings())
    (dosing.tables, dosing.seed, faces.seed) = (tables, seed, seed)
    let stories = try console.withInterruption { check in
      ModelStories(
        dosing: try DosingStory(dosing, check: check), faces: try FaceStory(faces, check: check))
    }
    try made.write(Data(stories.markdown.utf8), as: "figures.md")
    try made.write(Data(stories.dosingPicture.utf8), as: "why-models.svg")
    try made.write(Data(stories.facesPicture.utf8), as: "why-faces.svg")
    try made.write(try Console.document(stories), as: "report.json")
    try made.publish()
    if speech.json {
      try console.show(json: stories)
    } else {
      console.show(stories.markdown)
    }
    guard stories.holds else { throw AdverseVerdict() }
  }
}
