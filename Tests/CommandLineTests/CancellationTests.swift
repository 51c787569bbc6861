import Foundation
import TestPrograms
import Testing

/// Ctrl-C: the exit code, and nothing half-written.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct CancellationTests {
  /// A table from standard input is read under an interruption of its own, before the release
  /// begins under another. Requests that came after it used to be lost.
  @Test(arguments: [SIGINT, SIGTERM], ["p.csv", "-"]) func anInterruptedReleaseLeavesNothing(
    _ signal: Int32, table: String
  ) throws {
    let scratch = try Scratch()
    let understudy = try #require(Executable.built)
    #expect(
      try understudy.run(["example", "hospital", "--rows", "2000", "-o", "p.csv"], in: scratch)
        .status == 0)
    let before = try scratch.names()
    // A run of half an hour: it does not end by itself before the signal comes, however late a busy
    // machine sends it.
    let running = try understudy.start(
      [
        "synthesize", table, "--schema", "p.schema.yaml", "--epsilon", "5", "--engine", "gan",
        "--steps", "100000", "-o", "release",
        "--json",
      ], in: scratch, input: "p.csv")
    // The first line of progress shows that the run has begun and listens for signals.
    #expect(try running.program.wait { try running.errorsSoFar().contains("of its budget used") })
    running.program.send(signal)
    let outcome = try running.outcome()
    #expect(outcome.status == 130)
    let error = try BadInputTests.error(outcome.output)
    #expect(error["code"] as? Int == 130)
    // No remedy exists.
    #expect(
      (error["message"] as? String)?.contains("stays charged") == true
        && error["remedy"] as? String == "")
    #expect(try scratch.names() == before)
    // Earlier charges stay charged, and nothing more is.
    #expect(try understudy.run(["budget", "history"], in: scratch).output.contains("settled"))
  }

  /// A table is left at once by whoever rewrites it, also when the terminal closes.
  @Test(arguments: [SIGTERM, SIGHUP]) func anInterruptedRedactionLeavesNothing(_ signal: Int32)
    throws
  {
    let scratch = try Scratch()
    let understudy = try #require(Executable.built)
    let row = "1,\(String(repeating: "seen by nobody, ", count: 40)),2\n"
    try scratch.write(
      "p.csv", "a,note,b\n" + String(repeating: row.replacing("y,", with: "y;"), count: 60_000))
    let before = try scratch.names()
    let running = try understudy.start(["redact", "p.csv", "-o", "clean.csv"], in: scratch)
    // The file that becomes the result shows that the rows are being written.
    #expect(try running.program.wait { try scratch.names() != before })
    running.program.send(signal)
    #expect(try running.outcome().status == 130)
    #expect(try scratch.names() == before)
  }

  /// Such a run was once refused only after its columns had been paid for.
  @Test(arguments: [["--plan"], ["-o", "release"]]) func impossibleStepsCostNothing(
    _ words: [String]
  ) throws {
    let scratch = try Scratch()
    let understudy = try #require(Executable.built)
    #expect(
      try understudy.run(["example", "hospital", "--rows", "2000", "-o", "p.csv"], in: scratch)
        .status == 0)
    let before = try scratch.names()
    let outcome = try understudy.run(
      [
        "synthesize", "p.csv", "--schema", "p.schema.yaml", "--epsilon", "5", "--engine", "gan",
        "--steps", "10000000",
      ] + words,
      in: scratch)
    #expect(
      outcome.status == 1 && outcome.errors.contains("--steps: so many steps (10000000) cost more"),
      "\(outcome)")
    #expect(try scratch.names() == before)
    #expect(!FileManager.default.fileExists(atPath: scratch.ledger.path))
  }

  @Test func furtherRequestsEndAtOnce() throws {
    let scratch = try Scratch()
    let running = try #require(Executable.built).start(
      ["example", "hospital", "--rows", "50000000", "-o", "people.csv"], in: scratch)
    let program = running.program
    #expect(program.wait { survivesInterrupts(program.processIdentifier) })
    // Requests in quick succession count as one, so they are repeated until the process has ended.
    while program.isRunning {
      program.send(SIGINT)
      Thread.sleep(forTimeInterval: 0.1)
    }
    #expect(try running.outcome().status == 130)
  }

  /// Whether the process handles an interrupt in its own way instead of dying of it.
  private func survivesInterrupts(_ process: Int32) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    else {
      Thread.sleep(forTimeInterval: 2)
      return true
    }
    let masks = status.split(separator: "\n").filter {
      $0.hasPrefix("SigIgn:") || $0.hasPrefix("SigCgt:")
    }
    let mask = masks.reduce(UInt64(0)) {
      $0 | (UInt64($1.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) ?? 0)
    }
    return mask & (1 << UInt64(SIGINT - 1)) != 0
  }
}
