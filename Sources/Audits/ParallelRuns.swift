import Dispatch
import Foundation
import Privacy
import Synchronization

/// Repeats a run on all cores.
enum ParallelRuns {
  /// Between two reports of progress.
  private static let batches = 40

  /// What each of `count` runs gave, in order. Runs of one worker share a fresh generator.
  /// - Throws: what a run threw first, or `progress`, which is called with the share that is done.
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
    var results = [Result?](repeating: nil, count: runs.count)
    let failure = Mutex<(any Error)?>(nil)
    results.withUnsafeMutableBufferPointer { results in
      // Each worker writes its own places.
      nonisolated(unsafe) let results = results
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        let random = SecureRandom()
        do {
          for place in stride(from: worker, to: runs.count, by: workers) { results[place] = try run(runs.lowerBound + place, random) }
        } catch {
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return results.compactMap { $0 }
  }
}
