import Attacks
import Basics
import Foundation
import Mechanisms

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
  package init(
    runs: Int, falseAlarm: Double, progress: @escaping (Double) throws -> Void = { _ in }
  ) {
    precondition(runs >= 2, "an audit needs runs")
    self.runs = runs
    self.falseAlarm = falseAlarm
    self.progress = progress
  }
}

/// Every audit of the program's own mechanisms, in the order in which noise is built up: samplers,
/// questions, synthesizers.
package enum AuditCatalogue {
  package static var all: [Audit] { SamplerAudits.all + QuestionAudits.all + SynthesizerAudits.all }
}

/// Seconds of processor time that all threads of this process have used together.
enum ProcessorTime {
  static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Repeats a run on all cores.
enum ParallelRuns {
  /// The number of batches; progress is reported between them.
  private static let batches = 40

  /// Returns the results of `count` runs, in order. Runs of one worker share a fresh generator.
  /// - Throws: the first error of a run, or of `progress`, which is called with the completed
  ///   share.
  static func collect<Result: Sendable>(
    _ count: Int, progress: (Double) throws -> Void,
    _ run: @escaping @Sendable (Int, SecureRandom) throws -> Result
  ) throws -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(count)
    let size = max(1, (count + batches - 1) / batches)
    for start in stride(from: 0, to: count, by: size) {
      try progress(Double(start) / Double(count))
      results += try batch(start..<min(start + size, count), run)
    }
    try progress(1)
    return results
  }

  private static func batch<Result: Sendable>(
    _ runs: Range<Int>, _ run: @escaping @Sendable (Int, SecureRandom) throws -> Result
  ) throws -> [Result] {
    let workers = min(max(1, ProcessInfo.processInfo.activeProcessorCount), runs.count)
    let shares = try Concurrently.map(workers) { worker in
      let random = SecureRandom()
      return try stride(from: worker, to: runs.count, by: workers).map {
        try run(runs.lowerBound + $0, random)
      }
    }
    return (0..<runs.count).map { shares[$0 % workers][$0 / workers] }
  }
}
