import ArgumentParser
import Foundation
import Releases
import Trips
import Understudy

/// The `understudy trips` command.
struct TripsCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trips",
    abstract: "Makes synthetic trips of people whom nobody is from a table of points.",
    discussion: """
      The schema says who, where and when (`unit` and `place` with its `time`), and \
      how far the trips reach (`bounds` of the coordinates). A pause ends a trip. \
      Learned are homes and other anchors, how they go together, and the hours, \
      days, lengths, speeds and ways of trips; everybody counts the same, whatever \
      they recorded. No synthetic trip is faster than the limit.

      Examples:
        understudy example town --people 5000 -o town.csv
        understudy trips town.csv --schema town.schema.yaml --epsilon 1 \\
          --delta 1e-6 -o trips
        understudy trips town.csv --schema town.schema.yaml --epsilon 1 \\
          --roads roads.geojson -o trips
        understudy trips town.csv --schema town.schema.yaml --epsilon 1 --plan
      """)

  @Argument(
    help: ArgumentHelp("The table of points. It is not read with --plan.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("The width of the smallest cells.", valueName: "metres"))
  var cell = TripSettings().cellMetres

  @Option(
    help: ArgumentHelp("A longer pause between two points ends a trip.", valueName: "minutes"))
  var pause = TripSettings().pauseMinutes

  @Option(
    name: .customLong("max-speed"),
    help: ArgumentHelp(
      "No trip is faster, in metres a second. Default: `fastest` of the schema, or else \(TripSettings.usualSpeed).",
      valueName: "speed"))
  var fastest: Int?

  @Option(
    help: ArgumentHelp(
      "Roads in GeoJSON (LineString), public by declaration, that all trips follow.",
      valueName: "file"))
  var roads: String?

  @OptionGroup var place: PlaceOptions
  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    var settings = TripSettings()
    (settings.cellMetres, settings.pauseMinutes, settings.fastest) = (cell, pause, fastest)
    var request = try place.request(file, settings: settings, console)
    request.roads = try roads.map { try InputFile.readable($0) }
    try console.judged(isJSON: speech.json) {
      place.plan ? try showPlan(request, console) : try make(request, console)
    }
  }

  private func make(_ request: TripRequest, _ console: Console) throws {
    let summary = try console.withInterruption { check in
      try TripSynthesis.run(request, check: check)
    }
    if speech.json {
      try console.show(json: TripDocument(summary))
    } else if !speech.quiet {
      console.show(TripPages.text(summary, terminal: console.terminal))
    }
  }

  private func showPlan(_ request: TripRequest, _ console: Console) throws {
    let plan = try TripPlanDocument(request)
    if speech.json {
      try console.show(json: plan)
    } else {
      console.show(TripPages.text(plan, file: file, terminal: console.terminal))
    }
  }
}
