import Attacks
import Foundation
import LinkedTables

/// The linkage of ratings and baskets after Narayanan and Shmatikov (2008, algorithm scoreboard):
/// an outsider knows a few events of a person, by kind and roughly by day, and takes the rest of
/// the most similar person for theirs.
extension LinkedAttack {
  /// Tries the linkage on persons who have at least twice as many events as are known. Nil if no
  /// table has a time, or nobody has so many events.
  func linkage(_ original: LinkedData, _ release: LinkedData, _ control: LinkedData?)
    -> (result: AttackResult, note: String)?
  {
    guard let index = EventIndex.table(of: original, known: linkedEvents) else { return nil }
    let own = EventIndex(original, index)
    let board = ScoreBoard(EventIndex(release, index), tolerance: toleranceDays)
    let attack = successes(on: own, with: board)
    guard attack.attempts > 0 else { return nil }
    var outcome = AttackOutcome(
      name: Self.linkageName, attempts: attack.attempts, successes: attack.hits)
    if let control {
      let others = successes(on: EventIndex(control, index), with: board)
      outcome.setControl(attempts: others.attempts, raw: others.hits)
    }
    let name = original.schema.tables[index].name
    var result = outcome.result
    result.detail =
      "knowing \(linkedEvents) events of '\(name)', by kind and within \(toleranceDays) days; found: a synthetic person "
      + "who stands out as the most similar and has at least half of the other events, too"
    let itself = successes(on: own, with: ScoreBoard(own, tolerance: toleranceDays))
    return (
      result,
      "In the original itself, \(linkedEvents) events of '\(name)' within \(toleranceDays) days link "
        + "\(itself.hits) of \(itself.attempts) persons."
    )
  }

  private func successes(on targets: EventIndex, with board: ScoreBoard) -> (
    attempts: Int, hits: Int
  ) {
    var draw = Draw(seed: seed)
    let able = targets.persons.indices.filter { targets.persons[$0].count >= 2 * linkedEvents }
    let chosen = draw.choose(min(Self.mostLinked, able.count), of: able.count).map { able[$0] }
    let hits = chosen.count { person in
      let events = targets.persons[person]
      let places = Set(draw.choose(linkedEvents, of: events.count))
      let known = places.sorted().map { events[$0] }
      let rest = events.indices.filter { !places.contains($0) }.map { events[$0] }
      guard let found = board.mostSimilar(to: known) else { return false }
      return 2 * board.matches(of: rest, with: found) >= rest.count
    }
    return (chosen.count, hits)
  }

  private static let mostLinked = 500
}

/// The persons of a release by the kind of their events.
private struct ScoreBoard {
  private struct Entry {
    let person: Int32
    let day: Int64
  }

  private let tolerance: Int64
  private let entries: [[String]: [Entry]]
  private let people: Int

  /// How far the best score must be above the second, in standard deviations of all scores
  /// (Narayanan and Shmatikov 2008, section 4).
  private static let eccentricity = 1.5

  init(_ index: EventIndex, tolerance: Int64) {
    var entries: [[String]: [Entry]] = [:]
    for (person, events) in index.persons.enumerated() {
      for event in events {
        entries[event.kinds, default: []].append(Entry(person: Int32(person), day: event.day))
      }
    }
    (self.entries, self.tolerance, people) = (entries, tolerance, index.persons.count)
  }

  /// Returns the person whose events are most similar, if one stands out. Rare kinds weigh more.
  func mostSimilar(to known: [EventIndex.Event]) -> Int32? {
    var scores: [Int32: Double] = [:]
    for event in known {
      let same = entries[event.kinds] ?? []
      let holders = Set(same.map(\.person)).count
      let near = Set(same.filter { abs($0.day - event.day) <= tolerance }.map(\.person))
      let weight = 1 / log(Double(max(holders, 1) + 1))
      for person in near { scores[person, default: 0] += weight }
    }
    let ranked = scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard let best = ranked.first else { return nil }
    let (sum, squares) = scores.values.reduce((0.0, 0.0)) { ($0.0 + $1, $0.1 + $1 * $1) }
    let count = Double(max(people, 1))
    let deviation = max(squares / count - sum * sum / (count * count), 0).squareRoot()
    let second = ranked.count > 1 ? ranked[1].value : 0
    return best.value - second >= Self.eccentricity * deviation ? best.key : nil
  }

  /// Returns how many of the events a person has, too.
  func matches(of events: [EventIndex.Event], with person: Int32) -> Int {
    events.count { event in
      (entries[event.kinds] ?? []).contains {
        $0.person == person && abs($0.day - event.day) <= tolerance
      }
    }
  }
}
