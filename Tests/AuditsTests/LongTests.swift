import Foundation
import Testing

/// Tests that need minutes.
enum LongTests {
  static var areWanted: Bool { ProcessInfo.processInfo.environment["UNDERSTUDY_LONG_TESTS"] == "1" }
  static let reason: Comment = "takes more than 30 seconds: run with UNDERSTUDY_LONG_TESTS=1"
}
