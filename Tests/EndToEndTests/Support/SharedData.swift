import Foundation
import TestConditions
import Testing

/// The real tables, beside the checkout or in the folder that UNDERSTUDY_SHARED names.
enum SharedData {
  static let folder = SharedFolder.data

  static var isPresent: Bool { SharedFolder.has("adult.csv") }
  static let absence: Comment =
    "the shared tables are not beside the checkout: say where in UNDERSTUDY_SHARED"

  static var runsLong: Bool { LongRun.isWanted }
  static let long: Comment = "takes more than 30 seconds: run with UNDERSTUDY_LONG_TESTS=1"
}

/// Processor time that this process has used, in seconds.
func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
