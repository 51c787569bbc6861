import Quality
import Reports
import Understudy

/// A comparison of a synthetic table with its original, for the owner.
package enum EvaluationPage {
  private static let mostPairs = 10

  package static func text(_ report: QualityReport, terminal: Terminal) -> String {
    var page = Section(terminal: terminal)
    page.heading("Synthetic against original. NOT PRIVATE: for the owner of the data only.")
    var rows =
      "\(Numbers.count(report.originalRows)) original, \(Numbers.count(report.syntheticRows)) synthetic"
    if let holdout = report.holdoutRows { rows += ", \(Numbers.count(holdout)) held out" }
    page.pairs([
      ("Rows", rows),
      ("Mean distance of a column", distance(report.means.oneWay)),
      ("of a pair", distance(report.means.twoWay)),
      ("of a triple", distance(report.means.threeWay)),
      ("Values not in the original", Numbers.percent(report.unseen)),
    ])
    page.line(
      "A distance is the share of rows in the wrong cell: 0 is perfect, 1 is nothing in common.")
    let heldOut = report.strangers.map { StrangerWording.heldOut($0) } ?? []
    if !heldOut.isEmpty {
      page.heading("WARNING: the rows held out are known")
      page.list(heldOut)
    }
    if let usefulness = report.usefulness { add(usefulness, to: &page) }
    for errors in report.groups ?? [] { add(errors, to: &page) }
    if let reasons = report.notAssessed, !reasons.isEmpty {
      page.heading("Not assessed")
      page.list(reasons)
    }
    page.heading("Columns")
    page.table(columns(report, isWatched: terminal.isOutputWatched))
    if !report.pairs.isEmpty {
      page.heading("Pairs that differ most")
      page.table(pairs(report))
    }
    if !report.ignoredColumns.isEmpty {
      page.heading("Left out, as identifiers or prose")
      page.line(report.ignoredColumns.joined(separator: ", "))
    }
    return page.text
  }

  private static func distance(_ value: Double) -> String { Numbers.fixed(value, 4) }

  private static func add(_ usefulness: Usefulness, to page: inout Section) {
    let measure =
      usefulness.measure == .areaUnderCurve
      ? "area under the ROC curve" : "share of variance explained"
    page.heading("Predicting '\(usefulness.target)' on real rows (\(measure))")
    page.pairs([
      ("Trained on synthetic", Numbers.fixed(usefulness.trainedOnSynthetic, 3)),
      ("Trained on original", Numbers.fixed(usefulness.trainedOnOriginal, 3)),
      (
        "Tested on",
        "\(Numbers.count(usefulness.testRows, "row")) \(usefulness.testedOnHoldout ? "held out" : "set aside of the original")"
      ),
    ])
  }

  private static let mostGroups = 5

  private static func add(_ errors: GroupErrors, to page: inout Section) {
    page.heading("'\(errors.target)' within each '\(errors.by)', the worst first")
    var table = TextTable([
      ("Distance", .right), ("By chance", .right), ("Rows", .right), ("Synthetic", .right),
      ("Group", .left),
    ])
    for group in errors.groups.prefix(mostGroups) {
      table.add(
        distance(group.distance), distance(group.noise), Numbers.count(group.rows),
        Numbers.count(group.syntheticRows), group.name)
    }
    page.table(table)
    if errors.smallGroups > 0 {
      page.line(
        "Not judged: \(Numbers.count(errors.smallGroups, "group")) of fewer than \(GroupErrors.fewestRows) rows."
      )
    }
  }

  private static func columns(_ report: QualityReport, isWatched: Bool) -> TextTable {
    var table = TextTable([
      ("Column", .left), ("Distance", .right), ("Not in original", .right), ("", .left),
    ])
    for column in report.columns.sorted(by: { ($1.distance, $0.name) < ($0.distance, $1.name) }) {
      table.add(
        column.name, distance(column.distance), Numbers.percent(column.unseen),
        isWatched ? Blocks.bar(column.distance, width: 20) : "")
    }
    return table
  }

  private static func pairs(_ report: QualityReport) -> TextTable {
    var table = TextTable([
      ("Distance", .right), ("Association: original", .right), ("synthetic", .right),
      ("Pair", .left),
    ])
    for pair in report.pairs.sorted(by: {
      ($1.distance, $0.first, $0.second) < ($0.distance, $1.first, $1.second)
    }).prefix(mostPairs) {
      table.add(
        distance(pair.distance), Numbers.fixed(pair.original.cramersV, 2),
        Numbers.fixed(pair.synthetic.cramersV, 2),
        "\(pair.first), \(pair.second)")
    }
    return table
  }
}
