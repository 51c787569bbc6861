import Basics
import Foundation
import Releases
import SchemaFiles
import Tables
import Understudy

/// A guided start whose questions another program shows as forms: a line of JSON comes in, and a
/// line of JSON goes out.
///
/// Each line that comes in has all answers so far, so that a program may ask about any of them
/// again and again; nothing is remembered in between, and nothing is written.
struct StartForms {
  /// A line that comes in.
  struct Inquiry: Decodable {
    /// Answers by the names of their questions (``Conversation/Stage/name``).
    let answers: [String: String]
    /// Plans to make of the answers, by epsilon.
    var epsilons: [Double]?
    /// Whether the table is to be held against the schema.
    var checks: Bool?
    /// Whether the answers are final, so that the files are to be written if all are given.
    var writes: Bool?
  }

  /// A line that goes out.
  private struct Reply: Encodable {
    /// The name of the first question that is open.
    let open: String
    /// Sentences, if its answer cannot be taken.
    let fault: [String]?
    let rules: [Rule]
    /// The schema as the answers so far make it.
    let schema: String
    let columns: [Column]
    var plans: [Plan]?
    /// The reason for which there is no plan.
    var planFault: String?
    var differences: [String]?
  }

  private struct Rule: Encodable {
    let text: String
    /// Whether it is left out unless somebody keeps it, because values stand in it.
    let holdsValues: Bool
  }

  private struct Column: Encodable {
    let name, role: String
  }

  /// The part of a plan that a page shows.
  private struct Plan: Encodable {
    let epsilon: Double
    /// The share of guesses about a person's presence that are right at most.
    let guess: String
    let protects: String
    let rows: Int
    let cpuSeconds, memoryMegabytes: Double
    let columnError, pairError: Double
    let pairCount: Int
    /// The pairs with the least error, and the one with the most.
    let pairs: [SynthesisPlan.Pair]
    let limits, hazards: [String]
  }

  let sheet: StartSheet
  /// Makes a plan, and holds the table against its schema, under a private copy of the draft.
  let plan: (Conversation, Double) throws -> SynthesisPlan
  let check: (Conversation) throws -> TableCheck

  /// Answers lines until one says that the files are to be written.
  /// - Returns: The conversation with its last answer.
  /// - Throws: `CancellationError` if the lines end before.
  func hold(_ begun: Conversation) throws -> Conversation {
    try Self.write(sheet)
    while let line = readLine(strippingNewline: true) {
      guard let inquiry = try? JSONDecoder().decode(Inquiry.self, from: Data(line.utf8)) else {
        throw Failure(
          "A line of the forms is not as described.",
          remedy: "It has the answers by name, in JSON on one line.")
      }
      var conversation = begun
      let fault = conversation.fill(inquiry.answers)
      if inquiry.writes == true, conversation.isOver { return conversation }
      try Self.write(reply(inquiry, conversation, fault))
    }
    throw CancellationError()
  }

  static func write(_ value: some Encodable) throws {
    Console.write(try CanonicalJSON.line(value) + "\n", to: .standardOutput)
  }

  private func reply(_ inquiry: Inquiry, _ conversation: Conversation, _ fault: [String]?) -> Reply
  {
    let schema = conversation.draft.schema
    var reply = Reply(
      open: conversation.stage.name, fault: fault,
      rules: schema.rules.map {
        Rule(text: SchemaFile.ruleText($0), holdsValues: !$0.conditions.isEmpty)
      },
      schema: SchemaFile.text(schema),
      columns: schema.columns.map { Column(name: $0.name, role: $0.role.startWord) })
    do {
      reply.plans = try inquiry.epsilons?.map { Self.plan(try plan(conversation, $0)) }
      if inquiry.checks == true {
        reply.differences = TableFit(report: try check(conversation)).differences
      }
    } catch {
      let failure = Failure(advising: error)
      reply.planFault = [failure.message, failure.remedy].filter { !$0.isEmpty }
        .joined(separator: " ")
    }
    return reply
  }

  private static func plan(_ plan: SynthesisPlan) -> Plan {
    let most = plan.estimates.last
    let pairs = (most?.pairs ?? []).sorted { $0.expectedError < $1.expectedError }
    return Plan(
      epsilon: plan.epsilon, guess: Conversation.guess(plan.epsilon), protects: plan.protects,
      rows: most?.rows ?? 0,
      cpuSeconds: most?.cpuSeconds ?? 0, memoryMegabytes: most?.memoryMegabytes ?? 0,
      columnError: most?.meanOneWayError ?? 1, pairError: most?.meanPairError ?? 1,
      pairCount: pairs.count, pairs: Array(pairs.prefix(5) + pairs.dropFirst(5).suffix(1)),
      limits: plan.limits, hazards: plan.hazards)
  }
}
