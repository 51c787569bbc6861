import Foundation
import Manifests
import Reports

extension Paperwork {
  /// Reads the manifest of a release, after checking that the folder is as its owner signed it.
  /// - Throws: ``PaperworkError``; ``ReleaseError`` if the folder is not a release.
  package init(release: URL) throws {
    let report = try ReleaseVerification(release: release).run()
    guard report.isPassed else { throw PaperworkError.notVerified(report.failures) }
    let file = release.appendingPathComponent(ReleaseArtefact.manifest.name)
    guard let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(contentsOf: file))
    else { throw ReleaseError.notVerifiable(release.path) }
    try self.init(manifest)
  }
}
