import ArgumentParser
import DelimitedText
import Examples
import Foundation
import LinkedTables
import SchemaFiles
import Tables
import Understudy

/// The `understudy example` command.
struct ExampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "example", abstract: "Writes a table of invented people to try things on.",
    discussion: """
      Examples:
        understudy example hospital --rows 20000 -o patients.csv
        understudy example town --people 5000 -o town.csv
      """,
    subcommands: [HospitalCommand.self, TownCommand.self])
}

/// The `understudy example hospital` command.
struct HospitalCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hospital",
    abstract: "Admissions to an invented hospital, and the schema that belongs to them.",
    discussion: """
      The schema goes beside the table. docs/example-hospital.md says how the table is made. \
      With --linked there are several tables in a folder: patients, their admissions, and of \
      each admission the diagnoses, laboratory values and prescriptions.

      Examples:
        understudy example hospital --rows 20000 -o patients.csv
        understudy example hospital --linked --people 5000 -o hospital
      """)

  @Option(help: ArgumentHelp("Rows to write. Default: 20000.", valueName: "number"))
  var rows: Int?

  @Flag(help: "Several linked tables in place of one.")
  var linked = false

  @Option(help: ArgumentHelp("Patients of the linked tables. Default: 5000.", valueName: "number"))
  var people: Int?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file to write; with --linked the folder.", valueName: "file.csv or folder"))
  var output: String

  @Option(help: ArgumentHelp("Another seed invents other people.", valueName: "number"))
  var seed = HospitalExample.defaultSeed

  @Flag(help: "Replace files that are there already.")
  var force = false

  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    if let rows { try Checked.rows(rows) }
    if linked, rows != nil {
      throw ValidationError("--rows: is for one table; say --people with --linked")
    }
    if let people {
      guard linked else { throw ValidationError("--people: is for --linked") }
      guard (1...200_000).contains(people) else {
        throw ValidationError("--people: must be from 1 to 200,000")
      }
    }
  }

  func execute(_ console: Console) throws {
    if linked { return try writeFolder(of: people ?? 5_000, console) }
    let rows = rows ?? 20_000
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

  private func writeFolder(of people: Int, _ console: Console) throws {
    let folder = InputFile.url(output)
    let schemaFile = InputFile.schemaBeside(folder)
    let schema = LinkedHospitalExample.schema
    let files = schema.tables.map { folder.appendingPathComponent($0.file) }
    try OutputFile.check([schemaFile], replaces: force, reading: [])
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try OutputFile.check(files, replaces: force, reading: [])
    let rows = try console.withInterruption { check in
      let tables = LinkedHospitalExample.make(patients: people, seed: seed)
      for (table, (file, described)) in zip(tables, zip(files, schema.tables)) {
        try check()
        try CSVWriter.write(table, to: file, format: described.schema.format)
      }
      try OutputFile.make(schemaFile) { try SchemaFile.write(schema, to: $0) }
      return tables.reduce(0) { $0 + $1.rowCount }
    }
    if speech.json {
      try console.show(json: WrittenFile(file: folder.path, rows: rows, schema: schemaFile.path))
    } else if !speech.quiet {
      console.show(
        "Wrote \(Numbers.count(files.count, "table")) of \(Numbers.count(people, "patient")) to \(output) and their schema to "
          + "\(InputFile.name(schemaFile))."
      )
    }
  }
}

/// The `understudy example town` command.
struct TownCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "town",
    abstract: "Tracks of the people of an invented town, and the schema that belongs to them.",
    discussion: """
      Everybody has a home, a place of work and trips; each passage of a square of \
      200 m is a point, some 500 for each person. A base has people who run along its \
      fence and nowhere else. The schema goes beside the table.

      Examples:
        understudy example town --people 5000 -o town.csv
        understudy example town --people 5000 --base 30 -o town.csv
      """)

  @Option(help: ArgumentHelp("People who live in the town.", valueName: "number"))
  var people = 5_000

  @Option(
    help: ArgumentHelp("People of a base in an empty quarter, beside them.", valueName: "number"))
  var base = 0

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file.csv"))
  var output: String

  @Option(help: ArgumentHelp("Another seed invents other people.", valueName: "number"))
  var seed = TownExample.defaultSeed

  @Flag(help: "Replace files that are there already.")
  var force = false

  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    guard (1...100_000).contains(people) else {
      throw ValidationError("--people: must be from 1 to 100,000")
    }
    guard (0...10_000).contains(base) else {
      throw ValidationError("--base: must be from 0 to 10,000")
    }
  }

  func execute(_ console: Console) throws {
    let target = InputFile.url(output)
    let schemaFile = InputFile.schemaBeside(target)
    try OutputFile.check([target, schemaFile], replaces: force, reading: [])
    let points = try console.withInterruption { check in
      let table = TownExample(people: people, base: base, seed: seed).table
      try check()
      try CSVWriter.write(table, to: target, format: TownExample.schema.format)
      try OutputFile.make(schemaFile) { try SchemaFile.write(TownExample.schema, to: $0) }
      return table.rowCount
    }
    if speech.json {
      try console.show(json: WrittenFile(file: target.path, rows: points, schema: schemaFile.path))
    } else if !speech.quiet {
      console.show(
        "Wrote \(Numbers.count(points, "point")) of \(Numbers.count(people + base, "person", "people")) to \(output) and their "
          + "schema to \(InputFile.name(schemaFile))."
      )
    }
  }
}
