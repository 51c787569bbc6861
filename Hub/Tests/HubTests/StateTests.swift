import HubRecords
import Testing

/// The state as a fold of events.
@Suite struct StateTests {
  private static func dated(_ event: Event, _ time: Int, who: String = "petra") -> DatedEvent {
    DatedEvent(time: time, who: who, event: event)
  }

  private static let begin: [DatedEvent] = [
    dated(.datasetRegistered(TestEvents.dataset), 1, who: "owen"),
    dated(
      .drafted(
        request: "r", dataset: "clinic", project: nil,
        spec: .release(units: 3, targets: ["ill"], rows: nil)), 2, who: "rosa"),
  ]

  /// Whatever happens in whatever order, a request moves only where its stage leads, an end stays
  /// the end, and the state is the same whether it is folded in one go or step by step.
  @Test func noOrderOfEventsLeavesAnEnd() {
    var generator = Wheel(state: 88_172_645_463_325_252)
    let events = TestEvents.ofRequests("r")
    for _ in 0..<3000 {
      var state = HubState(Self.begin)
      var history = Self.begin
      for step in 0..<12 {
        let before = state.requests["r"]
        let next = Self.dated(events[Int(generator.next() % UInt64(events.count))], 10 + step)
        state.apply(next)
        history.append(next)
        guard let before, let after = state.requests["r"] else {
          Issue.record("the request is gone")
          return
        }
        #expect(
          after.stage == before.stage || before.stage.next.contains(after.stage)
            || before.stage == .submitted && after.stage == .inReview)
        #expect(!before.stage.next.isEmpty || after.stage == before.stage)
        #expect(after.timeline.count == before.timeline.count + 1)
        #expect(after.version >= before.version)
      }
      #expect(HubState(history) == state)
    }
  }

  @Test func anyEditResetsTheVotes() throws {
    var state = HubState(Self.begin)
    for event: Event in [
      .submitted(request: "r"), .voted(request: "r", role: .officer, version: 1, reason: ""),
    ] { state.apply(Self.dated(event, 5)) }
    #expect(state.requests["r"]?.votes.count == 1)
    #expect(state.requests["r"]?.stage == .inReview)
    state.apply(Self.dated(.returned(request: "r", reason: "?"), 6))
    state.apply(
      Self.dated(.edited(request: "r", spec: .release(units: 9, targets: [], rows: nil)), 7))
    let request = try #require(state.requests["r"])
    #expect(request.votes.isEmpty && request.version == 2 && request.spec.units == 9)
    // A vote for what was there before does not count.
    state.apply(Self.dated(.submitted(request: "r"), 8))
    state.apply(Self.dated(.voted(request: "r", role: .officer, version: 1, reason: ""), 9))
    #expect(state.requests["r"]?.votes.isEmpty == true)
  }

  @Test func whatFailedAfterItWasChargedStaysSpent() {
    var state = HubState(
      [Self.begin[0]] + [
        Self.dated(
          .drafted(
            request: "r", dataset: "clinic", project: "study",
            spec: .release(units: 3, targets: [], rows: nil)), 2)
      ])
    for event: Event in [
      .submitted(request: "r"), .approved(request: "r", by: .people(["petra"])),
      .queued(request: "r"), .started(request: "r"),
    ] { state.apply(Self.dated(event, 3)) }
    #expect(state.units(usedBy: "study") == 3)
    var uncharged = state
    uncharged.apply(
      Self.dated(
        .failed(request: "r", failure: Failure(id: "x", message: "x", isCharged: false)), 4))
    #expect(uncharged.units(usedBy: "study") == 0)
    state.apply(
      Self.dated(
        .failed(request: "r", failure: Failure(id: "x", message: "x", isCharged: true)), 4))
    #expect(state.units(usedBy: "study") == 3)
  }

  @Test func theSameQuestionHasTheSameFile() throws {
    var question = Question(kind: "proportion")
    (question.outcome, question.value, question.by) = ("ill", "yes", ["sex"])
    question.conditions = ["ward": ["North", "South"], "age": ["18..65"]]
    let text = String(decoding: try question.file(), as: UTF8.self)
    #expect(
      text
        == #"{"by":["sex"],"kind":"proportion","level":0.95,"outcome":"ill","value":"yes","#
        + #""where":{"age":["18..65"],"ward":["North","South"]}}"#
    )
    #expect(question.columns == ["age", "ill", "sex", "ward"])
  }
}

/// Numbers that are the same each time (xorshift64).
private struct Wheel {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
