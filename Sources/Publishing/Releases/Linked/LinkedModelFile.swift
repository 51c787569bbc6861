import Basics
import Foundation
import LinkedSynthesis
import LinkedTables
import Manifests
import SchemaFiles

/// `linked-model.json`: the model of linked tables from which more people can be drawn at no
/// privacy cost. The release paid for everything in it.
struct LinkedModelFile: Codable {
  static let currentFormat = 1

  /// The format of this file, counting from 1.
  var format = LinkedModelFile.currentFormat
  /// The schema in its file format.
  let schema: String
  let model: LinkedModel
  /// Whether the model was made without a seed and without a probe.
  let isPrivate: Bool

  init(schema: LinkedSchema, model: LinkedModel, isPrivate: Bool) {
    (self.schema, self.model, self.isPrivate) = (SchemaFile.text(schema), model, isPrivate)
  }

  /// Returns whether a release is one of linked tables.
  static func isThere(_ release: URL) -> Bool {
    FileManager.default.fileExists(
      atPath: release.appendingPathComponent(ReleaseArtefact.linkedModel.name).path)
  }

  /// Reads the model of a release folder.
  static func read(_ release: URL) throws -> LinkedModelFile {
    let file = release.appendingPathComponent(ReleaseArtefact.linkedModel.name)
    guard let data = try? Data(contentsOf: file) else { throw ReleaseError.missingFile(file.path) }
    guard let version = try? JSONDecoder().decode(Version.self, from: data) else {
      throw ReleaseError.notAModel(file.path)
    }
    guard version.format <= currentFormat else {
      throw ReleaseError.newerFormat(file.path, found: version.format, known: currentFormat)
    }
    guard let read = try? JSONDecoder().decode(LinkedModelFile.self, from: data) else {
      throw ReleaseError.notAModel(file.path)
    }
    return read
  }

  private struct Version: Decodable { let format: Int }
}
