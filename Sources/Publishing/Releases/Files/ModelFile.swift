import Encoding
import Engines
import Foundation
import Manifests
import Synthesis
import Tables

/// `model.json`: a fitted model from which more rows can be drawn at no privacy cost. The release
/// paid for everything in it.
package struct ModelFile: Sendable, Codable {
  /// The newest format that this version writes and reads. Format 1 holds a graphical model, 2 a
  /// network: each kind of model has its own.
  package static var currentFormat: Int {
    Engine.modelKinds.values.map { $0.place.format }.max() ?? 1
  }

  /// The format of this file, counting from 1.
  package var format: Int
  /// The schema in its file format.
  package let schema: String
  /// The meaning of the model's codes.
  package let domain: Domain
  /// The model, under the key of its kind.
  let model: any FittedModel
  /// The columns about which nothing was learned, which are left empty; nil in older files.
  package let unlearned: [String]?
  /// The approximate number of rows in the original, as learned.
  package let rows: Int
  /// Whether the model was made without a seed and without a probe.
  package let isPrivate: Bool

  init(
    schema: Schema, domain: Domain, model: any FittedModel, unlearned: [String], rows: Int,
    isPrivate: Bool
  ) {
    self.schema = schema.publishedText
    self.domain = domain
    (format, self.model) = (type(of: model).place.format, model)
    self.unlearned = unlearned
    self.rows = rows
    self.isPrivate = isPrivate
  }

  /// Reads the model of a release folder, or the file itself.
  package static func read(_ url: URL) throws -> ModelFile {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw ReleaseError.missingFile(url.path)
    }
    let file = isFolder.boolValue ? url.appendingPathComponent(ReleaseArtefact.model.name) : url
    if isFolder.boolValue, !FileManager.default.fileExists(atPath: file.path) {
      throw ReleaseError.notARelease(url.path)
    }
    guard let data = try? Data(contentsOf: file) else { throw ReleaseError.missingFile(file.path) }
    guard let version = try? JSONDecoder().decode(Version.self, from: data) else {
      throw ReleaseError.notAModel(file.path)
    }
    guard version.format <= currentFormat else {
      throw ReleaseError.newerFormat(file.path, found: version.format, known: currentFormat)
    }
    guard let model = try? JSONDecoder().decode(ModelFile.self, from: data) else {
      throw ReleaseError.notAModel(file.path)
    }
    guard model.model.isModel(of: model.domain) else { throw ReleaseError.notAModel(file.path) }
    return model
  }

  private struct Version: Decodable { let format: Int }
}

// MARK: Coding

extension ModelFile {
  /// The key of a field, or of a kind of model.
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ text: String) { stringValue = text }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// - Throws: An error unless the file holds exactly one model, of a kind that an engine fits.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    format = try values.decode(Int.self, forKey: Key("format"))
    schema = try values.decode(String.self, forKey: Key("schema"))
    domain = try values.decode(Domain.self, forKey: Key("domain"))
    unlearned = try values.decodeIfPresent([String].self, forKey: Key("unlearned"))
    rows = try values.decode(Int.self, forKey: Key("rows"))
    isPrivate = try values.decode(Bool.self, forKey: Key("isPrivate"))
    func model(_ kind: (some FittedModel).Type) throws -> (any FittedModel)? {
      try values.decodeIfPresent(kind, forKey: Key(kind.place.key))
    }
    let models = try Engine.modelKinds.values.compactMap { try model($0) }
    guard models.count == 1 else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not one model"))
    }
    self.model = models[0]
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(format, forKey: Key("format"))
    try values.encode(schema, forKey: Key("schema"))
    try values.encode(domain, forKey: Key("domain"))
    try values.encodeIfPresent(unlearned, forKey: Key("unlearned"))
    try values.encode(rows, forKey: Key("rows"))
    try values.encode(isPrivate, forKey: Key("isPrivate"))
    try values.encode(model, forKey: Key(type(of: model).place.key))
  }
}
