import ArgumentParser
import Foundation
import Releases
import TableSources
import Understudy

/// The `understudy check` command.
struct CheckCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Compares a table with its schema before anything is spent, for the owner of the data.",
    discussion: """
      What it prints comes from the rows, the texts of cells among it. It is not private: keep it with the table. Nothing is charged. The \
      exit code is 3 where the table does not fit.

      Example:
        understudy check patients.csv --schema patients.schema.yaml
        understudy check hospital --schema hospital.schema.yaml
      """)

  @Argument(
    help: ArgumentHelp("The table of people, or a folder of linked tables.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("The schema to hold the table against.", valueName: "file"))
  var schema: String

  @OptionGroup var source: SourceOptions
  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    if InputFile.isFolderOfTables(file) { return try checkFolder(console) }
    let check = try checked()
    if speech.json {
      try console.show(json: check)
    } else if !speech.quiet || !check.fits {
      console.show(CheckPage.text(check, file: file, terminal: console.terminal))
    }
    if !check.fits { throw AdverseVerdict() }
  }

  private func checkFolder(_ console: Console) throws {
    let check = try FolderCheck(InputFile.url(file), schema: InputFile.linkedSchema(schema))
    if speech.json {
      try console.show(json: check)
    } else if !speech.quiet || !check.fits {
      console.show(FolderPage.text(check, folder: file, terminal: console.terminal))
    }
    if !check.fits { throw AdverseVerdict() }
  }

  /// Returns the comparison.
  func checked() throws -> TableCheck {
    try TableCheck.of(
      InputFile.table(file, schema: schema, of: source).url, schemaFile: InputFile.readable(schema))
  }
}
