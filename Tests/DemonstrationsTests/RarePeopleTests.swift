import Attacks
import Demonstrations
import Examples
import Foundation
import TestConditions
import Testing

/// Trains networks for minutes.
@Suite(
  .enabled(
    if: LongRun.isWanted,
    "takes minutes: run with UNDERSTUDY_LONG_TESTS=1"))
struct RarePeopleTests {
  /// A small clinic and a tenth of the training: rare people have more weight, so this is enough to
  /// betray them.
  static let report: RarePeopleReport = {
    var settings = RarePeopleSettings()
    (settings.ordinary, settings.tables, settings.tablesWithoutPrivacy, settings.steps) = (
      1_000, 1, 1, 800
    )
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-rare-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      return try RarePeople(settings: settings, folder: folder).run()
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  private func leak(_ attack: String, _ kind: StandInKind, _ group: TargetGroup = .rare) throws
    -> Leak
  {
    try #require(Self.report.standIn(kind)?.leak(attack, group))
  }

  private func words(_ leak: Leak) -> Comment {
    "\(leak.attack), \(leak.group): \(leak.successes) of \(leak.attempts), strangers \(leak.successesOnStrangers)"
  }

  @Test func `every attack succeeds on the table itself`() throws {
    #expect(Self.report.attacks.count == 6)
    for group in TargetGroup.allCases {
      for attack in Self.report.attacks {
        let leak = try leak(attack, .original, group)
        #expect(leak.isShown, words(leak))
      }
    }
  }

  @Test func `the story holds`() throws {
    // The training without privacy is seeded. With privacy, an alarm has a probability below one in
    // a thousand, see `Leak.isShown`.
    for attack in ["inference-of-finding", "membership"] {
      let betrayed = try leak(attack, .unprotected)
      #expect(betrayed.isShown, words(betrayed))
    }
    for group in TargetGroup.allCases {
      for attack in Self.report.attacks {
        let protected = try leak(attack, .protected, group)
        #expect(!protected.isShown, words(protected))
      }
    }
    #expect(
      try leak("membership", .protected).risk.high < leak("membership", .unprotected).risk.low)
    #expect(
      Self.report.standIn(.unprotected)?.occupationsNamed == 50
        && Self.report.standIn(.protected)?.occupationsNamed == 0)
  }

  /// The page holds the figures that the command writes: its markers, its attacks and stand-ins in
  /// the same order, and a picture beside it.
  @Test func `the page holds figures of this form`() throws {
    let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../docs")
    let page = try String(
      contentsOf: docs.appendingPathComponent("why-privacy.md"), encoding: .utf8)
    let start = try #require(page.range(of: LeakFigures.firstLine + "\n"))
    let end = try #require(page.range(of: LeakFigures.lastLine + "\n"))
    let kept = page[start.lowerBound..<end.upperBound]
    let made = LeakFigures(Self.report).markdown
    func form(_ text: some StringProtocol) -> [String] {
      text.split(separator: "\n").filter { !$0.contains(" people, ") }.map { line in
        String(line).replacing("**", with: "").replacing(/(< |> )?[\d.,]+( %)?/, with: "N")
          .replacing(/N to N/, with: "N")
      }
    }
    #expect(form(kept) == form(made))
    #expect(kept.contains("learn of the rare people from the stand-in without privacy; none does"))
    let picture = try String(
      contentsOf: docs.appendingPathComponent("why-privacy.svg"), encoding: .utf8)
    #expect(
      picture.hasPrefix("<svg xmlns") && LeakFigures(Self.report).picture.hasPrefix("<svg xmlns"))
  }
}

/// How outcomes become a story.
@Suite struct LeakTests {
  private func standIn(_ kind: StandInKind, rare: (Int, Int), ordinary: (Int, Int) = (100, 100))
    -> StandIn
  {
    var standIn = StandIn(kind: kind)
    for (group, hits) in [(TargetGroup.rare, rare), (.ordinary, ordinary)] {
      var outcome = AttackOutcome(name: "membership", attempts: 200, successes: hits.0)
      outcome.setControl(attempts: 200, raw: hits.1)
      standIn.add(outcome, group)
    }
    return standIn
  }

  private func failures(
    original: (Int, Int), without: (Int, Int), with: (Int, Int), ordinary: (Int, Int) = (100, 100)
  ) -> [String] {
    let standIns = [
      standIn(.original, rare: original), standIn(.unprotected, rare: without),
      standIn(.protected, rare: with, ordinary: ordinary),
    ]
    return RarePeopleReport(
      settings: RarePeopleSettings(), standIns: standIns, strangers: Distances()
    ).failures
  }

  @Test func `fails where any part of the story does`() {
    #expect(failures(original: (200, 20), without: (120, 20), with: (22, 20)) == [])
    #expect(
      failures(original: (200, 20), without: (25, 20), with: (22, 20)).first?.contains(
        "no attack shows a leak") == true)
    #expect(
      failures(original: (200, 20), without: (120, 20), with: (80, 20)).first?.contains(
        "With privacy") == true)
    #expect(
      failures(original: (200, 20), without: (120, 20), with: (22, 20), ordinary: (180, 100)).first?
        .contains("ordinary") == true)
    #expect(
      failures(original: (22, 20), without: (120, 20), with: (22, 20)).first?.contains(
        "proves nothing") == true)
    #expect(
      failures(original: (200, 20), without: (70, 20), with: (45, 20)).first?.contains("intervals")
        == true)
  }

  @Test func `outcomes of tables add up`() throws {
    var outcome = AttackOutcome(name: "membership", attempts: 50, successes: 30)
    outcome.setControl(attempts: 50, raw: 5)
    var standIn = StandIn(kind: .protected)
    for _ in 0..<3 { standIn.add(outcome, .rare) }
    let leak = try #require(standIn.leak("membership", .rare))
    #expect(
      leak.attempts == 150 && leak.successes == 90 && leak.strangers == 150
        && leak.successesOnStrangers == 15)
    #expect(abs(leak.risk.value - 0.5 / 0.9) < 1e-12)
    // With this many people a smaller leak is visible than with a third of them.
    var one = StandIn(kind: .protected)
    one.add(outcome, .rare)
    #expect(
      leak.smallestDetectable < (try #require(one.leak("membership", .rare)).smallestDetectable))
  }
}
