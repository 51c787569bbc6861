import Basics
import Foundation
import Manifests

/// An artefact of one release, and how its file comes into the folder.
package struct PendingArtefact {
  package let artefact: ReleaseArtefact
  /// Returns the bytes to write; nil if the file was drawn straight into the folder.
  private let contents: () throws -> Data?

  package init(_ artefact: ReleaseArtefact, _ contents: @escaping () throws -> Data) {
    (self.artefact, self.contents) = (artefact, contents)
  }

  private init(drawn artefact: ReleaseArtefact) { (self.artefact, contents) = (artefact, { nil }) }

  /// Creates an artefact whose file is in the folder already.
  package static func drawn(_ artefact: ReleaseArtefact) -> PendingArtefact {
    PendingArtefact(drawn: artefact)
  }

  func write(to folder: ReleaseFolder) throws {
    if let data = try contents() { try folder.write(data, as: artefact.name) }
  }
}

extension ReleaseFolder {
  /// Writes the artefacts, the manifest with the hash of each of them, and its signature.
  package func seal(
    _ artefacts: [PendingArtefact], with manifest: inout Manifest, signedBy key: SigningKey
  ) throws {
    for artefact in artefacts { try artefact.write(to: self) }
    manifest.files = Dictionary(
      uniqueKeysWithValues: try artefacts.map {
        ($0.artefact.name, try ContentDigest.sha256(of: url($0.artefact.name)))
      })
    let bytes = try CanonicalJSON.lines(manifest)
    try write(bytes, as: ReleaseArtefact.manifest.name)
    try write(CanonicalJSON.lines(key.sign(bytes)), as: ReleaseArtefact.signature.name)
  }
}
