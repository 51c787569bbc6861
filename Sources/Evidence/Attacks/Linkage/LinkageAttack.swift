import Basics
import Foundation
import Quality
import Tables

/// Linkage with outside knowledge: an attacker who knows a few entries of a person, some of them
/// wrong, looks for the person's record.
///
/// A match is *right* if the record found holds at least half of the target's other entries, those
/// that the attacker did not know (item and value, or item if there is no value): then the attacker
/// has learned them. This needs no identity of records, so releases with other pseudonyms are
/// attacked too. Matches are *false* if they are found for people who are not there: by the same
/// attack after the records that are theirs in that sense were taken out of the release, or on a
/// control of people who were not in the original.
package struct LinkageAttack {
  /// The attack's name for machines.
  static let name = "linkage"

  let options: LinkageOptions

  package init(options: LinkageOptions = LinkageOptions()) { self.options = options }

  /// Attacks a release of a sparse table.
  ///
  /// - Parameter control: people of the same kind who were not in the original.
  /// - Throws: ``AttackError`` if columns are missing or nobody has enough entries.
  package func run(
    original: OwnerTable, synthetic: Table, control: OwnerTable? = nil, layout: SparseTable.Layout
  ) throws(AttackError) -> AttackReport {
    var sides = [("original", original.ownersRows), ("synthetic", synthetic)]
    if let control { sides.append(("control", control.ownersRows)) }
    let tables = try SparseTable.read(sides, layout)
    let (people, release) = (tables[0], tables[1])
    let scoreboard = Scoreboard(release, options: options)
    let index = OverlapIndex(release)
    let targets = try targets(of: people)
    let attack = trials(targets, of: people, scoreboard, index, items: popularItems(people))
    var outcome = AttackOutcome(
      name: LinkageAttack.name, attempts: attack.count, successes: attack.count { $0.isRight })
    outcome.hitRows = zip(targets, attack).filter(\.1.isRight).map(\.0)
    let absent = try absentTrials(
      people: people, targets, control: tables.count > 2 ? tables[2] : nil, scoreboard, index)
    outcome.setControl(attempts: absent.count, raw: absent.count { $0.isRight })
    // The chance that a random record is right is the share of records that are the target's.
    outcome.baselineAttempts = attack.count
    outcome.baselineSuccesses = attack.count { $0.isRightByChance }
    outcome.detail =
      "knowing \(options.known) entries, \(options.wrong) of them wrong, times off by up to \(Int(options.dayError)) days; "
      + "\(LinkageAttack.share(attack)) of the people are matched with a record, \(outcome.successes) of them with one that holds their "
      + "other entries; of people who are not there, \(LinkageAttack.share(absent)) are matched all the same"
    let keys = Set(people.people.map(LinkageAttack.key))
    return AttackReport(
      originalRows: people.people.count, syntheticRows: release.people.count,
      controlRows: tables.count > 2 ? tables[2].people.count : nil,
      attacks: [outcome.result],
      copies: CopyCounts(
        exact: release.people.count { keys.contains(LinkageAttack.key($0)) },
        near: recordsOfSomebody(people, index),
        expectedFromControl: nil, nearExpectedFromControl: nil),
      membership: [],
      notes: [
        "Rows are people here; a near copy is a record that holds at least half of some person's entries."
      ],
      worstRecords: [])
  }

  private static func share(_ trials: [Trial]) -> String {
    String(
      format: "%.1f %%", 100 * Double(trials.count { $0.isMatch }) / Double(max(trials.count, 1)))
  }

  private struct Trial: Sendable {
    let isMatch: Bool
    let isRight: Bool
    let isRightByChance: Bool
  }

  /// Returns people with enough entries to leave some unknown.
  private func targets(of table: SparseTable) throws(AttackError) -> [Int] {
    let able = table.people.indices.filter { table.people[$0].count > options.known + 1 }
    guard !able.isEmpty else { throw .tooFewPeople(0, needed: 1) }
    var draw = Draw(seed: options.seed)
    return draw.choose(options.mostTargets, of: able.count).map { able[$0] }.sorted()
  }

  private func popularItems(_ table: SparseTable) -> [SparseTable.Entry] {
    table.people.flatMap(\.self)
  }

  private func trials(
    _ targets: [Int], of table: SparseTable, _ scoreboard: Scoreboard, _ index: OverlapIndex,
    items: [SparseTable.Entry],
    takesOutOwn: Bool = false
  ) -> [Trial] {
    Concurrently.map(targets.count) { place in
      var draw = Draw(seed: options.seed &+ UInt64(place) &* 7919)
      let entries = table.people[targets[place]]
      let chosen = draw.choose(options.known, of: entries.count)
      let unknown = Set(
        entries: entries.indices.filter { !chosen.contains($0) }.map { entries[$0] })
      let known = blurred(chosen.map { entries[$0] }, items, &draw)
      let own = takesOutOwn ? index.records(holdingHalfOf: unknown) : []
      let match = scoreboard.match(known, without: own)
      let guess = draw.below(index.contents.count)
      return Trial(
        isMatch: match != nil, isRight: match.map { index.holds($0, halfOf: unknown) } ?? false,
        isRightByChance: index.holds(guess, halfOf: unknown))
    }
  }

  private func absentTrials(
    people: SparseTable, _ targets: [Int], control: SparseTable?, _ scoreboard: Scoreboard,
    _ index: OverlapIndex
  ) throws(AttackError) -> [Trial] {
    let items = popularItems(people)
    guard let control else {
      return trials(targets, of: people, scoreboard, index, items: items, takesOutOwn: true)
    }
    return trials(try self.targets(of: control), of: control, scoreboard, index, items: items)
  }

  /// Returns the attacker's beliefs: some entries replaced by those of others, all times off by a
  /// little.
  private func blurred(
    _ entries: [SparseTable.Entry], _ items: [SparseTable.Entry], _ draw: inout Draw
  ) -> [SparseTable.Entry] {
    entries.indices.map { place in
      var entry = place < options.wrong ? items[draw.below(items.count)] : entries[place]
      entry.day += (Double(draw.below(20_001)) / 10_000 - 1) * options.dayError
      return entry
    }
  }

  /// Counts the records that hold at least half of some person's entries.
  private func recordsOfSomebody(_ people: SparseTable, _ index: OverlapIndex) -> Int {
    let found = Concurrently.map(people.people.count) {
      index.records(holdingHalfOf: Set(entries: people.people[$0]))
    }
    return found.reduce(into: Set<Int>()) { $0.formUnion($1) }.count
  }

  private static func key(_ entries: [SparseTable.Entry]) -> [[UInt64]] {
    entries.map { [UInt64(UInt32(bitPattern: $0.item)), $0.value.bitPattern, $0.day.bitPattern] }
      .sorted {
        $0.lexicographicallyPrecedes($1)
      }
  }
}

/// The knowledge that an outsider has of a person in a sparse table.
package struct LinkageOptions: Sendable {
  /// Known entries of the target, and how many of them are wrong in item, value and time.
  package var known = 8
  package var wrong = 2
  /// Days by which a known time may be off, to either side.
  package var dayError = 14.0
  /// ρ₀ and d₀ of the score: the differences of value and of days at which an entry counts a third.
  package var valueScale = 1.5
  package var dayScale = 30.0
  /// Standard deviations by which the best must exceed the second best.
  package var eccentricity = 1.5
  package var mostTargets = 10_000
  package var seed: UInt64 = 1

  package init() {}
}

/// Finds the records that hold at least half of some entries, by looking up each entry.
private struct OverlapIndex: Sendable {
  let contents: [Set<ItemValue>]
  private let holders: [ItemValue: [Int32]]

  init(_ table: SparseTable) {
    contents = table.people.map(Set.init(entries:))
    var holders: [ItemValue: [Int32]] = [:]
    for (record, entries) in contents.enumerated() {
      for entry in entries { holders[entry, default: []].append(Int32(record)) }
    }
    self.holders = holders
  }

  /// Whether a record holds at least half of some entries.
  func holds(_ record: Int, halfOf entries: Set<ItemValue>) -> Bool {
    !entries.isEmpty && 2 * entries.count { contents[record].contains($0) } >= entries.count
  }

  func records(holdingHalfOf entries: Set<ItemValue>) -> Set<Int> {
    var counts: [Int32: Int] = [:]
    for entry in entries {
      for record in holders[entry] ?? [] { counts[record, default: 0] += 1 }
    }
    return Set(counts.filter { 2 * $0.value >= entries.count }.map { Int($0.key) })
  }
}

/// An item and the value it was given.
private struct ItemValue: Hashable, Sendable {
  let item: Int32
  /// The bits of the value, so that missing equals missing.
  let value: UInt64
}

extension Set<ItemValue> {
  init(entries: [SparseTable.Entry]) {
    self.init(
      entries.map {
        ItemValue(item: $0.item, value: ($0.value.isNaN ? Double.nan : $0.value + 0).bitPattern)
      })
  }
}
