import Foundation
import TestPrograms
import Testing

/// Training without a guarantee: announced everywhere, never a release, and resumed after a crash.
@Suite(.enabled(if: Executable.built != nil, Executable.absence))
struct UnprotectedTests {
  private static let command = [
    "synthesize", "people.csv", "--engine", "gan", "--no-privacy", "--seed", "3", "--steps", "250",
    "--json",
  ]

  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    var text = "age,town,ill\n"
    for row in 0..<900 {
      text +=
        "\(20 + row * 7 % 50),\(["Ulm", "Bonn", "Kiel"][row % 3]),\(row % 5 == 0 ? "yes" : "no")\n"
    }
    try scratch.write("people.csv", text)
    return scratch
  }

  @Test func isNoReleaseAndSaysSo() throws {
    let scratch = try scratch()
    let understudy = try #require(Executable.built)
    let command = Self.command.map { $0 == "250" ? "60" : $0 }
    let made = try understudy.run(command + ["-o", "out"], in: scratch)
    #expect(made.status == 0)
    #expect(
      made.errors.contains("WITHOUT ANY GUARANTEE") && made.output.contains("\"isPrivate\" : false")
    )
    let names = try FileManager.default.contentsOfDirectory(
      atPath: scratch.url.appendingPathComponent("out").path
    ).sorted()
    #expect(names == ["NOT-PRIVATE.txt", "model.NOT-PRIVATE.json", "synthetic.NOT-PRIVATE.csv"])
    #expect(!FileManager.default.fileExists(atPath: scratch.ledger.path))
    #expect(try scratch.text("out/synthetic.NOT-PRIVATE.csv").split(separator: "\n").count == 901)
    #expect(try understudy.run(["verify", "out"], in: scratch).status != 0)
    let sampled = try understudy.run(
      [
        "sample", "out/model.NOT-PRIVATE.json", "--rows", "9", "--where", "town=Kiel", "-o",
        "k.csv",
      ], in: scratch)
    #expect(sampled.status == 0 && sampled.errors.contains("NOT PRIVATE"))
    #expect(
      try scratch.text("k.csv").split(separator: "\n").dropFirst().allSatisfy {
        $0.contains("Kiel")
      })
  }

  @Test func isTakenUpAfterAKillAndGivesTheSame() throws {
    let scratch = try scratch()
    let understudy = try #require(Executable.built)
    #expect(try understudy.run(Self.command + ["-o", "whole"], in: scratch).status == 0)
    let running = try understudy.start(Self.command + ["-o", "killed"], in: scratch)
    let checkpoint = scratch.url.appendingPathComponent("killed.NOT-PRIVATE.checkpoint")
    _ = running.program.wait { FileManager.default.fileExists(atPath: checkpoint.path) }
    running.program.send(SIGKILL)
    try #require(
      running.program.wait() == .killed(signal: SIGKILL), "it ended before it could be killed")
    let resumed = try understudy.run(Self.command + ["-o", "killed"], in: scratch)
    #expect(resumed.status == 0 && !resumed.output.contains("\"resumedAtStep\" : 0"))
    for name in ["synthetic.NOT-PRIVATE.csv", "model.NOT-PRIVATE.json"] {
      #expect(try scratch.text("killed/\(name)") == scratch.text("whole/\(name)"))
    }
    #expect(!FileManager.default.fileExists(atPath: checkpoint.path))
  }

  @Test(arguments: [
    "synthesize people.csv -o out --no-privacy",
    "synthesize people.csv -o out --no-privacy --engine mst",
    "synthesize people.csv -o out --no-privacy --engine gan --epsilon 1",
    "synthesize people.csv --no-privacy --engine gan --plan",
    "synthesize people.csv -o out --no-privacy --engine gan --policy internal",
    "synthesize people.csv -o out --no-privacy --engine gan --attack",
    "synthesize people.csv -o out --no-privacy --engine gan --steps 0",
    "synthesize people.csv -o out --epsilon 1 --steps 5",
  ])
  func isNotHadByAccident(call: String) throws {
    let scratch = try scratch()
    let understudy = try #require(Executable.built)
    let outcome = try understudy.run(call.split(separator: " ").map(String.init), in: scratch)
    #expect(outcome.status == 2 && outcome.errors.contains("Error: --"))
    #expect(try scratch.names() == ["people.csv"])
  }

  @Test func replacesOnlyItsOwnKind() throws {
    let scratch = try scratch()
    try FileManager.default.createDirectory(
      at: scratch.url.appendingPathComponent("out"), withIntermediateDirectories: true)
    try scratch.write("out/manifest.json", "{}")
    let outcome = try #require(Executable.built).run(
      Self.command + ["-o", "out", "--force"], in: scratch)
    #expect(outcome.status == 1)
    #expect(try scratch.text("out/manifest.json") == "{}")
  }
}
