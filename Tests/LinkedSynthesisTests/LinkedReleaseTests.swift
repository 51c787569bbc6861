import Accounting
import Basics
import Curation
import Encoding
import LinkedSynthesis
import LinkedTables
import Tables
import Testing

/// People drawn from a model of linked tables: whole, linked, in order, and nobody's.
@Suite struct LinkedReleaseTests {
  /// Learns with so large a budget that noise hardly matters, and draws.
  private func draw(_ people: [Clinic.Person], count: Int, rho: Double = 50) throws
    -> (tables: [Table], model: LinkedModel, purse: LinkedPurse)
  {
    let purse = LinkedPurse(rho: rho)
    let plan = LinkedPlan(Clinic.schema)
    let curator = try PeopleCurator(
      seeded: SensitivePeople(Clinic.data(people)), anchor: plan.anchor, budget: purse, seed: 3)
    let model = try LinkedLearner(
      curator: curator, plan: plan, rho: Rho(checked: rho * (1 - 1e-6)),
      labelDelta: Delta(checked: 1e-3), seed: 3
    ).learn()
    let drawn = try LinkedSampler(plan: plan, model: model, seed: 4).draw(people: count)
    var composer = try LinkedComposer(plan: plan, model: model, drawn: drawn, seed: 4)
    let columns = composer.compose()
    let maker = LinkedTablesMaker(plan: plan, drawn: drawn, columns: columns, seed: 4) {
      column, rows in
      column.filled(with: .ticks([Int64](repeating: 0, count: rows)))
    }
    return (plan.tables.map { maker.table($0.table) }, model, purse)
  }

  private func ticks(_ table: Table, _ name: String) throws -> [Int64] {
    guard case .ticks(let ticks) = try #require(table.column(named: name)).cells else { return [] }
    return ticks
  }

  @Test func everyRuleHoldsAndEveryRowHasAnOwner() throws {
    let (tables, _, purse) = try draw(Clinic.people(600, seed: 8), count: 500)
    #expect(purse.rho >= -1e-9)
    let (pids, births, deaths) = (
      try ticks(tables[0], "pid"), try ticks(tables[0], "birth"), try ticks(tables[0], "death")
    )
    #expect(Set(pids).count == 500)
    let (vids, owners) = (try ticks(tables[1], "vid"), try ticks(tables[1], "pid"))
    let (begins, ends) = (try ticks(tables[1], "begin"), try ticks(tables[1], "end"))
    #expect(Set(vids).count == vids.count && vids.count > 500)
    #expect(Set(owners).isSubset(of: Set(pids)))
    #expect(Set(try ticks(tables[2], "vid")).isSubset(of: Set(vids)))
    let person = Dictionary(uniqueKeysWithValues: zip(pids, pids.indices))
    for row in vids.indices {
      let owner = try #require(person[owners[row]])
      #expect(begins[row] <= ends[row], "\(begins[row]) \(ends[row])")
      #expect(births[owner] <= begins[row], "\(births[owner]) \(begins[row])")
      if Cells.isValue(deaths[owner]) { #expect(ends[row] <= deaths[owner]) }
      if row > 0, owners[row] == owners[row - 1] { #expect(ends[row - 1] <= begins[row]) }
    }
    #expect(deaths.contains { Cells.isValue($0) })
  }

  /// The kind of a visit persists in the original, and in the drawn tables too.
  @Test func whatOneEventSaysOfTheNextIsKept() throws {
    func persistence(_ kinds: [Int], _ isNext: [Bool]) -> Double {
      let pairs = kinds.indices.filter { isNext[$0] }
      return Double(pairs.count { kinds[$0] == kinds[$0 - 1] }) / Double(pairs.count)
    }
    let people = Clinic.people(1_500, seed: 9)
    let (tables, model, _) = try draw(people, count: 1_500)
    let link = try #require(
      model.tables[0].chain.first { link in
        model.tables[0].domain.variables[link.variable].name == "kind"
      })
    #expect(link.parents.first?.context == .previous(link.variable))
    guard
      case .labels(let codes, let dictionary) = try #require(tables[1].column(named: "kind")).cells
    else { return }
    let owners = try ticks(tables[1], "pid")
    let drawn = codes.map { Clinic.kinds.firstIndex(of: dictionary[Int($0)]) ?? 0 }
    let isNext = owners.indices.map { $0 > 0 && owners[$0] == owners[$0 - 1] }
    let original = people.flatMap { person in person.visits.map(\.kind) }
    let follows = people.flatMap { person in person.visits.indices.map { $0 > 0 } }
    #expect(abs(persistence(drawn, isNext) - persistence(original, follows)) < 0.06)
  }

  /// Values of people of two kinds do not mix: the model found the groups.
  @Test func valuesThatGoTogetherStayTogether() throws {
    let (tables, _, _) = try draw(Clinic.people(1_500, seed: 10), count: 800)
    guard
      case .labels(let codes, let dictionary) = try #require(tables[2].column(named: "code")).cells
    else { return }
    let visits = try ticks(tables[2], "vid")
    var groups: [Int64: Set<Int>] = [:]
    for (visit, code) in zip(visits, codes) {
      groups[visit, default: []].insert((Int(dictionary[Int(code)].dropFirst()) ?? 0) / 10)
    }
    let mixed = groups.values.count { $0.count > 1 }
    #expect(Double(mixed) / Double(groups.count) < 0.1)
  }

  /// A value that one person alone has appears nowhere.
  @Test func aValueOfOnePersonIsNotDrawn() throws {
    var people = Clinic.people(300, seed: 11)
    people[7].birth = -123_456
    let (tables, _, _) = try draw(people, count: 600, rho: 0.05)
    #expect(try !ticks(tables[0], "birth").contains(-123_456))
  }

  /// Frequent values come back, rare ones are new each time, and a visit has no value twice: what
  /// is drawn has the rates of the original all the same.
  @Test func valuesOfSetsAreAsFrequentAsTheyWere() throws {
    var people = Clinic.people(2_000, seed: 12)
    var generator = SamplingGenerator(seed: 13)
    for person in people.indices {
      let isChronic = generator.below(3) == 0
      for visit in people[person].visits.indices {
        var codes = Set((0..<2).map { _ in min(generator.below(12), generator.below(12)) })
        for code in 15..<18 where isChronic && generator.unit() < 0.75 { codes.insert(code) }
        people[person].visits[visit].codes = codes.sorted()
      }
    }
    let (tables, _, _) = try draw(people, count: 2_000)
    guard
      case .labels(let codes, let dictionary) = try #require(tables[2].column(named: "code")).cells
    else { return }
    let (visits, owners) = (try ticks(tables[1], "vid"), try ticks(tables[1], "pid"))
    let owner = Dictionary(uniqueKeysWithValues: zip(visits, owners))
    var drawn = Rates(visits: visits.count, people: 2_000)
    for (visit, code) in zip(try ticks(tables[2], "vid"), codes) {
      drawn.add(dictionary[Int(code)], visit: visit, person: try #require(owner[visit]))
    }
    var original = Rates(visits: people.reduce(0) { $0 + $1.visits.count }, people: people.count)
    for (person, own) in people.enumerated() {
      for (number, visit) in own.visits.enumerated() {
        for code in visit.codes {
          original.add(
            Clinic.codes[code], visit: Int64(100 * person + number), person: Int64(person))
        }
      }
    }
    #expect(Rates.difference(original.perVisit, drawn.perVisit) < 0.06)
    #expect(Rates.difference(original.perPerson, drawn.perPerson) < 0.08)
  }
}

/// The shares of visits, and of people, that have a value.
private struct Rates {
  private var seenInVisits: [String: Set<Int64>] = [:]
  private var seenInPeople: [String: Set<Int64>] = [:]
  private let visits: Double
  private let people: Double

  init(visits: Int, people: Int) { (self.visits, self.people) = (Double(visits), Double(people)) }

  mutating func add(_ value: String, visit: Int64, person: Int64) {
    seenInVisits[value, default: []].insert(visit)
    seenInPeople[value, default: []].insert(person)
  }

  var perVisit: [String: Double] { seenInVisits.mapValues { Double($0.count) / visits } }
  var perPerson: [String: Double] { seenInPeople.mapValues { Double($0.count) / people } }

  static func difference(_ one: [String: Double], _ other: [String: Double]) -> Double {
    let names = Set(one.keys).union(other.keys)
    let sum = names.reduce(0) { $0 + abs((one[$1] ?? 0) - (other[$1] ?? 0)) }
    return sum / one.values.reduce(0, +)
  }
}
