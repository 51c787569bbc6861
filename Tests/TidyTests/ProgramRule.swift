/// How tests start programs, and what they may not measure.
///
/// A program started in any other way outlives tests that are killed, and a time limit fails on a
/// busy machine. Requirements on speed belong in benchmarks (`make bench`).
enum ProgramRule {
  static let helper = "Tests/Support/TestPrograms"

  static func violations(in file: SourceText) -> [Violation] {
    guard file.isUnder(["Tests"]), !file.isUnder(["Tests/Support"]) else { return [] }
    let starting = "tests start programs by TestProgram (\(helper)), which ends them in every case"
    let timing =
      "no test has a limit of time, which a busy machine breaks: wait for the program to end, or make it a benchmark"
    return file.violations(
      of: /(?:^|[^\w.])(?:Foundation\s*\.\s*)?Process\s*(?:\.\s*init\s*)?\(/, holding: ["Process"],
      in: file.code, rule: starting)
      + file.violations(
        of: /\bProcess\s*\.\s*run\s*\(/, holding: ["Process"], in: file.code, rule: starting)
      + file.violations(
        of: /\b(?:posix_spawnp?|v?fork|popen|system|execvp?e?|clone)\s*\(/,
        holding: ["spawn", "fork", "popen", "system", "exec", "clone"], in: file.code,
        rule: starting)
      + file.violations(
        of: /\.timeLimit\s*\(|\baddingTimeInterval\s*\(|\balarm\s*\(/,
        holding: ["timeLimit", "addingTimeInterval", "alarm"], in: file.code,
        rule: timing)
      + file.violations(
        of:
          /#(?:expect|require)\s*\(.*(?:<=?\s*\.\s*(?:micro|milli|nano)?(?:seconds|minutes)\s*\(|[sS]econds\s*<)/,
        holding: ["econds", "minutes"], in: file.code, rule: timing)
      + unguarded(in: file)
  }

  /// Processes that the test framework starts end with the tests only if they first declare it.
  private static func unguarded(in file: SourceText) -> [Violation] {
    let exits = file.violations(
      of: /\bprocessExitsWith\s*:/, holding: ["processExitsWith"], in: file.code,
      rule: "the first line of an exit test is `TestProgram.endsWith(parent: parent)`")
    return exits.filter { violation in
      // The head of the closure may stand on a line of its own.
      let body = file.code.dropFirst(violation.line).drop { $0.hasSuffix(" in") }
      return body.first?.contains("TestProgram.endsWith(parent: parent)") != true
    }
  }
}
