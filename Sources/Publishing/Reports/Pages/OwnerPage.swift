import Basics
import Policies
import Quality

/// The values named in the template of `owner-report.html`, computed from an ``OwnerReport``.
struct OwnerPage {
  struct UsefulnessView {
    var sentence: String
    var chart: String
    var table: FigureTable
  }

  static let mostBars = 20

  struct AttackView {
    var sentence: String
    var chart: String
    var table: FigureTable
    var copies: String
    var worst: FigureTable?
    var notes: [String]
    let syntheticSwatch = Swatch.filled("bar")
    var markSwatch: String
    var limitSwatch: String
  }

  let title: String
  let heading: String
  let style: String
  let verdict: String
  let verdictClass: String
  let analogy: String?
  let trial: [String]
  let closeness: String?
  let gate: EvidenceView?
  let attacks: AttackView?
  let hasEvidence: Bool
  let evidence: EvidenceView
  let hasBudget: Bool
  let budgetBar: String
  let budgetKey: [ReleasePage.BudgetKey]
  let sampling: String?
  let facts: [Fact]
  let columnBars: String
  let columnTable: FigureTable
  let syntheticSwatch = Swatch.filled("bar")
  let originalSwatch = Swatch.line
  let distributions: DistributionCards
  let hasPairs: Bool
  let pairSentence: String
  let pairMap: PairMap?
  let isWide: Bool
  let associationSentence: String
  let associationMaps: [PairMap]
  let associationTable: FigureTable?
  let usefulness: UsefulnessView?
  let usefulnessMissing: String
  let hasGroups: Bool
  let groups: [FigureTable]
  let fewestRows = GroupErrors.fewestRows
  let copies: [String]
  let date: String
  let software: String

  init(_ report: OwnerReport) {
    let quality = report.quality
    style =
      ReportStyle.sheet + ReportStyle.paperFooter("NOT PRIVATE: \(report.title), \(report.date)")
    title = "\(report.title): comparison with the original (not private)"
    heading = report.title
    verdict = OwnerWording.verdict(report)
    verdictClass = report.verdict.map { $0.failures.isEmpty ? "good" : "serious" } ?? "open"
    analogy = report.guarantee.flatMap { GuaranteeWording($0).analogy }
    trial = report.attacks.map { [OwnerWording.attacked($0)] } ?? []
    closeness =
      report.verdict != nil || report.attacks != nil ? OwnerWording.closeness(quality) : nil
    gate = report.verdict.map { EvidenceView($0) }
    attacks = report.attacks.map { AttackView($0, limits: report.limits) }
    hasEvidence = !report.evidence.isEmpty
    evidence = EvidenceView(report.evidence)
    hasBudget = !report.budget.isEmpty
    budgetBar = BudgetBar(shares: report.budget).svg()
    budgetKey = ReleasePage.budgetKey(report.budget)
    sampling = OwnerWording.sampling(report.guarantee)
    facts = OwnerWording.facts(report)
    let ranked = quality.columns.enumerated().sorted {
      ($1.element.distance, $0.offset) < ($0.element.distance, $1.offset)
    }.map(\.element)
    columnBars = Self.columnBars(ranked)
    columnTable = FigureTable(
      "All columns", heads: ["column", "distance", "values the original lacks"],
      rows: ranked.map {
        [$0.name, NumberText.decimal($0.distance, digits: 4), NumberText.percent($0.unseen)]
      })
    distributions = Self.distributions(quality, ranked)
    hasPairs = quality.columns.count > 1
    pairSentence = OwnerWording.worstPair(quality)
    pairMap = hasPairs ? Self.pairMap(quality) : nil
    isWide = quality.columns.count > 24
    associationSentence = OwnerWording.associations(quality)
    associationMaps = hasPairs ? Self.associationMaps(quality) : []
    associationTable = hasPairs ? Self.associationTable(quality) : nil
    usefulness = quality.usefulness.map { Self.usefulness($0) }
    usefulnessMissing =
      quality.notAssessed?.first { $0.hasPrefix("Predicting") } ?? OwnerWording.noUsefulness
    groups = (quality.groups ?? []).map { Self.groups($0) }
    hasGroups = !groups.isEmpty
    copies =
      OwnerWording.copies(quality.copies)
      + (quality.strangers.map { StrangerWording.heldOut($0) } ?? [])
    date = report.date
    software = report.software
  }

  private static func columnBars(_ ranked: [QualityReport.ColumnResult]) -> String {
    let rows = ranked.prefix(mostBars).map {
      RankedBars.Row(
        label: $0.name, value: $0.distance, figure: NumberText.decimal($0.distance * 100, digits: 1)
      )
    }
    return RankedBars(rows: rows, full: max(ranked.first?.distance ?? 0, 0.05))
      .svg(title: "Distance of each column from the original, in rows of 100, worst first")
  }

  private static func distributions(
    _ quality: QualityReport, _ ranked: [QualityReport.ColumnResult]
  ) -> DistributionCards {
    let byName = Dictionary(
      quality.distributions.map { ($0.column, $0) }, uniquingKeysWith: { first, _ in first })
    let distances = Dictionary(
      ranked.map { ($0.name, $0.distance) }, uniquingKeysWith: { first, _ in first })
    return DistributionCards(ranked.compactMap { byName[$0.name] }) { distribution in
      distances[distribution.column].map { "\(NumberText.decimal($0 * 100, digits: 1)) of 100" }
    }
  }

  private static func pairMap(_ quality: QualityReport) -> PairMap {
    let strongest = max(quality.worstPair?.distance ?? 0, 0.05)
    return PairMap(
      "Distance of every pair of columns from the original", columns: quality.columns.map(\.name),
      values: quality.pairs.map(\.distance),
      strongest: strongest, low: "0",
      high: "\(NumberText.decimal(strongest * 100, digits: 0)) of 100 rows", heads: "distance",
      barsTitle: "The pairs furthest off, in rows of 100",
      figure: { NumberText.decimal($0 * 100, digits: 1) })
  }

  private static func associationMaps(_ quality: QualityReport) -> [PairMap] {
    let names = quality.columns.map(\.name)
    let strongest = max(quality.pairs.map { abs($0.difference) }.max() ?? 0, 0.1)
    let end = NumberText.decimal(strongest, digits: 2)
    return [
      PairMap(
        "Original", columns: names, values: quality.pairs.map(\.original.cramersV), strongest: 1,
        low: "0", high: "1", heads: "",
        listsPairs: false),
      PairMap(
        "Synthetic", columns: names, values: quality.pairs.map(\.synthetic.cramersV), strongest: 1,
        low: "0", high: "1", heads: "",
        listsPairs: false
      ),
      PairMap(
        "Synthetic less original", columns: names, values: quality.pairs.map(\.difference),
        colours: .diverging, strongest: strongest,
        low: "weaker −\(end)", high: "stronger +\(end)", heads: "", listsPairs: false),
    ]
  }

  private static func associationTable(_ quality: QualityReport) -> FigureTable {
    let ranked = quality.pairs.enumerated().sorted {
      (abs($1.element.difference), $0.offset) < (abs($0.element.difference), $1.offset)
    }.map(\.element)
    let shown = ranked.prefix(PairMap.mostListed)
    return FigureTable(
      shown.count < ranked.count
        ? "The \(shown.count) pairs that changed most" : "Figures, most changed first",
      heads: ["column", "column", "original", "synthetic", "difference"],
      rows: shown.map {
        [
          $0.first, $0.second, NumberText.decimal($0.original.cramersV, digits: 3),
          NumberText.decimal($0.synthetic.cramersV, digits: 3),
          NumberText.decimal($0.difference, digits: 3),
        ]
      }, textColumns: 2)
  }

  private static func groups(_ errors: GroupErrors) -> FigureTable {
    FigureTable(
      "\(errors.target) within each \(errors.by), the worst first",
      heads: [errors.by, "distance", "by chance", "rows", "synthetic rows"],
      rows: errors.groups.prefix(mostBars).map {
        [
          $0.name, NumberText.decimal($0.distance, digits: 3),
          NumberText.decimal($0.noise, digits: 3), NumberText.count($0.rows),
          NumberText.count($0.syntheticRows),
        ]
      })
  }

  private static func usefulness(_ result: Usefulness) -> UsefulnessView {
    // Bars for areas under the curve start at guessing.
    let floor = result.measure == .areaUnderCurve ? 0.5 : 0
    let rows = [
      RankedBars.Row(
        label: "trained on original", value: result.trainedOnOriginal - floor,
        figure: NumberText.decimal(result.trainedOnOriginal, digits: 3)),
      RankedBars.Row(
        label: "trained on synthetic", value: result.trainedOnSynthetic - floor,
        figure: NumberText.decimal(result.trainedOnSynthetic, digits: 3)),
    ]
    let measure =
      result.measure == .areaUnderCurve
      ? "area under the ROC curve" : "share of the variance explained"
    let listed =
      result.classes.isEmpty
      ? [
        [
          measure, NumberText.decimal(result.trainedOnOriginal, digits: 4),
          NumberText.decimal(result.trainedOnSynthetic, digits: 4),
        ]
      ]
      : result.classes.map {
        [
          $0.label, NumberText.decimal($0.trainedOnOriginal, digits: 4),
          NumberText.decimal($0.trainedOnSynthetic, digits: 4),
        ]
      }
    return UsefulnessView(
      sentence: OwnerWording.usefulness(result),
      chart: RankedBars(rows: rows, full: 1 - floor).svg(
        title: "Predicting \(result.target): \(measure)"),
      table: FigureTable(
        "Figures", heads: ["", "trained on original", "trained on synthetic"], rows: listed))
  }
}
