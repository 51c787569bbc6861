import Foundation
import TestConditions
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

  static let url = SharedFolder.data("audit-reference.json")

  static var isPresent: Bool { FileManager.default.fileExists(atPath: url.path) }
  static let absence: Comment =
    "the shared reference is not beside the checkout: say where in UNDERSTUDY_SHARED"

  static func read() throws -> AuditReference {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(AuditReference.self, from: Data(contentsOf: url))
  }
}
