import Accounting
import Basics
import Curation
import Ledger
import LinkedTables
import Tables

/// Accepts as many charges as it is allowed.
final class LinkedPurse: BudgetSession {
  struct Refused: Error {}
  private(set) var charges: [PrivacyEvent] = []
  var allowed = Int.max
  var rho: Double

  init(rho: Double = 1e6) { self.rho = rho }

  func charge(_ event: PrivacyEvent) throws {
    guard charges.count < allowed else { throw Refused() }
    charges.append(event)
    rho -= event.price(left: Rho(checked: max(rho, 0))).rho.value
  }

  func remaining() throws -> PrivacyCost {
    PrivacyCost(rho: Rho(checked: max(rho, 0)), delta: Delta(checked: 1))
  }
}

/// Records exact answers.
final class LinkedProbe: CuratorProbe {
  private(set) var counts: [[Int]] = []
  private(set) var scores: [[Double]] = []

  func answer(to question: Question, exact: Answer, noisy: Answer) -> Answer {
    if case .counts(let counts) = exact { self.counts.append(counts) }
    if case .scores(let scores) = exact { self.scores.append(scores) }
    return noisy
  }
}

/// A small clinic: people, their visits, and the codes of each visit.
enum Clinic {
  struct Visit {
    var day: Int64
    var stay: Int64
    var kind: Int
    var codes: [Int]
  }

  struct Person {
    var key: Int64
    var sex: Int
    var birth: Int64
    var death: Int64?
    var visits: [Visit]
  }

  static let kinds = ["A", "B", "C"]
  static let codes = (0..<20).map { "K\($0)" }

  static let schema: LinkedSchema = {
    let people = Schema(
      name: "people",
      columns: [
        ColumnSchema(name: "pid", type: .integer, role: .identifier(.code)),
        ColumnSchema(name: "birth", type: .date(.iso)),
        ColumnSchema(name: "death", type: .date(.iso), isNullable: true),
        ColumnSchema(name: "sex", type: .category, categories: .declared(["F", "M"])),
      ])
    let visits = Schema(
      name: "visits",
      columns: [
        ColumnSchema(name: "vid", type: .integer, role: .identifier(.code)),
        ColumnSchema(name: "pid", type: .integer, role: .identifier(.code)),
        ColumnSchema(name: "begin", type: .date(.iso)),
        ColumnSchema(name: "end", type: .date(.iso)),
        ColumnSchema(name: "kind", type: .category, categories: .declared(kinds)),
      ])
    let findings = Schema(
      name: "findings",
      columns: [
        ColumnSchema(name: "vid", type: .integer, role: .identifier(.code)),
        ColumnSchema(name: "code", type: .category, categories: .declared(codes)),
      ])
    func place(_ table: String, _ column: String) -> ColumnPlace { ColumnPlace(table, column) }
    return LinkedSchema(
      name: "clinic",
      tables: [
        LinkedTable(schema: people, file: "people.csv", key: ["pid"]),
        LinkedTable(
          schema: visits, file: "visits.csv", key: ["vid"],
          parents: [ParentLink(["pid"], to: "people")], time: "begin", end: "end"),
        LinkedTable(
          schema: findings, file: "findings.csv", parents: [ParentLink(["vid"], to: "visits")]),
      ],
      person: "people",
      rules: [
        .ordered(earlier: place("visits", "begin"), later: place("visits", "end")),
        .beforeNext(end: place("visits", "end"), start: place("visits", "begin")),
        .ordered(earlier: place("people", "birth"), later: place("visits", "begin")),
        .ordered(earlier: place("visits", "end"), later: place("people", "death")),
      ])
  }()

  /// Returns people of which every third has many visits, drawn from a seed.
  static func people(_ count: Int, seed: UInt64) -> [Person] {
    var generator = SamplingGenerator(seed: seed)
    return (0..<count).map { number in
      let type = generator.below(2)
      var day = 15_000 + Int64(generator.below(1_000))
      let birth = day - Int64(8_000 + generator.below(15_000))
      var last = 0
      let visits = (0..<(1 + generator.below(number % 3 == 0 ? 8 : 3))).map { _ -> Visit in
        let kind = generator.unit() < 0.7 ? last : generator.below(3)
        last = kind
        let stay = Int64(1 + generator.below(4 + 6 * kind))
        let codes = Set((0..<(1 + generator.below(4))).map { _ in type * 10 + generator.below(10) })
        defer { day += stay + Int64(5 + generator.below(100)) }
        return Visit(day: day, stay: stay, kind: kind, codes: codes.sorted())
      }
      return Person(
        key: Int64(number), sex: generator.below(2), birth: birth,
        death: generator.unit() < 0.2 ? day + 50 : nil, visits: visits)
    }
  }

  static func data(_ people: [Person]) -> LinkedData {
    func column(_ table: Int, _ name: String, _ cells: Cells) -> Column {
      guard let described = schema.tables[table].schema.column(named: name) else {
        preconditionFailure("a column of the clinic")
      }
      return described.filled(with: cells)
    }
    func ticks(_ values: [Int64?]) -> Cells { .ticks(values.map { $0 ?? Cells.missingTick }) }
    let visits = people.flatMap { person in person.visits.map { (person.key, $0) } }
    let numbers = visits.indices.map { Int64($0) }
    let findings = zip(numbers, visits).flatMap { number, visit in
      visit.1.codes.map { (number, codes[$0]) }
    }
    return LinkedData(
      schema: schema,
      tables: [
        Table(columns: [
          column(0, "pid", ticks(people.map(\.key))),
          column(0, "birth", ticks(people.map(\.birth))),
          column(0, "death", ticks(people.map(\.death))),
          column(0, "sex", Cells(labels: people.map { ["F", "M"][$0.sex] as String? })),
        ]),
        Table(columns: [
          column(1, "vid", ticks(numbers)), column(1, "pid", ticks(visits.map(\.0))),
          column(1, "begin", ticks(visits.map(\.1.day))),
          column(1, "end", ticks(visits.map { $0.1.day + $0.1.stay })),
          column(1, "kind", Cells(labels: visits.map { kinds[$0.1.kind] as String? })),
        ]),
        Table(columns: [
          column(2, "vid", ticks(findings.map(\.0))),
          column(2, "code", Cells(labels: findings.map { $0.1 as String? })),
        ]),
      ])
  }

  static func curator(_ people: [Person], probe: LinkedProbe, purse: LinkedPurse = LinkedPurse())
    throws -> PeopleCurator
  {
    try PeopleCurator(
      audited: SensitivePeople(data(people)),
      anchor: TreeAnchor(events: ColumnPlace("visits", "begin"), own: ["birth", "death"]),
      budget: purse, seed: 7, probe: probe)
  }
}
