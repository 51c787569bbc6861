import Accounting
import Basics
import Curation
import Encoding
import LinkedSynthesis
import LinkedTables
import Tables
import Testing

/// Sums over people against their definitions, and without each person in turn
/// (docs/proofs/person-sums.md).
@Suite struct PersonSumTests {
  private static let square = ClippedVector.sensitivity * ClippedVector.sensitivity

  /// The codes of visits and findings as attributes of a curator.
  private struct Asked {
    let curator: PeopleCurator
    let probe = LinkedProbe()
    let kind: Int
    let code: Int

    init(_ people: [Clinic.Person]) throws {
      curator = try Clinic.curator(people, probe: probe)
      kind = try Self.adopt(1, "kind", Clinic.kinds, by: curator)
      code = try Self.adopt(2, "code", Clinic.codes, by: curator)
    }

    private static func adopt(
      _ table: Int, _ name: String, _ labels: [String], by curator: PeopleCurator
    ) throws -> Int {
      let described = try #require(Clinic.schema.tables[table].schema.column(named: name))
      let view = TreeView(
        table: table, name: "view", columns: [TreeView.Column(described, .cell(name))], rules: [])
      let codec = LabelCodec(labels: labels, otherLabel: nil, hasMissing: false)
      let variables = try Blueprint(schema: view.schema).variables
      return try curator.adopt(
        view, domain: Domain(variables: variables, codecs: [.labels(codec)]))[0]
    }

    /// Returns exact answers to every kind of sum.
    func answers() throws -> [[Int]] {
      let rho = Rho(checked: 1)
      let before = curator.define(.previous(kind))
      let place = curator.define(.position(table: 1, most: 2))
      let owner = curator.define(.owner(kind, table: 2))
      let novelty = curator.define(.novelty(code))
      _ = try curator.counts(of: [before, place, kind], clip: 2, rho: rho, about: "")
      _ = try curator.counts(of: [owner, novelty, code], clip: 3, rho: rho, about: "")
      _ = try curator.pairs(of: code, codes: [1, 2, 3, 11, 12], clip: 1.5, rho: rho, about: "")
      _ = try curator.returns(of: code, clip: 2, rho: rho, about: "")
      return probe.counts
    }
  }

  @Test func noPersonMovesASumByMoreThanOneLength() throws {
    var people = Clinic.people(12, seed: 1)
    // A canary: 300 rows, all in one cell.
    people.append(
      Clinic.Person(
        key: 99, sex: 0, birth: 0, death: nil,
        visits: (0..<300).map {
          Clinic.Visit(day: 15_000 + 3 * $0, stay: 1, kind: 2, codes: [1, 2])
        }
      ))
    let all = try Asked(people).answers()
    #expect(all.count == 4)
    var mostMoved = 0
    for leftOut in people.indices {
      let rest = try Asked(people.enumerated().filter { $0.offset != leftOut }.map(\.element))
        .answers()
      for (sum, less) in zip(all, rest) {
        let moved = zip(sum, less).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        #expect(moved <= Self.square)
        mostMoved = max(mostMoved, moved)
      }
    }
    // The canary uses the whole length, so that the bound is no accident of short vectors.
    #expect(Double(mostMoved) > 0.99 * Double(Self.square))
  }

  /// Person by person, from the visits themselves.
  @Test func aSumIsTheSumOfClippedCounts() throws {
    let people = Clinic.people(40, seed: 2)
    let answers = try Asked(people).answers()
    var expected = [Double](repeating: 0, count: 4 * 3 * 3)
    for person in people {
      var own = [Double](repeating: 0, count: expected.count)
      for (index, visit) in person.visits.enumerated() {
        let before = index == 0 ? 3 : person.visits[index - 1].kind
        own[(before * 3 + min(index, 2)) * 3 + visit.kind] += 1
      }
      let length = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for cell in own.indices { expected[cell] += own[cell] * min(1, 2 / length) }
    }
    let step = 2 / Double(ClippedVector.sensitivity)
    for (sum, value) in zip(answers[0], expected) {
      #expect(abs(Double(sum) * step - value) < 1e-3)
    }
  }

  @Test func valuesThatComeBackAreCountedEventByEvent() throws {
    let people = Clinic.people(30, seed: 3)
    let answers = try Asked(people).answers()
    var expected = [Double](repeating: 0, count: 4 * 20)
    for person in people {
      var own = [Double](repeating: 0, count: expected.count)
      for (index, visit) in person.visits.enumerated() {
        let earlier = Set(person.visits[0..<index].flatMap(\.codes))
        for code in earlier {
          let state = person.visits[index - 1].codes.contains(code) ? 0 : 1
          own[2 * (state * 20 + code) + (visit.codes.contains(code) ? 1 : 0)] += 1
        }
      }
      let length = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for cell in own.indices where length > 0 { expected[cell] += own[cell] * min(1, 2 / length) }
    }
    let step = 2 / Double(ClippedVector.sensitivity)
    for (sum, value) in zip(answers[3], expected) {
      #expect(abs(Double(sum) * step - value) < 1e-3)
    }
  }

  @Test func noPersonMovesAScoreByMoreThanOneLength() throws {
    func scores(_ people: [Clinic.Person]) throws -> [Double] {
      let asked = try Asked(people)
      let before = asked.curator.define(.previous(asked.kind))
      let place = asked.curator.define(.position(table: 1, most: 2))
      let candidates = [before, place].map {
        ParentCandidate(parents: [$0], own: asked.kind, expected: [0.5, 0.3, 0.2], penalty: 1)
      }
      _ = try asked.curator.best(of: candidates, clip: 1.5, rho: Rho(checked: 1))
      return try #require(asked.probe.scores.last)
    }
    let people = Clinic.people(15, seed: 4)
    let all = try scores(people)
    #expect(all.count == 3)
    for leftOut in people.indices {
      let rest = try scores(people.enumerated().filter { $0.offset != leftOut }.map(\.element))
      for (score, less) in zip(all, rest) { #expect(abs(score - less) <= 1.5 * (1 + 1e-6)) }
      #expect(rest[2] == all[2], "the score of none is nobody's")
    }
  }

  /// Labels that are named already do not count, and leave more weight to those beside them.
  @Test func namedLabelsLeaveMoreWeightToOthers() throws {
    var people = Clinic.people(400, seed: 6)
    for person in people.indices {
      for visit in people[person].visits.indices { people[person].visits[visit].codes = [1, 2, 3] }
    }
    let curator = try Clinic.curator(people, probe: LinkedProbe(), purse: LinkedPurse(rho: 400))
    let described = try #require(Clinic.schema.tables[2].schema.column(named: "code"))
    let view = TreeView(
      table: 2, name: "view", columns: [TreeView.Column(described, .cell("code"))], rules: [])
    func found(beside known: Set<String>) throws -> [String: Int] {
      let answer = try curator.labels(
        of: 0, in: view, beside: known, rho: Rho(checked: 100), delta: Delta(checked: 1e-3))
      return Dictionary(uniqueKeysWithValues: answer.labels.map { ($0.label, $0.count) })
    }
    let (all, rest) = (try found(beside: []), try found(beside: ["K1", "K2"]))
    #expect(all.keys.sorted() == ["K1", "K2", "K3"] && rest.keys.sorted() == ["K3"])
    let (among, alone) = (try #require(all["K3"]), try #require(rest["K3"]))
    #expect(abs(Double(among) - 400 / 3.squareRoot()) < 3 && abs(alone - 400) < 3)
  }

  @Test func nothingIsCountedBeforeItIsPaidFor() throws {
    let (probe, purse) = (LinkedProbe(), LinkedPurse())
    let curator = try Clinic.curator(Clinic.people(5, seed: 5), probe: probe, purse: purse)
    purse.allowed = 0
    let place = curator.define(.position(table: 1, most: 2))
    #expect(throws: LinkedPurse.Refused.self) {
      try curator.counts(of: [place], clip: 1, rho: Rho(checked: 1), about: "")
    }
    #expect(throws: LinkedPurse.Refused.self) {
      try curator.lengths(of: place, steps: 4, rho: Rho(checked: 1), about: "")
    }
    #expect(probe.counts.isEmpty && purse.charges.isEmpty)
  }
}
