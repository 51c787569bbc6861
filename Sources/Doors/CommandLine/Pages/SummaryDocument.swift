import Foundation
import Prediction
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

/// The result of a release of linked tables, for machines.
struct LinkedDocument: Encodable {
  let release: String
  let epsilon: Double
  let delta: Double
  let isPrivate: Bool
  let people: Int
  let rows: [String: Int]
  let unlearned: [String]
  let hazards: [String]
  let ownerMessages: [String]

  init(_ summary: LinkedSummary) {
    release = summary.release.path
    epsilon = summary.epsilon
    delta = summary.delta
    isPrivate = summary.isPrivate
    people = summary.people
    rows = summary.rows
    unlearned = summary.unlearned
    hazards = summary.hazards
    ownerMessages = summary.ownerMessages
  }
}

/// The result of training, for machines.
struct ModelDocument: Encodable {
  let release: String
  let epsilon: Double
  let delta: Double
  let isPrivate: Bool
  let model: PredictiveModel
  let hazards: [String]
  let policy: String?
  let ownerMessages: [String]

  init(_ summary: TrainingSummary) {
    release = summary.release.path
    epsilon = summary.epsilon
    delta = summary.delta
    isPrivate = summary.isPrivate
    model = summary.model
    hazards = summary.hazards
    policy = summary.policy
    ownerMessages = summary.ownerMessages
  }
}
