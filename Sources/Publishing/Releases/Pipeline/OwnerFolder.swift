import Attacks
import Basics
import Foundation
import Manifests
import Policies
import Reports

/// The folder for the owner's pages. Only its owner can read it. It is kept with the ledger and
/// cannot travel with a release.
struct OwnerFolder {
  /// The requested folder. Anything already there stays, and the next free name is used.
  let wanted: URL

  /// Uses the named folder, or else `owner/<release>-<date>` beside the ledger. If the attempt was
  /// not published, the folder's name says so.
  init(_ request: SynthesisRequest, isRefused: Bool = false) {
    self.init(
      named: request.ownerFolder, output: request.output, ledger: request.ledger,
      now: request.now(), isRefused: isRefused)
  }

  init(named: URL?, output: URL, ledger: URL, now: Date, isRefused: Bool = false) {
    if let named {
      wanted = named
      return
    }
    let date = now.ISO8601Format().prefix(10)
    let name = "\(output.lastPathComponent)\(isRefused ? "-refused" : "")-\(date)"
    let places = ["owner", "for-owner"].map {
      ledger.deletingLastPathComponent().appendingPathComponent($0).appendingPathComponent(name)
    }
    wanted = places.first { !$0.isTakenAlong(with: output) } ?? places[places.count - 1]
  }

  /// Writes the report, as a page and for machines. Returns the location of the page.
  func write(_ trial: ReleaseTrial, verdict: GateVerdict?, manifest: Manifest) throws -> URL {
    guard let quality = trial.quality else { throw trial.comparisonFault }
    let limits = manifest.gate?.attackRules?.thresholds ?? AttackThresholds()
    let figures = EvidenceBasis.Figures(attacks: trial.attacks, limits: limits, verdict: verdict)
    let report = OwnerReport(
      title: manifest.table, software: "\(manifest.software.name) \(manifest.software.version)",
      date: String(manifest.created.prefix(10)),
      guarantee: ReportGuarantee(manifest), quality: quality, attacks: trial.attacks,
      limits: limits, verdict: verdict,
      evidence: EvidenceTable(basis: EvidenceBasis(manifest, figures: figures)).lines,
      budget: ReleaseReport.budget(manifest))
    return try place([
      ("owner-report.html", Data(try report.html().utf8)),
      ("owner-report.json", try CanonicalJSON.lines(report)),
    ])
    .appendingPathComponent("owner-report.html")
  }

  /// Puts the folder in place, whole or not at all, under the wanted name or the next free one.
  func place(_ files: [(name: String, data: Data)]) throws -> URL {
    let parent = wanted.deletingLastPathComponent()
    let draft = parent.appendingPathComponent(
      ".\(wanted.lastPathComponent).\(UUID().uuidString.prefix(8)).partial")
    try ClosedFiles.makeFolder(draft)
    defer { try? FileManager.default.removeItem(at: draft) }
    for file in files {
      try ClosedFiles.write(file.data, to: draft.appendingPathComponent(file.name))
    }
    for number in 1...9999 {
      let folder =
        number == 1
        ? wanted : parent.appendingPathComponent("\(wanted.lastPathComponent)-\(number)")
      // An existing folder is replaced only if it is empty.
      if rename(draft.path, folder.path) == 0 { return folder }
      guard [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno) else { break }
    }
    throw ReleaseError.cannotWrite(
      wanted.path, reason: "the owner's pages could not be put in their place")
  }
}

extension URL {
  /// The path with links resolved, as far as it exists.
  private var realComponents: [String] {
    let above = sequence(first: standardizedFileURL) {
      $0.path == "/" ? nil : $0.deletingLastPathComponent()
    }
    let missing = above.prefix { !FileManager.default.fileExists(atPath: $0.path) }.map(
      \.lastPathComponent)
    var there = standardizedFileURL
    for _ in missing { there.deleteLastPathComponent() }
    return there.resolvingSymlinksInPath().pathComponents + missing.reversed()
  }

  /// Returns whether this is the folder or inside it.
  func isInside(_ folder: URL) -> Bool {
    let (mine, its) = (realComponents, folder.realComponents)
    return mine.starts(with: its)
  }

  /// Returns whether this is copied along with the release and everything whose name begins the
  /// same way, as in `cp -r release*`.
  func isTakenAlong(with release: URL) -> Bool {
    let (mine, its) = (realComponents, release.realComponents)
    guard let name = its.last, mine.count >= its.count, mine.starts(with: its.dropLast()) else {
      return false
    }
    return mine[its.count - 1].hasPrefix(name)
  }
}
