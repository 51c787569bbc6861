import Foundation

/// Processor time of this thread, which other work on the machine does not affect.
enum Clock {
  private static let repetitions = 7
  /// Calls are repeated until a repetition lasts about this long.
  private static let repetitionNanoseconds = 20_000_000.0

  /// The median over the repetitions of the CPU nanoseconds of one call.
  static func nanoseconds(_ body: () -> Void) -> Double {
    let first = max(1, once(calls: 1, body))
    let calls = max(1, Int(repetitionNanoseconds / first))
    return (0..<repetitions).map { _ in once(calls: calls, body) }.sorted()[repetitions / 2]
  }

  private static func once(calls: Int, _ body: () -> Void) -> Double {
    let start = now
    for _ in 0..<calls { body() }
    return Double(now - start) / Double(calls)
  }

  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
