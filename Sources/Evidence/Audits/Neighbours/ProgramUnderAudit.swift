import Attacks
import Dispatch
import Foundation

/// The program, run on one of the two files of a pair as its users run it: in a fresh folder, with
/// a fresh ledger and a fresh key.
package struct ProgramUnderAudit: Sendable {
  let executable: URL
  /// Environment variables of the runs, in addition to those of this process.
  let environment: [String: String]
  /// Whether this process runs the same program, so that its parts can be examined too.
  let isThisOne: Bool

  package init(executable: URL, environment: [String: String] = [:], isThisOne: Bool = false) {
    self.executable = executable
    self.environment = environment
    self.isThisOne = isThisOne
  }

  /// Runs the program and returns the part that travels; nil if the run does not count.
  func observe(_ pair: NeighbourPair, isWith: Bool) throws -> Sighting? {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-neighbours-\(UUID().uuidString)")
    let (folder, streams, temporary) = (
      root.appendingPathComponent("run"), root.appendingPathComponent("streams"),
      root.appendingPathComponent("temporary")
    )
    for made in [folder, streams, temporary] {
      try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
    }
    defer { try? FileManager.default.removeItem(at: root) }
    try Data((isWith ? pair.with : pair.without).text.utf8).write(
      to: folder.appendingPathComponent("table.csv"))
    try Data(pair.schema.text.utf8).write(to: folder.appendingPathComponent("schema.yaml"))
    if let policy = pair.run.policy {
      try Data(policy.text.utf8).write(to: folder.appendingPathComponent("policy.yaml"))
    }
    let environment = self.environment.merging(
      [
        "TMPDIR": temporary.path, "HOME": folder.path, "COLUMNS": "80",
        "UNDERSTUDY_LEDGER": folder.appendingPathComponent("ledger.sqlite").path,
      ]
    ) { $1 }
    func run(_ arguments: [String]) throws -> ChildProcess.Outcome {
      try ChildProcess(
        program: executable, arguments: arguments, folder: folder, environment: environment
      ).run(streams: streams)
    }
    func sighting(_ outcome: ChildProcess.Outcome, learned: [String: Data] = [:]) throws
      -> Sighting?
    {
      try output(outcome, folder: folder, temporary: temporary, learned: learned).sighting(
        marks: pair.marks, run: pair.run)
    }
    var learned: [String: Data] = [:]
    if let words = Self.look(pair) {
      let look = try run(words)
      if pair.run.origin == .paid {
        // The look was paid for: everything that it says and writes travels.
        learned = [
          "look.json": Data(look.output.replacing(folder.path, with: "FOLDER").utf8),
          "look.err": Data(look.errors.utf8),
        ]
        learned["learned.yaml"] = try? Data(
          contentsOf: folder.appendingPathComponent("learned.yaml"))
        if look.status != 0 { return try sighting(look, learned: learned) }
      } else if look.status != 0 {
        // The output of `inspect` is for the owner: a file that it cannot read leads to no release
        // and is not compared.
        return nil
      }
    }
    return try sighting(try run(Self.arguments(pair.run)), learned: learned)
  }

  /// Whether the program can pay for a look at the table before there is a schema.
  var looksPrivately: Bool {
    let streams = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-neighbours-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: streams) }
    guard
      (try? FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true))
        != nil
    else { return false }
    let help = try? ChildProcess(
      program: executable, arguments: ["inspect", "--help"], folder: streams,
      environment: environment
    )
    .run(streams: streams)
    return help?.output.contains("--private") == true
  }

  /// Returns the arguments of the command line that looks at the table first; nil if none does.
  static func look(_ pair: NeighbourPair) -> [String]? {
    switch pair.run.origin {
    case .declared, .inferred: return nil
    case .observed: return ["inspect", "table.csv", "-o", "observed.yaml", "--quiet"]
    case .paid:
      let person =
        pair.schema.mostRowsOfAPerson.map { ["--person", "who", "--at-most", "\($0)"] } ?? []
      // The release has its own ledger, so that nothing needs to be granted in between.
      return ["inspect", "table.csv", "--private", "--delimiter", "\(pair.schema.delimiter)"]
        + person
        + [
          "--epsilon", "\(pair.run.epsilon)", "--delta", "\(FuzzedRun.delta)", "--ledger",
          "look.sqlite", "-o", "learned.yaml", "--json",
        ]
    }
  }

  /// Returns the arguments of the command line.
  static func arguments(_ run: FuzzedRun) -> [String] {
    let budget = ["--epsilon", "\(run.epsilon)", "--delta", "\(FuzzedRun.delta)"]
    if let training = run.training {
      return ["train", "table.csv", "--schema", "schema.yaml", "--target", training.target]
        + (training.event.map { ["--event", $0] } ?? []) + ["--model", training.form] + budget
        + ["--keys", "keys", "-o", "release", "--json"]
    }
    var words = ["synthesize", "table.csv"] + budget + ["--engine", run.engine]
    switch run.origin {
    case .declared: words += ["--schema", "schema.yaml"]
    case .observed: words += ["--schema", "observed.yaml"]
    case .paid: words += ["--schema", "learned.yaml"]
    case .inferred: break
    }
    if run.isStrict, run.origin != .inferred { words += ["--strict"] }
    if let rows = run.rows { words += ["--rows", "\(rows)"] }
    if let steps = run.steps { words += ["--steps", "\(steps)"] }
    if run.policy != nil { words += ["--policy", "policy.yaml"] }
    return words + [
      "--keys", "keys", "-o", "release", "--no-owner-report", "--allow-empty", "--json",
    ]
  }

  private func output(
    _ outcome: ChildProcess.Outcome, folder: URL, temporary: URL, learned: [String: Data]
  ) throws -> RunOutput {
    let release = folder.appendingPathComponent("release")
    var files = learned
    var modes: [String: String] = [:]
    for name in (try? FileManager.default.subpathsOfDirectory(atPath: release.path)) ?? [] {
      let file = release.appendingPathComponent(name)
      files[name] = try? Data(contentsOf: file)
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      modes[name] =
        (attributes[.posixPermissions] as? NSNumber).map { String($0.intValue, radix: 8) } ?? "?"
    }
    let beside = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0 != "release" && !PublicList.isOwners($0)
    }
    let temporaries = try FileManager.default.subpathsOfDirectory(atPath: temporary.path).map {
      "temporary/\($0)"
    }
    // The folder has a different name in each run.
    func nameless(_ text: String) -> String {
      text.replacing(folder.path, with: "FOLDER").replacing(temporary.path, with: "TEMPORARY")
    }
    return RunOutput(
      status: outcome.status, output: nameless(outcome.output), errors: nameless(outcome.errors),
      files: files, modes: modes,
      leftovers: beside + temporaries)
  }
}

/// A program run to its end, with its streams in files, which never fill up as pipes do.
private struct ChildProcess {
  let program: URL
  let arguments: [String]
  let folder: URL
  /// Variables that override those of this process if both have one.
  let environment: [String: String]

  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// - Parameter streams: a folder outside `folder` for the two streams.
  /// - Throws: `CancellationError` if the program was interrupted, as Ctrl-C interrupts all
  ///   programs of a terminal.
  func run(streams: URL) throws -> Outcome {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (
      streams.appendingPathComponent("out"), streams.appendingPathComponent("err")
    )
    for file in [output, errors] { try Data().write(to: file) }
    let handles = [try FileHandle(forWritingTo: output), try FileHandle(forWritingTo: errors)]
    (process.standardOutput, process.standardError) = (handles[0], handles[1])
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    ended.wait()
    for handle in handles { try handle.close() }
    if process.terminationReason == .exit, process.terminationStatus == 130 {
      throw CancellationError()
    }
    // A crash must not look like one of the program's own exit statuses.
    let status =
      process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return Outcome(
      status: status, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}

/// Processor seconds of all programs that this one ran to their ends.
enum ChildTime {
  static var seconds: Double {
    var usage = rusage()
    #if canImport(Darwin)
      let who = RUSAGE_CHILDREN
    #else
      let who = __rusage_who_t(RUSAGE_CHILDREN.rawValue)
    #endif
    getrusage(who, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
