import Foundation

/// Processor time of this thread, which other work on the machine does not affect.
enum ProcessorClock {
  static func nanoseconds<Result>(per repetitions: Int, _ body: () throws -> Result) rethrows -> (
    Double, Result
  ) {
    let start = now
    let result = try body()
    return (Double(now - start) / Double(repetitions), result)
  }

  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
