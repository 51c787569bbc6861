import ArgumentParser
import Basics
import Foundation
import Releases
import Reports
import Understudy

/// The `understudy templates` command.
struct TemplatesCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "templates",
    abstract: "Writes drafts for a privacy officer, filled from a release's signed manifest.",
    discussion: """
      Paragraphs for an impact assessment, clauses for a data use agreement, and a letter to a \
      review board, as Markdown. What the manifest cannot know stands in brackets. The release is \
      verified first.

      Example:
        understudy templates release -o paperwork
      """)

  @Argument(help: ArgumentHelp("The release folder.", valueName: "folder"))
  var release: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder to be made.", valueName: "folder"))
  var output: String

  @Flag(help: "Replace drafts that are there already.")
  var force = false

  @OptionGroup var speech: SpeechOptions

  private struct Outcome: Encodable {
    let folder: String
    let files: [String]
  }

  func execute(_ console: Console) throws {
    let paperwork = try Paperwork(release: InputFile.url(release))
    let documents = paperwork.documents
    let folder = InputFile.url(output)
    var rule = OutputRule()
    rule.protect(InputFile.url(release), as: "the release that is read")
    try rule.folder(folder, replaces: force, made: "drafts") {
      $0.isSubset(of: documents.map(\.name))
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for document in documents {
      try OutputFile.make(folder.appendingPathComponent(document.name)) {
        try Data(document.text.utf8).write(to: $0)
      }
    }
    if speech.json {
      try console.show(json: Outcome(folder: output, files: documents.map(\.name)))
    } else if !speech.quiet {
      console.show(
        "Wrote \(documents.map(\.name).joined(separator: ", ")) to \(InputFile.name(folder)). Fill in what stands in brackets."
      )
    }
  }
}
