import HubRecords
import HubRights
import HubStore
import Testing

/// Rulings upon acts: the way of a request from draft to decision.
@Suite struct RulingTests {
  private let hub: TestHub

  init() throws {
    hub = try TestHub()
    try hub.enter()
  }

  private func refusal(_ name: String, _ act: Act) -> Refusal? {
    do {
      try hub.act(name, act)
      return nil
    } catch { return error as? Refusal }
  }

  private func isConflict(_ refusal: Refusal?) -> Bool {
    if case .conflict = refusal { true } else { false }
  }

  private static let access = Spec.access(
    title: "A study", purpose: "To know.", units: 5, days: 10)

  @Test func aRequestTakesTurnsAndIsApprovedByAsManyAsThePolicySays() throws {
    try hub.register(officers: 2, checkers: 1)
    try hub.act(
      "rosa", .draft(request: "q", place: .dataset("clinic"), spec: Self.access))
    #expect(refusal("petra", .approve(request: "q", version: 1, reason: "")) == .notFound)
    try hub.act("rosa", .submit(request: "q"))
    try hub.act("petra", .approve(request: "q", version: 1, reason: "Fine."))
    #expect(try hub.stage("q") == .inReview)
    #expect(isConflict(refusal("petra", .approve(request: "q", version: 1, reason: ""))))
    try hub.act("carla", .sendBack(request: "q", version: 1, reason: "For how long?"))
    #expect(try hub.stage("q") == .returned)
    try hub.act("rosa", .edit(request: "q", spec: Self.access))
    try hub.act("rosa", .submit(request: "q"))
    #expect(isConflict(refusal("petra", .approve(request: "q", version: 1, reason: ""))))
    for name in ["carla", "petra"] {
      try hub.act(name, .approve(request: "q", version: 2, reason: ""))
      #expect(try hub.stage("q") == .inReview)
    }
    try hub.act("paul", .approve(request: "q", version: 2, reason: ""))
    #expect(try hub.stage("q") == .approved)
    let state = try hub.store.state()
    #expect(state.requests["q"]?.approval == .people(["carla", "petra", "paul"]))
    #expect(state.projects["q"]?.project.lead == "rosa")
  }

  @Test func nobodyDecidesOnTheirOwnRequest() throws {
    try hub.register()
    try hub.store.write(by: "adam", at: hub.clock.now) { _ in
      [.rolesSet(account: "petra", roles: [.officer, .checker, .researcher, .owner])]
    }
    try hub.act("petra", .draft(request: "q", place: .dataset("clinic"), spec: Self.access))
    try hub.act("petra", .submit(request: "q"))
    for act: Act in [
      .approve(request: "q", version: 1, reason: ""),
      .refuse(request: "q", version: 1, reason: "x"),
      .sendBack(request: "q", version: 1, reason: "x"),
    ] { #expect(refusal("petra", act) == .forbidden) }
    try hub.act("paul", .approve(request: "q", version: 1, reason: ""))
    #expect(try hub.stage("q") == .approved)
  }

  /// A question may cost what the ledger says of questions, a stand-in what it says of releases.
  @Test func questionsAndStandInsHaveTheirOwnRest() throws {
    try hub.register(automatic: 20)
    try hub.pretendBalance(20)
    try hub.openProject(units: 100)
    try hub.pretendStandIn()
    try hub.store.write(by: "worker", at: hub.clock.now) { _ in
      [
        .balanceSeen(
          dataset: "clinic",
          balance: Balance(
            grantedEpsilon: 20, furtherEpsilon: 0, answerEpsilon: 2, ledgerEntry: 9))
      ]
    }
    try hub.draftAnalysis("fits", units: 4)
    #expect(refusal("rosa", .submit(request: "fits")) == nil)
    try hub.draftAnalysis("more", units: 1, question: TestHub.question("count"))
    #expect(refusal("rosa", .submit(request: "more")) != nil)
    try hub.act(
      "rosa",
      .draft(
        request: "t", place: .project("study"), spec: .release(units: 1, targets: [], rows: nil)))
    try hub.act("rosa", .submit(request: "t"))
    #expect(refusal("petra", .approve(request: "t", version: 1, reason: "")) != nil)
  }

  @Test func anOfficerWhoJoinedAProjectDoesNotDecideForIt() throws {
    try hub.register()
    try hub.pretendBalance(20)
    try hub.openProject()
    try hub.store.write(by: "adam", at: hub.clock.now) { _ in
      [.rolesSet(account: "petra", roles: [.officer, .researcher])]
    }
    try hub.act("rosa", .invite(project: "study", account: "petra"))
    try hub.act(
      "rosa",
      .draft(
        request: "t", place: .project("study"), spec: .release(units: 1, targets: [], rows: nil)))
    try hub.act("rosa", .submit(request: "t"))
    #expect(refusal("petra", .approve(request: "t", version: 1, reason: "")) == .forbidden)
    try hub.act("paul", .approve(request: "t", version: 1, reason: ""))
  }

  @Test func othersProjectsDoNotExist() throws {
    try hub.register()
    try hub.pretendBalance(20)
    try hub.openProject()
    try hub.pretendStandIn()
    try hub.draftAnalysis("mine")
    for act: Act in [
      .submit(request: "mine"), .withdraw(request: "mine"), .fetch(request: "twin", file: "x"),
      .comment(request: "twin", text: "Hello"), .accept(project: "study", digest: ""),
      .close(project: "study", reason: "x"), .invite(project: "study", account: "ruth"),
      .draft(
        request: "z", place: .project("study"), spec: .release(units: 1, targets: [], rows: nil)),
      .submit(request: "no-such-request"), .close(project: "no-such-project", reason: "x"),
    ] { #expect(refusal("ruth", act) == .notFound, "\(act)") }
    // A draft is its author's alone, in the project too.
    #expect(refusal("rudi", .submit(request: "mine")) == .notFound)
  }

  @Test func aPolicyApprovesInTheNameOfItsOfficer() throws {
    try hub.register(automatic: 2)
    try hub.pretendBalance(20)
    try hub.openProject()
    try hub.pretendStandIn()
    try hub.draftAnalysis("small", units: 2)
    try hub.act("rosa", .submit(request: "small"))
    #expect(try hub.stage("small") == .queued)
    #expect(
      try hub.store.state().requests["small"]?.approval == .policy(version: 1, officer: "petra"))
    try hub.draftAnalysis("large", units: 3)
    try hub.act("rosa", .submit(request: "large"))
    #expect(try hub.stage("large") == .submitted)
  }

  @Test func theSameQuestionIsTheStoredAnswerForNothing() throws {
    try hub.register()
    try hub.pretendBalance(20)
    try hub.openProject(units: 6)
    try hub.pretendStandIn()
    try hub.draftAnalysis("first", units: 2)
    try hub.act("rosa", .submit(request: "first"))
    try hub.approve("first")
    try hub.store.write(by: HubName.worker, at: hub.clock.now) { _ in
      [.started(request: "first"), .finished(request: "first", atGate: false)]
    }
    #expect(try hub.store.state().units(usedBy: "study") == 6)
    try hub.draftAnalysis("again", by: "rudi", units: 2)
    try hub.act("rudi", .submit(request: "again"))
    let state = try hub.store.state()
    #expect(state.requests["again"]?.answeredBy == "first")
    #expect(state.requests["again"]?.stage == .released)
    #expect(state.units(usedBy: "study") == 6)
  }

  @Test func theShareOfAProjectHolds() throws {
    try hub.register()
    try hub.pretendBalance(20)
    try hub.openProject(units: 6)
    try hub.pretendStandIn()
    for id in ["one", "two", "three"] {
      try hub.draftAnalysis(
        id, question: TestHub.question("count", by: [id == "two" ? "sex" : "ward"]))
    }
    for id in ["one", "two"] {
      try hub.act("rosa", .submit(request: id))
      try hub.approve(id)
    }
    #expect(isConflict(refusal("rosa", .submit(request: "three"))))
  }

  @Test func theBudgetOfTheDataSetHolds() throws {
    try hub.register()
    try hub.pretendBalance(3)
    try hub.openProject()
    try hub.act(
      "rosa",
      .draft(
        request: "t", place: .project("study"), spec: .release(units: 7, targets: [], rows: nil)))
    try hub.act("rosa", .submit(request: "t"))
    #expect(isConflict(refusal("petra", .approve(request: "t", version: 1, reason: ""))))
    #expect(try hub.store.state().requests["t"]?.votes.isEmpty == true)
  }

  @Test func nothingBeginsWithoutTheAgreement() throws {
    try hub.register()
    try hub.pretendBalance(20)
    try hub.openProject()
    try hub.pretendStandIn()
    try hub.act("rosa", .invite(project: "study", account: "ruth"))
    #expect(isConflict(refusal("ruth", .fetch(request: "twin", file: "synthetic.csv"))))
    let ask = Act.draft(
      request: "z", place: .project("study"), spec: .release(units: 1, targets: [], rows: nil))
    #expect(isConflict(refusal("ruth", ask)))
    #expect(isConflict(refusal("ruth", .accept(project: "study", digest: "another text"))))
    let digest = try hub.store.state().projects["study"]?.project.agreement ?? ""
    try hub.act("ruth", .accept(project: "study", digest: digest))
    try hub.act("ruth", .fetch(request: "twin", file: "synthetic.csv"))
  }

  @Test(arguments: [true, false]) func theEndStopsDownloadsAndQuestionsAtOnce(byClosing: Bool)
    throws
  {
    try hub.register()
    try hub.pretendBalance(20)
    try hub.openProject()
    try hub.pretendStandIn()
    try hub.draftAnalysis("open")
    try hub.act("rudi", .fetch(request: "twin", file: "synthetic.csv"))
    if byClosing {
      try hub.act("petra", .close(project: "study", reason: "The study has stopped."))
    } else {
      hub.clock.pass(101 * 86_400)
    }
    #expect(isConflict(refusal("rudi", .fetch(request: "twin", file: "synthetic.csv"))))
    #expect(isConflict(refusal("rosa", .submit(request: "open"))))
    let ask = Act.draft(
      request: "z", place: .project("study"), spec: .release(units: 1, targets: [], rows: nil))
    #expect(isConflict(refusal("rosa", ask)))
    // Those who answer for it still see it, and what was spent stays spent.
    try hub.act("aron", .fetch(request: "twin", file: "synthetic.csv"))
    #expect(try hub.store.state().units(usedBy: "study") == 4)
  }

  @Test func whatAFieldMustBe() throws {
    try hub.register()
    func fault(_ name: String, _ act: Act) -> String? {
      if case .invalid(let field, _) = refusal(name, act) { field } else { nil }
    }
    func access(_ title: String = "T", _ purpose: String = "P", _ units: Int = 1, _ days: Int = 1)
      -> Act
    {
      .draft(
        request: "q", place: .dataset("clinic"),
        spec: .access(title: title, purpose: purpose, units: units, days: days))
    }
    #expect(fault("rosa", access("  ")) == "title")
    #expect(fault("rosa", access("T", "\u{7}")) == "purpose")
    #expect(fault("rosa", access("T", String(repeating: "x", count: 5000))) == "purpose")
    #expect(fault("rosa", access("T", "P", 0)) == "units")
    #expect(fault("rosa", access("T", "P", 1, 9999)) == "days")
    for epsilon in [0, -1, .nan, .infinity, 21] {
      #expect(
        fault(
          "owen",
          .draft(
            request: "q", place: .dataset("clinic"), spec: .budget(epsilon: epsilon, reason: "x")))
          == "epsilon")
    }
    #expect(
      fault(
        "adam", .makeAccount(Account(name: "Big Name", fullName: "x", roles: [.researcher])))
        == "name")
    #expect(
      fault(
        "adam", .makeAccount(Account(name: "x", fullName: "x", roles: [.auditor, .owner])))
        == "roles")
    #expect(isConflict(refusal("adam", .disableAccount("adam"))))
  }

  @Test func aDisabledAccountCanDoNothing() throws {
    try hub.register()
    try hub.act("adam", .disableAccount("rosa"))
    #expect(
      refusal("rosa", .draft(request: "q", place: .dataset("clinic"), spec: Self.access))
        == .forbidden)
  }
}
