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
      Example:
        understudy sample release --rows 100000 --where sex=F -o more.csv
        understudy sample release --rows 500 --where age=60..69 -o sixties.csv
      """)

  @Argument(help: ArgumentHelp("A release folder, or its model.json.", valueName: "release"))
  var release: String

  @Option(help: ArgumentHelp("Rows to draw.", valueName: "number"))
  var rows: Int

  @Option(
    name: .customLong("where"), parsing: .singleValue,
    help: ArgumentHelp(
      "A condition that every row keeps: column=value, or column=low..high. Repeatable.", valueName: "condition"))
  var conditions: [RowCondition] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file.csv"))
  var output: String

  @Flag(help: "Replace a file that is there already.")
  var force = false

  @Option(help: ArgumentHelp("Draws the same rows again. Costs no privacy.", valueName: "number"))
  var seed: UInt64?

  @OptionGroup var speech: SpeechOptions

  func validate() throws { try Checked.rows(rows) }

  func execute(_ console: Console) throws {
    let target = InputFile.url(output)
    try OutputFile.check([target], replaces: force, reading: [(release, "the release that is sampled")])
    var request = SampleRequest(
      release: InputFile.url(release), rows: rows, conditions: conditions.map { ($0.column, $0.value) }, output: target)
    request.replacesOutput = force
    request.seed = seed
    if let model = try? ModelFile.read(request.release), !model.isPrivate {
      console.warn("this model is NOT PRIVATE, and neither are rows that it draws. Do not share them.")
    }
    let written = try console.withProgress { progress in try Synthesis.sample(request, progress: progress) }
    if speech.json {
      try console.show(json: WrittenFile(file: target.path, rows: written))
    } else if !speech.quiet {
      console.show("Wrote \(Numbers.count(written, "row")) to \(output). Drawing them cost no privacy.", beside: target)
    }
  }
}

/// `column=value`, split at the first equals sign.
struct RowCondition: ExpressibleByArgument {
  let column: String
  let value: String

  init?(argument: String) {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else { return nil }
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
