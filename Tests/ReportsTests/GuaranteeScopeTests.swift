import Foundation
import Reports
import Testing

/// The limits of the guarantee are stated in one place and are the same everywhere.
@Suite struct GuaranteeScopeTests {
  private static func document(_ path: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Without line breaks, which differ between a document and a sentence.
  private static func running(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func `the page of the guarantee has every item word for word, and no other`() throws {
    let page = Self.running(try Self.document("docs/guarantee.md"))
    for item in GuaranteeScope.outside {
      #expect(page.contains(Self.running("- **\(item.title).** \(item.detail)")), "\(item.title)")
    }
    #expect(page.components(separatedBy: "- **").count - 1 == GuaranteeScope.outside.count)
  }

  @Test func `the README lists every item, in order`() throws {
    let text = try Self.document("README.md")
    #expect(text.contains(GuaranteeScope.outside.map { "- \($0.title)" }.joined(separator: "\n")))
  }

  @Test func `report and model card have every item`() throws {
    let report = ReportSamples.release()
    let (page, card) = (try report.html(), ModelCard(report).text)
    for item in GuaranteeScope.outside {
      #expect(page.contains(item.title))
      #expect(card.contains("**\(item.title).**"))
    }
  }

  @Test func `nothing promises against whoever computes long enough`() throws {
    let texts =
      try ["README.md", "docs/guarantee.md", "docs/ARCHITECTURE.md"].map(Self.document) + [
        try ReportSamples.release().html()
      ]
    for text in texts {
      for claim in ["however long", "any computer", "at any cost", "cannot be overspent"] {
        #expect(!text.contains(claim), "\(claim)")
      }
    }
  }
}
