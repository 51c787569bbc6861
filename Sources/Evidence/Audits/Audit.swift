import Attacks

/// One of our own mechanisms, run again and again on tables that the program makes itself, to see whether it gives away more than it
/// claims.
package struct Audit: Sendable {
  /// What decides which part of the program is audited: `discrete-gaussian`, `aim`.
  package let name: String
  /// What is run, and on which neighbours.
  package let summary: String
  /// How it is audited.
  package let method: Method
  /// Runs with and as many without the person, or canaries, unless said otherwise.
  package let usualRuns: Int
  /// The most runs, or canaries, that it can do.
  package let mostRuns: Int
  private let body: @Sendable (AuditEffort) throws -> AuditResult

  /// How a lower bound is found.
  package enum Method: String, Sendable, Codable {
    /// Many runs on two neighbouring tables (Clopper and Pearson's limits).
    case manyRuns = "many-runs"
    /// One run with many canaries (Steinke, Nasr and Jagielski 2023).
    case oneRun = "one-run"
  }

  package init(
    name: String, summary: String, method: Method, usualRuns: Int, mostRuns: Int = .max,
    run: @escaping @Sendable (AuditEffort) throws -> AuditResult
  ) {
    self.name = name
    self.summary = summary
    self.method = method
    self.usualRuns = usualRuns
    self.mostRuns = mostRuns
    body = run
  }

  /// Runs it and says what was found, with the processor time that it took.
  /// - Precondition: no more than ``mostRuns``.
  package func run(_ effort: AuditEffort) throws -> AuditResult {
    precondition(effort.runs <= mostRuns, "more runs than the audit can do")
    let start = ProcessorTime.seconds
    var result = try body(effort)
    result.name = name
    result.summary = summary
    result.method = method
    result.cpuSeconds = ProcessorTime.seconds - start
    return result
  }
}

/// How hard an audit tries.
package struct AuditEffort {
  /// Runs with the person and as many without; of an audit of one run, canaries.
  package var runs: Int
  /// The probability that a mechanism which keeps its claim is said to break it.
  package var falseAlarm: Double
  /// Called with the share that is done; what it throws ends the audit.
  package var progress: (Double) throws -> Void

  /// - Precondition: at least two runs.
  package init(runs: Int, falseAlarm: Double, progress: @escaping (Double) throws -> Void = { _ in }) {
    precondition(runs >= 2, "an audit needs runs")
    self.runs = runs
    self.falseAlarm = falseAlarm
    self.progress = progress
  }
}
