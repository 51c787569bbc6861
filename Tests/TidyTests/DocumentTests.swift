import Foundation
import Testing

/// Pages and comments agree with the tree.
@Suite struct DocumentTests {
  @Test func pathsInPagesAndCommentsExist() throws {
    let pages =
      try Repository.files(below: ["docs"], extensions: ["md"])
      + ["README.md", "CONTRIBUTING.md", "SECURITY.md"].map { SourceText(path: $0, text: try Repository.text(of: $0)) }
    #expect(pages.contains { $0.path == "docs/decisions/0001-dependencies.md" })
    let violations = (pages + (try Repository.swiftFiles())).flatMap {
      DocumentRule.missingPaths(in: $0) { FileManager.default.fileExists(atPath: Repository.root.appending(path: $0).path) }
    }
    #expect(violations.isEmpty, "\n\(violations.map(\.description).joined(separator: "\n"))")
  }

  @Test func decisionsHaveNumbersDatesAndAList() throws {
    let files = try Repository.files(below: ["docs/decisions"], extensions: ["md"])
    let pages = files.filter { !$0.path.hasSuffix("/README.md") }
    #expect(pages.count > 20)
    #expect(DocumentRule.faults(ofDecisions: pages, list: try Repository.text(of: "docs/decisions/README.md")) == [])
  }

  @Test func theReadmeShowsTheFirstSnippet() throws {
    let snippet = try Repository.text(of: "Snippets/FirstRelease.swift")
    #expect(try Repository.text(of: "README.md").contains("```swift\n\(snippet)```\n"))
  }

  @Test func aMissingPathIsFound() {
    let here = SourceText(path: "a.md", text: "See docs/a.md, [b](docs/b.md)\nand `scripts/c.sh`.")
    let found = DocumentRule.missingPaths(in: here) { $0 == "docs/a.md" }
    #expect(found.map(\.line) == [1, 2])
    let slashes = String(repeating: "/", count: 3)
    let code = SourceText(path: "Sources/A.swift", text: "let a = \"docs/b.md\"\n\(slashes) As docs/b.md says.\n")
    #expect(DocumentRule.missingPaths(in: code) { _ in false }.map(\.line) == [2])
  }

  @Test func aFaultyDecisionIsFound() {
    let text = "# 0001: A\n\nDate: 2026-11-23. Status: accepted.\n"
    let row = "| [0001](0001-a.md) | A | 2026-11-23 | accepted |"
    let page = SourceText(path: "docs/decisions/0001-a.md", text: text)
    #expect(DocumentRule.faults(ofDecisions: [page], list: row).isEmpty)
    #expect(DocumentRule.faults(ofDecisions: [page], list: "").count == 1)
    #expect(DocumentRule.faults(ofDecisions: [page, page], list: row).count == 1)
    let undated = SourceText(path: "docs/decisions/0001-a.md", text: "# 0001: A\n")
    #expect(DocumentRule.faults(ofDecisions: [undated], list: row).count == 1)
  }
}
