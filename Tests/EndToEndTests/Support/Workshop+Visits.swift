import Foundation
import Testing

extension Workshop {
  /// Writes a complete schema of the visits, for which nothing is left to read.
  /// - Returns: The options of a seeded release under it.
  func declareVisits() throws -> [String] {
    let vectors = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Vectors")
    let file = vectors.appendingPathComponent("Sources/visits.csv").path
    let inspected = try #require(Command.built).run(["inspect", file, "-o", "seen.yaml"], in: self)
    #expect(inspected.status == 0, "\(inspected.flat)")
    try write(
      text("seen.yaml").replacing(
        "\nfacts: observed\n", with: "\npeople: a clinic\nfacts: declared\n"
      )
      .replacing(
        "categories: learn",
        with: "categories: [Überwachung, Chirurgie, \"O'Neill, \\\"B\\\"\", Allgemein]"),
      as: "declared.yaml")
    return ["--schema", "declared.yaml", "--epsilon", "2", "--seed", "5", "--json"]
  }
}
