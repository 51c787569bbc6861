import Attacks
import LinkedQuality
import LinkedTables
import Quality
import Tables

/// Attacks on the persons of linked tables, each with the whole of their rows, for the owner.
///
/// Whatever is found of the original's people is set against the same attack on strangers: people
/// of the same kind who are not in the release.
package struct LinkedAttack {
  /// The events that an outsider knows of a person.
  package var knownEvents = 3
  /// The events that an outsider knows who looks for the most similar person, and by how many days
  /// their dates may be wrong.
  package var linkedEvents = 8
  package var toleranceDays: Int64 = 14
  package var mostTargets = 1_000
  package var seed: UInt64 = 1

  /// The names of the attacks for machines.
  static let (membershipName, eventsName) = ("membership-whole-tree", "singling-out-known-events")
  static let linkageName = "linkage-of-events"
  private static let mostRecords = 5_000

  package init() {}

  /// Tries the attacks. O(targets × synthetic persons × features).
  package func run(original: LinkedData, release: LinkedData, control: LinkedData?)
    -> AttackReport
  {
    let people = TreeFeatures(of: original, besides: original)
    let records = TreeFeatures(of: release, besides: original)
    let strangers = control.map { TreeFeatures(of: $0, besides: original) }
    var report = AttackReport(
      originalRows: people.rows.count, syntheticRows: records.rows.count,
      controlRows: strangers?.rows.count, attacks: [],
      copies: copies(people, records, strangers), membership: [],
      notes: ["Rows are persons here, each with all rows in all tables."])
    if let events = events(original, release, control) {
      report.attacks.append(events.result)
      report.notes.append(events.note)
    } else {
      report.notes.append("No table has a time, so nobody could know a person's events.")
    }
    if let linkage = linkage(original, release, control) {
      report.attacks.append(linkage.result)
      report.notes.append(linkage.note)
    }
    if let strangers {
      let scale = FeatureScale(people.rows)
      let near = records.spread(Self.mostRecords).map(scale.scaled)
      func scores(_ tree: TreeFeatures) -> [Double] {
        tree.spread(mostTargets).map { -scale.distance(from: scale.scaled($0), to: near) }
      }
      report.membership = [
        Membership.result(
          Self.membershipName, members: scores(people), nonMembers: scores(strangers))
      ]
    }
    return report
  }

  // MARK: Copies

  /// Counts synthetic persons whose whole tree is described like that of somebody with several
  /// rows.
  private func copies(_ people: TreeFeatures, _ records: TreeFeatures, _ strangers: TreeFeatures?)
    -> CopyCounts
  {
    let known = Set(people.rows.map(TreeFeatures.key))
    func share(_ tree: TreeFeatures) -> Double {
      let same = tree.rows.count { known.contains(TreeFeatures.key($0)) }
      return Double(same) / Double(max(tree.rows.count, 1))
    }
    let exact = records.rows.count { known.contains(TreeFeatures.key($0)) }
    let expected = strangers.map { share($0) * Double(records.rows.count) }
    let beyond = expected.map { Double(exact) > 3 * $0 + 3 } ?? false
    return CopyCounts(
      exact: exact, near: 0, expectedFromControl: expected, nearExpectedFromControl: nil,
      exactIsBeyondChance: beyond)
  }

  // MARK: Known events

  /// An outsider knows some events of a person, by day and kind, and looks for the only synthetic
  /// person who has them all.
  private func events(_ original: LinkedData, _ release: LinkedData, _ control: LinkedData?)
    -> (result: AttackResult, note: String)?
  {
    guard let index = EventIndex.table(of: original, known: knownEvents) else { return nil }
    let (own, records) = (
      EventIndex(original, index), EventIndex(release, index)
    )
    func successes(_ targets: EventIndex, in records: EventIndex) -> (attempts: Int, hits: Int) {
      var draw = Draw(seed: seed)
      let able = targets.persons.indices.filter { targets.persons[$0].count > knownEvents }
      let chosen = draw.choose(min(mostTargets, able.count), of: able.count).map { able[$0] }
      let hits = chosen.count { person in
        let events = targets.persons[person]
        let known = draw.choose(knownEvents, of: events.count).map { events[$0] }
        return records.personsWithAll(known).count == 1
      }
      return (chosen.count, hits)
    }
    let attack = successes(own, in: records)
    var outcome = AttackOutcome(
      name: Self.eventsName, attempts: attack.attempts, successes: attack.hits)
    if let control {
      let others = successes(EventIndex(control, index), in: records)
      outcome.setControl(attempts: others.attempts, raw: others.hits)
    }
    let name = original.schema.tables[index].name
    var result = outcome.result
    result.detail =
      "knowing \(knownEvents) events of '\(name)', by day and kind; found: the only synthetic person who has them all"
    let unique = successes(own, in: own)
    return (
      result,
      "In the original itself, \(knownEvents) events of '\(name)' single out \(unique.hits) of \(unique.attempts) persons."
    )
  }
}

/// The persons of linked tables by the features of their whole tree.
private struct TreeFeatures {
  let rows: [[Double]]

  init(of data: LinkedData, besides original: LinkedData) {
    let features = PersonFeatures(of: data, besides: original)
    rows = features.persons.map { features.row(of: $0) }
  }

  /// Returns so many persons, evenly spread over all.
  func spread(_ count: Int) -> [[Double]] {
    PersonFeatures.spread(Array(rows.indices), min(count, rows.count)).map { rows[$0] }
  }

  static func key(_ row: [Double]) -> [UInt64] {
    row.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
  }
}

/// Features as ranks among the original's people, so that all weigh the same.
private struct FeatureScale {
  private let sorted: [[Double]]

  init(_ rows: [[Double]]) {
    sorted = (rows.first ?? []).indices.map { column in
      rows.map { $0[column] }.filter(\.isFinite).sorted()
    }
  }

  /// Returns the share of people below each value; a missing one is half a range away.
  func scaled(_ row: [Double]) -> [Float] {
    zip(row, sorted).map { value, sorted in
      guard value.isFinite, !sorted.isEmpty else { return -0.5 }
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle] < value { low = middle + 1 } else { high = middle }
      }
      return Float(low) / Float(sorted.count)
    }
  }

  /// Returns the distance to the nearest record: the mean difference of ranks.
  func distance(from row: [Float], to records: [[Float]]) -> Double {
    var nearest = Float.infinity
    for record in records {
      var sum: Float = 0
      for (one, other) in zip(row, record) { sum += abs(one - other) }
      nearest = min(nearest, sum)
    }
    return Double(nearest) / Double(max(row.count, 1))
  }
}

/// The events of persons in one timed table, as days and kinds.
struct EventIndex {
  struct Event: Hashable {
    let day: Int64
    let kinds: [String]
  }

  /// The events of each person who has any.
  let persons: [[Event]]
  private let holders: [Event: Set<Int32>]

  private static let fewestPersons = 20

  /// Returns the highest timed table in which enough persons have more events than are known, else
  /// the one with the most rows; nil if no table has a time.
  static func table(of data: LinkedData, known: Int) -> Int? {
    let timed = data.schema.downward.filter { index in
      let table = data.schema.tables[index]
      return table.time.flatMap { table.schema.column(named: $0)?.type.microsecondsPerTick } != nil
    }
    let telling = timed.first { index in
      let groups = data.groups(of: index, by: data.schema.person)
      return (0..<groups.count).count { groups[$0].count > known } >= fewestPersons
    }
    return telling ?? timed.max { data.tables[$0].rowCount < data.tables[$1].rowCount }
  }

  private static let (dayLength, mostKinds) = (Int64(86_400_000_000), 2)

  init(_ data: LinkedData, _ index: Int) {
    let table = data.schema.tables[index]
    let labels = table.schema.columns.filter { $0.isModelled && $0.type == .category }
      .prefix(Self.mostKinds).compactMap { data.tables[index].column(named: $0.name) }
    let time = table.time.flatMap { data.tables[index].column(named: $0) }
    var persons: [[Event]] = []
    var holders: [Event: Set<Int32>] = [:]
    let groups = data.groups(of: index, by: data.schema.person)
    for group in 0..<groups.count {
      var events: Set<Event> = []
      for row in groups[group] {
        guard case .ticks(let ticks)? = time?.cells, Cells.isValue(ticks[Int(row)]),
          let unit = time?.type.microsecondsPerTick
        else { continue }
        let kinds = labels.map { label in
          label.cells.key(Int(row)).map { label.text(ofKey: $0) } ?? ""
        }
        let day = (Int128(ticks[Int(row)]) * Int128(unit)) / Int128(Self.dayLength)
        events.insert(Event(day: Int64(day), kinds: kinds))
      }
      guard !events.isEmpty else { continue }
      for event in events { holders[event, default: []].insert(Int32(persons.count)) }
      // In a fixed order, so that a seed means the same attack.
      persons.append(events.sorted { ($0.day, $0.kinds.joined()) < ($1.day, $1.kinds.joined()) })
    }
    (self.persons, self.holders) = (persons, holders)
  }

  func personsWithAll(_ events: [Event]) -> Set<Int32> {
    guard let first = events.first else { return [] }
    return events.dropFirst().reduce(holders[first] ?? []) { $0.intersection(holders[$1] ?? []) }
  }
}
