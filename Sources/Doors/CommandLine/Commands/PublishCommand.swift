import ArgumentParser
import DelimitedText
import Foundation
import Manifests
import Releases
import SchemaFiles
import SourceWorkers
import TableSources
import Tables
import Understudy

/// The `understudy publish` command.
struct PublishCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Writes the table of a release into a database.",
    discussion: """
      The table gets the types that the release's schema gives its columns, a key where a rule says that columns tell rows apart, and a \
      comment that says what it is. It appears whole or not at all. A password is never part of the address: it comes from a password file \
      (PGPASSFILE) or the environment (PGPASSWORD).

      Example:
        understudy publish release --to postgresql://writer@db.example/research \\
          --table standin.patients
      """)

  @Argument(help: ArgumentHelp("The release folder.", valueName: "folder"))
  var release: String

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp("The address of the database.", valueName: "address"))
  var address: String

  @Option(
    help: ArgumentHelp("The table to be made, such as standin.patients.", valueName: "name"))
  var table: String

  @Flag(help: "Replace a table that is there already.")
  var force = false

  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    let folder = InputFile.url(release)
    let report = try ReleaseVerification(release: folder).run()
    let broken = report.checks.filter { ["signature", "files"].contains($0.name) }
      .filter { $0.outcome == .failed }
    guard broken.isEmpty else {
      throw Failure(
        "\(release): this is not what its owner signed, and is not published.",
        remedy: "See `understudy verify \(release)`.")
    }
    let model = try ModelFile.read(folder)
    if !model.isPrivate {
      console.warn("this release is NOT PRIVATE. Do not publish it where others can see it.")
    }
    let schema = try SchemaFile.parse(model.schema, file: ReleaseArtefact.model.name)
    let rows = try TableReader.read(
      folder.appendingPathComponent(ReleaseArtefact.table.name), under: schema
    ).table
    let target = try DatabaseTarget(address, table: table, program: SpooledInputs.program)
    let interruption = Interruption {}
    try target.write(
      rows, schema: schema, comment: comment(report, isPrivate: model.isPrivate),
      replaces: force
    ) { try interruption.check() }
    if speech.json {
      try console.show(json: PublishedTable(table: table, rows: rows.rowCount))
    } else if !speech.quiet {
      console.show("Wrote \(Numbers.count(rows.rowCount, "row")) to \(table).")
    }
  }

  private func comment(_ report: VerificationReport, isPrivate: Bool) -> String {
    guard isPrivate, let guarantee = report.guarantee else {
      return "A synthetic table that was made for tests. NOT PRIVATE."
    }
    return
      "A synthetic stand-in: no row is a person. Epsilon \(Numbers.short(guarantee.epsilon)), delta "
      + "\(Numbers.short(guarantee.delta)), one \(guarantee.unit == "row" ? "row" : "person"). Made by understudy."
  }
}

/// The output of the command, for `--json`.
private struct PublishedTable: Encodable {
  let table: String
  let rows: Int
}
