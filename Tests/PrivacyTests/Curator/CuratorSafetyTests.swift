import Accounting
import Basics
import Curation
import Encoding
import Foundation
import Ledger
import Mechanisms
import Tables
import Testing

/// Answers must not depend on the order or precision in which numbers are added (Casacuberta,
/// Shoemate, Vadhan and Wagaman 2022).
@Suite struct CuratorSafetyTests {
  private let rho = Rho(checked: 0.5)

  private func blueprint() throws -> Blueprint {
    var schema = People.schema
    schema.unit = .row
    return try Blueprint(schema: schema)
  }

  private func domain(_ blueprint: Blueprint) -> Domain {
    func bins(_ count: Int64, width: Int64) -> Codec {
      .ordered(
        OrderedCodec(
          bins: (0..<count).map {
            OrderedCodec.Bin(shape: [.init(low: $0 * width, high: ($0 + 1) * width - 1, weight: 1)])
          },
          hasMissing: false))
    }
    return Domain(
      variables: blueprint.variables,
      codecs: [
        bins(4, width: 60), bins(5, width: 20),
        .labels(LabelCodec(labels: People.towns, otherLabel: nil, hasMissing: true)),
        bins(2, width: 1),
      ])
  }

  private func exactAnswers(_ rows: [(who: Int64, age: Int64, town: Int?, ill: Bool)]) throws
    -> [Answer]
  {
    let probe = RecordingProbe()
    let blueprint = try blueprint()
    let curator = Curator(
      audited: SensitiveTable(table: People.table(rows)), blueprint: blueprint,
      budget: TestBudget(), seed: 3, probe: probe)
    _ = try curator.rowCount(rho: rho)
    _ = try curator.histogram(of: 1, runs: [0...9, 10...39, 40...99], rho: rho)
    _ = try curator.labels(of: 2, rho: rho, delta: Delta(checked: 1e-3))
    let domain = domain(blueprint)
    curator.adopt(domain)
    _ = try curator.marginal(of: [0, 1, 2, 3], rho: rho)
    let candidates = [[0, 1], [1, 2], [2, 3]].map { attributes in
      let cells = attributes.reduce(1) { $0 * domain.sizes[$1] }
      // Expectations that no sum of doubles gets exactly right.
      return MarginalCandidate(
        attributes: attributes, weight: 0.1, penalty: 1.0 / 3,
        expected: (0..<cells).map { 0.1 * Double($0) + 1e9 / 7 })
    }
    _ = try curator.worst(of: candidates, rho: rho)
    return probe.entries.map(\.exact)
  }

  /// Equal to the last bit, scores included: no answer reveals the order of rows.
  @Test func theOrderOfRowsDoesNotMatter() throws {
    let rows = People.rows(2_000)
    let whole = try exactAnswers(rows)
    #expect(whole.count == 5)
    #expect(try exactAnswers(rows.reversed()) == whole)
    #expect(try exactAnswers(rows.sorted { ($0.age, $0.who) < ($1.age, $1.who) }) == whole)
    #expect(try exactAnswers(rows.dropLast()) != whole)
  }

  /// One text written in two ways is one label, and the first row does not decide in which way it
  /// is released.
  @Test func theFirstRowDoesNotSayHowALabelIsWritten() throws {
    let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
    let schema = Schema(name: "t", columns: [ColumnSchema(name: "place", type: .category)])
    func released(_ labels: [String], _ codes: [Int32]) throws -> [UInt8] {
      let column = schema.columns[0].filled(
        with: .labels(codes: codes, dictionary: LabelDictionary(labels)))
      let curator = Curator(
        seeded: SensitiveTable(table: Table(columns: [column])),
        blueprint: try Blueprint(schema: schema), budget: TestBudget(), seed: 3)
      let answer = try curator.labels(of: 0, rho: Rho(checked: 10), delta: Delta(checked: 1e-3))
      #expect(answer.labels.count == 1)
      return Array((answer.labels.first?.label ?? "").utf8)
    }
    let many = [Int32](repeating: 1, count: 400)
    let form = Array(composed.utf8)
    #expect(try released([decomposed, composed], [0] + many) == form)
    #expect(try released([composed, decomposed], [0] + many) == form)
    #expect(try released([composed, decomposed], many) == form)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity]) func scoresThatAreNotNumbersAreRefused(
    _ value: Double
  ) throws {
    let budget = TestBudget()
    let blueprint = try blueprint()
    let curator = Curator(
      SensitiveTable(table: People.table(People.rows(50))), blueprint: blueprint, budget: budget)
    curator.adopt(domain(blueprint))
    let candidate = MarginalCandidate(attributes: [3], weight: 1, penalty: 0, expected: [value, 1])
    #expect(throws: MechanismError.scoreNotFinite(candidate: 0)) {
      try curator.worst(of: [candidate], rho: rho)
    }
    #expect(
      budget.charges.isEmpty, "what is expected is public: it is refused before anything is charged"
    )
  }

  /// One more row moves a distance by no more than a row plus the margin that the exponential
  /// mechanism allows for: two scores may be off by 2^-22 each.
  @Test func aRowMovesADistanceByNoMoreThanARow() throws {
    for variation in 0..<20 {
      var expected = [1 - 1e-9]
      for cell in 1..<60_000 {
        let draw = Double((cell + variation) * 7919 % 99_991)
        expected.append(7_000 + draw / 99.991)
      }
      let rounded = try FixedPoint.expectations(of: candidate(expected), position: 0)
      let with = [Int32(1)] + [Int32](repeating: 3, count: expected.count - 1)
      let without = [Int32(0)] + with.dropFirst()
      #expect(
        abs(FixedPoint.distance(with, rounded) - FixedPoint.distance(without, rounded)) <= 1
          + 0x1p-21)
      #expect(abs(FixedPoint.distance(with, rounded) - naiveDistance(with, expected)) < 0.05)
    }
  }

  /// Beside one huge expectation, a sum of doubles would move by sixteen rows for one. A number
  /// that cannot be an expectation of rows is refused.
  @Test func hugeExpectationsAreRefused() throws {
    #expect(naiveDistance([0, 9], [1e17, 0]) - naiveDistance([0, 8], [1e17, 0]) == 16)
    #expect(throws: MechanismError.scoreNotFinite(candidate: 3)) {
      try FixedPoint.expectations(of: candidate([1e17, 0]), position: 3)
    }
  }

  private func candidate(_ expected: [Double]) -> MarginalCandidate {
    MarginalCandidate(attributes: [0], weight: 1, penalty: 0, expected: expected)
  }

  private func naiveDistance(_ counts: [Int32], _ expected: [Double]) -> Double {
    var sum = 0.0
    for (count, expected) in zip(counts, expected) { sum += abs(Double(count) - expected) }
    return sum
  }

  /// Minus zero equals zero everywhere.
  @Test func minusZeroIsZero() throws {
    #expect(
      try Rho(-0.0).value.sign == .plus && Sensitivity(-0.0).value.sign == .plus
        && Epsilon(-0.0).value.sign == .plus)
    let sensitivity = Sensitivity(checked: 1)
    #expect(
      ExponentialMechanism.Grid(sensitivity: sensitivity).step(of: -0.0)
        == ExponentialMechanism.Grid(sensitivity: sensitivity).step(of: 0))
  }

  /// A count of 2^31 would wrap, and one more row would move it by 2^32.
  @Test func moreRowsThanACountHoldsAreRefused() throws {
    try SensitiveTable.checkCounts(rows: Int(Int32.max))
    #expect(throws: MechanismError.tooManyRows(maximum: Int(Int32.max))) {
      try SensitiveTable.checkCounts(rows: Int(Int32.max) + 1)
    }
  }

  /// Cells that are not numbers never become one: they are missing.
  @Test(arguments: ["inf", "-Infinity", "1e400", "nan(7)", "0x1p3"])
  func wordsForNoNumberAreMissing(_ word: String) throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "\(UUID().uuidString).csv")
    try Data("age\n1\n\(word)\n3\n".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let schema = Schema(
      name: "t",
      columns: [ColumnSchema(name: "age", type: .decimal(fractionDigits: 2), isNullable: true)])
    let table = try SensitiveTable.read(file, schema: schema)
    #expect(
      table.openForOwner(reason: .inspection).ownersRows.columns[0].cells
        == .ticks([100, Cells.missingTick, 300]))
    #expect(table.departures["age"]?.unreadable.firstRow == 2)
  }

  /// Rows with equal ranks do not merge their people: each keeps as many as it would alone.
  @Test func peopleWithRowsOfTheSameRankStayTwo() {
    let sampling = UnitSampling(key: (1, 2))
    let people = (0..<12).map { $0 % 3 == 2 ? nil : $0 % 3 }
    let together = sampling.rows(of: people, maximumRows: 2) { _ in sampling.rank([7]) }
    let first = sampling.rows(of: people.map { $0 == 1 ? nil : $0 }, maximumRows: 2) { _ in
      sampling.rank([7])
    }
    #expect(together.count == 4 && first.count == 2)
    #expect(
      together.filter { people[$0] == 0 } == first, "who else is there changes which rows are kept")
  }

  /// The order of rows and of columns, and the other people, decide nothing: the same rows are
  /// kept.
  @Test func theOrderOfTheTableDoesNotDecideWhichRowsAreKept() {
    let rows = (0..<400).map { row in
      (
        person: "p\(row % 37)", age: row.isMultiple(of: 11) ? nil : "\(row % 50)",
        ward: "w\(row % 7)"
      )
    }
    func kept(_ order: [Int], reversed: Bool) -> [String] {
      let columns = [
        Column(
          name: "person", type: .category, cells: Cells(labels: order.map { rows[$0].person })),
        Column(name: "age", type: .category, cells: Cells(labels: order.map { rows[$0].age })),
        Column(name: "ward", type: .category, cells: Cells(labels: order.map { rows[$0].ward })),
      ]
      let table = Table(columns: reversed ? columns.reversed() : columns)
      let (kept, units) = UnitSampling(key: (3, 4)).rows(
        of: table, unit: .person(column: "person", maximumRows: 3))
      #expect(units.count == 37 && kept?.count == 111)
      return (kept ?? []).map { place in "\(rows[order[place]])" }.sorted()
    }
    let inOrder = kept(Array(rows.indices), reversed: false)
    for turn in 1...5 {
      let order = rows.indices.sorted {
        SplitMix64.mixed(UInt64($0 * 8 + turn)) < SplitMix64.mixed(UInt64($1 * 8 + turn))
      }
      #expect(kept(order, reversed: turn.isMultiple(of: 2)) == inOrder)
    }
    #expect(kept(Array(rows.indices.reversed()), reversed: true) == inOrder)
  }

  /// Cells cannot be moved from one column to the next without a change of the row's text.
  @Test func differentRowsHaveDifferentTexts() {
    let pairs: [(String?, String?)] = [
      ("1:a", "b"), ("1", ":ab"), (nil, "-"), ("-", nil), ("", nil), (nil, ""), ("", ""),
      (nil, nil),
    ]
    let table = Table(columns: [
      Column(name: "a", type: .category, cells: Cells(labels: pairs.map(\.0))),
      Column(name: "b", type: .category, cells: Cells(labels: pairs.map(\.1))),
    ])
    let texts = RowTexts(of: table)
    #expect(Set((0..<pairs.count).map { texts.text(of: $0) }).count == pairs.count)
  }
}
