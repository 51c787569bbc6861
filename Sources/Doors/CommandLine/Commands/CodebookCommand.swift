import ArgumentParser
import DataDictionaries
import Foundation
import Tables
import Understudy

/// The `understudy codebook` command.
struct CodebookCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codebook",
    abstract: "Writes a dictionary of a table's columns from its schema, for people or for tools.",
    discussion: """
      The ending of the file decides: .json is a Frictionless Table Schema, anything else a page in \
      Markdown. It says what the schema says, and reads no row. A schema with facts that were seen \
      in the rows needs the name of whoever answers for them.

      Examples:
        understudy codebook patients.schema.yaml -o codebook.md
        understudy codebook patients.schema.yaml -o codebook.json
      """)

  @Argument(help: ArgumentHelp("The schema.", valueName: "schema.yaml"))
  var schema: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
  var output: String

  @Flag(help: "Replace a file that is there already.")
  var force = false

  @OptionGroup var speech: SpeechOptions

  private struct Outcome: Encodable {
    let file: String
    let columns: Int
  }

  func execute(_ console: Console) throws {
    let file = InputFile.url(output)
    try OutputFile.check(
      [file], replaces: force, reading: [(schema, "the schema that is read")])
    let read = try InputFile.schema(schema)
    let codebook = try Codebook(read)
    let data =
      file.pathExtension.lowercased() == "json"
      ? try codebook.frictionless() : Data(codebook.markdown.utf8)
    try OutputFile.make(file) { try data.write(to: $0) }
    if speech.json {
      try console.show(
        json: Outcome(file: output, columns: read.columns.count { $0.role != .drop }))
    } else if !speech.quiet {
      console.show("Wrote \(InputFile.name(file)).", beside: file)
    }
  }
}
