import Attacks
import Manifests
import Policies
import Quality
import Reports
import Tables

/// A small fixed release and comparison, whose names try to break the page.
enum ReportSamples {
  static let hostile = "a<b>&\"c'</script><script>alert(1)</script>"

  static let guarantee = ReportGuarantee(
    epsilon: 1, delta: 1e-9, unit: .person(column: "record", maximumRows: 3),
    accounting: "zCDP, converted after a paper")

  /// Categories, numbers with a spike and gaps, dates and a constant, in a fixed pattern.
  static func table(shift: Int = 0, hostileName: String = hostile) -> Table {
    let rows = 400
    func labels(_ names: [String], _ pick: (Int) -> Int) -> Cells {
      .labels(codes: (0..<rows).map { Int32(pick($0)) }, dictionary: LabelDictionary(names))
    }
    return Table(columns: [
      Column(
        name: hostileName, type: .category,
        cells: labels(["x<y", "&", "\"q\""]) { ($0 + shift * ($0 % 5)) % 3 }),
      Column(
        name: "cost", type: .decimal(fractionDigits: 2),
        cells: .ticks(
          (0..<rows).map {
            $0 % 3 == 0
              ? 0 : $0 % 17 == 0 ? Cells.missingTick : Int64(($0 * 37 + shift * 900) % 5000)
          })),
      Column(
        name: "day", type: .date(.iso), cells: .ticks((0..<rows).map { Int64(19_000 + $0 % 90) })),
      Column(name: "constant", type: .integer, cells: .ticks([Int64](repeating: 7, count: rows))),
      Column(
        name: "outcome", type: .category, cells: labels(["no", "yes"]) { ($0 / 3 + shift) % 2 }),
    ])
  }

  static func release(hazards: [ReportHazard] = [], guarantee: ReportGuarantee = guarantee)
    -> ReleaseReport
  {
    let sketch = TableSketch(of: table())
    return ReleaseReport(
      title: "Patients of \(hostile)", software: "understudy 0.1.0", date: "2026-01-02",
      guarantee: guarantee, rows: 400,
      hazards: hazards,
      budget: [
        BudgetShare(stage: "Single columns", share: 0.25, detail: "counts"),
        BudgetShare(stage: "Relations", share: 0.75),
      ],
      events: [
        BudgetEvent(
          question: "Counts of \(hostile)", mechanism: "discrete Gaussian, sigma 40", times: 2,
          rho: 0.001)
      ],
      columns: [
        ColumnTreatment(
          name: hostile, type: "category", treatment: .modelled, provenance: .learned,
          detail: "3 categories", isTarget: true),
        ColumnTreatment(
          name: "e-mail", type: "identifier", treatment: .replaced, provenance: .notNeeded),
      ],
      distributions: sketch.distributions, associations: sketch.associations,
      cliques: [SelectedClique(columns: [hostile, "cost"], cells: 60, expectedError: 0.01)],
      expectedError: ExpectedError(
        oneWay: 0.01, twoWay: 0.04, explanation: "From the noise that was added."), sigma: 41.3,
      trial: Manifest.Trial(
        attacks: AttackKind.allCases, holdOut: 0.1,
        control: "Each person had a chance of 10 % to be held out."),
      gate: GateRecord(PolicyFile(.partners), lines: [], modelledColumns: 5), evidence: evidence,
      sampleCommand: "understudy sample release/ --where 'a<b'",
      verifyCommand: "understudy verify release/",
      files: [ReleaseFile(name: "synthetic.csv", purpose: "the table")])
  }

  static let evidence = [
    EvidenceLine("WP29 <05/2014>", "No person can be singled out", .met, "At most 9 %."),
    EvidenceLine("EMA", "The risk is at most 0.09", .notMet, "0.12 in \(hostile)"),
    EvidenceLine("CCPA", "There are contracts", .notAssessed, "For the organisation to say."),
  ]

  static let attacks = AttackReport(
    originalRows: 360, syntheticRows: 400, controlRows: 40,
    attacks: [
      AttackResult(
        name: "singling-out-univariate", attempts: 2000, successes: 80, controlAttempts: 2000,
        controlSuccesses: 60, baselineAttempts: 2000,
        baselineSuccesses: 4, risk: RiskEstimate(value: 0.01, low: 0, high: 0.02),
        smallestDetectable: 0.02, detail: "knowing one column"),
      AttackResult(
        name: "linkability", attempts: 360, successes: 60, controlAttempts: 40, controlSuccesses: 3,
        baselineAttempts: 360,
        baselineSuccesses: 9, risk: RiskEstimate(value: 0.1, low: 0.01, high: 0.19),
        smallestDetectable: 0.11, detail: "of \(hostile)"),
    ],
    copies: CopyCounts(
      exact: 2, near: 5, expectedFromControl: 1.5, nearExpectedFromControl: nil,
      nearIsBeyondChance: true),
    membership: [
      MembershipResult(
        name: "membership-distance", members: 360, nonMembers: 40, auc: 0.51,
        truePositiveRateAtThousandth: RiskEstimate(value: 0.004, low: 0, high: 0.02))
    ], notes: ["Left out: \(hostile)."], worstRecords: [WorstRecord(row: 1207, hits: 3)])

  static func owner() throws -> OwnerReport {
    OwnerReport(
      title: "Patients of \(hostile)", software: "understudy 0.1.0", date: "2026-01-02",
      guarantee: guarantee,
      quality: try QualityReport.measure(
        original: OwnerTable(table()), synthetic: table(shift: 1),
        options: QualityOptions(target: "outcome")),
      attacks: attacks,
      verdict: GateVerdict(
        policy: "ours <1>", publicLines: [],
        ownerLines: Gate(policy: Policy(.partners)).attackLines(attacks)),
      evidence: evidence, budget: [BudgetShare(stage: "Single columns", share: 1)])
  }
}
