import Accounting
import ArgumentParser
import Curation
import Foundation
import HeatMaps
import Releases
import TableSources
import Understudy

/// The `understudy heatmap` command.
struct HeatmapCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "heatmap",
    abstract: "Draws a private map of where people are from a table of points.",
    discussion: """
      The schema says who, where and when (`unit` and `place`), and how far the map \
      reaches (`bounds` of the coordinates). Everybody's heat is 1, whatever they \
      recorded. What does not stand out of the noise is not drawn. A group of people \
      does show: if a site is the secret, make it the unit, or leave it out of the \
      map with `exclude`.

      Examples:
        understudy example town --people 5000 -o town.csv
        understudy heatmap town.csv --schema town.schema.yaml --epsilon 1 \\
          --delta 1e-6 -o map
        understudy heatmap town.csv --schema town.schema.yaml --epsilon 1 --plan
      """)

  @Argument(
    help: ArgumentHelp("The table of points. It is not read with --plan.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("The schema, with `place` and a person column.", valueName: "file"))
  var schema: String

  @Option(
    help: ArgumentHelp(
      "How much the map may reveal about any one person; 1 is usual.", valueName: "number"))
  var epsilon: Double

  @Option(help: ArgumentHelp("The chance that is left out of the guarantee.", valueName: "number"))
  var delta = Checked.usualDelta

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The folder to be made. Needed unless --plan.", valueName: "folder"))
  var output: String?

  @Option(help: ArgumentHelp("The width of the smallest cells.", valueName: "metres"))
  var cell = HeatSettings().cellMetres

  @Option(
    help: ArgumentHelp(
      "Show and divide what stands out by so many standard deviations of the noise.",
      valueName: "number"))
  var threshold = HeatSettings().threshold

  @Option(help: ArgumentHelp("Divide time: none, hour or weekday.", valueName: "slices"))
  var by = HeatGrid.Slices.none

  @Option(
    help: ArgumentHelp(
      "Areas in GeoJSON, such as districts, to count from the same cells.", valueName: "file"))
  var areas: String?

  @Flag(help: "Show the noise and what can be seen through it, and stop. Reads no point.")
  var plan = false

  @Flag(help: "Replace a map that is there already.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "The folder of the key that signs maps. Default: beside the ledger.", valueName: "folder"))
  var keys: String?

  @Option(
    help: ArgumentHelp(
      "Makes the run repeatable and NOT PRIVATE. For tests only.", valueName: "number"))
  var seed: UInt64?

  @OptionGroup var source: SourceOptions
  @OptionGroup var people: PeopleOptions
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    try Checked.epsilon(epsilon)
    try Checked.delta(delta)
    if !plan, output == nil {
      throw ValidationError("-o: name the folder that the map is to be made in, such as -o map")
    }
  }

  func execute(_ console: Console) throws {
    if plan { return try showPlan(console) }
    var request = try request(reading: InputFile.table(file, schema: schema, of: source).url)
    request.seed = seed
    if seed != nil { console.warn("--seed makes this map NOT PRIVATE. Do not share it.") }
    let summary = try console.withInterruption { check in try Mapping.run(request, check: check) }
    if speech.json {
      try console.show(json: MapDocument(summary))
    } else if !speech.quiet {
      console.show(MapPages.text(summary, terminal: console.terminal))
    }
  }

  private func request(reading input: URL) throws -> MapRequest {
    var request = MapRequest(
      input: input, schema: try InputFile.readable(schema),
      output: InputFile.url(output ?? "map"), epsilon: Epsilon(checked: epsilon),
      ledger: try ledger.url())
    request.delta = Delta(checked: delta)
    request.settings.cellMetres = cell
    request.settings.threshold = threshold
    request.settings.slices = by
    request.areas = try areas.map { try InputFile.readable($0) }
    request.keys = keys.map(InputFile.url)
    request.replacesOutput = force
    request.samePeopleAs = people.samePeopleAs
    request.hasOtherPeople = people.hasOtherPeople
    return request
  }

  private func showPlan(_ console: Console) throws {
    let plan = try MapPlan(request(reading: InputFile.url(file)))
    if speech.json {
      try console.show(json: plan)
    } else {
      console.show(MapPages.text(plan, file: file, terminal: console.terminal))
    }
  }
}

extension HeatGrid.Slices: ExpressibleByArgument {}
