import AdversarialSynthesis
import Encoding
import Foundation
import GraphicalModels
import Tables

/// `model.json`: a fitted model from which more rows can be drawn at no privacy cost. The release
/// paid for everything in it.
package struct ModelFile: Sendable, Codable {
  /// The newest format that this version writes and reads. Format 1 holds a graphical model, 2 a
  /// network.
  package static let currentFormat = 2
  /// The file's name in a release folder.
  package static let name = "model.json"

  /// The format of this file, counting from 1.
  package var format: Int
  /// The schema in its file format.
  package let schema: String
  /// The meaning of the model's codes.
  package let domain: Domain
  let model: GraphicalModel?
  let network: NetworkModel?
  /// The noisy marginals that a graphical model was fitted to, from which intervals follow; nil in
  /// older files and for networks.
  package let measurements: [GraphicalModels.Measurement]?
  /// The columns about which nothing was learned, which are left empty; nil in older files.
  package let unlearned: [String]?
  /// The approximate number of rows in the original, as learned.
  package let rows: Int
  /// Whether the model was made without a seed and without a probe.
  package let isPrivate: Bool

  init(
    schema: Schema, domain: Domain, model: FittedModel, measurements: [GraphicalModels.Measurement], unlearned: [String], rows: Int,
    isPrivate: Bool
  ) {
    self.schema = schema.publishedText
    self.domain = domain
    switch model {
    case .graphical(let model): (format, self.model, network) = (1, model, nil)
    case .network(let model): (format, self.model, network) = (2, nil, model)
    }
    self.measurements = measurements.isEmpty ? nil : measurements
    self.unlearned = unlearned
    self.rows = rows
    self.isPrivate = isPrivate
  }

  /// The model that the file holds, one of the two.
  var fitted: FittedModel {
    if let network { return .network(network) }
    guard let model else { preconditionFailure("a file without a model was read") }
    return .graphical(model)
  }

  /// Reads the model of a release folder, or the file itself.
  package static func read(_ url: URL) throws -> ModelFile {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw ReleaseError.missingFile(url.path)
    }
    let file = isFolder.boolValue ? url.appendingPathComponent(name) : url
    if isFolder.boolValue, !FileManager.default.fileExists(atPath: file.path) { throw ReleaseError.notARelease(url.path) }
    guard let data = try? Data(contentsOf: file) else { throw ReleaseError.missingFile(file.path) }
    guard let version = try? JSONDecoder().decode(Version.self, from: data) else { throw ReleaseError.notAModel(file.path) }
    guard version.format <= currentFormat else { throw ReleaseError.newerFormat(file.path, found: version.format, known: currentFormat) }
    guard let model = try? JSONDecoder().decode(ModelFile.self, from: data) else { throw ReleaseError.notAModel(file.path) }
    guard (model.model == nil) != (model.network == nil), model.network?.sizes ?? model.domain.sizes == model.domain.sizes else {
      throw ReleaseError.notAModel(file.path)
    }
    return model
  }

  private struct Version: Decodable { let format: Int }
}
