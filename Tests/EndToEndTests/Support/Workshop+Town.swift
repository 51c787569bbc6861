import DelimitedText
import Examples
import Foundation
import Tables
import Testing

/// What the tests of maps and of trips share.
extension Workshop {
  /// 300 people with few trips.
  static let town = TownExample(people: 300, mostTrips: 3, seed: 5)

  /// Creates a workshop with `town.csv` and its schema, `town.yaml`.
  convenience init(town table: Table) throws {
    try self.init()
    try CSVWriter.write(table, to: file("town.csv"), format: TownExample.schema.format)
    try write(TownExample.schema, as: "town.yaml")
  }

  /// Every file of a release, but without the owner's key and keyed marks.
  func shown(in folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: file(folder).path) {
      files[name] = try data("\(folder)/\(name)")
    }
    #expect(files.removeValue(forKey: "manifest.signature.json") != nil)
    let bytes = try #require(files["manifest.json"])
    var manifest = try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    #expect(manifest.removeValue(forKey: "signer") != nil)
    #expect(manifest.removeValue(forKey: "marks") != nil)
    files["manifest.json"] = try JSONSerialization.data(
      withJSONObject: manifest, options: .sortedKeys)
    return files
  }
}
