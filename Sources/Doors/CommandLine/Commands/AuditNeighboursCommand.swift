import ArgumentParser
import Audits
import Foundation
import Releases
import Synthesis
import Understudy

/// The `understudy audit neighbours` command.
struct AuditNeighboursCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "neighbours",
    abstract:
      "Runs the whole program many times on pairs of files that differ by one person, and compares all that leaves the house.",
    discussion: """
      No data of yours is read. A grammar of schemas and of ugly rows makes pairs \
      of files that differ by one row, or by all rows of one person. On each the \
      program itself is run, again and again, with noise that nobody seeds: exit \
      code, standard error, standard output and every file of the release are \
      compared. Shown is the epsilon that the runs prove it is at least, beside \
      the epsilon that is claimed. Where the first is above the second, a promise \
      is broken: the exit code is 3. The last line is the verdict.

      It takes at most ten minutes of processor time; --long takes some hours.

      Examples:
        understudy audit neighbours
        understudy audit neighbours --seed 7 --json
        understudy audit neighbours --pair 12 --keep pair-12
      """)

  @Option(
    help: ArgumentHelp(
      "Another seed chooses other pairs of files. The noise of the runs is never seeded.",
      valueName: "number"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Pairs of files. Default: \(NeighbourSettings().pairs), or \(NeighbourSettings.long.pairs) with --long.",
      valueName: "number"))
  var pairs: Int?

  @Option(
    help: ArgumentHelp(
      "Runs on each file of a pair; where something seems to differ there are more.",
      valueName: "number"))
  var rounds: Int?

  @Flag(help: "Many more pairs, and more runs on each, however long that takes.")
  var long = false

  @Flag(help: "Stop at the first contradiction.")
  var first = false

  @Option(help: "The chance that an alarm is raised over a program that keeps all its claims.")
  var falseAlarm = 0.001

  @Option(help: ArgumentHelp("Look at this pair alone.", valueName: "number"))
  var pair: Int?

  @Option(
    help: ArgumentHelp(
      "A folder to be made with the files of pairs that contradict their claim, or of --pair.",
      valueName: "folder"))
  var keep: String?

  @Option(
    help: ArgumentHelp(
      "Another build of understudy to be run. Default: this one.", valueName: "file"))
  var program: String?

  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    if let pairs, !(1...100_000).contains(pairs) {
      throw ValidationError("--pairs: must be from 1 to 100,000")
    }
    if let rounds, !(2...100_000).contains(rounds) {
      throw ValidationError("--rounds: must be from 2 to 100,000")
    }
    if let pair, !(1...100_000).contains(pair) {
      throw ValidationError("--pair: must be from 1 to 100,000")
    }
    guard falseAlarm >= 1e-9, falseAlarm <= 0.5 else {
      throw ValidationError("--false-alarm: must be from 1e-9 to 0.5")
    }
  }

  func execute(_ console: Console) throws {
    let audit = NeighbourAudit(
      settings: settings,
      program: ProgramUnderAudit(executable: try executable(), isThisOne: program == nil))
    let folder = try keep.map { try emptyFolder($0) }
    let report = try console.withProgress { progress in
      try audit.run(only: pair) { name, done in
        try progress(SynthesisProgress(phase: .auditing, fraction: done, detail: name))
      }
    }
    if let folder {
      try audit.write(report.pairs.filter { $0.isRefuted || pair != nil }.map(\.number), to: folder)
    }
    try NeighboursPage.show(report, on: console)
  }

  private var settings: NeighbourSettings {
    var settings = long ? NeighbourSettings.long : NeighbourSettings()
    settings.seed = seed
    settings.falseAlarm = falseAlarm
    settings.stopsAtFirst = first
    if let pairs { settings.pairs = pairs }
    if let rounds {
      (settings.rounds, settings.mostRounds) = (rounds, max(rounds, settings.mostRounds))
    }
    return settings
  }

  private func executable() throws -> URL {
    if let program {
      guard FileManager.default.isExecutableFile(atPath: program) else {
        throw Failure(
          "\(program): there is no such program, or it cannot be run.", remedy: "Check the path.")
      }
      return InputFile.url(program).absoluteURL
    }
    guard let this = Bundle.main.executableURL,
      FileManager.default.isExecutableFile(atPath: this.path)
    else {
      throw Failure("The program cannot find itself to run it.", remedy: "Name it with --program.")
    }
    return this
  }

  private func emptyFolder(_ path: String) throws -> URL {
    let url = InputFile.url(path)
    guard !FileManager.default.fileExists(atPath: url.path) else {
      throw Failure(
        "\(path): exists already, and is left as it is.",
        remedy: "Choose another folder, or remove it yourself.")
    }
    return url
  }
}
