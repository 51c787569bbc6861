import Foundation
import HubLog
import HubPages
import HubRecords
import HubRights
import HubStore
import Testing

/// What pages show around a thing, and the choice of entries of the log.
@Suite struct ScreenTests {
  @Test func aSchemaTellsWhatIsPublicAboutItsTable() {
    #expect(DeclaredFacts(TestHub.schema).tags == ["about 400 rows", "one row for each person"])
    #expect(DeclaredFacts("rows: {about: 400, public: no}\n").tags.isEmpty)
    let several = DeclaredFacts("unit: {person: id, at most: 7}  # people\n")
    #expect(several.unit == "at most 7 rows of each person" && several.rows == nil)
  }

  @Test func theLogIsChosenByAccountAndDataSet() throws {
    let hub = try TestHub()
    try hub.enter()
    try hub.register()
    try hub.openProject()
    let state = try hub.store.state()
    let entries = try hub.store.entries(limit: 1000)
    func count(_ filter: LogFilter) -> Int { entries.count { filter.shows($0, state) } }
    #expect(count(LogFilter()) == entries.count)
    #expect(count(LogFilter(dataset: "clinic")) == entries.count - TestHub.roles.count)
    #expect(count(LogFilter(who: HubName.console)) == TestHub.roles.count)
    #expect(count(LogFilter(who: "petra", dataset: "clinic")) > 0)
    #expect(count(LogFilter(who: "petra", dataset: "other")) == 0)
    let unknown = LogFilter(who: "nobody", dataset: "other", in: state)
    #expect(unknown.isEmpty)
    let known = LogFilter(who: HubName.worker, dataset: "clinic", in: state)
    #expect(known == LogFilter(who: HubName.worker, dataset: "clinic"))
  }

  /// What was typed and what is wrong stand in fields that are grouped, too.
  @Test func aFormWithGroupsKeepsWhatWasTyped() throws {
    let hub = try TestHub()
    try hub.enter()
    let sight = try #require(Sight(hub.store.state(), account: "owen", now: hub.clock.now))
    let page = Screens(sight, isConfirmed: true).newDataset().filled(
      ["title": ["A ward"], "conditions": ["PUB"]], fault: ("id", "Not so."))
    let html = try PageRenderer.html(page, sight: sight, token: "", path: "/")
    #expect(html.contains("value=\"A ward\"") && html.contains("Not so."))
    #expect(html.contains("value=\"PUB\" checked") && !html.contains("value=\"GRU\" checked"))
  }

  /// The purpose of a project and its comparison with the conditions stand beside what is decided,
  /// and what a policy lets through is shown to the officer who answers for it.
  @Test func officersSeeReasonsAndWhatWentThrough() throws {
    let hub = try TestHub()
    try hub.enter()
    try hub.register(automatic: 2)
    try hub.pretendBalance(50)
    try hub.openProject(units: 100)
    try hub.pretendStandIn()
    try hub.draftAnalysis("small", units: 1)
    try hub.draftAnalysis("large", units: 9)
    for id in ["small", "large"] { try hub.act("rosa", .submit(request: id)) }
    func html(_ name: String, _ page: (Screens) throws -> Page) throws -> String {
      let sight = try #require(Sight(hub.store.state(), account: name, now: hub.clock.now))
      return try PageRenderer.html(
        page(Screens(sight, isConfirmed: true)), sight: sight, token: "", path: "/")
    }
    let review = try html("petra") {
      try $0.request(hub.store.state().requests["large"]!, RequestExtras())
    }
    #expect(review.contains("What the project is for") && review.contains("To know more."))
    let inbox = try html("petra") { $0.inbox() }
    #expect(inbox.contains("Went through in your name") && inbox.contains("/requests/small"))
    #expect(try !html("paul") { $0.inbox() }.contains("Went through in your name"))
    let dataset = try hub.store.state().datasets["clinic"]!
    #expect(try html("petra") { $0.dataset(dataset) }.contains("Used, waiting and left"))
    #expect(try !html("rosa") { $0.dataset(dataset) }.contains("Used, waiting and left"))
    // Others' results are not listed.
    #expect(try html("rosa") { $0.dataset(dataset) }.contains("/requests/twin"))
    #expect(try !html("ruth") { $0.dataset(dataset) }.contains("/requests/twin"))
  }
}
