import Foundation
import Testing

/// Bounds computed by another implementation: `audit-reference.json` of the shared tables.
struct AuditReference: Decodable {
  struct OneRun: Decodable {
    let m: Int
    let r: Int
    let v: Int
    let delta: Double
    let epsLower: Double
    let pValueAtEps1: Double
  }

  struct ManyRun: Decodable {
    let tp: Int
    let nIn: Int
    let fp: Int
    let nOut: Int
    let delta: Double
    let epsLower: Double
    let gdpMu: Double
    let gdpEpsLower: Double?
  }

  struct Ceiling: Decodable {
    let r: Int
    let epsMax: Double
  }

  let confidence: Double
  let oneRun: [OneRun]
  let manyRun: [ManyRun]
  let maxOneRun: [Ceiling]

  static let url: URL = {
    let name = "audit-reference.json"
    if let path = ProcessInfo.processInfo.environment["UNDERSTUDY_SHARED"] {
      return URL(fileURLWithPath: path).appendingPathComponent("data/\(name)")
    }
    return (0..<5).reduce(URL(fileURLWithPath: #filePath)) { url, _ in
      url.deletingLastPathComponent()
    }
    .appendingPathComponent("shared/data/\(name)")
  }()

  static var isPresent: Bool { FileManager.default.fileExists(atPath: url.path) }
  static let absence: Comment =
    "the shared reference is not beside the checkout: say where in UNDERSTUDY_SHARED"

  static func read() throws -> AuditReference {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(AuditReference.self, from: Data(contentsOf: url))
  }
}
