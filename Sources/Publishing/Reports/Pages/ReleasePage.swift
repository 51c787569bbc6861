import Basics
import Manifests
import Policies
import Quality

/// The values named in the template of `report.html`, computed from a ``ReleaseReport``.
struct ReleasePage {
  struct Belief {
    var unit: String
    var chart: String
    var deltaNote: String?
    var table: FigureTable
  }

  struct Outside {
    var title: String
    var detail: String
  }

  struct Hazard {
    var severity: String
    var label: String
    var title: String
    var detail: String
  }

  struct BudgetKey {
    var swatch: String
    var stage: String
    var share: String
    var detail: String
  }

  struct Use {
    var title: String
    var answer: String
    var answerClass: String
    var detail: String
  }

  struct Column {
    var name: String
    var isTarget: Bool
    var type: String
    var treatment: String
    var detail: String
    var provenance: String
  }

  let title: String
  let heading: String
  let style: String
  let verdict: String
  /// `good` under a policy, `open` without one or if the promise is weak, `serious` if hardly
  /// anything is promised.
  let verdictClass: String
  let notPrivate: Bool
  let analogy: String?
  let trial: [String]
  let facts: [Fact]
  let promises: [String]
  let outside: [Outside]
  let hasLosses: Bool
  let losses: [String]
  let lossTables: [FigureTable]
  let belief: Belief?
  let hazards: [Hazard]
  let hasBudget: Bool
  let accounting: String
  let budgetBar: String
  let budgetKey: [BudgetKey]
  let events: FigureTable?
  let hasColumns: Bool
  let columnSummary: String
  let columns: [Column]
  /// A sentence on the columns that are empty; nil if there are none.
  let emptyNote: String?
  let review: String?
  let hasDistributions: Bool
  let distributions: DistributionCards
  let associations: PairMap?
  /// The conclusions that the table allows.
  let conclusions: [String]
  let hasCliques: Bool
  let cliques: [String]
  let cliqueTable: FigureTable?
  let hasError: Bool
  let errorSentences: [String]
  let errorTable: FigureTable?
  let errorMap: PairMap?
  /// For what the release is good, in a sentence; nil in older reports.
  let fitness: String?
  let uses: [Use]
  let hasDeclared: Bool
  let declaredCount: String
  let declared: [DeclaredFacts]
  let hasEvidence: Bool
  let evidence: EvidenceView
  let attested: [String]
  let hasAttested: Bool
  let later: [String]
  let hasLater: Bool
  let scores: [String]
  let hasScores: Bool
  let advice: [String]
  let citation: String
  let prohibitions: [String]
  let sampleCommand: String?
  let verifyCommand: String?
  let hasFiles: Bool
  let files: [ReleaseFile]
  let date: String
  let software: String

  init(_ report: ReleaseReport) {
    let wording = GuaranteeWording(report.guarantee)
    let coverage = Coverage(report.columns)
    emptyNote = coverage.note
    let footer = "\(report.title), \(report.date), \(report.software)"
    style = ReportStyle.sheet + ReportStyle.paperFooter(footer)
    fitness = report.fitness?.sentence
    uses = report.fitness?.uses.map(Self.use) ?? []
    let forecast = ForecastView(report.expectedError)
    errorTable = forecast.table
    errorMap = forecast.map
    declared = report.declared ?? []
    hasDeclared = !declared.isEmpty
    declaredCount = NumberText.plural(declared.reduce(0) { $0 + $1.names.count }, "fact", "facts")
    title = "\(report.title): report of a synthetic table"
    heading = report.title
    verdict = wording.verdict(
      rows: report.rows, policy: report.gate?.policy,
      assessesLater: report.gate?.assessedAfterwards != nil, coverage: coverage)
    verdictClass = Self.verdictClass(report)
    analogy = wording.analogy
    trial = TrialWording(report).sentences
    notPrivate = !report.guarantee.isPrivate
    facts = Self.facts(report, wording)
    promises = wording.promises
    outside = GuaranteeScope.outside.map {
      Outside(title: $0.title, detail: $0.detail.replacing("`", with: ""))
    }
    losses = wording.losses
    hasLosses = !losses.isEmpty
    lossTables = [wording.groupTable, wording.columnTable, wording.curveTable].compactMap(\.self)
    belief = report.guarantee.isPrivate ? Self.belief(report.guarantee, wording) : nil
    hazards = report.hazards.map(Self.hazard)
    hasBudget = !report.budget.isEmpty
    accounting = "It was added up with \(report.guarantee.accounting)."
    budgetBar = BudgetBar(shares: report.budget).svg()
    budgetKey = Self.budgetKey(report.budget)
    events = Self.events(report.events)
    hasColumns = !report.columns.isEmpty
    columnSummary = Self.columnSummary(report.columns)
    columns = report.columns.map(Self.column)
    review = SchemaWording.origin(report.review, report.learning, beside: report.guarantee)
    hasDistributions = !report.distributions.isEmpty
    distributions = DistributionCards(report.distributions) { forecast.aside(of: $0.column) }
    let relations = report.associations.map { Relations($0, report.expectedError) }
    associations = relations.flatMap(Self.associations)
    conclusions = ConclusionWording(report, relations).sentences
    hasCliques = !report.cliques.isEmpty
    let related = report.cliques.filter { $0.columns.count > 1 }
    cliques = Self.relations(related.isEmpty ? report.cliques : related)
    cliqueTable = Self.cliqueTable(report.cliques)
    hasError = report.expectedError != nil
    errorSentences = report.expectedError.map(Self.errorSentences) ?? []
    hasEvidence = !report.evidence.isEmpty
    evidence = EvidenceView(report.evidence)
    attested = report.gate?.attested.map(\.requirement) ?? []
    hasAttested = !attested.isEmpty
    later = report.gate?.assessedAfterwards?.map(\.requirement) ?? []
    hasLater = !later.isEmpty
    scores = report.gate?.scores?.map(\.sentence) ?? []
    hasScores = !scores.isEmpty
    let use = UseWording(report)
    (advice, citation, prohibitions) = (use.advice, use.citation, use.prohibitions)
    sampleCommand = report.sampleCommand
    verifyCommand = report.verifyCommand
    hasFiles = !report.files.isEmpty
    files = report.files
    date = report.date
    software = report.software
  }

  private static func verdictClass(_ report: ReleaseReport) -> String {
    if !report.guarantee.isPrivate || report.guarantee.isHardlyAny { return "serious" }
    return report.gate == nil || report.guarantee.isWeak ? "open" : "good"
  }

  private static func use(_ use: Fitness.Use) -> Use {
    let (answer, answerClass) =
      switch use.answer {
      case .yes: ("yes", "met")
      case .partly: ("in part", "partly")
      case .no: ("no", "not-met")
      }
    return Use(title: use.title, answer: answer, answerClass: answerClass, detail: use.detail)
  }

  private static func facts(_ report: ReleaseReport, _ wording: GuaranteeWording) -> [Fact] {
    let kept = report.columns.count { $0.treatment != .dropped }
    return [
      Fact(
        name: "Privacy loss ε", value: NumberText.parameter(report.guarantee.epsilon),
        note: wording.strength),
      Fact(
        name: "Chance of failure δ", value: NumberText.small(report.guarantee.delta),
        note: wording.deltaNote),
      Fact(name: "Protects", value: wording.unitTitle, note: wording.unitNote),
      Fact(name: "Synthetic rows", value: NumberText.count(report.rows)),
    ] + (kept > 0 ? [Fact(name: "Columns", value: NumberText.count(kept))] : [])
  }

  private static func belief(_ guarantee: ReportGuarantee, _ wording: GuaranteeWording) -> Belief {
    let rows = BeliefChart.priors.map {
      [
        NumberText.percent($0), NumberText.percent(guarantee.lowestBelief(from: $0)),
        NumberText.percent(guarantee.highestBelief(from: $0)),
      ]
    }
    return Belief(
      unit: wording.unitNoun, chart: BeliefChart(guarantee: guarantee).svg(),
      deltaNote: wording.exception,
      table: FigureTable(
        "Figures", heads: ["before", "at least, after", "at most, after"], rows: rows))
  }

  private static func hazard(_ hazard: ReportHazard) -> Hazard {
    let label =
      switch hazard.severity {
      case .note: ""
      case .caution: "Caution: "
      case .serious: "Serious: "
      }
    return Hazard(
      severity: hazard.severity.rawValue, label: label, title: hazard.title, detail: hazard.detail)
  }

  static func budgetKey(_ shares: [BudgetShare]) -> [BudgetKey] {
    let total = max(shares.reduce(0) { $0 + max($1.share, 0) }, 1e-12)
    return shares.enumerated().map { index, share in
      BudgetKey(
        swatch: Swatch.filled("b\(index % BudgetBar.shades)"), stage: share.stage,
        share: NumberText.percent(share.share / total),
        detail: share.detail)
    }
  }

  private static func events(_ events: [BudgetEvent]) -> FigureTable? {
    guard !events.isEmpty else { return nil }
    let asked = events.reduce(0) { $0 + $1.times }
    return FigureTable(
      "All \(NumberText.plural(asked, "question", "questions")) that were put to the rows",
      heads: ["question", "mechanism", "times", "cost (ρ)"],
      rows: events.map {
        [
          $0.question, $0.mechanism, NumberText.count($0.times),
          $0.rho.map { NumberText.parameter($0) } ?? "–",
        ]
      },
      textColumns: 2)
  }

  private static func columnSummary(_ columns: [ColumnTreatment]) -> String {
    let parts = [
      ("modelled", "learned and modelled"), ("derived", "computed from others"),
      (emptyTag, "empty because nothing could be learned"),
      ("replaced", "filled with fakes that owe nothing to the original"), ("dropped", "left out"),
    ].compactMap { tag, words -> String? in
      let count = columns.count { self.tag($0) == tag }
      return count == 0 ? nil : "\(NumberText.count(count)) \(words)"
    }
    return "Of \(NumberText.plural(columns.count, "column", "columns")): "
      + parts.joined(separator: ", ") + "."
  }

  private static let emptyTag = "empty"

  private static func tag(_ column: ColumnTreatment) -> String {
    column.isEmpty ? emptyTag : column.treatment.rawValue
  }

  private static func column(_ column: ColumnTreatment) -> Column {
    let provenance =
      switch column.provenance {
      case .declared: "declared by the owner"
      case .learned: "learned, and paid for"
      case .inferred, .observed: "seen in the rows, not paid for"
      case .notNeeded: ""
      }
    return Column(
      name: column.name, isTarget: column.isTarget, type: column.type, treatment: tag(column),
      detail: column.detail,
      provenance: provenance)
  }

  private static func associations(_ relations: Relations) -> PairMap? {
    let matrix = relations.associations
    guard matrix.columns.count > 1 else { return nil }
    return PairMap(
      "Association of every pair of columns in the synthetic table", columns: matrix.columns,
      values: matrix.cramersV, strongest: 1,
      low: "0", high: "1", heads: "Cramér’s V",
      barsTitle: relations.grounds == nil
        ? "The strongest relations" : "The strongest relations that were counted",
      grounds: relations.grounds)
  }

  /// Returns each relation once, in the order of its first measurement.
  private static func relations(_ cliques: [SelectedClique]) -> [String] {
    var order: [String] = []
    var times: [String: Int] = [:]
    for clique in cliques {
      let name = clique.columns.joined(separator: " × ")
      if times[name] == nil { order.append(name) }
      times[name, default: 0] += 1
    }
    return order.prefix(60).map { name in
      let count = times[name] ?? 1
      return count == 1 ? name : "\(name) (\(NumberText.count(count)) times)"
    }
  }

  private static func cliqueTable(_ cliques: [SelectedClique]) -> FigureTable? {
    guard cliques.contains(where: { $0.cells != nil || $0.expectedError != nil }) else {
      return nil
    }
    return FigureTable(
      "Figures", heads: ["columns", "cells", "from noise alone"],
      rows: cliques.map {
        [
          $0.columns.joined(separator: " × "), $0.cells.map(NumberText.count) ?? "–",
          $0.expectedError.map { NumberText.decimal($0, digits: 4) } ?? "–",
        ]
      })
  }

  static func errorSentences(_ error: ExpectedError) -> [String] {
    func rows(_ distance: Double) -> String { NumberText.decimal(distance * 100, digits: 1) }
    var sentence =
      "Of 100 rows, about \(rows(error.oneWay)) are expected to have a value in the wrong place, column by column"
    if let pairs = error.twoWay {
      sentence += ", and about \(rows(pairs)) for two columns together"
    }
    return [sentence + ".", error.explanation].filter { !$0.isEmpty }
  }
}
