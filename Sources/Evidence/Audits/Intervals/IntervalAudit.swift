import Accounting
import Analyses
import Basics
import Curation
import DomainLearning
import Encoding
import Foundation
import Ledger
import MarginalSynthesis
import Synthesis
import Tables

/// Counts how often the intervals of answers cover the truth, on tables drawn from a study whose
/// truth is known.
///
/// Each table is released at the cell's epsilon, conclusions are drawn from the release alone, and
/// each analysis is put to the table at the same epsilon.
package struct IntervalAudit: Sendable {
  /// The tables of each cell.
  package var tables: Int
  /// Tables of the long run: enough that a coverage is known within two percent.
  package static let longTables = 400
  package static let usualTables = 40

  /// A size of table, and a price.
  package struct Cell: Sendable, Codable, Hashable {
    package let rows: Int
    package let epsilon: Double
  }

  package static let cells = [1_000, 10_000].flatMap { rows in
    [0.3, 1].map { Cell(rows: rows, epsilon: $0) }
  }
  static let delta = Delta(checked: 1e-6)
  /// Conclusions from releases alone take longest, and are drawn of one table in so many.
  static let tablesForEachRelease = 4

  private let cells: [Cell]
  private let asked: [(name: String, analysis: Analysis)]

  /// - Parameters:
  ///   - cells: all, or some of them for a quick look.
  ///   - only: the name of a single analysis; nil for all.
  package init(
    tables: Int = IntervalAudit.usualTables, cells: [Cell] = IntervalAudit.cells,
    only: String? = nil
  ) {
    (self.tables, self.cells) = (tables, cells)
    asked = Self.analyses.filter { only == nil || $0.name == only }
  }

  /// The names of the analyses.
  package static var names: [String] { analyses.map(\.name) }

  /// The analyses, by name.
  static let analyses: [(name: String, analysis: Analysis)] = written + models

  private static let written: [(name: String, analysis: Analysis)] = [
    ("count", "{kind: count, by: centre}"),
    ("proportion", "{kind: proportion, outcome: ill, by: sex}"),
    ("mean", "{kind: mean, outcome: bmi, by: sex}"),
    ("difference", "{kind: difference, outcome: cost, by: smoker}"),
    ("quantile", "{kind: quantile, outcome: cost, at: [0.25, 0.5, 0.75]}"),
    ("histogram", "{kind: histogram, outcome: centre}"),
    ("trend", "{kind: trend, outcome: ill, by: age}"),
    ("linear", "{kind: linear, outcome: cost, terms: [age, bmi, smoker, ill, sex]}"),
    ("logistic", "{kind: logistic, outcome: ill, terms: [age, bmi, smoker, sex]}"),
    ("poisson", "{kind: poisson, outcome: visits, terms: [age, ill, sex]}"),
    ("kaplan-meier", "{kind: kaplan-meier, time: months, event: died, by: ill, at: [12, 24, 36]}"),
    ("log-rank", "{kind: log-rank, time: months, event: died, by: ill}"),
    ("cox", "{kind: cox, time: months, event: died, terms: [age, ill, sex]}"),
  ].map { name, text in
    do { return (name, try AnalysisFile.parse(text)) } catch {
      preconditionFailure("the analyses of the audit are sound")
    }
  }

  private static let models = [Analysis.Kind.discrimination, .calibration].map { kind in
    var analysis = Analysis(kind: kind)
    analysis.outcome = "ill"
    do { analysis.model = try JudgedModel(SimulatedStudy.card()) } catch {
      preconditionFailure("the scorecard of the audit is sound")
    }
    return (name: kind.rawValue, analysis: analysis)
  }

  /// Runs the audit.
  /// - Parameter progress: called with the share that is done; its errors end the run.
  package func run(progress: (Double) throws -> Void) throws -> IntervalReport {
    var tallies: [IntervalReport.Key: IntervalReport.Tally] = [:]
    let part = max(ProcessInfo.processInfo.activeProcessorCount, 1)
    var known: [Int: [String: [String: Double]]] = [:]
    for (number, cell) in cells.enumerated() {
      let truths = try known[cell.rows] ?? self.truths(rows: cell.rows)
      known[cell.rows] = truths
      for start in stride(from: 0, to: tables, by: part) {
        try progress((Double(number) + Double(start) / Double(tables)) / Double(cells.count))
        let batch = try Concurrently.map(min(part, tables - start)) { index in
          try results(cell, number: start + index, truths: truths)
        }
        for result in batch {
          for (key, tally) in result { tallies[key, default: .init()].add(tally) }
        }
      }
    }
    return IntervalReport(tallies: tallies, tables: tables)
  }

  /// The rows of the table that stands for everybody: its own sampling error hardly counts.
  private static let everybody = 500_000

  /// The true numbers of each analysis, from a very large table.
  private func truths(rows: Int) throws -> [String: [String: Double]] {
    let standIn = StandIn(
      codes: SimulatedStudy.codes(rows: Self.everybody, seed: 0),
      domain: SimulatedStudy.wholeDomain,
      total: Double(rows), seed: 0)
    var truths: [String: [String: Double]] = [:]
    for (name, analysis) in asked {
      let inquiry = try Inquiry(
        analysis, schema: SimulatedStudy.schema, domain: SimulatedStudy.wholeDomain, unlearned: [],
        standIn: standIn)
      // The shares by ranges of predicted ones are as `proportion`, and their ranges are the
      // stand-in's.
      let numbers = inquiry.predicted(rho: .infinity, unitRows: 1).numbers.filter {
        !$0.name.hasPrefix("share if")
      }
      truths[name] = Dictionary(
        numbers.compactMap { number in number.estimate.map { (number.name, $0) } }
      ) { first, _ in first }
    }
    return truths
  }

  /// Releases one table, draws conclusions from the release, and asks the table.
  private func results(
    _ cell: Cell, number: Int, truths: [String: [String: Double]]
  ) throws -> [IntervalReport.Key: IntervalReport.Tally] {
    let seed = UInt64(number) + 1
    let table = SimulatedStudy.table(SimulatedStudy.codes(rows: cell.rows, seed: seed))
    let blueprint = SimulatedStudy.blueprint
    func curator(_ stream: UInt64) -> Curator {
      Curator(
        seeded: SensitiveTable(table: table), blueprint: blueprint, budget: Purse(),
        seed: seed &* 64 &+ stream)
    }
    let rho = Rho(
      checked: LedgerBalance.reservation(
        epsilon: cell.epsilon, delta: Self.delta.value, eventDelta: 0))
    let (learned, fit) = try AIMSynthesizer().learn(
      from: curator(0), rho: rho, labelDelta: Delta(checked: 1e-9), options: SynthesisOptions())
    let evidence = Evidence(
      schema: SimulatedStudy.schema, domain: learned.domain, unlearned: [], model: fit.model,
      measurements: fit.measurements)
    let standIn = try StandIn(fit.model, domain: learned.domain)
    let drawn = number % Self.tablesForEachRelease == 0 ? try evidence.standIns() : nil
    var tallies: [IntervalReport.Key: IntervalReport.Tally] = [:]
    for (index, (name, analysis)) in asked.enumerated() {
      let truth = truths[name] ?? [:]
      let key = { (way: IntervalReport.Way) in
        IntervalReport.Key(way: way, analysis: name, cell: cell)
      }
      if let drawn {
        let free = try evidence.findings(analysis, from: drawn).findings
        tallies[key(.estimate)] = IntervalReport.Tally(free, truth: truth, predicted: nil)
      }
      let inquiry = try Inquiry(
        analysis, schema: SimulatedStudy.schema, domain: learned.domain, unlearned: [],
        standIn: standIn)
      let asked = try inquiry.ask(curator(UInt64(index) + 1), rho: rho)
      tallies[key(.ask)] = IntervalReport.Tally(
        asked, truth: truth, predicted: inquiry.predicted(rho: rho.value, unitRows: 1))
    }
    return tallies
  }

  /// A budget without end, for invented people.
  private final class Purse: BudgetSession {
    func charge(_ event: PrivacyEvent) {}
  }
}
