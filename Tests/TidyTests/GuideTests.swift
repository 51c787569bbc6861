import Foundation
import Testing

/// Every command of every guide is run by a test.
@Suite struct GuideTests {
  /// The pages that tell somebody what to do. The others tell how the program is made.
  private func pages() throws -> [SourceText] {
    let names = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "python/README.md"]
    return try Repository.files(below: ["docs"], extensions: ["md"]).filter {
      !$0.isUnder(["docs/decisions", "docs/proofs"]) && $0.path != "docs/ARCHITECTURE.md"
    } + names.map { SourceText(path: $0, text: try Repository.text(of: $0)) }
  }

  @Test func everyCommandOfAGuideIsRun() throws {
    let pages = try pages()
    #expect(pages.map { GuideRule.commands(in: $0).count }.reduce(0, +) > 100)
    let walked = Set(GuideRule.walks.flatMap(\.pages))
    let others = pages.filter { walked.contains($0.path) }.flatMap {
      GuideRule.commands(in: $0).map(\.command)
    }
    let violations = try pages.flatMap { page in
      try GuideRule.unwalked(
        in: page, walks: GuideRule.walks, exceptions: GuideRule.exceptions, others: others,
        text: Repository.text)
    }
    #expect(violations.isEmpty, "\n\(violations.map(\.description).joined(separator: "\n"))")
  }

  /// A walk reads the page that it walks, or holds its commands, and each beginning has a command.
  @Test func everyWalkAndExceptionIsOfUse() throws {
    let pages = try pages()
    for walk in GuideRule.walks {
      let text = try Repository.text(of: walk.file)
      for page in walk.pages {
        #expect(
          text.contains(page.replacing("docs/", with: ""))
            || walk.beginnings.allSatisfy { text.contains($0) },
          "\(walk.file) does not read \(page)")
      }
      for beginning in walk.beginnings {
        let read = pages.filter { walk.pages.contains($0.path) }
        #expect(
          read.contains { page in
            GuideRule.commands(in: page).contains { $0.command.hasPrefix(beginning) }
          }, "\(walk.pages) have no command that begins with \(beginning)")
      }
    }
    for (page, beginning, _) in GuideRule.exceptions {
      let text = try #require(pages.first { $0.path == page })
      #expect(
        GuideRule.commands(in: text).contains { $0.command.hasPrefix(beginning) },
        "\(page) has no command that begins with \(beginning)")
    }
  }

  @Test func aCommandThatNothingRunsIsFound() throws {
    let page = SourceText(
      path: "docs/a.md",
      text: """
        Say `understudy new.csv --now`, `understudy old.csv --now`, `understudy x FILE --y`, `understudy x --z` or `understudy x`.
        ```
        understudy a \\
          --b c    # one
        sudo rm -r x
        ```
        ```yaml
        make: no
        ```
        ```
        {"make": "no"}
        ```
        ```
        server {
          make no;
        }
        ```
        """)
    let walk = GuideRule.Walk(
      pages: ["docs/a.md"], beginnings: ["understudy a --b"], file: "walk.py")
    let found = GuideRule.unwalked(in: page, walks: [walk], exceptions: []) { _ in
      "run(\"understudy old.csv \"\n    \"--now\")"
    }
    #expect(
      found.map(\.description) == [
        "docs/a.md:5: no test runs the command: sudo rm -r x",
        "docs/a.md:0: no test runs the command: understudy new.csv --now",
      ])
    let elsewhere = SourceText(path: "docs/b.md", text: "```\nmake a b\n```")
    let unwalked = GuideRule.unwalked(in: elsewhere, walks: [walk], exceptions: []) { _ in "" }
    #expect(unwalked.count == 1)
  }
}
