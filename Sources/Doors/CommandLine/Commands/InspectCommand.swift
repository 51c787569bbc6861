import ArgumentParser
import DataDictionaries
import DelimitedText
import Foundation
import Releases
import SchemaFiles
import TableSources
import Understudy

/// The `understudy inspect` command.
struct InspectCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract:
      "Looks at a table or a folder of linked tables, and writes a schema to edit.",
    discussion: """
      What it prints and writes comes from the rows. It is for the owner of the data only. \
      With --private it is paid for from the budget, and a release may rest on it. \
      The file is then read as --delimiter and --no-header say, else with commas \
      and a line of names.

      A folder of CSV files is looked at as several tables of the same people: keys, links, \
      times and the rules over tables go into one schema too.

      Examples:
        understudy inspect patients.csv
        understudy inspect patients.csv --dictionary codebook.json
        understudy inspect hospital -o hospital.schema.yaml
        understudy inspect patients.csv --private --epsilon 0.05
        understudy inspect postgresql://clinic.example/records \\
          --table patients -o patients.schema.yaml
      """)

  @Argument(
    help: ArgumentHelp(
      "The table: CSV with comma, semicolon, tab or pipe, .gz too; a folder of them; or any other source (docs/sources.md).",
      valueName: "file"))
  var file: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Where the schema goes. Default: beside the table.", valueName: "schema.yaml"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "What the columns mean: a Frictionless, SDV, CSVW, Croissant or DDI file, or REDCap's dictionary. Its facts go into the schema.",
      valueName: "file"))
  var dictionary: String?

  @Flag(help: "Replace a schema that is there already.")
  var force = false

  @OptionGroup var source: SourceOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var look: PrivateLookOptions
  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    guard output != nil || !InputFile.isStream(file) else {
      throw Failure(
        "-o: name the file for the schema, since nothing is beside a pipe or a database.",
        remedy: "Such as -o patients.schema.yaml.")
    }
    let schemaFile = output.map(InputFile.url) ?? InputFile.schemaBeside(InputFile.url(file))
    if InputFile.isFolderOfTables(file) { return try lookAtFolder(schemaFile, console) }
    try OutputFile.check(
      [schemaFile], replaces: force,
      reading: [(file, "the table that is read"), (dictionary, "the dictionary that is read")])
    let table = try InputFile.table(file, of: source)
    let options = table.reading(try reading.readOptions())
    guard dictionary == nil || !look.isPrivate else {
      throw Failure(
        "--dictionary: is compared with the rows, which --private does not show.",
        remedy: "Leave one of the two out.")
    }
    if look.isPrivate { return try lookPrivately(at: table.url, options, schemaFile, console) }
    let inspection = try TableInspection(
      table.url, options: options,
      dictionary: InputFile.dictionary(dictionary, of: file, read: table))
    try OutputFile.make(schemaFile) { draft in
      try SchemaFile.write(inspection.schema, annotations: inspection.annotations, to: draft)
    }
    let report = InspectionReport(
      inspection, file: InputFile.name(table.url), schemaFile: InputFile.name(schemaFile),
      use: "Then pass it with --schema.")
    if speech.json {
      try console.show(json: report)
    } else if !speech.quiet {
      console.show(InspectionPage.text(report, terminal: console.terminal), beside: schemaFile)
    }
  }

  private func lookAtFolder(_ schemaFile: URL, _ console: Console) throws {
    guard dictionary == nil else {
      throw Failure(
        "--dictionary: describes one table, and \(file) is a folder of several.",
        remedy: "Leave it out, or inspect a table by itself.")
    }
    guard !look.isPrivate else {
      throw Failure(
        "--private: a folder is only looked at in the open, for its owner.",
        remedy: "Leave out --private, or inspect a table by itself.")
    }
    try OutputFile.check([schemaFile], replaces: force, reading: [])
    let inspection = try FolderInspection(InputFile.url(file), options: reading.readOptions())
    try OutputFile.make(schemaFile) { try inspection.writeSchema(to: $0) }
    let report = FolderReport(
      inspection, folder: InputFile.name(InputFile.url(file)),
      schemaFile: InputFile.name(schemaFile), use: "Then pass it with --schema.")
    if speech.json {
      try console.show(json: report)
    } else if !speech.quiet {
      console.show(FolderPage.text(report, terminal: console.terminal), beside: schemaFile)
    }
  }

  private func lookPrivately(
    at input: URL, _ options: ReadOptions, _ schemaFile: URL, _ console: Console
  ) throws {
    let inspection = try look.inspection(of: input, reading: options)
    for warning in try inspection.warnings() { console.warn(warning) }
    let outcome = try inspection.run()
    try OutputFile.make(schemaFile) { draft in
      try SchemaFile.write(outcome.schema, annotations: outcome.annotations, to: draft)
    }
    let report = PrivateInspectionReport(outcome, of: inspection, schemaFile: schemaFile)
    if speech.json {
      try console.show(json: report)
    } else if !speech.quiet {
      console.show(
        PrivateInspectionPage.text(report, terminal: console.terminal), beside: schemaFile)
    }
  }
}
