import Basics
import Demonstrations
import Examples
import Foundation
import PlaceAttacks
import Testing

/// The story of the town (docs/why-privacy.md): homes are found on a raw map and not on ours.
@Suite struct TownTests {
  /// A small town, and few draws.
  private static let story: TownStory = {
    var settings = TownStorySettings()
    (settings.people, settings.draws, settings.baseDraws) = (800, 2, 5)
    do { return try TownStory(settings) } catch { preconditionFailure("\(error)") }
  }()

  @Test func theRawMapLeadsHomeAndThePrivateOneDoesNot() throws {
    let shares = Dictionary(uniqueKeysWithValues: Self.story.findings.map { ($0.map, $0) })
    let (raw, ours) = (try #require(shares["raw"]), try #require(shares["private"]))
    let blanked = try #require(shares["cells of fewer than 3 people blanked"])
    #expect(raw.share >= 0.8, "\(raw.found) of \(raw.homes)")
    #expect(try #require(shares["raw, without the person"]).share < 0.25)
    #expect(blanked.share < 0.2 && Self.story.traced == 1)
    // With and without the targets: four standard errors of so few homes.
    let without = try #require(shares["private, made without all targets"])
    let error = (0.05 / Double(ours.homes)).squareRoot()
    #expect(ours.share <= without.share + 0.02 + 4 * error, "\(ours.found) of \(ours.homes)")
    #expect(ours.share < 0.15)
  }

  /// A base that is not there is not shown; a large one is.
  @Test func aGroupShows() throws {
    let bases = Self.story.bases
    #expect(bases.map(\.people) == [0, 10, 30, 100])
    #expect(bases[0].shown == 0 && bases[1].shown <= 1 && bases[3].shown >= 4, "\(bases)")
  }

  @Test func theFiguresNameEveryMap() {
    let figures = TownFigures(Self.story)
    for finding in Self.story.findings { #expect(figures.markdown.contains("| \(finding.map) |")) }
    #expect(figures.markdown.hasPrefix(TownFigures.firstLine))
    #expect(figures.picture.contains("</svg>"))
  }

  /// On a made-up map with one way to one home, the attack goes there, by the number of visits and
  /// without it; without heat it guesses.
  @Test func theAttackFollowsAWayToItsEnd() {
    var random = SplitMix64(seed: 1)
    let attack = HomeAttack(side: 40, isRoad: (0..<1_600).map { $0 % 40 == 21 })
    var map = [Double](repeating: 0, count: 1_600)
    for column in 5...20 { map[10 * 40 + column] = column == 5 ? 7 : 6 }
    for row in 0..<40 { map[row * 40 + 21] = 7 }
    let place = HomeAttack.Neighbourhood(column: 2, row: 0)
    for visits in [7.0, nil] {
      let guess = attack.guess(map, in: place, visits: visits, &random)
      #expect(guess == SIMD2(5, 10))
    }
    let nothing = [Double](repeating: 0, count: 1_600)
    let hits = (0..<20_000).count { _ in
      attack.isHit(attack.guess(nothing, in: place, &random), home: SIMD2(14, 12))
    }
    // 9 of 625 cells, by five standard errors.
    #expect(
      abs(Double(hits) - 20_000 * attack.blindShare) < 5 * (20_000 * attack.blindShare).squareRoot()
    )
  }
}
