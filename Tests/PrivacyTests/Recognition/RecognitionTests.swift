import Curation
import DelimitedText
import Foundation
import Ledger
import Tables
import Testing

/// Which altered copies of real tables a ledger recognises, and that it never mistakes other tables
/// for them.
@Suite struct RecognitionTests {
  private static let key = FingerprintKey(bytes: Data(0..<32))!

  private func fingerprint(_ table: TextTable, persons: [String] = [], _ folder: TemporaryFolder)
    throws -> DatasetFingerprint
  {
    .compute(table: try table.read(in: folder), persons: persons, key: Self.key)
  }

  /// Alterations that a sketch cannot see through in some table, as decision 0010 lists them; every
  /// other one must be recognised in every table.
  private static let beyond: [Alteration: Set<String>] = [
    .allPounds: ["diabetic_data", "diamonds", "nhefs"],
    .twoDropped: ["nass", "demographics"],
  ]

  private static func wanted(_ count: Int) -> ArraySlice<SharedPeople.Table> {
    SharedPeople.all.prefix(count)
  }

  @Test(
    .enabled(if: SharedPeople.arePresent, SharedPeople.absence),
    arguments: wanted(SharedPeople.runsLong ? 11 : 0))
  func alteredCopiesAreKnownAgain(_ shared: SharedPeople.Table) throws {
    try expectRecognition(TextTable(reading: shared.url), shared.name)
  }

  private func expectRecognition(_ table: TextTable, _ name: String) throws {
    let folder = try TemporaryFolder()
    let whole = try fingerprint(table, folder)
    var random = Dice(state: 11)
    var line = "| \(name) |"
    for alteration in Alteration.allCases {
      guard let altered = alteration(table, &random) else {
        line += " – |"
        continue
      }
      var known = whole
      if alteration == .superset {
        known = try fingerprint(Alteration.part(table, &random), folder)
      }
      let found = try fingerprint(altered, folder)
      let resemblance = known.resemblance(to: found)
      let isKnown = known.identity == found.identity || resemblance.isNotable
      line += isKnown ? " yes |" : " NO |"
      let isBeyond = Self.beyond[alteration]?.contains(name) == true
      #expect(isKnown != isBeyond, "\(name), \(alteration.rawValue): \(resemblance)")
      #expect(resemblance == found.resemblance(to: known))
    }
    print(line)
  }

  @Test(
    .enabled(
      if: SharedPeople.arePresent && SharedPeople.runsLong, "long, or \(SharedPeople.absence)"))
  func unrelatedTablesAreNotTakenForEachOther() throws {
    let folder = try TemporaryFolder()
    let all = try SharedPeople.all.map { shared in
      (shared, try fingerprint(TextTable(reading: shared.url), persons: shared.persons, folder))
    }
    var pairs = 0
    for (index, (first, mine)) in all.enumerated() {
      for (second, theirs) in all[(index + 1)...] {
        let resemblance = mine.resemblance(to: theirs)
        if first.group == second.group {
          print(
            "related: \(first.name), \(second.name): \(resemblance.isNotable ? "\(resemblance)" : "no")"
          )
          continue
        }
        pairs += 1
        #expect(!resemblance.isNotable, "\(first.name), \(second.name): \(resemblance)")
      }
    }
    print("unrelated pairs: \(pairs)")
  }

  /// Two halves by rows, which hold different people if each row is a person.
  @Test(
    .enabled(
      if: SharedPeople.arePresent && SharedPeople.runsLong, "long, or \(SharedPeople.absence)"))
  func halvesOfATable() throws {
    let folder = try TemporaryFolder()
    for shared in SharedPeople.all {
      let table = try TextTable(reading: shared.url)
      var random = Dice(state: 5)
      let order = random.mixed(Array(0..<table.rowCount))
      let half = table.rowCount / 2
      let (first, second) = (
        table.picking(Array(order[..<half])), table.picking(Array(order[half...]))
      )
      let resemblance = try fingerprint(first, persons: shared.persons, folder)
        .resemblance(to: try fingerprint(second, persons: shared.persons, folder))
      print("halves: \(shared.name): \(resemblance.isNotable ? "\(resemblance)" : "no")")
    }
  }

  @Test(
    .enabled(
      if: SharedPeople.arePresent && SharedPeople.runsLong, "long, or \(SharedPeople.absence)"))
  func timeBesideReading() throws {
    for shared in SharedPeople.all.prefix(4) {
      let clock = ContinuousClock()
      var (reading, sketching, all) = (
        Duration.seconds(100), Duration.seconds(100), Duration.seconds(100)
      )
      for _ in 0..<5 {
        var table = try TableReader.read(shared.url).table
        reading = min(reading, try clock.measure { table = try TableReader.read(shared.url).table })
        sketching = min(
          sketching,
          clock.measure {
            _ = PeopleSketch.compute(table: table, persons: shared.persons, key: Self.key)
          })
        all = min(
          all, clock.measure { _ = DatasetFingerprint.compute(table: table, key: Self.key) })
      }
      print(
        "\(shared.name): reading \(reading), sketch \(sketching) = \(100 * (sketching / reading)) %, with format 1 \(all)"
      )
    }
  }
}
