import Foundation
import Testing

/// Every link between pages leads somewhere.
@Suite struct LinkTests {
  @Test func linksOfPagesLeadSomewhere() throws {
    let names = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "python/README.md"]
    let pages =
      try Repository.files(below: ["docs"], extensions: ["md"])
      + names.map { SourceText(path: $0, text: try Repository.text(of: $0)) }
    #expect(pages.count > 60)
    var texts: [String: String] = [:]
    for page in pages { texts[page.path] = page.lines.joined(separator: "\n") }
    let violations = pages.flatMap { page in
      LinkRule.brokenLinks(in: page) { path in
        if let text = texts[path] { return text }
        let place = Repository.root.appending(path: path).path
        return FileManager.default.fileExists(atPath: place) ? "" : nil
      }
    }
    #expect(violations.isEmpty, "\n\(violations.map(\.description).joined(separator: "\n"))")
  }

  @Test func aLinkThatLeadsNowhereIsFound() {
    let here = """
      # The `a` of *all* things
      [up](../b.md#one-two) [out](../../c.md) [gone](d.md), [far](https://example.org/x)
      [here](#the-a-of-all-things), [twice](../b.md#one-two-1), [no](../b.md#three)
      ```
      [code](e.md)
      ```
      `[code](e.md)` [folder](../docs/x)
      """
    let page = SourceText(path: "docs/a.md", text: here)
    let texts = [
      "docs/a.md": here, "b.md": "## One, two\n```\n# three\n```\n# [One](x.md) two", "docs/x": "",
    ]
    let found = LinkRule.brokenLinks(in: page) { texts[$0] }
    #expect(found.map(\.line) == [2, 2, 3])
    #expect(
      found.map(\.rule)
        == ["../../c.md", "d.md", "../b.md#three"].map {
          "the link \($0) leads nowhere"
        })
  }
}
