/// Calls that do not belong in this code, with the places that are exempt.
enum BannedCalls {
  static let samplers = "Sources/Privacy/Mechanisms"
  static let commandLine = ["Sources/Doors/CommandLine", "Sources/Doors/understudy-cli"]

  static func violations(in file: SourceText) -> [Violation] {
    var found: [Violation] = []
    if !file.isUnder([samplers]) {
      found += file.violations(
        of: /\.random\s*\(/, holding: [".random"], in: file.code,
        rule: "random numbers come from \(samplers) only")
      found += file.violations(
        of: /\bSystemRandomNumberGenerator\b/, holding: ["SystemRandom"], in: file.code,
        rule: "the system's generator is used in \(samplers) only")
    }
    found += file.violations(
      of: /\.(?:shuffle|shuffled|randomElement)\s*\(/, holding: [".shuffle", ".randomElement"],
      in: file.code,
      rule: "shuffling and picking use the system's generator")
    found += file.violations(
      of: /\btry!/, holding: ["try!"], in: file.code,
      rule: "`try!` crashes where an error should be told")
    found += file.violations(
      of: /\bfatalError\s*\(/, holding: ["fatalError"], in: file.code,
      rule: "user faults throw and programmer faults are preconditions")
    if file.isSource, !file.isUnder(commandLine) {
      found += file.violations(
        of: /(?:^|[^.\w])print\s*\(/, holding: ["print"], in: file.code,
        rule: "only the command line prints")
    }
    return found + violationsInText(of: file)
  }

  /// Rules that also apply inside comments and strings, and in scripts.
  static func violationsInText(of file: SourceText) -> [Violation] {
    file.violations(
      of: /\b(?:TO[D]O|FI[X]ME)\b/, holding: ["TO" + "DO", "FIX" + "ME"], in: file.lines,
      rule: "unfinished work belongs in an issue")
      + file.violations(
        of: /(?:^|[^\w.\/}\)])\/(?:home|tmp|work|Users|root|mnt)\//,
        holding: ["home", "tmp", "work", "Users", "root", "mnt"].map { "/\($0)/" }, in: file.lines,
        rule: "a path holds on one machine only"
      )
  }
}
