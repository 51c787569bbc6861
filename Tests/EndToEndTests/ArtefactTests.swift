import Foundation
import Manifests
import Releases
import Tables
import Testing

/// A release is a set of artefacts; a table is one that it can do without.
@Suite struct ArtefactTests {
  private func release() throws -> Workshop {
    let shop = try Workshop()
    try shop.write(Admissions.made(people: 200).csv, as: "stays.csv")
    try shop.write(Admissions.schema(unit: .row), as: "stays.yaml")
    _ = try Synthesis.run(try shop.request("stays.csv", schema: "stays.yaml"))
    return shop
  }

  private struct ListedFiles: Decodable {
    struct File: Decodable { let name: String }
    let files: [File]
  }

  @Test func `a release holds the files of the list, and its manifest all but the seals`() throws {
    let shop = try release()
    let names = Set(try FileManager.default.contentsOfDirectory(atPath: shop.file("release").path))
    #expect(
      names == Set(ReleaseArtefact.ofTables.filter { $0 != .parquetTable }.map(\.name)))
    #expect(
      Set(try shop.manifest().files.keys) == names.subtracting(ReleaseArtefact.seals.map(\.name)))
    // The report lists what is there, and nothing else.
    let listed = try JSONDecoder().decode(ListedFiles.self, from: shop.data("release/report.json"))
    #expect(Set(listed.files.map(\.name)) == names.subtracting(["report.html"]))
    #expect(ReleaseArtefact.seals == [.manifest, .signature])
  }

  @Test func `a release without a table is signed, verified and replaced as any other`() throws {
    let shop = try release()
    var manifest = try shop.manifest()
    let key = try SigningKey(keptIn: shop.file("ledger.sqlite-keys"))
    let model = try shop.data("release/model.json")
    func seal(replacing: Bool) throws {
      let folder = try ReleaseFolder(at: shop.file("model"), replaces: replacing)
      try folder.seal(
        [
          PendingArtefact(.model) { model },
          PendingArtefact(.modelCard) { Data("A model alone.".utf8) },
        ], with: &manifest,
        signedBy: key)
      try folder.publish()
    }
    try seal(replacing: false)
    #expect(Set(manifest.files.keys) == ["model.json", "model-card.md"])
    let verification = try ReleaseVerification(release: shop.file("model")).run()
    #expect(verification.isPassed, "\(verification.failures)")
    try seal(replacing: true)

    try shop.write("x", as: "model/synthetic.csv")
    let report = try ReleaseVerification(release: shop.file("model")).run()
    #expect(report.checks.first { $0.outcome == .failed }?.files == ["synthetic.csv"])
  }
}
