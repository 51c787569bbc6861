import LinkedQuality
import Understudy

/// A comparison of linked tables with their originals, for the owner.
enum LinkedEvaluationPage {
  static func text(_ report: LinkedQualityReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading(
      "Synthetic against original, linked tables. NOT PRIVATE: for the owner of the data only.")
    page.pairs([
      (
        "Persons",
        "\(Numbers.count(report.originalPersons)) original, \(Numbers.count(report.releasePersons)) synthetic"
      ),
      ("Rules broken", Numbers.percent(report.rulesBroken)),
      ("Dependence on parents lost", share(report.dependenceLost)),
      ("Persons told apart (0.5 is best)", share(report.toldApart)),
    ])
    page.line(
      "A distance is the share of rows in the wrong cell: 0 is perfect, 1 is nothing in common. Dependence lost: 0 is all kept, 1 none."
    )
    page.heading("Tables")
    page.table(tables(report))
    page.heading("Children and parents")
    page.table(links(report))
    if !report.histories.isEmpty {
      page.heading("Histories of persons")
      page.table(histories(report))
    }
    if !report.sets.isEmpty {
      page.heading("Codes together")
      page.table(sets(report))
    }
    if !report.rules.isEmpty {
      page.heading("Rules: share broken")
      page.table(rules(report))
    }
    return page.text
  }

  private static func share(_ value: Double?) -> String {
    value.map { Numbers.fixed($0, 3) } ?? "-"
  }

  private static func tables(_ report: LinkedQualityReport) -> TextTable {
    var table = TextTable([
      ("Table", .left), ("Rows", .right), ("Synthetic", .right), ("Repeated keys", .right),
      ("Of nobody", .right), ("Column", .right), ("Pair", .right),
    ])
    for one in report.tables {
      table.add(
        one.name, Numbers.count(one.originalRows), Numbers.count(one.releaseRows),
        Numbers.count(one.repeatedKeys), Numbers.count(one.ofNobody), share(one.oneWay),
        share(one.twoWay))
    }
    return table
  }

  private static func links(_ report: LinkedQualityReport) -> TextTable {
    var table = TextTable([
      ("Child", .left), ("Parent", .left), ("Orphans", .right), ("Children", .right),
      ("by parent", .right), ("Values by parent", .right),
    ])
    for link in report.links {
      table.add(
        link.table, link.parent, Numbers.count(link.orphans), share(link.children),
        share(link.childrenByParent), share(link.withParent))
    }
    return table
  }

  private static func histories(_ report: LinkedQualityReport) -> TextTable {
    var table = TextTable([
      ("Table", .left), ("First", .right), ("Gap", .right), ("Gap, gap", .right),
      ("Value, next", .right), ("Value, gap", .right), ("Span", .right), ("Lost", .right),
    ])
    for one in report.histories {
      table.add(
        one.table, share(one.first), share(one.gap), share(one.gapAndGap),
        share(one.valueAndNext), share(one.valueAndGap), share(one.span),
        share(one.dependenceLost))
    }
    return table
  }

  private static func sets(_ report: LinkedQualityReport) -> TextTable {
    var table = TextTable([
      ("Column", .left), ("Of each", .left), ("Codes", .right), ("Pairs", .right),
      ("Number", .right), ("Top pairs kept", .right),
    ])
    for one in report.sets {
      table.add(
        one.column, one.owner, share(one.codes), share(one.pairs), share(one.number),
        Numbers.percent(one.topPairs))
    }
    return table
  }

  private static func rules(_ report: LinkedQualityReport) -> TextTable {
    var table = TextTable([("Rule", .left), ("Synthetic", .right), ("Original", .right)])
    for rule in report.rules {
      table.add(rule.rule, Numbers.percent(rule.release), Numbers.percent(rule.original))
    }
    return table
  }
}
