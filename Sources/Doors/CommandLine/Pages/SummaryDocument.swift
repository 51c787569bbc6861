import Foundation
import Releases

/// The result of a release, for machines: plain paths and numbers.
struct SummaryDocument: Encodable {
  let release: String
  let ownerReport: String?
  let rows: Int
  let epsilon: Double
  let delta: Double
  let isPrivate: Bool
  let learnedColumns: Int
  let unlearned: [String]
  let policy: String?
  let laterFailures: [String]
  let hazards: [String]
  let ownerMessages: [String]

  init(_ summary: SynthesisSummary) {
    release = summary.release.path
    ownerReport = summary.ownerReport?.path
    rows = summary.rows
    epsilon = summary.epsilon
    delta = summary.delta
    isPrivate = summary.isPrivate
    learnedColumns = summary.learnedColumns
    unlearned = summary.unlearned
    policy = summary.policy
    laterFailures = summary.laterFailures
    hazards = summary.hazards
    ownerMessages = summary.ownerMessages
  }
}

/// The result of a run without a guarantee, for machines.
struct UnprotectedDocument: Encodable {
  let folder: String
  let rows: Int
  let isPrivate: Bool
  let resumedAtStep: Int
  let ownerMessages: [String]

  init(_ summary: UnprotectedSynthesis.Summary) {
    folder = summary.folder.path
    rows = summary.rows
    isPrivate = summary.isPrivate
    resumedAtStep = summary.resumedAtStep
    ownerMessages = summary.ownerMessages
  }
}
