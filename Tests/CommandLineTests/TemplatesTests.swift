import Foundation
import Testing

/// Drafts for the privacy officer: filled from a sound release, and from nothing else.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct TemplatesTests {
  private func released(_ options: [String] = []) throws -> (Executable, Scratch) {
    let (understudy, scratch) = (try #require(Executable.built), try Scratch())
    try scratch.write(
      "ward.csv", "age,sex\n" + (0..<300).map { "\(20 + $0 % 60),\($0 % 2)\n" }.joined())
    let made = try understudy.run(
      ["synthesize", "ward.csv", "--epsilon", "3", "-o", "release", "--quiet"] + options,
      in: scratch)
    #expect(made.status == 0, "\(made.errors)")
    return (understudy, scratch)
  }

  @Test func theySayWhatTheManifestSays() throws {
    let (understudy, scratch) = try released()
    let outcome = try understudy.run(
      ["templates", "release", "-o", "drafts", "--json"], in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let manifest = try scratch.text("release/manifest.json")
    let key = try #require(manifest.firstMatch(of: /"keyID" : "([0-9a-f]+)"/)?.output.1)
    for name in ["data-use-agreement.md", "impact-assessment.md", "review-board.md"] {
      let text = try scratch.text("drafts/\(name)")
      #expect(text.contains(key) && text.contains("ward") && text.contains("[the "), "\(name)")
      #expect(text.contains("a person with several rows is protected less"))
      #expect(text.contains("The schema was inferred from the rows"))
      #expect(text.contains("1e-09"))
    }
    let assessment = try scratch.text("drafts/impact-assessment.md")
    // e³ is 20.0855, and the guess 95.26 %: bounds are never rounded down.
    #expect(assessment.contains("at most 20.09 times") && assessment.contains("at most 96 %"))
    let again = try understudy.run(["templates", "release", "-o", "drafts"], in: scratch)
    #expect(again.status == 1 && again.errors.contains("--force"))
    let forced = try understudy.run(
      ["templates", "release", "-o", "drafts", "--force"], in: scratch)
    #expect(forced.status == 0, "\(forced.errors)")
  }

  @Test func nothingIsFilledFromWhatIsNotSignedOrNotPrivate() throws {
    let (understudy, scratch) = try released(["--seed", "1"])
    let seeded = try understudy.run(["templates", "release", "-o", "drafts"], in: scratch)
    #expect(seeded.status == 1 && seeded.errors.contains("no promise"))
    try scratch.write("release/synthetic.csv", "age,sex\n1,0\n")
    let changed = try understudy.run(
      ["templates", "release", "-o", "drafts", "--json"], in: scratch)
    #expect(changed.status == 1 && changed.output.contains("paperwork.not-verified"))
    #expect(try scratch.names() == ["release", "ward.csv"])
  }
}
