import Analyses
import Basics
import Encoding
import Foundation
import GraphicalModels
import MarginalSynthesis
import Testing

/// A release leaves relations open as far as it can have overlooked them, and says nothing if it
/// never came to look.
@Suite struct OpenRelationsTests {
  /// Age, town, ill, months, died of 10,000 people, and groups of two ages each.
  private static let study = Study(10_000)
  private static let cliques = [[0, 1, 2], [2, 3], [3, 4]]

  private static var codes: [[UInt16]] {
    zip(study.domain.codecs, study.blueprint.prepare(study.table)).map { codec, cells in
      let column = codec.encode(cells)
      return (0..<column.count).map { UInt16(column[$0]) }
    }
  }

  /// A release that measured some marginals, almost exactly; attribute 5 is the groups of ages.
  private static func evidence(_ cliques: [[Int]], variance: Double = 100) throws -> Evidence {
    let domain = study.domain
    let sizes = domain.codecs.map(\.size) + [(domain.codecs[0].size + 1) / 2]
    let columns = codes + [codes[0].map { $0 / 2 }]
    let measurements = ((0..<5).map { [$0] } + cliques).map {
      attributes -> GraphicalModels.Measurement in
      let clique = Clique(attributes)
      var counts = [Double](repeating: 0, count: clique.cellCount(sizes: sizes))
      for row in 0..<study.people.count {
        counts[clique.attributes.reduce(0) { $0 * sizes[$1] + Int(columns[$1][row]) }] += 1
      }
      return GraphicalModels.Measurement(clique: clique, values: counts, variance: variance)
    }
    let ties = StructuralZeros(
      clique: Clique([0, 5]),
      isPossible: (0..<sizes[0]).flatMap { code in (0..<sizes[5]).map { $0 == code / 2 } })
    let model = try Estimator.fit(
      measurements: measurements, sizes: sizes, total: Double(study.people.count),
      structuralZeros: [ties])
    return Evidence(
      schema: Study.schema, domain: domain, unlearned: [], model: model,
      measurements: measurements)
  }

  private func mean(_ standIn: StandIn, _ value: (Int) -> Double) -> Double {
    (0..<standIn.rows).reduce(0) { $0 + standIn.weight($1) * value($1) } / Double(standIn.rows)
  }

  /// The correlation that draws add has the spread that is stated. A pair of groups has 5 · 2
  /// cells, at a noise of 10 rows a cell: √(2/π) · 10 · 10 + 80 rows of 10,000 · 2/π.
  @Test func aPairThatWasNeverChosenIsOpen() throws {
    let evidence = try Self.evidence(Self.cliques)
    let open = try #require(OpenRelations(between: [0, 4], of: evidence))
    #expect(!open.isEmpty)
    let standIn = try StandIn(evidence.model, domain: evidence.domain, rows: 4_000)
    let age = standIn.column(0, codec: evidence.domain.codecs[0])
    let died = standIn.column(4, codec: evidence.domain.codecs[4])
    let ages = (0..<standIn.rows).map { Double(age[$0]) }
    let (ageMean, diedMean) = (mean(standIn) { ages[$0] }, mean(standIn) { Double(died[$0]) })
    let spread = mean(standIn) { pow(ages[$0] - ageMean, 2) }.squareRoot()
    let scale = spread * (diedMean * (1 - diedMean)).squareRoot()
    var generator = SamplingGenerator(seed: 4)
    var square = 0.0
    for _ in 0..<200 {
      let drawn = open.drawn(standIn, using: &generator)
      #expect(abs(mean(drawn) { _ in 1 } - 1) < 1e-9)
      #expect(abs(mean(drawn) { Double(died[$0]) } - diedMean) < 0.01)
      let correlation = mean(drawn) { (ages[$0] - ageMean) * (Double(died[$0]) - diedMean) } / scale
      square += correlation * correlation / 200
    }
    let share = 2 / Double.pi
    let stated = (share.squareRoot() * 10 / 2 * 2 * 10 + 80) / (share * 10_000)
    #expect(abs(square.squareRoot() / stated - 1) < 0.15)
  }

  /// A relation that only follows from others in the model may be there or not: months follow age
  /// by way of being ill.
  @Test func aRelationThatFollowsFromOthersMayNotBeThere() throws {
    let evidence = try Self.evidence(Self.cliques)
    let open = try #require(OpenRelations(between: [0, 3], of: evidence))
    let standIn = try StandIn(evidence.model, domain: evidence.domain, rows: 8_000)
    let columns = [0, 3].map { standIn.column($0, codec: evidence.domain.codecs[$0]) }
    func correlation(_ standIn: StandIn) -> Double {
      let (x, y) = ({ Double(columns[0][$0]) }, { Double(columns[1][$0]) })
      let (a, b) = (mean(standIn, x), mean(standIn, y))
      let (varianceX, varianceY) = (
        mean(standIn) { pow(x($0) - a, 2) }, mean(standIn) { pow(y($0) - b, 2) }
      )
      return mean(standIn) { (x($0) - a) * (y($0) - b) } / (varianceX * varianceY).squareRoot()
    }
    let implied = correlation(standIn)
    #expect(abs(implied) > 0.02)
    var generator = SamplingGenerator(seed: 5)
    let drawn = (0..<200).map { _ in correlation(open.drawn(standIn, using: &generator)) }
    let middle = drawn.reduce(0, +) / 200
    #expect(abs(middle / implied - 0.5) < 0.25)
    let spread = (drawn.reduce(0) { $0 + pow($1 - middle, 2) } / 200).squareRoot()
    #expect(spread > 0.4 * abs(implied))
  }

  /// The rows that a release overlooked may all have a rare label, whose mean is then less certain
  /// than by the number of its people alone. A tenth have no town, and three tenths each of the
  /// towns.
  @Test func rareLabelsAreMoreOpen() throws {
    let evidence = try Self.evidence(Self.cliques)
    let open = try #require(OpenRelations(between: [1, 3], of: evidence))
    let standIn = try StandIn(evidence.model, domain: evidence.domain, rows: 8_000)
    let town = standIn.column(1, codec: evidence.domain.codecs[1])
    let months = standIn.column(3, codec: evidence.domain.codecs[3])
    func means(_ standIn: StandIn) -> [Double] {
      (0..<4).map { label in
        let people = mean(standIn) { town[$0] == label ? 1 : 0 }
        return mean(standIn) { town[$0] == label ? Double(months[$0]) : 0 } / people
      }
    }
    let exact = means(standIn)
    var generator = SamplingGenerator(seed: 6)
    var squares = [Double](repeating: 0, count: 4)
    for _ in 0..<300 {
      for (label, value) in means(open.drawn(standIn, using: &generator)).enumerated() {
        squares[label] += pow(value - exact[label], 2)
      }
    }
    let common = squares[..<3].reduce(0, +) / 3
    #expect((squares[3] / common).squareRoot() > 1.3)
  }

  /// Pairs that were measured code by code stay as the model has them.
  @Test func aMeasuredPairIsNotOpen() throws {
    let evidence = try Self.evidence(Self.cliques)
    #expect(try #require(OpenRelations(between: [0, 1, 2], of: evidence)).isEmpty)
    #expect(try #require(OpenRelations(between: [3, 4], of: evidence)).isEmpty)
  }

  /// A pair that was measured in groups keeps its table of groups, and its trend may go on within
  /// them.
  @Test func groupsKeepTheirTable() throws {
    let evidence = try Self.evidence([[1, 2, 5], [2, 3], [3, 4]])
    let open = try #require(OpenRelations(between: [0, 2], of: evidence))
    #expect(!open.isEmpty)
    let standIn = try StandIn(evidence.model, domain: evidence.domain, rows: 4_000)
    let age = standIn.column(0, codec: evidence.domain.codecs[0])
    let ill = standIn.column(2, codec: evidence.domain.codecs[2])
    func table(_ standIn: StandIn, _ code: (Int) -> Int) -> [Int: Double] {
      var table: [Int: Double] = [:]
      for row in 0..<standIn.rows {
        table[code(row), default: 0] += standIn.weight(row) / Double(standIn.rows)
      }
      return table
    }
    let groups = { (row: Int) in Int(age[row]) / 2 * 2 + Int(ill[row]) }
    let codes = { (row: Int) in Int(age[row]) * 2 + Int(ill[row]) }
    func distance(_ first: [Int: Double], _ second: [Int: Double]) -> Double {
      Set(first.keys).union(second.keys).reduce(0) {
        $0 + abs((first[$1] ?? 0) - (second[$1] ?? 0))
      }
    }
    var generator = SamplingGenerator(seed: 8)
    var (between, within) = (0.0, 0.0)
    for _ in 0..<20 {
      let drawn = open.drawn(standIn, using: &generator)
      between += distance(table(drawn, groups), table(standIn, groups)) / 20
      within += distance(table(drawn, codes), table(standIn, codes)) / 20
    }
    #expect(within > 0.005)
    #expect(between < within / 5)
  }

  /// Nothing is said if the noise could hide a strong relation, or if only a tree of pairs was
  /// wanted.
  @Test(arguments: [
    (OpenRelationsTests.cliques, 10_000.0), ([[0, 1], [1, 2], [2, 3], [3, 4]], 100.0),
  ]) func littleIsKnownOfOthers(_ cliques: [[Int]], _ variance: Double) throws {
    let evidence = try Self.evidence(cliques, variance: variance)
    #expect(OpenRelations(between: [0, 4], of: evidence) == nil)
    let (findings, basis) = try evidence.findings(
      AnalysisFile.parse("{kind: mean, outcome: age, by: died}"))
    #expect(basis == .unknown && findings.numbers.allSatisfy { !$0.isKnown })
  }

  /// An analysis of such columns is answered with the true numbers inside, and wider than by people
  /// alone.
  @Test func conclusionsIncludeWhatIsOpen() throws {
    let evidence = try Self.evidence(Self.cliques)
    let (findings, basis) = try evidence.findings(
      AnalysisFile.parse("{kind: linear, outcome: age, terms: [died]}"))
    #expect(basis == .open)
    let slope = try #require(findings.numbers.last)
    let (low, high) = (try #require(slope.low), try #require(slope.high))
    // In the study, age and death within the follow-up have nothing to do with each other.
    #expect(low < 0 && high > 0)
    let people = Double(Self.study.people.count)
    #expect(try #require(slope.standardError) > 2 * 16 / people.squareRoot())
  }
}
