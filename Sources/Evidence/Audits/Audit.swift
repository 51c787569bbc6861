import Attacks

/// One of the program's own mechanisms, run many times on tables that the program itself makes, to
/// test whether it reveals more than it claims.
package struct Audit: Sendable {
  /// The name that selects the audited part of the program: `discrete-gaussian`, `aim`.
  package let name: String
  /// The mechanism that runs, and the neighbouring tables it runs on.
  package let summary: String
  /// The method of the audit.
  package let method: Method
  /// The default number of runs with the person and again without, or of canaries.
  package let usualRuns: Int
  /// The largest number of runs, or canaries, that the audit can do.
  package let mostRuns: Int
  private let body: @Sendable (AuditEffort) throws -> AuditResult

  /// How the audit finds a lower bound.
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

  /// Runs the audit and returns its result, with the processor time it took.
  /// - Precondition: no more runs than ``mostRuns``.
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
  /// Runs with the person, and as many without; in an audit of one run, canaries.
  package var runs: Int
  /// The probability of reporting a breach in a mechanism that keeps its claim.
  package var falseAlarm: Double
  /// Called with the completed share; an error thrown here ends the audit.
  package var progress: (Double) throws -> Void

  /// - Precondition: at least two runs.
  package init(runs: Int, falseAlarm: Double, progress: @escaping (Double) throws -> Void = { _ in }) {
    precondition(runs >= 2, "an audit needs runs")
    self.runs = runs
    self.falseAlarm = falseAlarm
    self.progress = progress
  }
}
