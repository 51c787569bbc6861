import ArgumentParser
import Demonstrations
import Foundation
import Releases

/// The `understudy audit town` command.
struct AuditTownCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "town",
    abstract: "Shows on an invented town what heat maps betray of homes and of a base.",
    discussion: """
      No data of yours is read. Homes off the roads are sought on the exact map, on \
      one whose cells of few people are blanked, and on private maps with and without \
      those people. docs/why-privacy.md explains the figures. It takes about a minute \
      of processor time.

      The exit code is 3 if the exact map hides most homes, if the private one helps \
      to find them, or if it shows a base of 10 people or one that is not there.

      The folder gets figures.md, why-places.svg and report.json.

      Example:
        understudy audit town -o town
      """)

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to be made.", valueName: "folder"))
  var output: String

  @Option(help: ArgumentHelp("People who live in the town.", valueName: "number"))
  var people = TownStorySettings().people

  @Option(help: ArgumentHelp("Another seed invents other people.", valueName: "number"))
  var seed = TownStorySettings().seed

  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    guard (500...50_000).contains(people) else {
      throw ValidationError("--people: must be from 500 to 50,000")
    }
  }

  func execute(_ console: Console) throws {
    let made = try ReleaseFolder(at: InputFile.url(output), replaces: false)
    var settings = TownStorySettings()
    (settings.people, settings.seed) = (people, seed)
    let story = try console.withInterruption { check in try TownStory(settings, check: check) }
    let figures = TownFigures(story)
    try made.write(Data(figures.markdown.utf8), as: "figures.md")
    try made.write(Data(figures.picture.utf8), as: "why-places.svg")
    try made.write(try Console.document(story), as: "report.json")
    try made.publish()
    if speech.json {
      try console.show(json: story)
    } else {
      console.show(figures.markdown)
    }
    guard story.holds else { throw AdverseVerdict() }
  }
}
