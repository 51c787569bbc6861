import Basics
import PlaceAttacks

/// The content of the owner's report on a map or trips: what attacks find with the original at
/// hand. It is not private and stays with the owner.
package struct PlaceOwnerReport: Codable, Sendable {
  package var table: String
  package var created: String
  package var software: String
  /// The promise of the release that was attacked.
  package var guarantee: ReportGuarantee
  /// Whether the release is trips, and not a map.
  package var isTrips: Bool
  package var attacks: PlaceAttackReport

  package init(
    table: String, created: String, software: String, guarantee: ReportGuarantee, isTrips: Bool,
    attacks: PlaceAttackReport
  ) {
    (self.table, self.created, self.software) = (table, created, software)
    (self.guarantee, self.isTrips, self.attacks) = (guarantee, isTrips, attacks)
  }

  /// `owner-report.html`: one file that needs no other.
  package func html() -> String {
    let noun = isTrips ? "trips" : "map"
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
      <title>For the owner: \(noun) of \(SVG.escape(table))</title>
      <style>\(ReportStyle.sheet)\(MapStyle.shares)\(MapStyle.attacks)</style></head>
      <body><div class="banner" role="note">FOR THE OWNER ONLY. These figures are measured on people and are not private.</div>
      <header class="top"><p class="overline">Attacks on \(isTrips ? "synthetic trips" : "a heat map")</p>
      <h1>\(SVG.escape(table))</h1><p class="lead verdict \(verdictClass)">\(SVG.escape(verdict))</p></header>
      <main><section><h2>What the release leads to</h2>\(PageParts.paragraphs([comparison]))
      <div class="cards attacks">\(attacks.lines.map(card).joined())</div></section>
      <section><h2>What the tracks themselves would betray</h2>\(PageParts.paragraphs([original]))\(originalBars)</section></main>
      <footer>Made by \(SVG.escape(software)) on \(SVG.escape(String(created.prefix(10)))), in cells of \
      \(SVG.escape(PageParts.metres(attacks.cellMetres))).</footer></body></html>

      """
  }

  private var verdict: String {
    switch attacks.isLeaky {
    case true?: "People of the table are found more often than strangers: the release leaks."
    case false?:
      "No attack that has power here finds people of the table more often than strangers."
    case nil: "Nothing is judged: \(reason)"
    }
  }

  private var reason: String {
    attacks.strangers == nil
      ? "there are no strangers to compare with. Give tracks of other people as a control."
      : "no attack has power here. There are too few people who stand out, even on an exact release."
  }

  private var verdictClass: String {
    switch attacks.isLeaky {
    case true?: "serious"
    case false?: "good"
    case nil: ""
    }
  }

  private var comparison: String {
    let strangers =
      attacks.strangers.map {
        "\(NumberText.plural($0, "person", "people")) of the control who are not in the table"
      } ?? "nobody, since no control was given"
    return
      "Each attack is tried on people of the table, on strangers (\(strangers)), and on an exact release of the same people, as it would "
      + "be without privacy. What a release tells of strangers too is knowledge about the region; only the gap to strangers is a leak. An "
      + "attack that finds nobody on an exact release either says nothing here."
  }

  private func card(_ line: PlaceAttackReport.Line) -> String {
    let (title, tag) = (Self.title(line.name), Self.tag(line.verdict))
    func row(_ label: String, _ share: PlaceAttackReport.Share) -> RankedBars.Row {
      RankedBars.Row(
        label: label, value: share.value,
        figure: share.attempts > 0 ? NumberText.percent(share.value) : "–")
    }
    var rows = [row("an exact release", line.exact), row("this release", line.members)]
    if let strangers = line.strangers { rows.append(row("of strangers", strangers)) }
    if let blind = line.blind {
      rows.append(
        RankedBars.Row(label: "a blind guess", value: blind, figure: NumberText.percent(blind)))
    }
    let power = line.detectable.map {
      " A gap of \(NumberText.parameter(($0 * 1_000).rounded() / 10)) points would have been shown."
    }
    return
      "<div class=\"card\"><h3>\(SVG.escape(title)) <span class=\"tag \(tag.style)\">\(SVG.escape(tag.text))</span></h3>"
      + RankedBars(rows: rows, full: 1).html(title: "\(title): shares of people who are found")
      + "<p>The attacker \(SVG.escape(line.method)). \(NumberText.plural(line.members.attempts, "attempt", "attempts"))."
      + "\(SVG.escape(power ?? ""))</p></div>"
  }

  private static func title(_ name: String) -> String {
    switch name {
    case "home": "Homes that stand alone"
    case "work": "Places of work that stand alone"
    case "lone-spots": "Lone hot spots of few people"
    case "known-1": "Homes by one known place"
    case "known-2": "Homes by two known places"
    case "known-4": "Homes by four known places"
    case "difference": "Who left, by subtracting two releases"
    default: name
    }
  }

  private static func tag(_ verdict: PlaceAttackReport.Verdict) -> (style: String, text: String) {
    switch verdict {
    case .leak: ("not-met", "a leak is shown")
    case .noLeak: ("met", "no leak is shown")
    case .noPower: ("not-assessed", "says nothing")
    case .notJudged: ("not-assessed", "not judged")
    }
  }

  private var original: String {
    let traced = attacks.tracedOnExactMaps
    return
      "No release is needed for this: so many of the \(NumberText.count(attacks.people)) people are the only ones who were in one, two or "
      + "four of their cells, drawn at random. And if exact maps with cells of fewer than 3 people blanked were published with and without "
      + "somebody, the difference would show a cell of \(NumberText.percent(traced.value)) of them."
  }

  private var originalBars: String {
    RankedBars(
      rows: attacks.uniqueness.map {
        RankedBars.Row(
          label: NumberText.plural($0.cells, "cell", "cells"), value: $0.people.value,
          figure: NumberText.percent($0.people.value))
      }, full: 1
    ).html(title: "Shares of people whom some of their own cells single out")
  }
}
