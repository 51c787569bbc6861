import Foundation
import Testing

/// Pages and comments agree with the tree.
@Suite struct DocumentTests {
  @Test func pathsInPagesAndCommentsExist() throws {
    let pages =
      try Repository.files(below: ["docs"], extensions: ["md"])
      + ["README.md", "CONTRIBUTING.md", "SECURITY.md"].map {
        SourceText(path: $0, text: try Repository.text(of: $0))
      }
    #expect(pages.contains { $0.path == "docs/decisions/0001-dependencies.md" })
    let files = try Repository.swiftFiles() + Repository.hubFiles()
    let violations = (pages + files).flatMap {
      DocumentRule.missingPaths(in: $0) {
        FileManager.default.fileExists(atPath: Repository.root.appending(path: $0).path)
      }
    }
    #expect(violations.isEmpty, "\n\(violations.map(\.description).joined(separator: "\n"))")
  }

  /// A mechanism names its proof, and no proof is about code that is gone.
  @Test func everyMechanismNamesItsProof() throws {
    let sources = try Repository.swiftFiles().filter(\.isSource)
    let mechanisms = sources.filter { $0.path.hasPrefix("Sources/Privacy/Mechanisms/") }
    #expect(mechanisms.count > 5)
    let unproved = mechanisms.map { ($0.path, text: $0.lines.joined(separator: "\n")) }
      .filter { !$0.text.contains("docs/proofs/") && !$0.text.contains("enum MechanismError") }
    #expect(unproved.map(\.0) == [])
    let pages = try Repository.files(below: ["docs/proofs"], extensions: ["md"]).map(\.path).filter
    { !$0.hasSuffix("/README.md") }
    let unnamed = pages.filter { page in
      !sources.contains { $0.lines.contains { $0.contains(page) } }
    }
    #expect(unnamed == [])
  }

  @Test func decisionsHaveNumbersDatesAndAList() throws {
    let files = try Repository.files(below: ["docs/decisions"], extensions: ["md"])
    let pages = files.filter { !$0.path.hasSuffix("/README.md") }
    #expect(pages.count > 20)
    #expect(
      DocumentRule.faults(
        ofDecisions: pages, list: try Repository.text(of: "docs/decisions/README.md")) == [])
  }

  @Test func theReadmeShowsTheFirstSnippet() throws {
    let snippet = try Repository.text(of: "Snippets/FirstRelease.swift")
    #expect(try Repository.text(of: "README.md").contains("```swift\n\(snippet)```\n"))
  }

  @Test func theCatalogueNamesPublicSymbolsAndShowsCompiledCode() throws {
    let pages = try Repository.files(below: [CatalogueRule.folder], extensions: ["md"])
    let surface = PublicSurface(try Repository.swiftFiles())
    let snippets = try Repository.files(below: ["Snippets"], extensions: ["swift"])
    let names = Set(
      pages.compactMap { $0.path.split(separator: "/").last?.dropLast(3) }.map(String.init))
    #expect(names == ["Understudy", "FirstRelease", "Budgets", "PolicyChecks"])
    let violations = pages.flatMap { page in
      CatalogueRule.brokenLinks(in: page, surface: surface)
        + CatalogueRule.brokenReferences(in: page, names: names)
        + CatalogueRule.uncompiledCode(in: page, snippets: snippets)
    }
    #expect(violations.isEmpty, "\n\(violations.map(\.description).joined(separator: "\n"))")
  }

  @Test func aBrokenLinkOfTheCatalogueIsFound() {
    let source = """
      public struct Bench {
        public init<A: B>(_ a: A, from b: Int = 1) {}
        public func make(_ a: Int, progress: (Int) -> Void = { _ in }) {}
        public var size: [String: Int] { [:] }
        public func all() {}
      }
      public enum Kind {
        case file(URL)
        case rows(name: String, columns: [Int])
      }

      """
    let surface = PublicSurface([SourceText(path: "Sources/Doors/Understudy/A.swift", text: source)]
    )
    let all = [
      "Bench", "Bench/init(_:from:)", "Bench/make(_:progress:)", "Bench/size", "Bench/all()",
      "Kind", "Kind/file(_:)",
      "Kind/rows(name:columns:)",
    ]
    #expect(surface.symbols == Set(all))
    let text =
      "See ``Bench/make(_:progress:)`` and\n``Bench/made``, <doc:Here> and <doc:There>.\n```swift\na()\nb()\n```\n```swift\nc()\n```"
    let page = SourceText(path: "a.md", text: text)
    #expect(CatalogueRule.brokenLinks(in: page, surface: surface).map(\.line) == [2])
    #expect(CatalogueRule.brokenReferences(in: page, names: ["Here"]).map(\.line) == [2])
    let snippet = SourceText(path: "Snippets/A.swift", text: "x()\na()\nb()\n")
    #expect(CatalogueRule.uncompiledCode(in: page, snippets: [snippet]).map(\.line) == [7])
  }

  @Test func aMissingPathIsFound() {
    let here = SourceText(path: "a.md", text: "See docs/a.md, [b](docs/b.md)\nand `scripts/c.sh`.")
    let found = DocumentRule.missingPaths(in: here) { $0 == "docs/a.md" }
    #expect(found.map(\.line) == [1, 2])
    let slashes = String(repeating: "/", count: 3)
    let code = SourceText(
      path: "Sources/A.swift", text: "let a = \"docs/b.md\"\n\(slashes) As docs/b.md says.\n")
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
