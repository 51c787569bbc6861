import Foundation
import Testing

/// Ctrl-C: the exit code, and nothing half-written.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct CancellationTests {
  /// Long enough that the request comes while the command is at work.
  private static let rows = 2_000_000

  @Test(arguments: [SIGINT, SIGTERM]) func anInterruptedExampleLeavesNothing(_ signal: Int32) throws {
    let scratch = try Scratch()
    let running = try #require(Executable.built).start(
      ["example", "hospital", "--rows", "\(Self.rows)", "-o", "people.csv", "--json"], in: scratch)
    Thread.sleep(forTimeInterval: 0.5)
    #expect(running.process.isRunning)
    kill(running.process.processIdentifier, signal)
    running.process.waitUntilExit()
    let outcome = try running.outcome()
    #expect(outcome.status == 130)
    #expect(try BadInputTests.error(outcome.output)["code"] as? Int == 130)
    #expect(try scratch.names().isEmpty)
  }

  @Test func aSecondRequestEndsAtOnce() throws {
    let scratch = try Scratch()
    let running = try #require(Executable.built).start(["example", "hospital", "--rows", "20000000", "-o", "people.csv"], in: scratch)
    Thread.sleep(forTimeInterval: 0.5)
    kill(running.process.processIdentifier, SIGINT)
    Thread.sleep(forTimeInterval: 0.2)
    kill(running.process.processIdentifier, SIGINT)
    let start = Date()
    running.process.waitUntilExit()
    #expect(Date().timeIntervalSince(start) < 5)
    #expect(try running.outcome().status == 130)
  }
}
