import Foundation
import HubPages
import HubRecords
import HubRights
import Testing

/// Pages: escaping, the look, and the hints of schemas.
@Suite struct PageTests {
  @Test func noTemplateLeavesAValueUnescaped() throws {
    let folder = TestHub.repository.appending(path: "Hub/Sources/HubPages")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    #expect(files.count > 8)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(!text.contains("{{{") && !text.contains("{{&"), "\(file.lastPathComponent)")
    }
  }

  @Test func wordsOfPeopleAreEscapedEverywhere() throws {
    let evil = #"<script>alert("x")</script>'&"#
    var state = HubState()
    for event: Event in [
      .accountMade(Account(name: "rosa", fullName: evil, roles: [.researcher])),
      .datasetRegistered(
        Dataset(
          id: "clinic", title: evil, summary: evil, source: "/x", schema: evil, conditions: [],
          agreement: evil, unitEpsilon: 0.1, owner: evil)),
      .drafted(
        request: "r", dataset: "clinic", project: nil,
        spec: .access(title: evil, purpose: evil, units: 1, days: 1)),
      .submitted(request: "r"), .commented(request: "r", text: evil),
    ] { state.apply(DatedEvent(time: 1, who: "rosa", event: event)) }
    let sight = try #require(Sight(state, account: "rosa", now: 2))
    let screens = Screens(sight, isConfirmed: true)
    let request = try sight.request("r")
    let pages = [
      screens.request(request, RequestExtras()), screens.requests(), screens.catalogue(),
      screens.dataset(try sight.dataset("clinic")),
      screens.askAccess(try sight.dataset("clinic")), screens.me(sessions: []),
    ]
    for page in pages {
      let html = try PageRenderer.html(page, sight: sight, token: evil, path: "/")
      #expect(!html.contains("<script>alert"))
      #expect(html.contains("&lt;script&gt;"))
    }
  }

  /// The hub and the reports look alike: the same inks, light and dark.
  @Test func theColoursAreThoseOfTheReports() throws {
    let report = try String(
      contentsOf: TestHub.repository.appending(
        path: "Sources/Publishing/Reports/Pages/ReportStyle.swift"), encoding: .utf8)
    for name in [
      "paper", "card", "ink", "quiet", "rule", "accent", "bar", "track", "good", "caution",
      "caution-bg", "serious", "serious-bg",
    ] {
      let pattern = try Regex("--\(name):(#[0-9a-f]{6})")
      let own = Style.sheet.matches(of: pattern).map { String($0.output[1].substring ?? "") }
      let theirs = report.matches(of: pattern).map { String($0.output[1].substring ?? "") }
      #expect(own.count == 2 && own == theirs, "\(name)")
    }
  }

  @Test func aSchemaTellsItsColumns() {
    let columns = SchemaColumns(TestHub.schema)
    #expect(columns.modelled == ["sex", "ward", "age", "ill"])
    #expect(columns.labelled == ["sex", "ward", "ill"])
    #expect(columns.columns[1].labels == ["North", "South", "West"])
    #expect(columns.columns[2].declared == "0 to 110")
    #expect(columns.columns[3].labels == ["no", "yes"])
    #expect(SchemaColumns("{\"json\": true}").columns.isEmpty)
  }

  /// The list of the ASVS judges each line once, and what it says is met names a file and a test.
  @Test func theSecurityListNamesWhatIsThere() throws {
    let root = TestHub.repository
    let text = try String(
      contentsOf: root.appending(path: "docs/security/asvs.tsv"), encoding: .utf8)
    let lines = text.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(lines.first == ["id", "status", "where", "test"])
    #expect(lines.count == 254 && Set(lines.map(\.first)).count == 254)
    let folder = root.appending(path: "Hub/Tests/HubTests")
    let tests = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "swift" }.map { try String(contentsOf: $0, encoding: .utf8) }
      .joined()
    for line in lines.dropFirst() {
      try #require(line.count == 4)
      #expect(["met", "not met", "does not apply"].contains(line[1]), "\(line)")
      guard line[1] == "met" else { continue }
      #expect(FileManager.default.fileExists(atPath: root.appending(path: line[2]).path), "\(line)")
      #expect(line[3].isEmpty || tests.contains("func \(line[3])("), "\(line)")
    }
  }
}
