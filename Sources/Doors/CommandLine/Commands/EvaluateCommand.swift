import ArgumentParser
import Foundation
import Manifests
import Quality
import Reports
import TableSources
import Understudy

/// The `understudy evaluate` command.
struct EvaluateCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Compares a synthetic table with its original, for the owner of the data.",
    discussion: """
      The figures are measured on the original and are not private. Keep them with the original.

      Example:
        understudy evaluate --original patients.csv \\
          --synthetic release/synthetic.csv --target readmitted_30d --by sex

      Two folders of linked tables are compared by person: children, rules over tables, \
      histories and codes.
        understudy evaluate hospital release --schema hospital.schema.yaml
      """)

  @OptionGroup var tables: ComparedTables

  @Option(
    help: ArgumentHelp(
      "Rows of the original that the release was not made from.", valueName: "file"))
  var holdout: String?

  @Option(
    help: ArgumentHelp(
      "A column to predict: trains on each table, tests on real rows.", valueName: "column"))
  var target: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "With --target: a column within whose values the target is judged. Repeatable, three times.",
      valueName: "column"))
  var by: [String] = []

  @Option(
    help: ArgumentHelp(
      "The schema of the original, which says what is an identifier or prose.", valueName: "file"))
  var schema: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A column to leave out, beside identifiers and prose. Repeatable.", valueName: "column"))
  var ignore: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write the comparison as a page to read in a browser.", valueName: "file.html"))
  var report: String?

  @Flag(help: "Replace a report that is there already.")
  var force = false

  @OptionGroup var source: SourceOptions
  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    if InputFile.isFolderOfTables(tables.original) { return try compareFolders(console) }
    let used = [
      (tables.original, "the original that is read"),
      (tables.synthetic, "the synthetic table that is read"),
      (holdout, "the hold-out that is read"), (schema, "the schema that is read"),
    ]
    if by.count > 3 {
      throw Failure(
        "--by: \(by.count) columns are named, and three are allowed.",
        remedy: "Compare the others in a second run.")
    }
    try OutputFile.check([report.map(InputFile.url)], replaces: force, reading: used)
    var request = TableComparison(
      original: try InputFile.table(
        tables.original, schema: schema, of: tables.detailsOfOriginal(source)
      ).url,
      synthetic: try InputFile.table(
        tables.synthetic, schema: schema, of: tables.detailsOfSynthetic(source)
      ).url)
    request.holdout = try holdout.map { try InputFile.table($0, schema: schema).url }
    (request.schema, request.target, request.ignoring) = (
      try schema.map(InputFile.schema), target, ignore
    )
    request.groupColumns = by
    (request.originalName, request.remedyOfUnknownColumn) = (
      tables.original, "Name a column of the original after --ignore."
    )
    let comparison = try request.run()
    if let report { try write(comparison, to: InputFile.url(report)) }
    if speech.json {
      try console.show(json: comparison)
    } else {
      console.show(EvaluationPage.text(comparison, terminal: console.terminal))
      if let report {
        console.note("The report is in \(report). It is not private: keep it with the original.")
      }
    }
  }

  private func compareFolders(_ console: Console) throws {
    guard let schema else {
      throw Failure(
        "--schema: linked tables are compared under the schema that says how they are linked.",
        remedy: "Write one with `understudy inspect FOLDER`, and name it.")
    }
    guard holdout == nil, target == nil, by.isEmpty, ignore.isEmpty, report == nil else {
      throw Failure(
        "--holdout, --target, --by, --ignore, --report: these are for single tables.",
        remedy: "Leave them out for folders.")
    }
    let comparison = try FolderComparison(
      original: InputFile.url(tables.original), synthetic: InputFile.url(tables.synthetic),
      schema: InputFile.linkedSchema(schema)
    ).run()
    if speech.json {
      try console.show(json: comparison)
    } else {
      console.show(LinkedEvaluationPage.text(comparison, terminal: console.terminal))
    }
  }

  private func write(_ comparison: QualityReport, to url: URL) throws {
    let page = OwnerReport(
      title:
        "\(InputFile.url(tables.synthetic).lastPathComponent) against \(InputFile.url(tables.original).lastPathComponent)",
      software: "understudy \(SoftwareVersion.current)",
      date: Date.now.formatted(.iso8601.year().month().day()), quality: comparison)
    try OutputFile.makeClosed(url, data: Data(page.html().utf8))
  }
}
