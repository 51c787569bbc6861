import Accounting
import Curation
import Encoding
import Testing

/// The distance of a public table from the rows: the answer's value, its cost, and how far one
/// person can move it.
@Suite struct DistanceTests {
  private let rho = Rho(checked: 0.5)

  private func codes(_ rows: [(who: Int64, age: Int64, town: Int?, ill: Bool)]) -> [CodeColumn] {
    zip(People.domain.codecs, People.blueprint.prepare(People.table(rows))).map { $0.encode($1) }
  }

  private func publicTable(_ rows: Int, total: Double, unnamed: [Set<Int>] = [[], [], []])
    -> PublicTable
  {
    PublicTable(columns: codes(People.rows(rows, seed: 7)), total: total, unnamed: unnamed)
  }

  private func exact(
    _ rows: [(who: Int64, age: Int64, town: Int?, ill: Bool)], _ table: PublicTable,
    _ cliques: [[Int]], budget: TestBudget = TestBudget()
  ) throws -> Int {
    let probe = RecordingProbe()
    let curator = Curator(
      audited: SensitiveTable(table: People.table(rows)), blueprint: People.blueprint,
      budget: budget,
      seed: 1, probe: probe)
    curator.adopt(People.domain)
    _ = try curator.meanDistance(from: table, over: cliques, rho: rho)
    guard case .counts(let values)? = probe.entries.first?.exact else {
      preconditionFailure("no answer")
    }
    return values[0]
  }

  private static let cliques = [[[0], [1], [2]], [[0, 1], [0, 2], [1, 2]], [[1]]]

  /// By its definition, cell by cell, in sums of doubles.
  @Test(arguments: cliques, [[Set<Int>](), [[], [3], []], [[0, 1], [3], []]])
  func theAnswerIsTheMeanDistance(
    _ cliques: [[Int]], _ unnamed: [Set<Int>]
  ) throws {
    let unnamed = unnamed.isEmpty ? [[], [], []] : unnamed
    let rows = (0..<80).map { row -> (who: Int64, age: Int64, town: Int?, ill: Bool) in
      let drawn = People.rows(80)[row]
      return (Int64(row), drawn.age, drawn.town, drawn.ill)
    }
    let table = publicTable(45, total: 83.5, unnamed: unnamed)
    let (mine, others, sizes) = (codes(rows), codes(People.rows(45, seed: 7)), People.domain.sizes)
    let distances = cliques.map { clique -> Double in
      var (counts, expected) = ([[Int]: Double](), [[Int]: Double]())
      for row in rows.indices { counts[clique.map { mine[$0][row] }, default: 0] += 1 }
      for row in 0..<45 { expected[clique.map { others[$0][row] }, default: 0] += 83.5 / 45 }
      return Set(counts.keys).union(expected.keys).reduce(0) { sum, cell in
        let isNamed = zip(clique, cell).allSatisfy { !unnamed[$0].contains($1) }
        let (count, expectation) = (counts[cell] ?? 0, expected[cell] ?? 0)
        return sum + (isNamed ? abs(count - expectation) : count + expectation)
      }
    }
    let mean = distances.reduce(0, +) / Double(distances.count)
    #expect(sizes.count == 3)
    #expect(abs(Double(try exact(rows, table, cliques)) / 65_536 - mean) < 0.01)
  }

  /// People have one or two rows, and the limit is two. Nobody moves the answer by more than two
  /// rows, and somebody moves it by nearly as much.
  @Test(arguments: cliques) func nobodyMovesItFurtherThanTheirRows(_ cliques: [[Int]]) throws {
    let kept = Self.fewRowsEach
    let table = publicTable(45, total: 50, unnamed: [[], [3], []])
    let whole = try exact(kept, table, cliques)
    let moves = try Set(kept.map(\.who)).map { person in
      abs(whole - (try exact(kept.filter { $0.who != person }, table, cliques)))
    }
    #expect(moves.allSatisfy { $0 <= 2 * 65_536 })
    #expect((moves.max() ?? 0) > 65_536, "the test sees nothing")
  }

  @Test func itIsChargedBeforeItIsAnswered() throws {
    let budget = TestBudget()
    let table = publicTable(45, total: 50)
    _ = try exact(People.rows(60), table, [[0]], budget: budget)
    let charge = try #require(budget.charges.first)
    #expect(charge.cost.rho <= rho && charge.cost.rho.value > 0.4999)
    guard case .discreteGaussian(_, let sensitivity, _) = charge else {
      Issue.record("another mechanism")
      return
    }
    #expect(sensitivity.value == 2 * 65_536)
    budget.allowed = budget.charges.count
    #expect(throws: TestBudget.Refused.self) {
      try exact(People.rows(60), table, [[0]], budget: budget)
    }
  }

  /// The noise has the stated size: over 1,200 answers the root mean square is within 12 %, six of
  /// its standard errors.
  @Test func itsNoiseIsOfTheSizeThatIsSaid() throws {
    let rows = Self.fewRowsEach
    let table = publicTable(45, total: 50)
    let truth = Double(try exact(rows, table, [[0], [1]])) / 65_536 / 2
    let curator = Curator(
      SensitiveTable(table: People.table(rows)), blueprint: People.blueprint, budget: TestBudget())
    curator.adopt(People.domain)
    var (squares, said) = (0.0, 0.0)
    for _ in 0..<1200 {
      let answer = try curator.meanDistance(from: table, over: [[0], [1]], rho: Rho(checked: 0.01))
      squares += (answer.rows - truth) * (answer.rows - truth)
      said = answer.standardDeviation
    }
    #expect(abs(said - 1 / 0.02.squareRoot()) < 1e-6)
    #expect(
      abs((squares / 1200).squareRoot() / said - 1) < 0.12,
      "\((squares / 1200).squareRoot()) against \(said)")
  }

  /// At most two rows per person, so that no draw decides which of them count.
  private static let fewRowsEach = {
    let rows = People.rows(60)
    return rows.indices.filter { row in rows[..<row].count { $0.who == rows[row].who } < 2 }.map {
      rows[$0]
    }
  }()
}
