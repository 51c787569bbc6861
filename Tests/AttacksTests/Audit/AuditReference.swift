import Foundation
import Testing

/// Bounds that another implementation computed: `audit-reference.json` of the shared tables.
struct AuditReference: Decodable {
  struct OneRun: Decodable {
    let m: Int
    let r: Int
    let v: Int
    let delta: Double
    let eps_lower: Double
    let p_value_at_eps1: Double
  }

  struct ManyRun: Decodable {
    let tp: Int
    let n_in: Int
    let fp: Int
    let n_out: Int
    let delta: Double
    let eps_lower: Double
    let gdp_mu: Double
    let gdp_eps_lower: Double?
  }

  struct Ceiling: Decodable {
    let r: Int
    let eps_max: Double
  }

  let confidence: Double
  let one_run: [OneRun]
  let many_run: [ManyRun]
  let max_one_run: [Ceiling]

  static let url: URL = {
    let name = "audit-reference.json"
    if let path = ProcessInfo.processInfo.environment["UNDERSTUDY_SHARED"] {
      return URL(fileURLWithPath: path).appendingPathComponent("data/\(name)")
    }
    return (0..<5).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
      .appendingPathComponent("shared/data/\(name)")
  }()

  static var isPresent: Bool { FileManager.default.fileExists(atPath: url.path) }
  static let absence: Comment = "the shared reference is not beside the checkout: say where in UNDERSTUDY_SHARED"

  static func read() throws -> AuditReference { try JSONDecoder().decode(AuditReference.self, from: Data(contentsOf: url)) }
}
