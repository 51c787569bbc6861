import Foundation
import TestConditions
import Testing

/// The commands of the README's tour, in order, in an empty folder: they do as the text describes.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct TourTests {
  private static let commands: [[String]] = {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../README.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    guard let start = text.range(of: "understudy example hospital"),
      let end = text[start.lowerBound...].range(of: "```")
    else { return [] }
    return text[start.lowerBound..<end.lowerBound].split(separator: "\n").map { line in
      line.split(separator: "#")[0].split(separator: " ").dropFirst().map {
        String($0).replacing("'", with: "")
      }
    }
  }()

  /// Words that the last lines of a command must contain, by the command's first words.
  private static let says = [
    "example": "Wrote", "inspect": "Schema written to seen.schema.yaml",
    "synthesize": "Release made", "verify": "Verified",
    "evaluate": "Mean distance of a column", "sample": "Drawing them cost no privacy",
    "budget grant": "Granted epsilon 3",
    "budget show": "adds up more slowly",
  ]

  /// - Parameter rows: the number of rows instead of the tour's; nil keeps the tour's.
  private func tour(rows: Int?) throws {
    let (understudy, scratch) = (try #require(Executable.built), try Scratch())
    #expect(Self.commands.count == 10)
    for command in Self.commands {
      let arguments = command.map {
        rows != nil && ($0 == "20000" || $0 == "100000") ? "\(rows ?? 0)" : $0
      }
      let outcome = try understudy.run(arguments, in: scratch)
      let isAttack = command.first == "attack"
      // With few people, an attack may have no finding.
      #expect(
        outcome.status == 0 || isAttack && rows != nil && outcome.status == 3,
        "\(command): \(outcome.errors)")
      let words = Self.says.first { command.joined(separator: " ").hasPrefix($0.key) }?.value
      if let words {
        #expect(outcome.output.contains(words), "\(command): \(outcome.output)")
      } else {
        #expect(isAttack)
      }
      if isAttack, rows == nil { #expect(outcome.output.hasPrefix("PASS")) }
      if isAttack { #expect(!outcome.output.contains("NOT JUDGED")) }
    }
    #expect(
      try scratch.names() == [
        "more.csv", "others.csv", "others.schema.yaml", "patients.csv", "patients.schema.yaml",
        "release", "seen.schema.yaml",
      ])
  }

  @Test func theTourEndsAsTheTextSays() throws { try tour(rows: 1500) }

  @Test(
    .enabled(
      if: LongRun.isWanted,
      "the whole tour takes UNDERSTUDY_LONG_TESTS=1"))
  func theWholeTourEndsAsTheTextSays() throws { try tour(rows: nil) }
}
