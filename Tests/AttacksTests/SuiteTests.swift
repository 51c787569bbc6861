import Attacks
import Foundation
import Tables
import Testing

/// Each attack succeeds on releases that leak and fails on one that does not.
@Suite struct SuiteTests {
  /// The people of the original, others of the same kind, and a release that reflects the
  /// population and none of its people.
  struct World {
    let original: PlainRows
    let control: PlainRows
    let honest: PlainRows

    init(seed: UInt64 = 1, control others: Int = 1000) {
      var population = Population(seed: seed)
      (original, control, honest) = (
        population.people(4000), population.people(others), population.people(4000)
      )
    }

    func report(on release: PlainRows, hasControl: Bool = true) throws -> AttackReport {
      try AttackSuite().run(
        original: OwnerTable(original.table), synthetic: release.table,
        control: (hasControl ? control.table : nil).map(OwnerTable.init))
    }

    /// The honest release with some rows of the original added.
    func leaking(_ isLeaked: (Int) -> Bool) -> PlainRows {
      var release = honest
      for row in release.rows.indices where isLeaked(row) { release.rows[row] = original.rows[row] }
      return release
    }
  }

  private func attack(_ name: String, _ report: AttackReport) throws -> AttackResult {
    try #require(report.attacks.first { $0.name == name }, "no attack \(name)")
  }

  /// Three honest releases, compared with enough people for each attack to reach a finding
  /// (``Membership/chanceToPass(strangers:limit:)``).
  @Test func `an honest release passes`() throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let world = World(seed: seed, control: 3000)
      let report = try world.report(on: world.honest)
      #expect(report.failures() == [])
      #expect(report.copies.exact == 0 && report.copies.expectedFromControl == 0)
    }
  }

  @Test func `one row in ten copied is found by every attack`() throws {
    let world = World()
    let report = try world.report(on: world.leaking { $0 % 10 == 0 })
    let failures = report.failures()
    #expect(failures.contains { $0.hasPrefix("copies: 400 synthetic rows") })
    #expect(failures.contains { $0.hasPrefix("near copies") })
    for name in [
      "singling-out-univariate", "singling-out-multivariate", "linkability", "attribute-inference",
    ] {
      let result = try attack(name, report)
      #expect(result.risk.low > 0, "\(name): \(result.risk)")
    }
    #expect(failures.contains { $0.hasPrefix("attribute-inference:") })
    #expect(failures.contains { $0.hasPrefix("membership-distance:") })
    #expect(report.copies.peopleCopied == 400)
    #expect(report.worstRecords.prefix(5).allSatisfy { ($0.row - 1) % 10 == 0 })
  }

  @Test func `twenty planted rows are found`() throws {
    let world = World()
    let failures = try world.report(on: world.leaking { $0 % 200 == 0 }).failures()
    #expect(failures.contains { $0.hasPrefix("copies: 20 synthetic rows") })
  }

  @Test func `a bootstrap fails`() throws {
    var population = Population(seed: 9)
    let world = World()
    let release = world.original[(0..<4000).map { _ in population.below(4000) }]
    #expect(try world.report(on: release).failures().contains { $0.hasPrefix("copies: 4000") })
  }

  @Test func `the original with a little noise fails`() throws {
    var population = Population(seed: 3)
    let world = World()
    var release = world.original
    for row in release.rows.indices {
      for place in [0, 3, 4, 7] {
        guard let value = Double(release.rows[row][place]) else { continue }
        release.rows[row][place] = "\(value * (1 + Double(population.below(2001) - 1000) / 1e6))"
      }
    }
    let report = try world.report(on: release)
    #expect(report.copies.exact < 20)
    #expect(report.failures().contains { $0.hasPrefix("near copies") })
    #expect(report.failures().contains { $0.hasPrefix("membership-distance") })
  }

  @Test(arguments: [true, false]) func `the original itself has risk 1`(hasControl: Bool) throws {
    let world = World()
    let report = try world.report(on: world.original, hasControl: hasControl)
    for name in [
      "singling-out-univariate", "singling-out-multivariate", "linkability", "attribute-inference",
    ] where name != "linkability" {
      #expect(try attack(name, report).risk.value > 0.97)
    }
    #expect(report.copies.exact == 4000)
    #expect(report.failures().count >= (hasControl ? 3 : 0))
    #expect(report.hasComparison == hasControl)
  }

  @Test(arguments: [true, false]) func `a table of other things has risk 0`(hasControl: Bool) throws
  {
    let world = World()
    var release = world.honest
    for row in release.rows.indices {
      release.rows[row] = [
        "\(500 + row)", "elsewhere", "none", "\(-row - 1)", "-7", "99", "x", "\(-row * 2 - 5)",
      ]
    }
    let report = try world.report(on: release, hasControl: hasControl)
    for result in report.attacks
    where result.name.hasPrefix("singling") || result.name == "attribute-inference" {
      #expect(result.risk.value == 0)
      #expect(result.successes == 0)
    }
    #expect(report.copies.exact == 0 && report.copies.near == 0)
  }

  @Test func `the same run gives the same report`() throws {
    let world = World()
    #expect(try world.report(on: world.honest) == world.report(on: world.honest))
  }

  @Test func `columns may stand in another order, and some may be absent`() throws {
    let world = World()
    var release = world.original
    release.names = Array(release.names.dropFirst().reversed())
    release.rows = release.rows.map { Array($0.dropFirst().reversed()) }
    let report = try world.report(on: release)
    #expect(report.copies.exact == 4000)
    #expect(report.notes.contains { $0.contains("'age'") })
    #expect(throws: AttackError.nothingInCommon) {
      try world.report(on: PlainRows(names: ["q"], rows: [["1"]]))
    }
    #expect(throws: AttackError.emptyTable("synthetic")) {
      try world.report(on: PlainRows(names: world.original.names, rows: []))
    }
  }

  @Test func `small tables are attacked without trouble`() throws {
    for rows in [1, 2, 3] {
      let world = World()
      let (original, release) = (world.original[0..<rows], world.honest[0..<rows])
      let report = try AttackSuite().run(
        original: OwnerTable(original.table), synthetic: release.table,
        control: OwnerTable(world.control[0..<1].table))
      #expect(!report.failures().isEmpty, "nothing can be shown of \(rows) people")
    }
    let one = PlainRows(names: ["a"], rows: [["1"], ["2"], ["2"]])
    _ = try AttackSuite().run(original: OwnerTable(one.table), synthetic: one.table)
  }

  // MARK: The list of attacks

  /// Knows everyone in the table of the release, and no one else.
  private struct PlantedAttack: Attack {
    let title = "Planting"
    let kind: AttackKind? = .membership
    let names = [AttackName]()
    var needs: AttackNeeds = []

    func run(_ scene: AttackScene) -> AttackResults {
      let rows = scene.tables.originalRows
      return AttackResults(
        outcomes: [AttackOutcome(name: "planted", attempts: rows, successes: rows)],
        notes: ["It was planted."])
    }
  }

  @Test func `a new attack is made and reported because it is in the list`() throws {
    let world = World()
    var steps: [String] = []
    let suite = AttackSuite(attacks: [
      CopyAttack(), PlantedAttack(), PlantedAttack(needs: .control),
      PlantedAttack(needs: .neighbours),
    ])
    let report = try suite.run(
      original: OwnerTable(world.original.table), synthetic: world.honest.table, control: nil,
      progress: { steps.append($0.step) })
    #expect(
      report.attacks.map(\.name) == ["planted", "planted"],
      "the one that needs a control is not made")
    #expect(report.attacks.allSatisfy { $0.successes == 4000 })
    #expect(report.notes.contains("It was planted."))
    #expect(
      steps == ["Aligning the tables", "Looking for copies"] + [
        "Planting", "Planting", "Looking for neighbours", "Planting", "Done",
      ])
  }

  @Test func `policies and manifests name the attacks of the list`() {
    #expect(
      AttackName.allCases.map(\.rawValue) == [
        "singling-out-univariate", "singling-out-multivariate", "linkability",
        "attribute-inference", "attribute-inference-worst",
        "membership-distance", "membership-density-ratio",
      ])
    #expect(AttackName(rawValue: "linkability")?.kind == .linkability)
    #expect(AttackName(rawValue: "linkage") == nil)
    #expect(AttackKind.expected(modelledColumns: 2) == AttackKind.allCases)
    #expect(AttackKind.expected(modelledColumns: 1) == [.singlingOut, .membership])
  }
}
