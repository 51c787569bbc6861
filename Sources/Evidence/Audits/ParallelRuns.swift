import Basics
import Foundation
import Mechanisms

/// Repeats a run on all cores.
enum ParallelRuns {
  /// The number of batches; progress is reported between them.
  private static let batches = 40

  /// Returns the results of `count` runs, in order. Runs of one worker share a fresh generator.
  /// - Throws: the first error of a run, or of `progress`, which is called with the completed
  ///   share.
  static func collect<Result: Sendable>(
    _ count: Int, progress: (Double) throws -> Void, _ run: @escaping @Sendable (Int, SecureRandom) throws -> Result
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
      return try stride(from: worker, to: runs.count, by: workers).map { try run(runs.lowerBound + $0, random) }
    }
    return (0..<runs.count).map { shares[$0 % workers][$0 / workers] }
  }
}
