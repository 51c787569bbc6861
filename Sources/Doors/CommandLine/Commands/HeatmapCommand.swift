import ArgumentParser
import Curation
import Foundation
import HeatMaps
import Releases
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

  @OptionGroup var place: PlaceOptions
  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    var settings = HeatSettings()
    (settings.cellMetres, settings.threshold, settings.slices) = (cell, threshold, by)
    var request = try place.request(file, settings: settings, console)
    request.areas = try areas.map { try InputFile.readable($0) }
    try console.judged(isJSON: speech.json) {
      place.plan ? try showPlan(request, console) : try draw(request, console)
    }
  }

  private func draw(_ request: MapRequest, _ console: Console) throws {
    let summary = try console.withInterruption { check in try Mapping.run(request, check: check) }
    if speech.json {
      try console.show(json: MapDocument(summary))
    } else if !speech.quiet {
      console.show(MapPages.text(summary, terminal: console.terminal))
    }
  }

  private func showPlan(_ request: MapRequest, _ console: Console) throws {
    let plan = try MapPlan(request)
    if speech.json {
      try console.show(json: plan)
    } else {
      console.show(MapPages.text(plan, file: file, terminal: console.terminal))
    }
  }
}

extension HeatGrid.Slices: ExpressibleByArgument {}
