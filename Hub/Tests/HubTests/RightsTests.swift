import Foundation
import HubRecords
import HubRights
import Testing

/// The table of rights, over every combination of command, role, relation and stage.
@Suite struct RightsTests {
  private struct Case {
    let command: Command
    let role: Role
    let relation: Relation
    let stage: Stage

    var isAllowed: Bool {
      Rights.verdict(command, roles: [role], relation: relation, stage: stage) == .allowed
    }
  }

  private static let all: [Case] = Command.allCases.flatMap { command in
    Role.allCases.flatMap { role in
      Relation.allCases.flatMap { relation in
        Stage.allCases.map { Case(command: command, role: role, relation: relation, stage: $0) }
      }
    }
  }

  private func expectNone(_ rule: String, _ isBroken: (Case) -> Bool) {
    let broken = Self.all.filter { $0.isAllowed && isBroken($0) }
    #expect(broken.isEmpty, "\(rule): \(broken.map { "\($0)" })")
  }

  @Test func thereAreThousandsOfCombinations() {
    #expect(Self.all.count == Command.allCases.count * 7 * 3 * Stage.allCases.count)
    #expect(Self.all.count > 8000)
    #expect(Self.all.count(where: \.isAllowed) > 300)
  }

  @Test func nobodyDecidesOnTheirOwnRequestOrTheirProjects() {
    let decisions: Set<Command> = [.approve, .sendBack, .refuse, .passGate, .stopAtGate, .revoke]
    expectNone("decides where involved") {
      decisions.contains($0.command) && $0.relation != .other
    }
    expectNone("decides without the role") {
      decisions.contains($0.command) && ![.officer, .checker].contains($0.role)
    }
  }

  @Test func auditorsChangeNothing() {
    let reads: Set<Command> = [
      .seeRequest, .readResult, .seeEpsilon, .seeProject, .seeCatalogue, .seeSource, .readLog,
      .exportLog, .seeHealth,
    ]
    expectNone("an auditor acts") { $0.role == .auditor && !reads.contains($0.command) }
    for stage in Stage.ofRequests where stage != .draft {
      #expect(
        Case(command: .seeRequest, role: .auditor, relation: .other, stage: stage).isAllowed)
    }
  }

  @Test func administratorsSeeNoData() {
    expectNone("an administrator sees data") {
      $0.role == .administrator && ![.manageAccounts, .seeHealth].contains($0.command)
    }
    expectNone("another keeps accounts") {
      $0.command == .manageAccounts && $0.role != .administrator
    }
  }

  @Test func researchersSeeNothingOfOthers() {
    let own: Set<Command> = [.seeCatalogue, .askAccess]
    expectNone("sees others' things") {
      [.researcher, .lead].contains($0.role) && $0.relation == .other && !own.contains($0.command)
    }
    expectNone("a researcher sees ε or the source") {
      [.researcher, .lead].contains($0.role) && [.seeEpsilon, .seeSource].contains($0.command)
    }
  }

  @Test func draftsAreTheirAuthorsAlone() {
    expectNone("sees a draft") { $0.stage == .draft && $0.relation != .own }
  }

  @Test func whatHasEndedStaysAsItIs() {
    let ends = Stage.ofRequests.filter(\.next.isEmpty)
    #expect(Set(ends) == [.refused, .withdrawn, .failed, .revoked])
    let changes: Set<Command> = [
      .edit, .submit, .withdraw, .comment, .approve, .sendBack, .refuse, .passGate, .stopAtGate,
      .revoke, .readResult,
    ]
    expectNone("changes or reads what has ended") {
      ends.contains($0.stage) && changes.contains($0.command)
    }
    expectNone("works in a project that has ended") {
      [.expired, .closed].contains($0.stage)
        && ![.seeProject, .closeProject].contains($0.command)
    }
  }

  /// A stage that a command needs is one in which the fold would take its event.
  @Test func everyDecisionLeadsSomewhere() {
    let leads: [Command: Stage] = [
      .submit: .submitted, .withdraw: .withdrawn, .sendBack: .returned, .refuse: .refused,
      .passGate: .released, .stopAtGate: .refused, .revoke: .revoked,
    ]
    for (command, next) in leads {
      for allowed in Self.all where allowed.command == command && allowed.isAllowed {
        #expect(allowed.stage.next.contains(next), "\(allowed)")
      }
    }
  }

  @Test func everyCommandIsSomebodys() {
    for command in Command.allCases {
      #expect(Self.all.contains { $0.command == command && $0.isAllowed }, "\(command)")
    }
  }

  /// The guide shows the table: a change of a right is a change of that page, which a person reads.
  @Test func theGuideShowsTheTable() throws {
    let lines = Rights.table.map { line in
      let roles =
        line.roles.count == Role.allCases.count
        ? "all" : Role.allCases.filter(line.roles.contains).map(\.title).joined(separator: ", ")
      let relations = Relation.allCases.filter(line.relations.contains).map(\.rawValue)
      let stages = Stage.allCases.filter(line.stages.contains).map(\.rawValue)
      let relation = relations.count == 3 ? "any" : relations.joined(separator: ", ")
      return
        "| `\(line.command.rawValue)` | \(roles) | \(relation) | \(stages.joined(separator: ", ")) |"
    }
    let page = try String(
      contentsOf: TestHub.repository.appending(path: "docs/hub.md"), encoding: .utf8)
    let shown = page.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
    #expect(shown == lines, "\n\(lines.joined(separator: "\n"))")
  }
}
