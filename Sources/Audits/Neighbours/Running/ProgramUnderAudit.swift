import Attacks
import Foundation

/// The program, run on one of the two files of a pair as its users run it: in a fresh folder, with a fresh ledger and a fresh key.
package struct ProgramUnderAudit: Sendable {
  let executable: URL
  /// Environment of the runs, beside that of this process.
  let environment: [String: String]

  package init(executable: URL, environment: [String: String] = [:]) {
    self.executable = executable
    self.environment = environment
  }

  /// What travels of a run; nil if the run does not count.
  func observe(_ pair: NeighbourPair, isWith: Bool) throws -> Sighting? {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("understudy-neighbours-\(UUID().uuidString)")
    let (folder, streams, temporary) = (
      root.appendingPathComponent("run"), root.appendingPathComponent("streams"), root.appendingPathComponent("temporary")
    )
    for made in [folder, streams, temporary] { try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true) }
    defer { try? FileManager.default.removeItem(at: root) }
    try Data((isWith ? pair.with : pair.without).text.utf8).write(to: folder.appendingPathComponent("table.csv"))
    try Data(pair.schema.text.utf8).write(to: folder.appendingPathComponent("schema.yaml"))
    if let policy = pair.run.policy { try Data(policy.text.utf8).write(to: folder.appendingPathComponent("policy.yaml")) }
    let environment = self.environment.merging(
      [
        "TMPDIR": temporary.path, "HOME": folder.path, "COLUMNS": "80",
        "UNDERSTUDY_LEDGER": folder.appendingPathComponent("ledger.sqlite").path,
      ]
    ) { $1 }
    func run(_ arguments: [String]) throws -> ChildProcess.Outcome {
      try ChildProcess(program: executable, arguments: arguments, folder: folder, environment: environment).run(streams: streams)
    }
    if pair.run.origin == .observed {
      // What `inspect` says is for the owner: a file that it cannot read leads to no release and is not compared.
      guard try run(["inspect", "table.csv", "-o", "observed.yaml", "--quiet"]).status == 0 else { return nil }
    }
    if pair.run.origin == .learned {
      // What it paid for travels with the release, and so does whether it could be written.
      for arguments in Self.look(pair) {
        let outcome = try run(arguments)
        guard outcome.status != 0 else { continue }
        return try output(outcome, folder: folder, temporary: temporary).sighting(marks: pair.marks, isGateNamed: false)
      }
    }
    let outcome = try run(Self.arguments(pair.run))
    return try output(outcome, folder: folder, temporary: temporary)
      .sighting(marks: pair.marks, isGateNamed: pair.run.policy?.attacks == true)
  }

  /// A grant for a look that is paid for and a release, and the look.
  static func look(_ pair: NeighbourPair) -> [[String]] {
    let cost = ["--epsilon", "\(pair.run.epsilon)", "--delta", "\(FuzzedRun.delta)"]
    var look = ["inspect", "table.csv", "-o", "observed.yaml", "--private", "--json", "--delimiter", "\(pair.schema.delimiter)"] + cost
    if let most = pair.schema.mostRowsOfAPerson { look += ["--person", "who", "--at-most", "\(most)"] }
    let claim = pair.run.claim
    return [
      ["budget", "grant", "table.csv", "--epsilon", "\(claim.epsilon)", "--delta", "\(claim.delta)", "--json"], look,
    ]
  }

  /// The words of the command line.
  static func arguments(_ run: FuzzedRun) -> [String] {
    var words = ["synthesize", "table.csv", "--epsilon", "\(run.epsilon)", "--delta", "\(FuzzedRun.delta)", "--engine", run.engine]
    switch run.origin {
    case .declared: words += ["--schema", "schema.yaml"]
    case .observed, .learned: words += ["--schema", "observed.yaml"]
    case .inferred: break
    }
    if let rows = run.rows { words += ["--rows", "\(rows)"] }
    if let steps = run.steps { words += ["--steps", "\(steps)"] }
    if run.policy != nil { words += ["--policy", "policy.yaml"] }
    return words + ["--keys", "keys", "-o", "release", "--no-owner-report", "--json"]
  }

  private func output(_ outcome: ChildProcess.Outcome, folder: URL, temporary: URL) throws -> RunOutput {
    let release = folder.appendingPathComponent("release")
    var files: [String: Data] = [:]
    var modes: [String: String] = [:]
    for name in (try? FileManager.default.subpathsOfDirectory(atPath: release.path)) ?? [] {
      let file = release.appendingPathComponent(name)
      files[name] = try? Data(contentsOf: file)
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      modes[name] = (attributes[.posixPermissions] as? NSNumber).map { String($0.intValue, radix: 8) } ?? "?"
    }
    let beside = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "release" && !PublicList.isOwners($0) }
    let temporaries = try FileManager.default.subpathsOfDirectory(atPath: temporary.path).map { "temporary/\($0)" }
    // The folder has another name in each run.
    func nameless(_ text: String) -> String { text.replacing(folder.path, with: "FOLDER").replacing(temporary.path, with: "TEMPORARY") }
    return RunOutput(
      status: outcome.status, output: nameless(outcome.output), errors: nameless(outcome.errors), files: files, modes: modes,
      leftovers: beside + temporaries)
  }
}
