import ArgumentParser
import Audits
import Synthesis
import Tables
import Understudy

/// The `understudy audit mechanism` command.
struct AuditMechanismCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mechanism",
    abstract:
      "Runs our own mechanisms many times and compares what they give away with what they claim.",
    discussion: """
      Every mechanism is run on tables that the program makes itself, with one \
      person and without, or with canaries; no data of yours is read. Shown are \
      the epsilon that is claimed and proved, and the epsilon that the runs prove \
      it is at least. Where the second is above the first, a mechanism is broken: \
      the exit code is 3.

      Mechanisms:
      \(names)

      Examples:
        understudy audit mechanism all
        understudy audit mechanism discrete-gaussian --runs 1000000
        understudy audit mechanism aim --json
      """)

  @Argument(help: ArgumentHelp("A mechanism, or all of them.", valueName: "name|all"))
  var name = "all"

  @Option(
    help:
      "Runs with the person and as many without; canaries, where one run is audited. By default each mechanism has its own."
  )
  var runs: Int?

  @Option(
    help: "The chance that all audits together raise an alarm over a program that keeps its claims."
  )
  var falseAlarm = 0.001

  @OptionGroup var speech: SpeechOptions

  private static var names: String {
    AuditCatalogue.all.map { "  \($0.name)" }.joined(separator: "\n")
  }

  func validate() throws {
    if let runs, !(20...100_000_000).contains(runs) {
      throw ValidationError("--runs: must be from 20 to 100,000,000")
    }
    guard falseAlarm >= 1e-9, falseAlarm <= 0.5 else {
      throw ValidationError("--false-alarm: must be from 1e-9 to 0.5")
    }
  }

  func execute(_ console: Console) throws {
    let audits = try chosen()
    if let runs, let least = audits.min(by: { $0.mostRuns < $1.mostRuns }), runs > least.mostRuns {
      throw Failure(
        "--runs \(Numbers.count(runs)) is too many: \(least.name) takes at most \(Numbers.count(least.mostRuns)) canaries.",
        remedy: "Ask for fewer, or name a mechanism that is audited by many runs.", status: .usage)
    }
    let report = try console.withProgress { progress in
      try AuditReport.run(audits, falseAlarm: falseAlarm, runs: runs) { name, done in
        try progress(SynthesisProgress(phase: .auditing, fraction: done, detail: name))
      }
    }
    try AuditPage.show(report, on: console)
  }

  private func chosen() throws -> [Audit] {
    let all = AuditCatalogue.all
    if name == "all" { return all }
    if let audit = all.first(where: { $0.name == name }) { return [audit] }
    let nearest =
      SchemaWords.nearest(to: name, in: all.map(\.name)).map { "Did you mean '\($0)'? " } ?? ""
    throw Failure(
      "There is no mechanism '\(name)'.",
      remedy: "\(nearest)There are \(all.map(\.name).joined(separator: ", ")), and all.",
      status: .usage)
  }
}
