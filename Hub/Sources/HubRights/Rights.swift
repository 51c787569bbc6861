import HubRecords

/// The one table of rights: who may do what, by role, by relation and by stage. Pages hide what it
/// refuses, and every act is checked by it.
package enum Rights {
  /// One line of the table: a command is allowed if role, relation and stage are all named.
  package struct Line: Sendable {
    package let command: Command
    package let roles: Set<Role>
    package let relations: Set<Relation>
    package let stages: Set<Stage>

    init(
      _ command: Command, _ roles: Set<Role>, _ relations: Set<Relation>, _ stages: Set<Stage>
    ) {
      (self.command, self.roles, self.relations, self.stages) = (command, roles, relations, stages)
    }
  }

  private static let team: Set<Role> = [.lead, .researcher]
  private static let authors: Set<Role> = [.owner, .lead, .researcher]
  private static let staff: Set<Role> = [.owner, .officer, .checker, .auditor]
  private static let inside: Set<Relation> = [.own, .member]
  private static let any: Set<Relation> = [.own, .member, .other]
  private static let review: Set<Stage> = [.submitted, .inReview]
  private static let sent = Set(Stage.ofRequests).subtracting([.draft])

  package static let table: [Line] = [
    // A request: its author and the author's project, then those who decide and those who watch.
    Line(.seeRequest, authors, [.own], Set(Stage.ofRequests)),
    Line(.seeRequest, authors, [.member], sent),
    Line(.seeRequest, staff, [.other], sent),
    Line(.edit, authors, [.own], [.draft, .returned]),
    Line(.submit, authors, [.own], [.draft, .returned]),
    Line(.withdraw, authors, [.own], [.draft, .submitted, .inReview, .returned]),
    Line(.cancel, authors, [.own], [.queued, .running]),
    Line(.cancel, [.owner], [.other], [.queued, .running]),
    Line(.comment, authors, inside, review.union([.returned])),
    Line(.comment, [.owner, .officer, .checker], [.other], review.union([.returned])),
    Line(.approve, [.officer, .checker], [.other], review),
    Line(.sendBack, [.officer, .checker], [.other], review),
    Line(.refuse, [.officer], [.other], review),
    Line(.passGate, [.checker], [.other], [.atGate]),
    Line(.stopAtGate, [.officer, .checker], [.other], [.atGate]),
    Line(.revoke, [.officer], [.other], [.released]),
    Line(.readResult, team, inside, [.released]),
    Line(.readResult, [.officer, .checker], [.other], [.atGate, .released]),
    Line(.readResult, [.owner, .auditor], [.other], [.released]),
    Line(.seeEpsilon, [.owner, .officer, .auditor], [.other], sent),
    Line(.seeEpsilon, [.owner], [.own], Set(Stage.ofRequests)),
    // A project.
    Line(.seeProject, team, [.member], Set(Stage.ofProjects)),
    Line(.seeProject, staff, [.other], Set(Stage.ofProjects)),
    Line(.invite, [.lead], [.member], [.open]),
    Line(.acceptAgreement, team, [.member], [.open]),
    Line(.askInProject, team, [.member], [.open]),
    Line(.closeProject, [.lead], [.member], [.open]),
    Line(.closeProject, [.officer], [.other], [.open, .expired]),
    // The hub.
    Line(.seeCatalogue, staff.union(team), any, [.always]),
    Line(.askAccess, [.researcher], any, [.always]),
    Line(.registerDataset, [.owner], any, [.always]),
    Line(.describeDataset, [.owner], any, [.always]),
    Line(.askBudget, [.owner], any, [.always]),
    Line(.setPolicy, [.officer], any, [.always]),
    Line(.seeSource, [.owner, .officer, .auditor], any, [.always]),
    Line(.seeEpsilon, [.owner, .officer, .auditor], any, [.always]),
    Line(.seeInbox, [.officer, .checker], any, [.always]),
    Line(.readLog, [.officer, .auditor], any, [.always]),
    Line(.exportLog, [.officer, .auditor], any, [.always]),
    Line(.manageAccounts, [.administrator], any, [.always]),
    Line(.seeHealth, [.administrator, .auditor], any, [.always]),
  ]

  /// The outcome of a look into the table.
  package enum Verdict: Sendable, Equatable {
    case allowed
    /// Another stage would allow it.
    case wrongStage
    case forbidden
  }

  package static func verdict(
    _ command: Command, roles: Set<Role>, relation: Relation, stage: Stage
  ) -> Verdict {
    let lines = table.filter {
      $0.command == command && !$0.roles.isDisjoint(with: roles) && $0.relations.contains(relation)
    }
    if lines.contains(where: { $0.stages.contains(stage) }) { return .allowed }
    return lines.isEmpty ? .forbidden : .wrongStage
  }
}
