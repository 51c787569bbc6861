import Attacks
import Basics
import Foundation

/// Where the owner's pages go: a folder that only their owner can read, with the ledger, where it cannot travel with a release.
struct OwnerFolder {
  /// Where the pages are wanted: what is there already stays, and the next free name is taken.
  let wanted: URL

  /// The folder that was named, else `owner/<release>-<date>` beside the ledger; the pages of an attempt that was not published say so in
  /// the folder's name.
  init(_ request: SynthesisRequest, isRefused: Bool = false) {
    if let named = request.ownerFolder {
      wanted = named
      return
    }
    let date = request.now().ISO8601Format().prefix(10)
    let name = "\(request.output.lastPathComponent)\(isRefused ? "-refused" : "")-\(date)"
    let places = ["owner", "for-owner"].map {
      request.ledger.deletingLastPathComponent().appendingPathComponent($0).appendingPathComponent(name)
    }
    wanted = places.first { !$0.isTakenAlong(with: request.output) } ?? places[places.count - 1]
  }

  /// Writes the report, as a page and for machines. Returns where the page is.
  func write(_ trial: ReleaseTrial, verdict: GateVerdict?, manifest: Manifest) throws -> URL {
    guard let quality = trial.quality else { throw trial.comparisonFault }
    let limits = manifest.gate?.attackRules?.thresholds ?? AttackThresholds()
    let figures = EvidenceBasis.Figures(attacks: trial.attacks, limits: limits, verdict: verdict)
    let report = OwnerReport(
      title: manifest.table, software: "\(manifest.software.name) \(manifest.software.version)", date: String(manifest.created.prefix(10)),
      guarantee: ReportGuarantee(manifest), quality: quality, attacks: trial.attacks, limits: limits, verdict: verdict,
      evidence: EvidenceTable(basis: EvidenceBasis(manifest, figures: figures)).lines, budget: ReleaseReport.budget(manifest))
    return try place([("owner-report.html", Data(try report.html().utf8)), ("owner-report.json", try CanonicalJSON.lines(report))])
      .appendingPathComponent("owner-report.html")
  }

  /// The folder appears whole or not at all, under the wanted name or the next that is free.
  func place(_ files: [(name: String, data: Data)]) throws -> URL {
    let parent = wanted.deletingLastPathComponent()
    let draft = parent.appendingPathComponent(".\(wanted.lastPathComponent).\(UUID().uuidString.prefix(8)).partial")
    try ClosedFiles.makeFolder(draft)
    defer { try? FileManager.default.removeItem(at: draft) }
    for file in files { try ClosedFiles.write(file.data, to: draft.appendingPathComponent(file.name)) }
    for number in 1...9999 {
      let folder = number == 1 ? wanted : parent.appendingPathComponent("\(wanted.lastPathComponent)-\(number)")
      // A folder that is there is replaced only if it is empty.
      if rename(draft.path, folder.path) == 0 { return folder }
      guard [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno) else { break }
    }
    throw ReleaseError.cannotWrite(wanted.path, reason: "the owner's pages could not be put in their place")
  }
}

extension URL {
  /// The path without links, as far as it exists.
  private var realComponents: [String] {
    let above = sequence(first: standardizedFileURL) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }
    let missing = above.prefix { !FileManager.default.fileExists(atPath: $0.path) }.map(\.lastPathComponent)
    var there = standardizedFileURL
    for _ in missing { there.deleteLastPathComponent() }
    return there.resolvingSymlinksInPath().pathComponents + missing.reversed()
  }

  /// Whether this is the folder, or in it.
  func isInside(_ folder: URL) -> Bool {
    let (mine, its) = (realComponents, folder.realComponents)
    return mine.starts(with: its)
  }

  /// Whether this goes along where somebody copies the release and whatever has a name that begins so, as in `cp -r release*`.
  func isTakenAlong(with release: URL) -> Bool {
    let (mine, its) = (realComponents, release.realComponents)
    guard let name = its.last, mine.count >= its.count, mine.starts(with: its.dropLast()) else { return false }
    return mine[its.count - 1].hasPrefix(name)
  }
}
