import Basics
import Foundation
import Manifests
import Releases
import Trips
import Understudy

/// The plan and the result of synthetic trips, for people.
enum TripPages {
  static func text(_ plan: TripPlanDocument, file: String, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading("Plan for trips of \(file). Nothing was read or spent.")
    page.pairs([
      Section.guarantee(epsilon: plan.epsilon, delta: plan.delta, rho: plan.rho),
      ("Protects", "all points that share a value of '\(plan.unit)'"),
      ("Fastest trip", "\(plan.fastest) m/s"),
    ])
    page.heading("What the budget is for")
    var table = TextTable([("Question", .left), ("Share", .right)])
    for part in plan.parts { table.add(part.name, Numbers.percent(part.share)) }
    page.table(table)
    page.hazards(plan.hazards)
    return page.text
  }

  static func text(_ summary: TripSummary, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    let ink = terminal.outputInk
    let made =
      summary.trips == 0 ? ink.red("Made, and there are no trips in it") : ink.green("Trips made")
    page.heading(summary.isPrivate ? made : ink.red("Test trips made: NOT PRIVATE"))
    page.pairs(
      [
        ("Folder", InputFile.name(summary.release)),
        ("Synthetic people", Numbers.count(summary.people)),
        ("Their trips", Numbers.count(summary.trips)),
        ("Points", Numbers.count(summary.points)),
        ("Fastest allowed", "\(summary.fastest) m/s"),
        Section.guarantee(
          epsilon: summary.epsilon, delta: summary.delta, isPrivate: summary.isPrivate),
        (
          "Table",
          InputFile.name(summary.release.appendingPathComponent(ReleaseArtefact.table.name))
        ),
      ] + [summary.ownerReport].compactMap(\.self).map { ("For you alone", InputFile.name($0)) })
    if summary.trips == 0 {
      page.line(
        "Nothing stood out of the noise: there are too few people for this budget and region. The budget is spent."
      )
    }
    page.notices(hazards: summary.hazards, ownerMessages: summary.ownerMessages)
    return page.text
  }
}

/// The result of synthetic trips, for machines: plain paths and numbers.
struct TripDocument: Encodable {
  let release: String
  let epsilon: Double
  let delta: Double
  let isPrivate: Bool
  let people: Int
  let trips: Int
  let points: Int
  let fastestMetresPerSecond: Int
  let hazards: [String]
  let ownerReport: String?
  let ownerMessages: [String]

  init(_ summary: TripSummary) {
    release = summary.release.path
    (epsilon, delta, isPrivate) = (summary.epsilon, summary.delta, summary.isPrivate)
    (people, trips, points) = (summary.people, summary.trips, summary.points)
    (fastestMetresPerSecond, hazards) = (summary.fastest, summary.hazards)
    (ownerReport, ownerMessages) = (summary.ownerReport?.path, summary.ownerMessages)
  }
}
