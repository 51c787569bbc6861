import Foundation
import Releases

/// What a release came to, for machines: plain paths and numbers.
struct SummaryDocument: Encodable {
  let release: String
  let ownerReport: String?
  let rows: Int
  let epsilon: Double
  let delta: Double
  let isPrivate: Bool
  let policy: String?
  let hazards: [String]
  let ownerMessages: [String]

  init(_ summary: SynthesisSummary) {
    release = summary.release.path
    ownerReport = summary.ownerReport?.path
    rows = summary.rows
    epsilon = summary.epsilon
    delta = summary.delta
    isPrivate = summary.isPrivate
    policy = summary.policy
    hazards = summary.hazards
    ownerMessages = summary.ownerMessages
  }
}
