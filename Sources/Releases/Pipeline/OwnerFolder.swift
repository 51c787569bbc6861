import Foundation
import Quality
import Tables

/// Where the owner's report goes: a folder beside the release, never inside it, so that it does not travel by accident.
struct OwnerFolder {
  let url: URL

  init(beside release: URL) {
    url = release.deletingLastPathComponent().appendingPathComponent("\(release.lastPathComponent)-owner-only", isDirectory: true)
  }

  /// Compares the release with its original and writes the report. Returns where it is.
  func write(original: Table, synthetic: Table, manifest: Manifest) throws -> URL {
    // Two random times are hardly ever equal to the minute: as words, any column of times would seem lost.
    var options = QualityOptions(cutsDatesAsNumbers: true)
    options.target = manifest.columns.first(where: \.isTarget)?.name
    options.ignoring = Set(manifest.columns.filter { [.replaced, .dropped].contains($0.treatment) }.map(\.name))
    let quality = try QualityReport.measure(original: original, synthetic: synthetic, options: options)
    let report = OwnerReport(
      title: manifest.table, software: "\(manifest.software.name) \(manifest.software.version)", date: String(manifest.created.prefix(10)),
      guarantee: ReportGuarantee(manifest.guarantee), quality: quality)
    let file = url.appendingPathComponent("owner-report.html")
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try Data(try report.html().utf8).write(to: file, options: .atomic)
    } catch let error as CocoaError {
      throw ReleaseError.cannotWrite(file.path, reason: error.localizedDescription)
    }
    return file
  }
}
