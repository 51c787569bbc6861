import ArgumentParser
import Foundation
import Releases
import Understudy

/// The `understudy sample` command.
struct SampleCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draws more rows from a release, at no privacy cost.",
    discussion: """
      With --copies it writes a folder of tables of the release's size, each from a \
      model that might have been learned instead: the differences between their \
      results show what the release does not know. More rows are not more knowledge.

      Example:
        understudy sample release --copies 20 -o copies
        understudy sample release --rows 100000 --where sex=F -o more.csv
        understudy sample release --rows 500 --where age=60..69 -o sixties.csv
        understudy sample release --persons 1000 -o tables
      """)

  @Argument(help: ArgumentHelp("A release folder, or its model.json.", valueName: "release"))
  var release: String

  @Option(help: ArgumentHelp("Rows to draw.", valueName: "number"))
  var rows: Int?

  @Option(
    help: ArgumentHelp(
      "From a release of linked tables: people to draw, with all their rows.", valueName: "number"))
  var persons: Int?

  @Option(
    help: ArgumentHelp(
      "Tables to draw, with as many rows as the release: 20 are enough.", valueName: "number"))
  var copies: Int?

  @Option(
    name: .customLong("where"), parsing: .singleValue,
    help: ArgumentHelp(
      "A condition that every row keeps: column=value, or column=low..high. Repeatable.",
      valueName: "condition"))
  var conditions: [RowCondition] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write, or the folder of the copies.", valueName: "file.csv"))
  var output: String

  @Option(help: "The form of the file: csv or parquet.")
  var format = TableFileFormat.csv

  @Flag(help: "Replace a file that is there already.")
  var force = false

  @Option(help: ArgumentHelp("Draws the same rows again. Costs no privacy.", valueName: "number"))
  var seed: UInt64?

  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    try Checked.rows(rows)
    if format == .parquet, persons != nil || copies != nil {
      throw ValidationError(
        "--format: is for a file of rows. Leave it out, or --persons and --copies")
    }
    if persons != nil {
      if rows != nil || copies != nil || !conditions.isEmpty || force {
        throw ValidationError(
          "--persons: draws people into a new folder. Leave --rows, --copies, --where and --force out"
        )
      }
      return
    }
    guard let copies else {
      if rows == nil {
        throw ValidationError("--rows: say how many rows to draw, or --copies for whole tables")
      }
      return
    }
    guard (2...999).contains(copies) else {
      throw ValidationError("--copies: must be from 2 to 999")
    }
    if rows != nil || !conditions.isEmpty || force {
      throw ValidationError(
        "--copies: draws whole tables into a new folder. Leave --rows, --where and --force out")
    }
  }

  func execute(_ console: Console) throws {
    if let persons { return try drawPeople(persons, console) }
    if let copies { return try drawCopies(copies, console) }
    guard let rows else { return }
    let target = InputFile.url(output)
    try OutputFile.check(
      [target], replaces: force, reading: [(release, "the release that is sampled")])
    var request = SampleRequest(
      release: InputFile.url(release), rows: rows,
      conditions: conditions.map { ($0.column, $0.value) }, output: target)
    request.replacesOutput = force
    request.writesParquet = format == .parquet
    request.seed = seed
    warnUnlessPrivate(request.release, console)
    let written = try console.withProgress { progress in
      try Synthesis.sample(request, progress: progress)
    }
    if speech.json {
      try console.show(json: WrittenFile(file: target.path, rows: written))
    } else if !speech.quiet {
      console.show(
        "Wrote \(Numbers.count(written, "row")) to \(output). Drawing them cost no privacy.",
        beside: target)
    }
  }

  private func drawPeople(_ persons: Int, _ console: Console) throws {
    let release = InputFile.url(release)
    if try !LinkedRelease.isPrivate(release) {
      console.warn(
        "this model is NOT PRIVATE, and neither are people that it draws. Do not share them.")
    }
    let target = InputFile.url(output)
    let rows = try LinkedRelease.sample(release, people: persons, output: target, seed: seed)
    if speech.json {
      try console.show(json: WrittenFile(file: target.path, rows: rows))
    } else if !speech.quiet {
      console.show(
        "Wrote \(Numbers.count(persons, "person")) with \(Numbers.count(rows, "row")) to \(output). Drawing them cost no privacy."
      )
    }
  }

  private func drawCopies(_ copies: Int, _ console: Console) throws {
    var request = CopiesRequest(
      release: InputFile.url(release), copies: copies, output: InputFile.url(output))
    request.seed = seed
    warnUnlessPrivate(request.release, console)
    let rows = try console.withProgress { progress in
      try Synthesis.copies(request, progress: progress)
    }
    if speech.json {
      try console.show(json: WrittenFile(file: request.output.path, rows: rows))
    } else if !speech.quiet {
      console.show(
        "Wrote \(copies) copies of \(Numbers.count(rows, "row")) each to \(output). Analyse each alone; the spread of the results between "
          + "copies, times 1 + 1/\(copies), is the variance. Drawing them cost no privacy.")
    }
  }

  private func warnUnlessPrivate(_ release: URL, _ console: Console) {
    guard let model = try? ModelFile.read(release), !model.isPrivate else { return }
    console.warn(
      "this model is NOT PRIVATE, and neither are rows that it draws. Do not share them.")
  }
}

/// `column=value`, split at the first equals sign.
struct RowCondition: ExpressibleByArgument {
  let column: String
  let value: String

  init?(argument: String) {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
      return nil
    }
    column = String(argument[..<equals])
    value = String(argument[argument.index(after: equals)...])
  }
}

/// The output of a command, for `--json`.
struct WrittenFile: Encodable {
  let file: String
  let rows: Int
  var schema: String?
}
