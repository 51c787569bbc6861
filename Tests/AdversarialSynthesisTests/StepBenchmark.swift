import Accounting
import AdversarialSynthesis
import Curation
import Encoding
import Foundation
import Ledger
import NeuralNetworks
import Tables
import Testing

/// The cost of a training step with a guarantee compared with a plain one; neither may cost more if
/// the table is longer. Only `scripts/bench.sh` runs it; it names the file for the results in
/// UNDERSTUDY_BENCH_STEPS.
@Suite struct StepBenchmark {
  private static let environment = ProcessInfo.processInfo.environment

  private struct Result: Codable {
    let network: String
    let rows: Int
    let sampledRows: Int
    let parameters: Int
    /// CPU milliseconds per step, the least of several repetitions.
    let plain: Double
    let noisy: Double
  }

  @Test(.enabled(if: environment["UNDERSTUDY_BENCH_STEPS"] != nil))
  func steps() throws {
    let report = URL(filePath: try #require(Self.environment["UNDERSTUDY_BENCH_STEPS"]))
    var results: [Result] = []
    func add(_ result: Result) {
      results.append(result)
      print(result, "ratio", result.noisy / result.plain)
    }
    for rows in [40_000, 1_000_000] {
      let table = LongTable(rows: rows)
      for (width, sampled) in [(256, 500), (64, 1_000)] {
        add(try critic(table, width: width, sampled: sampled))
      }
      add(try whole(table))
    }
    let wide = LongTable(rows: 100_000, columns: 100, size: 20)
    add(try critic(wide, width: 64, sampled: 1_000))
    add(try whole(wide))
    try JSONEncoder().encode(results).write(to: report)
  }

  // MARK: The critic's step at real rows

  /// The critic's part of a step that reads rows: draw them, compute the gradient, apply Adam.
  private func critic(_ long: LongTable, width: Int, sampled: Int) throws -> Result {
    let (heads, rows) = (long.heads, long.rows)
    let curator = try long.curator()
    let network = Architecture.critic(heads: heads, width: width)
    var stream = NoiseStream(key: 5)
    let learner = TrainingState.Learner(network, rate: 1e-4, stream: &stream)
    let gradient = FloatBuffer(count: network.parameterCount)

    let table = TrainingRows(columns: long.codes(), sizes: heads.sizes)
    let pass = NetworkPass(network, capacity: sampled)
    let factors = FloatBuffer(count: sampled)
    var chosen = [Int32](repeating: 0, count: sampled)
    let plain = milliseconds {
      for index in chosen.indices { chosen[index] = Int32(stream.index(below: rows)) }
      chosen.withUnsafeBufferPointer { table.write($0, heads: heads, to: pass.input.base) }
      pass.outputSignal.fill(1)
      pass.forward(rows: sampled, parameters: learner.parameters)
      pass.backward(parameters: learner.parameters)
      for row in 0..<sampled {
        factors.base[row] = -1 / (1 + expf(pass.output.base[row])) / Float(sampled)
      }
      gradient.fill(0)
      pass.addGradient(factors: factors.base, parameters: learner.parameters, to: gradient)
      learner.step(gradient)
    }

    let computation = CriticGradients(
      heads: heads, width: width, parameters: learner.parameters, rowCapacity: 512)
    let plan = try LongTable.plan(
      rate: Double(sampled) / Double(rows), steps: 100_000, coordinates: network.parameterCount)
    let criticism = PrivateCriticism(
      try curator.noisyGradients(plan, clip: 1, of: computation), clip: 1,
      expectedRows: Double(sampled))
    let noisy = milliseconds {
      gradient.fill(0)
      criticism.addGradient(to: gradient)
      learner.step(gradient)
    }
    return Result(
      network: "critic, \(width) wide\(long.words)", rows: rows, sampledRows: sampled,
      parameters: network.parameterCount, plain: plain,
      noisy: noisy)
  }

  // MARK: A whole step of both networks

  private func whole(_ long: LongTable) throws -> Result {
    let (heads, rows) = (long.heads, long.rows)
    var options = AdversarialOptions.withGuarantee
    options.sampledRows = options.batchRows
    let table = TrainingRows(columns: long.codes(), sizes: heads.sizes)
    let targets = MomentTargets(
      heads: heads, shares: table.shares(), pairs: [], floor: options.shareFloor)
    func time(_ real: (TrainingState) throws -> RealSide) rethrows -> Double {
      let state = TrainingState(options: options, targets: targets, seed: 1)
      let trainer = AdversarialTrainer(
        options: options, targets: targets, state: state, real: try real(state))
      return milliseconds { trainer.advance() }
    }
    let plain = time { _ in .rows(table) }
    let noisy = try time { state in
      let critic = CriticGradients(
        heads: heads, width: options.criticWidth, parameters: state.critic.parameters,
        rowCapacity: 512)
      let plan = try LongTable.plan(
        rate: Double(options.sampledRows) / Double(rows), steps: 100_000,
        coordinates: state.critic.parameters.count)
      let gradients = try long.curator().noisyGradients(plan, clip: 1, of: critic)
      return .noisy(PrivateCriticism(gradients, clip: 1, expectedRows: Double(options.sampledRows)))
    }
    let parameters = Architecture.critic(heads: heads, width: options.criticWidth).parameterCount
    return Result(
      network: "both networks\(long.words)", rows: rows, sampledRows: options.sampledRows,
      parameters: parameters, plain: plain,
      noisy: noisy)
  }

  /// CPU milliseconds of one call on all cores: the least mean of several rounds, because other
  /// work on the machine can only add to it.
  private func milliseconds(_ body: () -> Void) -> Double {
    body()
    let calls = 40
    return (0..<7).map { _ in
      let start = clock()
      for _ in 0..<calls { body() }
      return Double(clock() - start) / Double(CLOCKS_PER_SEC) * 1_000 / Double(calls)
    }.min() ?? 0
  }
}

/// Columns with equally many codes; by default fifteen of 32, as wide as Adult is to the networks.
private struct LongTable {
  let rows: Int
  var columns = 15
  var size = 32

  var heads: ColumnHeads { ColumnHeads(sizes: [Int](repeating: size, count: columns)) }
  /// The differences from Adult.
  var words: String { columns == 15 ? "" : ", \(columns) columns" }

  private func code(_ row: Int, _ column: Int) -> Int {
    (row &* (2 * column + 3) &+ row / 7) % size
  }

  func codes() -> [CodeColumn] {
    (0..<columns).map { column in
      CodeColumn((0..<rows).map { UInt16(code($0, column)) }, size: size)
    }
  }

  func curator() throws -> Curator {
    let columns = (0..<columns).map {
      ColumnSchema(name: "c\($0)", type: .integer, bounds: .declared(0...Int64(size - 1)))
    }
    let blueprint = try Blueprint(schema: Schema(name: "long", columns: columns))
    let table = Table(
      columns: columns.enumerated().map { index, column in
        column.filled(with: .ticks((0..<rows).map { Int64(code($0, index)) }))
      })
    let curator = Curator(SensitiveTable(table: table), blueprint: blueprint, budget: Free())
    let bins = (0..<Int64(size)).map {
      OrderedCodec.Bin(shape: [.init(low: $0, high: $0, weight: 1)])
    }
    curator.adopt(
      Domain(
        variables: blueprint.variables,
        codecs: [Codec](
          repeating: .ordered(OrderedCodec(bins: bins, hasMissing: false)), count: columns.count)))
    return curator
  }

  static func plan(rate: Double, steps: Int, coordinates: Int) throws -> NoisyGradientPlan {
    try NoisyGradientPlan.calibrated(
      samplingRate: rate, steps: steps, coordinates: coordinates, rho: Rho(checked: 0.05),
      delta: Delta(checked: 1e-9))
  }

  private struct Free: BudgetSession {
    func charge(_ event: PrivacyEvent) throws {}
  }
}
