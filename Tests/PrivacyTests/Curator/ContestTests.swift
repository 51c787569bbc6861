import Accounting
import Basics
import Curation
import Encoding
import Foundation
import Tables
import Testing

/// Choices among candidates whose scores are kept, compared with scoring all of them each time.
@Suite struct ContestTests {
  private static let columns = 10
  private static let rows = 400

  private let pairs = (0..<columns).flatMap { first in (first + 1..<columns).map { [first, $0] } }

  /// Columns of codes 0 to 2, each with a different influence on the next.
  private static let codes: [[Int64]] = {
    var generator = SamplingGenerator(seed: 8)
    var codes = [[Int64]](repeating: [], count: columns)
    for _ in 0..<rows {
      var value = Int64(generator.next() % 3)
      for column in 0..<columns {
        if generator.next() % UInt64(column + 2) == 0 { value = Int64(generator.next() % 3) }
        codes[column].append(value)
      }
    }
    return codes
  }()

  private func curator(seed: UInt64, probe: (any CuratorProbe)? = nil) throws -> Curator {
    let schema = Schema(
      name: "codes",
      columns: ContestTests.codes.indices.map {
        ColumnSchema(name: "c\($0)", type: .integer, bounds: .declared(0...2))
      })
    let table = Table(
      columns: ContestTests.codes.enumerated().map {
        Column(name: "c\($0)", type: .integer, cells: .ticks($1))
      })
    let blueprint = try Blueprint(schema: schema)
    let curator =
      if let probe {
        Curator(
          audited: SensitiveTable(table: table), blueprint: blueprint, budget: TestBudget(),
          seed: seed, probe: probe)
      } else {
        Curator(
          seeded: SensitiveTable(table: table), blueprint: blueprint, budget: TestBudget(),
          seed: seed)
      }
    let bins = (0..<3).map {
      OrderedCodec.Bin(shape: [.init(low: Int64($0), high: Int64($0), weight: 1)])
    }
    curator.adopt(
      Domain(
        variables: blueprint.variables,
        codecs: blueprint.variables.map { _ in .ordered(OrderedCodec(bins: bins, hasMissing: false))
        }))
    return curator
  }

  private func candidate(_ pair: [Int]) -> MarginalCandidate {
    MarginalCandidate(
      attributes: pair, weight: 1 / Double(1 + pair[0] % 3), penalty: Double(pair[1]),
      expected: (0..<9).map { Double(ContestTests.rows) / 9 + Double($0 % 3) })
  }

  /// Scores a few candidates at a time.
  private func contest(_ curator: Curator) throws -> MarginalContest {
    var rest = pairs[...]
    return try curator.contest {
      defer { rest = rest.dropFirst(7) }
      return rest.prefix(7).map(candidate)
    }
  }

  private func isAllowed(_ pair: [Int]) -> Bool { (pair[0] * 5 + pair[1]) % 3 != 0 }

  /// The weighted distance, computed in the slow and obvious way.
  private func score(_ pair: [Int]) -> Double {
    let candidate = candidate(pair)
    var counts = [Double](repeating: 0, count: 9)
    for row in 0..<ContestTests.rows {
      counts[Int(ContestTests.codes[pair[0]][row] * 3 + ContestTests.codes[pair[1]][row])] += 1
    }
    return candidate.weight
      * (zip(counts, candidate.expected).reduce(0) { $0 + abs($1.0 - $1.1) } - candidate.penalty)
  }

  /// With hardly any noise, the worst of the allowed candidates that are still open is chosen each
  /// time.
  @Test func theSlowWayChoosesTheSame() throws {
    let curator = try curator(seed: 1)
    var contest = try contest(curator)
    var open = pairs
    while true {
      guard let worst = open.filter(isAllowed).max(by: { score($0) < score($1) }) else { break }
      let chosen = try curator.worst(in: &contest, rho: Rho(checked: 1e6)) { $0.map(isAllowed) }
      #expect(chosen == worst)
      open.removeAll { $0 == chosen }
      contest.remove { $0 == chosen }
    }
    #expect(open.count > 10)
  }

  /// Applying the rule only to candidates that are drawn gives the same distribution as applying it
  /// to all beforehand. False alarms: 1 in a million.
  @Test func theRuleMayBeAskedLate() throws {
    let draws = 6_000
    let rho = Rho(checked: 2e-3)
    var (late, early): ([[Int]: Double], [[Int]: Double]) = ([:], [:])
    let curator = try curator(seed: 2)
    let all = try contest(curator)
    let allowed = pairs.filter(isAllowed)
    for _ in 0..<draws {
      var contest = all
      late[try curator.worst(in: &contest, rho: rho) { $0.map(isAllowed) }, default: 0] += 1
      early[allowed[try curator.worst(of: allowed.map(candidate), rho: rho)], default: 0] += 1
    }
    #expect(late.keys.allSatisfy(isAllowed))
    let statistic = allowed.reduce(0.0) { sum, pair in
      let (a, b) = (late[pair] ?? 0, early[pair] ?? 0)
      return a + b > 0 ? sum + (a - b) * (a - b) / (a + b) : sum
    }
    // Chi-squared with at most n - 1 degrees of freedom is below n + 2 sqrt(n t) + 2 t, except with
    // probability exp(-t) (Laurent and Massart 2000).
    let (n, t) = (Double(allowed.count), log(1e6))
    #expect(statistic < n + 2 * (n * t).squareRoot() + 2 * t, "\(statistic)")
  }

  /// Each choice is charged once, however many candidates are refused, and an audit sees only the
  /// scores of the allowed ones.
  @Test func refusalsCostNothing() throws {
    let probe = RecordingProbe()
    let curator = try curator(seed: 3, probe: probe)
    var contest = try contest(curator)
    #expect(curator.events.isEmpty)
    _ = try curator.worst(in: &contest, rho: Rho(checked: 1e-3)) { $0.map(isAllowed) }
    #expect(curator.events.count == 1 && probe.entries.count == 1)
    guard case .scores(let scores) = try #require(probe.entries.first).exact else {
      throw TestBudget.Refused()
    }
    #expect(zip(scores, pairs.filter(isAllowed).map(score)).allSatisfy { abs($0 - $1) < 1e-3 })
    #expect(scores.count == pairs.count(where: isAllowed))
  }
}
