import Foundation
import HubPages
import HubRecords
import HubRights
import HubStore
import HubWork
import Testing

/// Conditions of use beside what projects state.
@Suite struct UseTests {
  private static func outcome(
    _ condition: UseCondition, _ use: IntendedUse, with others: [UseCondition] = []
  ) throws -> UseMatch.Outcome {
    let dataset = Dataset(
      id: "d", title: "D", summary: "D", source: "/d", schema: "x",
      conditions: [condition] + others, agreement: "A", unitEpsilon: 0.1, owner: "o")
    return try #require(UseMatch.all(dataset, use).first).outcome
  }

  @Test func theOntologyIsNamedRightly() {
    let ids = Set(UseCondition.allCases.map(\.id))
    #expect(UseCondition.allCases.count == 23 && ids.count == 23)
    #expect(ids.allSatisfy { $0.wholeMatch(of: /DUO:\d{7}/) != nil })
    #expect(UseCondition.healthResearch.id == "DUO:0000006")
    #expect(UseCondition.generalResearch.id == "DUO:0000042")
    #expect(Set(UseCondition.allCases.map(\.title)).count == 23)
  }

  /// Permissions by aim: fits (+), conflicts (-) or a person judges (?).
  @Test func permissionsCoverAims() throws {
    let table: [(UseCondition, String)] = [
      (.noRestriction, "++++++"), (.generalResearch, "+++++-"), (.healthResearch, "++-?--"),
      (.diseaseResearch, "??-?--"), (.populationOrigins, "--+---"),
      (.noPopulationOrigins, "++-+++"), (.noMethods, "+++-++"), (.clinicalCare, "++++++"),
    ]
    let signs: [UseMatch.Outcome: Character] = [.fits: "+", .conflicts: "-", .ask: "?"]
    for (condition, expected) in table {
      let found = String(
        try IntendedUse.Aim.allCases.compactMap {
          signs[try Self.outcome(condition, IntendedUse(aim: $0))]
        })
      #expect(found == expected, "\(condition)")
    }
    let care = IntendedUse(aim: .care)
    #expect(try Self.outcome(.healthResearch, care, with: [.clinicalCare]) == .fits)
  }

  @Test func whatIsStatedDecidesModifiers() throws {
    let none = IntendedUse(aim: .health)
    var all = IntendedUse(
      aim: .health, isForProfit: true, isCommercial: true, isGenetic: true,
      hasEthicsApproval: true, promises: IntendedUse.Promise.allCases)
    let wanted: [UseCondition] = [
      .geneticStudies, .ethicsApproval, .publication, .collaboration, .returnOfResults,
    ]
    let unwanted: [UseCondition] = [.notForProfit, .nonCommercial, .notForProfitNonCommercial]
    for condition in wanted {
      #expect(try Self.outcome(condition, none) == .conflicts, "\(condition)")
      #expect(try Self.outcome(condition, all) == .fits, "\(condition)")
    }
    for condition in unwanted {
      #expect(try Self.outcome(condition, none) == .fits, "\(condition)")
      #expect(try Self.outcome(condition, all) == .conflicts, "\(condition)")
    }
    all.isForProfit = false
    #expect(try Self.outcome(.notForProfitNonCommercial, all) == .conflicts)
    for condition in UseCondition.allCases where condition.needsWords {
      #expect(
        try Self.outcome(condition, IntendedUse(aim: .disease)) == .ask, "\(condition)")
    }
  }

  /// The author reads of a conflict before submitting, and the officer sees each comparison.
  @Test func pagesShowTheComparison() throws {
    let hub = try TestHub()
    try hub.enter()
    try hub.register()
    let use = IntendedUse(aim: .ancestry, words: "Of the north.")
    try hub.act(
      "rosa",
      .draft(
        request: "ask", place: .dataset("clinic"),
        spec: .access(title: "T", purpose: "P", units: 1, days: 1, use: use)))
    func page(of name: String) throws -> String {
      let sight = try #require(
        Sight(hub.store.state(), account: name, now: hub.clock.now))
      let screens = Screens(sight, isConfirmed: true)
      return try PageRenderer.html(
        screens.request(sight.request("ask"), RequestExtras()), sight: sight, token: "",
        path: "/")
    }
    #expect(try page(of: "rosa").contains("This does not fit the conditions of use"))
    try hub.act("rosa", .submit(request: "ask"))
    let officers = try page(of: "petra")
    #expect(!officers.contains("This does not fit the conditions of use"))
    #expect(officers.contains("<span class=\"tag serious\">conflicts"))
    #expect(officers.contains("Of the north."))
    // An officer decides, whatever the hub compares.
    try hub.approve("ask")
    #expect(try hub.stage("ask") == .approved)
  }

  @Test func wordsBelongToConditionsThatAreThere() throws {
    let hub = try TestHub()
    try hub.enter()
    func register(_ notes: [String: String]?, _ listing: Listing? = nil) throws {
      var dataset = TestEvents.dataset
      (dataset.conditionNotes, dataset.listing) = (notes, listing)
      try hub.act("owen", .registerDataset(dataset))
    }
    let fault = Refusal.invalid(
      field: "notes", "There are words on a condition that is not chosen.")
    #expect(throws: fault) { try register(["DS": "diabetes"]) }
    #expect(throws: fault) { try register(["none": "x"]) }
    for contact in ["", "x", "http://a.example", "https://a.example/\"", "a@b c"] {
      var listing = StandardsTests.listing
      listing.contact = contact
      #expect(throws: Refusal.self, "\(contact)") { try register(nil, listing) }
    }
    try register(["PUB": "within a year"], StandardsTests.listing)
  }

  /// The words on a data set change at any time, by whoever registered it alone; all else stays.
  @Test func onlyItsOwnerChangesTheWordsOnADataSet() throws {
    let hub = try TestHub()
    try hub.enter()
    try hub.register()
    try hub.act(
      "adam", .makeAccount(Account(name: "olga", fullName: "Olga", roles: [.owner])))
    let before = try #require(try hub.store.state().datasets["clinic"]?.dataset)
    var words = before.words
    words.title = "Two clinics"
    words.keywords = ["clinic", "ward"]
    words.listing = StandardsTests.listing
    words.listing?.begins = "2019-01-01"
    for name in ["olga", "petra", "rosa", "aron", "adam"] {
      #expect(throws: Refusal.forbidden, "\(name)") {
        try hub.act(name, .describe(dataset: "clinic", words: words))
      }
    }
    let periods: [(String?, String?)] = [
      ("2019-13-01", nil), ("2019-02-01", "2019-01-31"), (nil, "soon"),
    ]
    for (begins, ends) in periods {
      var wrong = words
      wrong.listing?.begins = begins
      wrong.listing?.ends = ends
      #expect(throws: Refusal.self) {
        try hub.act("owen", .describe(dataset: "clinic", words: wrong))
      }
    }
    var long = words
    long.keywords = Array(repeating: "x", count: 21)
    #expect(throws: Refusal.self) { try hub.act("owen", .describe(dataset: "clinic", words: long)) }
    try hub.act("owen", .describe(dataset: "clinic", words: words))
    #expect(throws: Refusal.conflict("Nothing was changed.")) {
      try hub.act("owen", .describe(dataset: "clinic", words: words))
    }
    var expected = before
    expected.words = words
    let after = try #require(try hub.store.state().datasets["clinic"]?.dataset)
    #expect(after == expected && after.title == "Two clinics" && after.schema == before.schema)
  }
}
