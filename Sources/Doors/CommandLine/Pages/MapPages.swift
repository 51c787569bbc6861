import Basics
import Foundation
import HeatMaps
import Manifests
import Releases
import Understudy

/// The plan and the result of a map, for people.
enum MapPages {
  static func text(_ plan: MapPlan, file: String, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading("Plan for a map of \(file). Nothing was read or spent.")
    page.pairs([
      Section.guarantee(epsilon: plan.epsilon, delta: plan.delta, rho: plan.rho),
      ("Protects", "all points that share a value of '\(plan.unit)'"),
    ])
    page.heading("What can be seen through the noise")
    var table = TextTable([
      ("Cells of", .right), ("Noise on a cell, people", .right),
      ("Group in one cell that shows", .right),
    ])
    for level in plan.levels {
      table.add(
        metres(level.cellMetres), Numbers.fixed(level.sigma, 1),
        Numbers.count(Int(level.visibleGroup.rounded(.up))))
    }
    page.table(table)
    page.line(
      "Such a group, with all its time in one cell of an empty quarter, shows in half of all maps. Larger ones show nearly always."
    )
    page.hazards(plan.hazards)
    return page.text
  }

  static func text(_ summary: MapSummary, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    let ink = terminal.outputInk
    let made = summary.cells == 0 ? ink.red("Map made, and it is empty") : ink.green("Map made")
    page.heading(summary.isPrivate ? made : ink.red("Test map made: NOT PRIVATE"))
    page.pairs(
      [
        ("Folder", InputFile.name(summary.release)),
        ("Cells with heat", Numbers.count(summary.cells)),
        ("Their heat", "about \(Numbers.count(Int(summary.heat.rounded()))) people"),
        Section.guarantee(
          epsilon: summary.epsilon, delta: summary.delta, isPrivate: summary.isPrivate),
        ("Map", InputFile.name(summary.release.appendingPathComponent(ReleaseArtefact.map.name))),
      ] + [summary.ownerReport].compactMap(\.self).map { ("For you alone", InputFile.name($0)) })
    if summary.cells == 0 {
      page.line(
        "Nothing stood out of the noise: there are too few people for this budget and region. The budget is spent."
      )
    }
    add(summary, to: &page)
    page.notices(hazards: summary.hazards, ownerMessages: summary.ownerMessages)
    return page.text
  }

  private static func add(_ summary: MapSummary, to page: inout Section) {
    guard !summary.areas.isEmpty else { return }
    page.heading("Heat of the declared areas, in people")
    var table = TextTable([("Area", .left), ("Heat", .right), ("Noise", .right)])
    for area in summary.areas {
      table.add(
        area.name, area.standardError == nil ? "too few to tell" : Numbers.fixed(area.heat, 0),
        area.standardError.map { "± \(Numbers.fixed(2 * $0, 0))" } ?? "")
    }
    page.table(table)
  }

  private static func metres(_ value: Double) -> String {
    value >= 1000 ? "\(Numbers.short(value / 1000)) km" : "\(Numbers.short(value)) m"
  }
}

/// The result of a map, for machines: plain paths and numbers.
struct MapDocument: Encodable {
  let release: String
  let epsilon: Double
  let delta: Double
  let isPrivate: Bool
  let cells: Int
  let heat: Double
  let areas: [HeatMap.AreaHeat]
  let hazards: [String]
  let ownerReport: String?
  let ownerMessages: [String]

  init(_ summary: MapSummary) {
    release = summary.release.path
    (epsilon, delta, isPrivate) = (summary.epsilon, summary.delta, summary.isPrivate)
    (cells, heat, areas) = (summary.cells, summary.heat, summary.areas)
    (hazards, ownerMessages) = (summary.hazards, summary.ownerMessages)
    ownerReport = summary.ownerReport?.path
  }
}
