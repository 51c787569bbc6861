import ArgumentParser
import Audits
import Basics
import Foundation
import Synthesis
import Understudy

/// The `understudy audit intervals` command.
struct AuditIntervalsCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "intervals",
    abstract:
      "Counts how often the intervals of `estimate` and `ask` cover the truth, on simulated tables.",
    discussion: """
      Tables of 1,000 and 10,000 people are drawn from a study whose truth is known, \
      released and asked at epsilon 0.3 and 1. An interval of 95 % must cover about 95 \
      in 100 times; where it covers too seldom, the exit code is 3. No data of yours \
      is read.

      Examples:
        understudy audit intervals
        understudy audit intervals --long
        understudy audit intervals --only linear --tables 400
      """)

  @Flag(help: "400 tables for each size and price, which takes more than an hour.")
  var long = false

  @Option(help: "Tables for each size and price.")
  var tables: Int?

  @Option(help: ArgumentHelp("Audit a single analysis, such as linear.", valueName: "analysis"))
  var only: String?

  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    if let only, !IntervalAudit.names.contains(only) {
      throw ValidationError(
        "--only: must be one of \(IntervalAudit.names.joined(separator: ", "))")
    }
    if let tables, !(4...10_000).contains(tables) {
      throw ValidationError("--tables: must be from 4 to 10,000")
    }
  }

  func execute(_ console: Console) throws {
    let audit = IntervalAudit(
      tables: tables ?? (long ? IntervalAudit.longTables : IntervalAudit.usualTables), only: only)
    let report = try console.withProgress { progress in
      try audit.run { done in
        try progress(SynthesisProgress(phase: .auditing, fraction: done, detail: "intervals"))
      }
    }
    if speech.json {
      try console.show(json: report)
    } else {
      console.show(Self.text(report))
    }
    guard report.isPassed else { throw AdverseVerdict() }
  }

  private static func text(_ report: IntervalReport) -> String {
    var table = TextTable([
      ("way", .left), ("analysis", .left), ("rows", .right), ("eps", .right), ("answered", .right),
      ("covered", .right),
      ("stated/real", .right),
      ("planned/stated", .right), ("", .left),
    ])
    for line in report.lines {
      table.add([
        line.way.rawValue, line.analysis, line.cell.map { NumberText.count($0.rows) } ?? "all",
        line.cell.map { NumberText.parameter($0.epsilon) } ?? "all", "\(line.answered)/\(line.all)",
        line.answered > 0 ? String(format: "%.1f %%", 100 * line.coverage) : "–",
        String(format: "%.2f", line.statedError),
        line.predictedError.map { String(format: "%.2f", $0) } ?? "", line.failure ?? "",
      ])
    }
    let answered = report.answeredByReleases.map {
      String(
        format: "Releases of 10,000 people at epsilon 1 answer %.0f %% of all numbers.", 100 * $0)
    }
    let verdict =
      report.isPassed
      ? "Intervals cover as they promise, on \(report.tables) tables for each size and price."
      : "INTERVALS DO NOT COVER AS THEY PROMISE: see the last column."
    return (table.lines(width: 120) + [""] + [answered, verdict].compactMap { $0 })
      .joined(separator: "\n")
  }
}
