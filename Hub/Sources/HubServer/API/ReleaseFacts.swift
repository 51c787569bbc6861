import Foundation
import HubRecords

/// The facts about a release that its packages repeat: from its signed manifest.
struct ReleaseFacts: Decodable {
  /// A time in ISO 8601, to the second.
  let created: String
  let rows: Int
  let table: String
  let columns: [Column]
  let guarantee: Guarantee
  let software: Software
  let schema: SchemaText

  struct Column: Decodable {
    let name: String
    let type: String
    let treatment: String
  }

  struct Guarantee: Decodable {
    let isPrivate: Bool
    let epsilon: Double
    let delta: Double
  }

  struct Software: Decodable {
    let name: String
    let version: String
  }

  struct SchemaText: Decodable {
    let text: String
  }

  /// Reads `manifest.json` of a release's folder.
  init(folder: URL) throws {
    self = try JSONDecoder().decode(
      Self.self, from: Data(contentsOf: folder.appending(path: "manifest.json")))
  }

  /// The columns of the stand-in's table.
  var shown: [Column] { columns.filter { $0.treatment != "dropped" } }

  /// The guarantee in a sentence.
  var promise: String {
    guarantee.isPrivate
      ? "Differentially private: ε = \(guarantee.epsilon), δ = \(guarantee.delta)."
      : "NOT PRIVATE: it came from a run that can be repeated."
  }
}
