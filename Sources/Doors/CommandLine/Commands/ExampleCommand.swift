import ArgumentParser
import DelimitedText
import Examples
import Foundation
import SchemaFiles
import Tables
import Understudy

/// The `understudy example` command.
struct ExampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "example", abstract: "Writes a table of invented people to try things on.",
    discussion: """
      Example:
        understudy example hospital --rows 20000 -o patients.csv
      """,
    subcommands: [HospitalCommand.self])
}

/// The `understudy example hospital` command.
struct HospitalCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hospital",
    abstract: "Admissions to an invented hospital, and the schema that belongs to them.",
    discussion: """
      The schema goes beside the table. docs/example-hospital.md says how the table is made.

      Example:
        understudy example hospital --rows 20000 -o patients.csv
      """)

  @Option(help: ArgumentHelp("Rows to write.", valueName: "number"))
  var rows = 20_000

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file.csv"))
  var output: String

  @Option(help: ArgumentHelp("Another seed invents other people.", valueName: "number"))
  var seed = HospitalExample.defaultSeed

  @Flag(help: "Replace files that are there already.")
  var force = false

  @OptionGroup var speech: SpeechOptions

  func validate() throws { try Checked.rows(rows) }

  func execute(_ console: Console) throws {
    let target = InputFile.url(output)
    let schemaFile = InputFile.schemaBeside(target)
    try OutputFile.check([target, schemaFile], replaces: force, reading: [])
    let schema = HospitalExample.schema(rows: rows)
    try console.withInterruption { check in
      let table = HospitalExample.make(rows: rows, seed: seed)
      try check()
      try CSVWriter.write(table, to: target, format: schema.format)
      try OutputFile.make(schemaFile) { try SchemaFile.write(schema, to: $0) }
    }
    if speech.json {
      try console.show(json: WrittenFile(file: target.path, rows: rows, schema: schemaFile.path))
    } else if !speech.quiet {
      console.show(
        "Wrote \(Numbers.count(rows, "row")) to \(output) and their schema to \(InputFile.name(schemaFile))."
      )
    }
  }
}
